import {
  createNobleEngine,
  createStream,
  createStreamVerifier,
  createVoucherSigner,
  createVoucherVerifier,
  loadEngine,
  privateKeyToSigner,
  toVoucherTypedData,
} from '@aitoken/inference'
import secp256k1 from 'secp256k1'
import { type Hex, hashTypedData, hexToBytes, toHex, verifyTypedData } from 'viem'

/** CPU time of each operation in microseconds: medians over interleaved rounds. */
export type VoucherBench = {
  /** Our check with the pure JavaScript engine, of a payer that comes back. */
  fallbackVerifyMicros: number
  /** One link of a hash chain. */
  hashStepMicros: number
  /** Signing by libsecp256k1 in C (npm `secp256k1`), of a digest at hand. */
  nativeSignMicros: number
  /** Checking by libsecp256k1 in C (npm `secp256k1`), of a digest and a key at hand. */
  nativeVerifyMicros: number
  /** Our signing, from the amount to the hexadecimal signature. */
  signMicros: number
  /** Our full check: bounds, parsing, EIP-712 and the curve. */
  verifyMicros: number
  /** viem's `verifyTypedData`. */
  viemVerifyMicros: number
}

type Candidate = { count: number; name: keyof VoucherBench; run: (index: number) => unknown }

const rounds = 15
const amounts = 64
const links = 1024

/** Measures signing and checking vouchers against libsecp256k1 in C and against viem. */
export async function benchVoucher(): Promise<VoucherBench> {
  const domain = { chainId: 31_337, channels: '0x5FbDB2315678afecb367f032d93F642f64180aa3' } as const
  const channelId: Hex = `0x${'42'.repeat(32)}`
  const privateKey: Hex = `0x${'11'.repeat(32)}`
  const engine = await loadEngine({ prefer: 'wasm' })
  const signer = privateKeyToSigner(privateKey, { engine })
  const sign = createVoucherSigner({ ...domain, signer })
  const verifier = createVoucherVerifier({ ...domain, engine })
  const fallback = createVoucherVerifier({ ...domain, engine: createNobleEngine() })

  const key = hexToBytes(privateKey)
  const publicKey = secp256k1.publicKeyCreate(key, false)
  const vouchers = Array.from({ length: amounts }, (_, index) => {
    const voucher = { channelId, cumulativeAmount: 10n ** 18n + BigInt(index) }
    const signature = sign(voucher)
    const typedData = toVoucherTypedData({ ...domain, ...voucher })
    const digest = hexToBytes(hashTypedData(typedData))
    const compact = hexToBytes(signature).subarray(0, 64)
    return {
      compact,
      digest,
      signature,
      signed: { ...voucher, signature, signer: signer.address },
      typedData,
      voucher,
    }
  })
  const at = (index: number) => vouchers[index % amounts]!
  const stream = createStream({ engine, maxSteps: links })
  let received = createStreamVerifier({ ...stream, engine })
  const revealed = Array.from({ length: links }, (_, index) => stream.reveal(index + 1))

  const address = signer.address
  const candidates: Candidate[] = [
    { count: 200, name: 'verifyMicros', run: (index) => verifier.verify(at(index).signed) },
    {
      count: 200,
      name: 'nativeVerifyMicros',
      run: (index) => secp256k1.ecdsaVerify(at(index).compact, at(index).digest, publicKey),
    },
    { count: 30, name: 'fallbackVerifyMicros', run: (index) => fallback.verify(at(index).signed) },
    {
      count: 10,
      name: 'viemVerifyMicros',
      run: (index) => verifyTypedData({ address, ...at(index).typedData, signature: at(index).signature }),
    },
    { count: 200, name: 'signMicros', run: (index) => sign(at(index).voucher) },
    { count: 200, name: 'nativeSignMicros', run: (index) => secp256k1.ecdsaSign(at(index).digest, key) },
    {
      count: links,
      name: 'hashStepMicros',
      run: (index) => {
        if (index === 0) received = createStreamVerifier({ ...stream, engine })
        return received.advance(revealed[index]!)
      },
    },
  ]

  await check()
  for (const { count, run } of candidates)
    for (let index = 0; index < 2 * count; index++) await run(index % count)
  const samples = new Map(candidates.map(({ name }) => [name, [] as number[]]))
  for (let round = 0; round < rounds; round++)
    for (const { count, name, run } of candidates) samples.get(name)?.push(await cpuMicros(count, run))

  const median = (name: keyof VoucherBench) => {
    const sorted = [...(samples.get(name) ?? [])].sort((one, other) => one - other)
    return Math.round(sorted[sorted.length >> 1]! * 100) / 100
  }
  return {
    fallbackVerifyMicros: median('fallbackVerifyMicros'),
    hashStepMicros: median('hashStepMicros'),
    nativeSignMicros: median('nativeSignMicros'),
    nativeVerifyMicros: median('nativeVerifyMicros'),
    signMicros: median('signMicros'),
    verifyMicros: median('verifyMicros'),
    viemVerifyMicros: median('viemVerifyMicros'),
  }

  /** Nobody is timed who answers wrongly: each takes every voucher, and no voucher of another amount. */
  async function check(): Promise<void> {
    for (const [index, { compact, digest, signature, signed, typedData }] of vouchers.entries()) {
      const other = at(index + 1)
      const native = secp256k1.ecdsaSign(digest, key)
      const answers = [
        secp256k1.ecdsaVerify(compact, digest, publicKey),
        !secp256k1.ecdsaVerify(compact, other.digest, publicKey),
        toHex(native.signature) === signature.slice(0, 130),
        await verifyTypedData({ address, ...typedData, signature }),
        !(await verifyTypedData({ address, ...other.typedData, signature })),
        ...[verifier, fallback].flatMap(({ verify }) => [
          takes(() => verify(signed)),
          !takes(() => verify({ ...signed, cumulativeAmount: other.voucher.cumulativeAmount })),
        ]),
      ]
      if (answers.includes(false)) throw new Error(`A candidate answers wrongly: ${answers.join(', ')}`)
    }
    if (revealed.some((link, index) => received.advance(link) !== index + 1))
      throw new Error('The hash chain answers wrongly.')
  }
}

/** CPU microseconds of one call, averaged over `count` of them. */
async function cpuMicros(count: number, run: (index: number) => unknown): Promise<number> {
  const before = process.cpuUsage()
  for (let index = 0; index < count; index++) {
    const result = run(index)
    if (result instanceof Promise) await result
  }
  const { system, user } = process.cpuUsage(before)
  return (system + user) / count
}

function takes(verify: () => void): boolean {
  try {
    verify()
    return true
  } catch {
    return false
  }
}
