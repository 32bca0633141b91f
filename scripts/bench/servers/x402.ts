// x402's own middleware for Hono, with a facilitator in the same process whose settlement is left out.
import { x402Facilitator } from '@x402/core/facilitator'
import type { FacilitatorClient, RouteConfig } from '@x402/core/server'
import { toFacilitatorEvmSigner } from '@x402/evm'
import { computeChannelId } from '@x402/evm/batch-settlement/client'
import { BatchSettlementEvmScheme, InMemoryChannelStorage } from '@x402/evm/batch-settlement/server'
import { ExactEvmScheme as ExactFacilitator } from '@x402/evm/exact/facilitator'
import { ExactEvmScheme } from '@x402/evm/exact/server'
import { paymentMiddleware, x402ResourceServer } from '@x402/hono'
import { Hono } from 'hono'
import { type Address, createWalletClient, http, publicActions } from 'viem'
import { anvil } from 'viem/chains'

import { carol } from '../../../test/accounts.ts'
import { network, price, x402Channel } from '../payments/x402Channel.ts'
import { answerFree, createModel } from './model.ts'
import { serveMeasured } from './serveMeasured.ts'

type Options = { aiToken: Address; connections: number; rpcUrl: string }

const { aiToken, connections, rpcUrl } = JSON.parse(process.argv[2] ?? '') as Options
const client = createWalletClient({ account: carol, chain: anvil, transport: http(rpcUrl) }).extend(
  publicActions,
)
const signer = toFacilitatorEvmSigner({ ...client, address: carol.address } as Parameters<
  typeof toFacilitatorEvmSigner
>[0])
const facilitator = new x402Facilitator().register(network, new ExactFacilitator(signer))
const batch = {
  extra: { receiverAuthorizer: carol.address },
  network,
  scheme: 'batch-settlement',
  x402Version: 2,
} as const
const local: FacilitatorClient = {
  async getSupported() {
    const supported = facilitator.getSupported()
    const kinds = [...supported.kinds, batch]
    return { ...supported, kinds } as Awaited<ReturnType<FacilitatorClient['getSupported']>>
  },
  // What is measured is the check; a transaction for every request would hide it.
  settle: async () => ({ network, payer: carol.address, success: true, transaction: `0x${'00'.repeat(32)}` }),
  verify: (payload, requirements) => facilitator.verify(payload, requirements),
}

// The contract of batch settlement is not on this chain: the channels are put where its deposits would put them.
const storage = new InMemoryChannelStorage()
for (let connection = 0; connection < connections; connection++) {
  const channelConfig = x402Channel(connection, aiToken)
  const channelId = computeChannelId(channelConfig, network)
  await storage.updateChannel(channelId, () => ({
    balance: String(10n ** 20n),
    channelConfig,
    channelId,
    chargedCumulativeAmount: '0',
    lastRequestTimestamp: Date.now(),
    onchainSyncedAt: Date.now(),
    refundNonce: 0,
    signature: '0x',
    signedMaxClaimable: '0',
    totalClaimed: '0',
    withdrawRequestedAt: 0,
  }))
}

const server = new x402ResourceServer(local)
  .register(network, new ExactEvmScheme())
  .register(network, new BatchSettlementEvmScheme(carol.address, { onchainStateTtlMs: 3_600_000, storage }))
const amount = { amount: price, asset: aiToken, extra: { name: 'AI Token', version: '1' } }
const option = (scheme: 'batch-settlement' | 'exact'): RouteConfig => ({
  accepts: { network, payTo: carol.address, price: amount, scheme },
})

const model = createModel('trivial')
const app = new Hono()
app.post('/free/trivial/v1/completions', (context) => answerFree(model, context))
app.use(
  paymentMiddleware(
    {
      'POST /batch/v1/completions': option('batch-settlement'),
      'POST /exact/v1/completions': option('exact'),
    },
    server,
  ),
)
app.post('/batch/v1/completions', (context) => answerFree(model, context))
app.post('/exact/v1/completions', (context) => answerFree(model, context))
serveMeasured(app, () => ({}))
