import {
  ChannelBusyError,
  ChannelEndingError,
  CreditInsufficientError,
  VoucherLoweredError,
  VoucherOverdrawnError,
  VoucherReplayedError,
} from '../ledger/errors.js'
import { VoucherAmountError, VoucherMalformedError, VoucherSignerError } from '../voucher/errors.js'
import {
  ChannelMismatchError,
  ChannelUnknownError,
  CloseAmountError,
  PaymentHeaderError,
  PaymentRequiredError,
  PriceChangedError,
} from './errors.js'
import type { Problem } from './problem.js'
import { readAmount, readHexText, readNumber, readText } from './problemFields.js'

/** The errors about payments that a provider answers with, by their name. */
export const paymentProblems = {
  ChannelBusyError: {
    read: (problem) =>
      new ChannelBusyError({
        channelId: readHexText(problem, 'channelId'),
        requests: readNumber(problem, 'requests'),
      }),
    status: 409,
    type: 'channel-busy',
    write: ({ channelId, requests }) => ({ channelId, requests }),
  } satisfies Problem<ChannelBusyError>,
  ChannelEndingError: {
    read: (problem) =>
      new ChannelEndingError({
        channelId: readHexText(problem, 'channelId'),
        status: readText(problem, 'channelStatus') === 'closed' ? 'closed' : 'closing',
      }),
    status: 402,
    type: 'channel-ending',
    write: ({ channelId, status }) => ({ channelId, channelStatus: status }),
  } satisfies Problem<ChannelEndingError>,
  ChannelMismatchError: {
    read: (problem) =>
      new ChannelMismatchError({
        channelId: readHexText(problem, 'channelId'),
        expected: readHexText(problem, 'expected'),
      }),
    status: 402,
    type: 'channel-mismatch',
    write: ({ channelId, expected }) => ({ channelId, expected }),
  } satisfies Problem<ChannelMismatchError>,
  ChannelUnknownError: {
    read: (problem) => new ChannelUnknownError({ channelId: readHexText(problem, 'channelId') }),
    status: 402,
    type: 'channel-unknown',
    write: ({ channelId }) => ({ channelId }),
  } satisfies Problem<ChannelUnknownError>,
  CloseAmountError: {
    read: (problem) =>
      new CloseAmountError({
        cumulativeAmount: readAmount(problem, 'cumulativeAmount'),
        spent: readAmount(problem, 'spent'),
      }),
    status: 409,
    type: 'close-amount',
    write: ({ cumulativeAmount, spent }) => ({ cumulativeAmount: `${cumulativeAmount}`, spent: `${spent}` }),
  } satisfies Problem<CloseAmountError>,
  CreditInsufficientError: {
    read: (problem) =>
      new CreditInsufficientError({
        available: readAmount(problem, 'available'),
        needed: readAmount(problem, 'needed'),
        required: readAmount(problem, 'required'),
      }),
    status: 402,
    type: 'credit-insufficient',
    write: ({ available, needed, required }) => ({
      available: `${available}`,
      needed: `${needed}`,
      required: `${required}`,
    }),
  } satisfies Problem<CreditInsufficientError>,
  PaymentHeaderError: {
    read: (problem) => new PaymentHeaderError({ reason: readText(problem, 'reason') }),
    status: 400,
    type: 'payment-header',
    write: ({ reason }) => ({ reason }),
  } satisfies Problem<PaymentHeaderError>,
  PaymentRequiredError: {
    read: () => new PaymentRequiredError(),
    status: 402,
    type: 'payment-required',
    write: () => ({ quote: '/.well-known/aitoken.json' }),
  } satisfies Problem<PaymentRequiredError>,
  PriceChangedError: {
    read: (problem) => new PriceChangedError({ priceTag: readHexText(problem, 'priceTag') }),
    status: 402,
    type: 'price-changed',
    write: ({ priceTag }) => ({ priceTag }),
  } satisfies Problem<PriceChangedError>,
  VoucherAmountError: {
    read: (problem) => new VoucherAmountError({ amount: readAmount(problem, 'amount') }),
    status: 400,
    type: 'voucher-amount',
    write: ({ amount }) => ({ amount: `${amount}` }),
  } satisfies Problem<VoucherAmountError>,
  VoucherLoweredError: {
    read: (problem) =>
      new VoucherLoweredError({
        authorized: readAmount(problem, 'authorized'),
        cumulativeAmount: readAmount(problem, 'cumulativeAmount'),
      }),
    status: 402,
    type: 'voucher-lowered',
    write: ({ authorized, cumulativeAmount }) => ({
      authorized: `${authorized}`,
      cumulativeAmount: `${cumulativeAmount}`,
    }),
  } satisfies Problem<VoucherLoweredError>,
  VoucherMalformedError: {
    read: (problem) => new VoucherMalformedError({ reason: readText(problem, 'reason') }),
    status: 400,
    type: 'voucher-malformed',
    write: () => ({ reason: 'the provider cannot read it' }),
  } satisfies Problem<VoucherMalformedError>,
  VoucherOverdrawnError: {
    read: (problem) =>
      new VoucherOverdrawnError({
        cumulativeAmount: readAmount(problem, 'cumulativeAmount'),
        limit: readAmount(problem, 'limit'),
      }),
    status: 402,
    type: 'voucher-overdrawn',
    write: ({ cumulativeAmount, limit }) => ({ cumulativeAmount: `${cumulativeAmount}`, limit: `${limit}` }),
  } satisfies Problem<VoucherOverdrawnError>,
  VoucherReplayedError: {
    read: (problem) => new VoucherReplayedError({ authorized: readAmount(problem, 'authorized') }),
    status: 402,
    type: 'voucher-replayed',
    write: ({ authorized }) => ({ authorized: `${authorized}` }),
  } satisfies Problem<VoucherReplayedError>,
  VoucherSignerError: {
    read: (problem) => new VoucherSignerError({ expected: readHexText(problem, 'expected') }),
    status: 402,
    type: 'voucher-signer',
    write: ({ expected }) => ({ expected }),
  } satisfies Problem<VoucherSignerError>,
} as const
