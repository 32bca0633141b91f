import type { Hex } from 'viem'

import type { Wallet } from '../payments/openChannels.ts'
import { createVoucherPayer } from '../payments/payAitoken.ts'
import type { MeasuredServer } from '../servers/startServer.ts'
import { body, type Contender } from './contender.ts'

/** Our ways to pay. */
export function enterAitoken(server: MeasuredServer<{ priceTag: Hex }>, wallets: readonly Wallet[]) {
  const { priceTag } = server.hello
  const path = '/v1/completions'
  return {
    challenge: { count: 640, lane: { body, expected: 402, path }, server },
    voucher: {
      count: 640,
      lane: { body, expected: 200, path, pay: createVoucherPayer(wallets, { priceTag }) },
      server,
    },
    voucherWithoutReceipt: {
      count: 640,
      lane: {
        body,
        expected: 200,
        path,
        pay: createVoucherPayer(wallets, { priceTag, unreceipted: true }),
      },
      server,
    },
  } as const satisfies Record<string, Contender>
}
