import type { Address, Hex } from 'viem'

import { writeHex, writeWord } from '../internal/hex.js'
import type { SignatureEngine } from './engine.js'

/** Typed data whose message has fields of one word each. */
export type StructData = {
  domain: { chainId: number; name: string; verifyingContract: Address; version: string }
  primaryType: string
  types: Readonly<Record<string, readonly { name: string; type: string }[]>>
}

/** Values of a message: hexadecimal or bytes for `bytes32` and `address`, a `bigint` for integers. */
export type StructMessage = Readonly<Record<string, Hex | Uint8Array | bigint>>

/**
 * Prepares the EIP-712 hash of one kind of message: the domain and the type are hashed now, so that each
 * message later costs two Keccak calls over fixed buffers. For messages whose fields are all `bytes32`,
 * `address` or unsigned integers.
 *
 * @param engine - What hashes.
 * @param data - The typed data, without its message.
 * @returns Hashes a message to 32 bytes; `undefined` when a value does not fit its field.
 */
export function createStructHasher(
  engine: SignatureEngine,
  { domain, primaryType, types }: StructData,
): (message: StructMessage) => Uint8Array | undefined {
  const fields = types[primaryType] ?? []
  const text = (value: string) => engine.keccak256(new TextEncoder().encode(value))
  const encodeType = (name: string, members: typeof fields) =>
    `${name}(${members.map((member) => `${member.type} ${member.name}`).join(',')})`

  const separator = new Uint8Array(160)
  separator.set(text('EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)'))
  separator.set(text(domain.name), 32)
  separator.set(text(domain.version), 64)
  writeWord(new DataView(separator.buffer), 96, BigInt(domain.chainId))
  const addressed = writeHex(separator, 140, domain.verifyingContract, 20)

  const envelope = new Uint8Array(66)
  envelope.set([0x19, 0x01])
  envelope.set(engine.keccak256(separator), 2)
  const struct = new Uint8Array(32 + 32 * fields.length)
  const words = new DataView(struct.buffer)
  struct.set(text(encodeType(primaryType, fields)))

  return (message) => {
    if (!addressed) return undefined
    for (let index = 0; index < fields.length; index++) {
      const { name, type } = fields[index] ?? { name: '', type: '' }
      const value = message[name]
      const offset = 32 + 32 * index
      if (typeof value === 'bigint') {
        if (value < 0n || value >> BigInt(type.slice(4)) !== 0n) return undefined
        writeWord(words, offset, value)
        continue
      }
      const size = type === 'address' ? 20 : 32
      if (value instanceof Uint8Array) {
        if (value.length !== size) return undefined
        struct.set(value, offset + 32 - size)
      } else if (typeof value !== 'string' || !writeHex(struct, offset + 32 - size, value, size))
        return undefined
    }
    envelope.set(engine.keccak256(struct), 34)
    return engine.keccak256(envelope)
  }
}
