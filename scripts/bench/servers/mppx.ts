// mppx's own middleware for Hono. Its chain is left out: sessions live in a precompile of Tempo's.

import { Hono } from 'hono'
import { evm, Mppx, tempo } from 'mppx/hono'
import { Store } from 'mppx/server'
import { Session } from 'mppx/tempo'
import { type Address, createClient, custom, encodeFunctionResult } from 'viem'
import { anvil } from 'viem/chains'

import { bob, carol } from '../../../test/accounts.ts'
import { escrow, mppxChannel } from '../payments/mppxChannel.ts'
import { answerFree, createModel } from './model.ts'
import { serveMeasured } from './serveMeasured.ts'

type Options = { aiToken: Address; connections: number }

const { aiToken, connections } = JSON.parse(process.argv[2] ?? '') as Options
const deposit = 10n ** 20n

// Sessions ask the chain about a channel every five seconds; this answers as the precompile would.
const state = encodeFunctionResult({
  abi: Session.Precompile.escrowAbi,
  functionName: 'getChannelState',
  result: { closeRequestedAt: 0, deposit, settled: 0n },
})
const request = async ({ method }: { method: string }) => (method === 'eth_call' ? state : '0x7a69')
const client = createClient({ chain: anvil, transport: custom({ request }) })

const store = Store.memory()
for (let connection = 0; connection < connections; connection++) {
  const { channelId, descriptor } = mppxChannel(connection, aiToken)
  await store.put(channelId, {
    authorizedSigner: bob.address,
    backend: 'precompile',
    chainId: anvil.id,
    channelId,
    closeRequestedAt: 0n,
    createdAt: new Date().toISOString(),
    deposit,
    descriptor,
    escrowContract: escrow,
    expiringNonceHash: descriptor.expiringNonceHash,
    finalized: false,
    highestVoucher: null,
    highestVoucherAmount: 0n,
    operator: descriptor.operator,
    payee: descriptor.payee,
    payer: descriptor.payer,
    salt: descriptor.salt,
    settledOnChain: 0n,
    spent: 0n,
    token: aiToken,
    units: 0,
  })
}

const mppx = Mppx.create({
  methods: [
    evm.charge({
      authorization: { name: 'AI Token', version: '1' },
      chainId: anvil.id,
      currency: aiToken,
      decimals: 18,
      recipient: carol.address,
      // What is measured is the check; a transaction for every request would hide it.
      settle: async () => ({ reference: `0x${'00'.repeat(32)}` }),
    }),
    tempo.session({
      amount: '0.000000000000005',
      chainId: anvil.id,
      currency: aiToken,
      decimals: 18,
      getClient: () => client,
      recipient: carol.address,
      store,
      unitType: 'request',
    }),
  ],
  realm: '127.0.0.1',
  secretKey: 'a secret of the benchmark, and of nothing else',
})

const model = createModel('trivial')
const app = new Hono()
app.post('/free/trivial/v1/completions', (context) => answerFree(model, context))
app.post('/charge/v1/completions', mppx.charge({ amount: '0.000000000000005' }), (context) =>
  answerFree(model, context),
)
app.post('/session/v1/completions', mppx.session({ amount: '0.000000000000005' }), (context) =>
  answerFree(model, context),
)
serveMeasured(app, () => ({}))
