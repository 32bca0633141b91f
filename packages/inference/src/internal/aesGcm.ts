type Bytes = Uint8Array<ArrayBuffer>

/** What AES-256-GCM is told: a key of 32 bytes, a nonce of 12 that no other message has, and what is bound to it. */
export type AesGcmParameters = { bound: Bytes; key: Bytes; nonce: Bytes }

/** Length of the tag that ends what is encrypted, in bytes. */
export const tagLength = 16

/** Encrypts with AES-256-GCM: Node's own where there is one, which needs no thread, and WebCrypto elsewhere. */
export async function encryptAesGcm(data: Bytes, { bound, key, nonce }: AesGcmParameters): Promise<Bytes> {
  const crypto = globalThis.process?.getBuiltinModule?.('node:crypto')
  if (!crypto) {
    const subtleKey = await importKey(key, 'encrypt')
    const algorithm = { additionalData: bound, iv: nonce, name: 'AES-GCM' }
    return new Uint8Array(await globalThis.crypto.subtle.encrypt(algorithm, subtleKey, data))
  }
  // Given as bytes, the key takes three times as long to be looked at.
  const cipher = crypto.createCipheriv('aes-256-gcm', crypto.createSecretKey(key), nonce)
  cipher.setAAD(bound)
  const encrypted = new Uint8Array(data.length + tagLength)
  encrypted.set(cipher.update(data))
  cipher.final()
  encrypted.set(cipher.getAuthTag(), data.length)
  return encrypted
}

/** Decrypts what {@link encryptAesGcm} made; rejects when anything of it was altered. */
export async function decryptAesGcm(
  encrypted: Bytes,
  { bound, key, nonce }: AesGcmParameters,
): Promise<Bytes> {
  const subtleKey = await importKey(key, 'decrypt')
  const algorithm = { additionalData: bound, iv: nonce, name: 'AES-GCM' }
  return new Uint8Array(await globalThis.crypto.subtle.decrypt(algorithm, subtleKey, encrypted))
}

function importKey(key: Bytes, usage: 'decrypt' | 'encrypt'): Promise<CryptoKey> {
  return globalThis.crypto.subtle.importKey('raw', key, 'AES-GCM', false, [usage])
}
