import { privateKeyToAccount } from 'viem/accounts'
import { expectTypeOf, test } from 'vitest'

import { privateKeyToSigner } from '../signature/privateKeyToSigner.js'
import { createVoucherVerifier } from './createVoucherVerifier.js'
import type { VoucherAmountError, VoucherMalformedError, VoucherSignerError } from './errors.js'
import { signVoucher } from './signVoucher.js'
import type { verifyVoucher } from './verifyVoucher.js'

const voucher = { chainId: 1, channelId: '0x', channels: '0x', cumulativeAmount: 1n } as const

test('viem accounts and our signers sign', () => {
  expectTypeOf(signVoucher(privateKeyToAccount('0x'), voucher)).resolves.toEqualTypeOf<`0x${string}`>()
  expectTypeOf(signVoucher(privateKeyToSigner('0x'), voucher)).resolves.toEqualTypeOf<`0x${string}`>()
})

test('names every failure', () => {
  expectTypeOf<verifyVoucher.ErrorType>().toEqualTypeOf<
    VoucherAmountError | VoucherMalformedError | VoucherSignerError
  >()
})

test('rejects a number amount', () => {
  const verifier = createVoucherVerifier(voucher)
  // @ts-expect-error - amounts are bigint base units
  void verifier.verify({ ...voucher, cumulativeAmount: 1, signature: '0x', signer: '0x' })
})
