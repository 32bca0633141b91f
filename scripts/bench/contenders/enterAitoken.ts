import type { Hex } from 'viem'

import type { Lane } from '../load/runLoad.ts'
import type { Wallet } from '../payments/openChannels.ts'
import { createLinkPayer } from '../payments/payLinks.ts'
import { createSessionPayer } from '../payments/paySession.ts'
import { createVoucherPayer } from '../payments/payVouchers.ts'
import type { MeasuredServer } from '../servers/startServer.ts'
import { body, type Contender } from './contender.ts'

/** Channels, one for each connection: one that pays by links pays by nothing else meanwhile. */
export type Wallets = { link: readonly Wallet[]; voucher: readonly Wallet[] }

/** Our ways to pay. */
export function enterAitoken(server: MeasuredServer<{ priceTag: Hex }>, wallets: Wallets) {
  const { port, priceTag } = server.hello
  const url = `http://127.0.0.1:${port}`
  const path = '/v1/completions'
  const enter = <lane extends Pick<Lane, 'pay' | 'ready'>>(lane: lane) => ({
    count: 640,
    lane: { body, expected: 200, path, ...lane },
    server,
  })
  const plain = { priceTag, unreceipted: true }
  const receipted = { priceTag, unreceipted: false }
  return {
    link: enter(createLinkPayer(url, wallets.link, plain)),
    session: enter({ pay: createSessionPayer(url, wallets.voucher, { ...plain, body, path }) }),
    sessionWithReceipt: enter({
      pay: createSessionPayer(url, wallets.voucher, { ...receipted, body, path }),
    }),
    voucher: enter({ pay: createVoucherPayer(wallets.voucher, plain) }),
    voucherWithReceipt: enter({ pay: createVoucherPayer(wallets.voucher, receipted) }),
  }
}

/** A request for a paid model that brings no payment. */
export function enterUnpaid(server: MeasuredServer<unknown>): Contender {
  return { count: 640, lane: { body, expected: 402, path: '/v1/completions' }, server }
}
