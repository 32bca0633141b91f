import type { Channel } from '../channel/channel.js'
import { type Fields, parseJson, readFields } from '../wire/readFields.js'
import { readReceipt, toReceiptJson } from '../wire/receiptText.js'
import type { ConflictProof } from './conflictProof.js'
import { ProofInvalidError } from './errors.js'
import type { OvercaptureProof, SignedTotal } from './overcaptureProof.js'

/** Longest proof that is read, in characters. */
const longest = 20_000

/**
 * Writes a proof as one line of JSON, amounts as decimal strings.
 *
 * @param proof - The proof.
 * @returns The text that {@link decodeProof} reads.
 *
 * @example
 * ```ts
 * import { type ConflictProof, encodeProof } from '@aitoken/inference'
 *
 * export const publish = (proof: ConflictProof) =>
 *   fetch('https://court.example/proofs', { body: encodeProof(proof), method: 'POST' })
 * ```
 */
export function encodeProof(proof: ConflictProof | OvercaptureProof): string {
  const { chainId, channel, channels, kind } = proof
  const common = { chainId, channel, channels, kind, version: 1 }
  if (proof.kind === 'overcapture') {
    const { said, settled, signer } = proof
    return JSON.stringify({ ...common, said: toJson(said), settled: `${settled}`, signer })
  }
  const [firstSigner, secondSigner] = proof.signers
  const [first, second] = [proof.first, proof.second].map((signed) => JSON.parse(toReceiptJson(signed)))
  return JSON.stringify({ ...common, first, firstSigner, second, secondSigner })
}

/**
 * Reads a proof. Nothing of it is trusted yet: see `verifyConflict` and `verifyOvercapture`.
 *
 * @param text - What {@link encodeProof} wrote.
 * @returns The proof.
 * @throws {@link ProofInvalidError} when it is anything else.
 *
 * @example
 * ```ts
 * import { decodeProof, verifyConflict } from '@aitoken/inference'
 *
 * export async function judge(text: string) {
 *   const proof = decodeProof(text)
 *   if (proof.kind !== 'overcapture') await verifyConflict(proof)
 * }
 * ```
 */
export function decodeProof(text: string): ConflictProof | OvercaptureProof {
  const fail = (reason: string, cause?: unknown) => new ProofInvalidError({ cause, reason })
  if (text.length > longest) throw fail('it is too long')
  const fields = readFields(parseJson(text, fail), fail)
  if (fields.count('version') !== 1) throw fail('its version is not 1')
  const common = {
    chainId: fields.count('chainId'),
    channel: readChannel(fields.object('channel')),
    channels: fields.hex('channels', 20),
  }
  const kind = fields.text('kind')
  if (kind === 'overcapture') {
    const said = readTotal(fields.object('said'), fail)
    return { ...common, kind, said, settled: fields.amount('settled'), signer: fields.hex('signer', 20) }
  }
  if (kind !== 'sequence' && kind !== 'total') throw fail(`${kind} is no kind of proof`)
  return {
    ...common,
    first: readReceipt(fields.object('first')),
    kind,
    second: readReceipt(fields.object('second')),
    signers: [fields.hex('firstSigner', 20), fields.hex('secondSigner', 20)],
  }
}

function toJson(said: SignedTotal): unknown {
  if (said.kind === 'receipt') return { kind: 'receipt', ...JSON.parse(toReceiptJson(said)) }
  return { ...said, deadline: `${said.deadline}`, spent: `${said.spent}` }
}

function readTotal(fields: Fields, fail: (reason: string) => ProofInvalidError): SignedTotal {
  const kind = fields.text('kind')
  if (kind === 'receipt') return { kind, ...readReceipt(fields) }
  if (kind !== 'statement') throw fail(`${kind} is no kind of total`)
  return {
    deadline: fields.amount('deadline'),
    kind,
    signature: fields.hex('signature', 65),
    spent: fields.amount('spent'),
  }
}

/** Reads a channel's descriptor. */
export function readChannel(fields: Fields): Channel {
  return {
    authorizedSigner: fields.hex('authorizedSigner', 20),
    payee: fields.hex('payee', 20),
    payer: fields.hex('payer', 20),
    salt: fields.hex('salt', 32),
    token: fields.hex('token', 20),
  }
}
