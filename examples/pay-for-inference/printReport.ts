import { styleText } from 'node:util'
import { formatEther } from 'viem'

import type { Transaction } from './listTransactions.js'

/** What happened, in numbers. */
export type Report = {
  balances: Record<'consumer' | 'provider', { after: bigint; before: bigint }>
  charged: bigint
  consumer: string
  deposit: bigint
  overheadMs: number
  prices: { input: bigint; output: bigint; request: bigint }
  prompt: string
  receiptVerified: boolean
  refunded: bigint
  timeToFirstTokenMs: number
  text: string
  tokens: { input: number; output: number }
  transactions: readonly Transaction[]
  unpaidTimeToFirstTokenMs: number
  vouchers: number
}

/** Prints one JSON object: amounts are decimal strings of base units. */
export function printJson(report: Report): void {
  const { balances, charged, prompt, receiptVerified, text, tokens, transactions } = report
  const sides = ({ after, before }: { after: bigint; before: bigint }) => ({
    before: `${before}`,
    after: `${after}`,
  })
  console.log(
    JSON.stringify(
      {
        prompt,
        text,
        tokens,
        charged: `${charged}`,
        transactions: transactions.map(({ gasUsed, hash, name }) => ({
          name,
          hash,
          gasUsed: Number(gasUsed),
        })),
        balances: { consumer: sides(balances.consumer), provider: sides(balances.provider) },
        vouchers: report.vouchers,
        timeToFirstTokenMs: round(report.timeToFirstTokenMs),
        unpaidTimeToFirstTokenMs: round(report.unpaidTimeToFirstTokenMs),
        receiptVerified,
      },
      null,
      2,
    ),
  )
}

/** Prints what a person wants to know. */
export function printReport(report: Report): void {
  const { balances, charged, prices, tokens, transactions } = report
  const row = (name: string, value: string) => console.log(`  ${paint('dim', name.padEnd(22))}${value}`)
  const ait = (amount: bigint) => `${formatEther(amount)} AIT`

  heading('Bill')
  row('input', `${tokens.input} tokens at ${ait(prices.input)} a million`)
  row('output', `${tokens.output} tokens at ${ait(prices.output)} a million`)
  if (prices.request > 0n) row('request', ait(prices.request))
  row('charged', `${ait(charged)} (${charged} base units)`)
  row('receipt', report.receiptVerified ? 'verified: signature, prices and hashes' : 'NOT VERIFIED')
  row('vouchers signed', `${report.vouchers}, none of them a transaction`)

  heading('On chain')
  for (const { from, gasUsed, name } of transactions)
    row(
      name,
      `${gasUsed.toLocaleString('en')} gas, by the ${from === report.consumer.toLowerCase() ? 'consumer' : 'provider'}`,
    )
  row('deposit', `${ait(report.deposit)}, of which ${ait(report.refunded)} came back`)

  heading('Balances')
  for (const side of ['consumer', 'provider'] as const) {
    const { after, before } = balances[side]
    const change = after - before
    row(side, `${ait(before)} → ${ait(after)} (${change > 0n ? '+' : ''}${change} base units)`)
  }
  const sum =
    balances.consumer.after + balances.provider.after - balances.consumer.before - balances.provider.before
  row('difference', `${sum} base units${sum === 0n ? ': every unit is accounted for' : ''}`)

  heading('Time')
  row('first token', `${round(report.timeToFirstTokenMs)} ms, paid`)
  row('first token', `${round(report.unpaidTimeToFirstTokenMs)} ms, the same model unpaid`)
  row('added', `${round(report.overheadMs)} ms`)
  console.log()
}

function heading(text: string): void {
  console.log(`\n${paint('bold', text)}`)
}

/** Colours are for terminals. */
export function paint(style: 'bold' | 'cyan' | 'dim', text: string): string {
  return process.stdout.isTTY ? styleText(style, text) : text
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100
}
