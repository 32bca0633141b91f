/** What the benchmark uses of npm's `secp256k1`, which comes without types. */
declare module 'secp256k1' {
  const secp256k1: {
    ecdsaSign(digest: Uint8Array, privateKey: Uint8Array): { recid: number; signature: Uint8Array }
    ecdsaVerify(signature: Uint8Array, digest: Uint8Array, publicKey: Uint8Array): boolean
    publicKeyCreate(privateKey: Uint8Array, compressed: boolean): Uint8Array
  }
  export default secp256k1
}
