import fc from 'fast-check'
import { type Hex, hashTypedData, toHex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { expect, test } from 'vitest'

import { loadEngine } from '../signature/loadEngine.js'
import { privateKeyToSigner } from '../signature/privateKeyToSigner.js'
import { StatementMalformedError, StatementSignerError } from './errors.js'
import { hashStatement } from './hashStatement.js'
import { signStatement } from './signStatement.js'
import { toStatementTypedData } from './statement.js'
import { verifyStatement } from './verifyStatement.js'

const engine = await loadEngine()
const account = privateKeyToAccount(`0x${'11'.repeat(32)}`)
const signer = privateKeyToSigner(`0x${'11'.repeat(32)}`, { engine })

const hexOf = (size: number) =>
  fc.uint8Array({ maxLength: size, minLength: size }).map((bytes): Hex => toHex(bytes))
const statements = fc.record({
  chainId: fc.integer({ max: 2 ** 48, min: 1 }),
  channelId: hexOf(32),
  channels: hexOf(20),
  deadline: fc.bigInt({ max: 2n ** 256n - 1n, min: 0n }),
  spent: fc.bigInt({ max: 2n ** 128n - 1n, min: 0n }),
})
const [statement] = fc.sample(statements, { numRuns: 1, seed: 1 })
if (!statement) throw new RangeError('fast-check gave no sample')

test('property: hashes to what viem hashes', () => {
  const property = fc.property(statements, (statement) => {
    expect(hashStatement({ ...statement, engine })).toBe(hashTypedData(toStatementTypedData(statement)))
  })
  fc.assert(property, { numRuns: 100 })
})

test('property: verifies what was signed, and nothing else', async () => {
  const property = fc.asyncProperty(statements, statements, async (statement, other) => {
    const signature = await signStatement(signer, statement)
    expect(await signStatement(account, statement)).toBe(signature)
    const signed = { ...statement, engine, signature, signer: signer.address }
    await expect(verifyStatement(signed)).resolves.toBeUndefined()
    for (const field of ['chainId', 'channelId', 'channels', 'deadline', 'spent'] as const) {
      if (other[field] === statement[field]) continue
      const altered = verifyStatement({ ...signed, [field]: other[field] })
      await expect(altered).rejects.toBeInstanceOf(StatementSignerError)
    }
  })
  await fc.assert(property, { numRuns: 20 })
})

test('error: StatementMalformedError', async () => {
  const signature: Hex = `0x${'00'.repeat(65)}`
  const verified = verifyStatement({ ...statement, engine, signature, signer: signer.address })
  await expect(verified).rejects.toBeInstanceOf(StatementMalformedError)
  for (const wrong of [
    { channelId: '0x1' },
    { channels: '0x1' },
    { spent: -1n },
    { spent: 2n ** 128n },
  ] as const)
    await expect(signStatement(account, { ...statement, ...wrong })).rejects.toBeInstanceOf(
      StatementMalformedError,
    )
})
