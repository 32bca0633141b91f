import type { Hex, LocalAccount } from 'viem'

import type { Signer } from '../signature/privateKeyToSigner.js'
import { createVoucherSigner } from './createVoucherSigner.js'
import { hashVoucher } from './hashVoucher.js'
import { toVoucherTypedData, type Voucher, type VoucherDomain } from './voucher.js'

/**
 * Signs a voucher (EIP-712). Nothing is sent: the provider settles the highest voucher it holds. An account made
 * by {@link privateKeyToSigner} signs it with its engine.
 *
 * @param account - The channel's authorized signer, or its payer.
 * @param parameters - {@link signVoucher.Parameters}
 * @returns The signature, of 65 bytes.
 * @throws {@link VoucherAmountError} when the amount does not fit into 96 bits.
 * @throws {@link VoucherMalformedError} when the channel id or the contract is malformed.
 *
 * @example
 * ```ts
 * import { signVoucher } from '@aitoken/inference'
 * import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
 *
 * export const signature = signVoucher(privateKeyToAccount(generatePrivateKey()), {
 *   chainId: 8453,
 *   channelId: `0x${'00'.repeat(32)}`,
 *   channels: '0x0000000000000000000000000000000000000001',
 *   cumulativeAmount: 1_000_000n,
 * })
 * ```
 */
export async function signVoucher(
  account: LocalAccount | Signer,
  parameters: signVoucher.Parameters,
): Promise<Hex> {
  if ('signDigest' in account) return createVoucherSigner({ ...parameters, signer: account })(parameters)
  hashVoucher(parameters) // refuses, with a typed error, what no contract would take
  return account.signTypedData(toVoucherTypedData(parameters))
}

export declare namespace signVoucher {
  type Parameters = Voucher & VoucherDomain
  type ErrorType = hashVoucher.ErrorType
}
