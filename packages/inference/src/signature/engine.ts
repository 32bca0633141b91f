/**
 * The cryptography that vouchers need, in bytes: Keccak-256 and ECDSA over secp256k1.
 * Signatures are 65 bytes: `r`, `s`, and 27 or 28, the form that contracts take.
 */
export type SignatureEngine = {
  /** Which implementation this is. */
  readonly name: string
  /** Why a faster implementation was not used, when one was tried. */
  readonly fallbackReason?: unknown
  /** Hashes bytes with Keccak-256. */
  keccak256(bytes: Uint8Array): Uint8Array
  /** The 65-byte uncompressed public key of a private key. */
  getPublicKey(privateKey: Uint8Array): Uint8Array
  /** Signs a 32-byte digest, deterministically (RFC 6979) and with a low `s`. */
  sign(digest: Uint8Array, privateKey: Uint8Array): Uint8Array
  /**
   * The 65-byte uncompressed public key that signed a digest.
   *
   * @throws {@link SignatureMalformedError} when no key can have made the signature.
   */
  recover(digest: Uint8Array, signature: Uint8Array): Uint8Array
  /**
   * Whether `r` and `s` are the key's signature of a digest. The last byte is not read: it only says which of
   * two keys recovery finds, and here the key is known.
   */
  verify(digest: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean
}
