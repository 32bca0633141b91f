import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

/** Everything that is measured. */
export type Instruments = ReturnType<typeof createInstruments>

/** Upper bounds in seconds: of what takes no time when all is well, and of what takes as long as a model. */
const buckets = {
  answer: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300],
  quick: [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
  remote: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
} as const

/**
 * Creates the instruments of one provider.
 *
 * @param registry - Where they are registered.
 * @returns The instruments.
 */
export function createInstruments(registry: Registry) {
  const registers = [registry]
  const counter = <label extends string>(name: string, help: string, labelNames: readonly label[] = []) =>
    new Counter<label>({ help, labelNames, name: `aitoken_${name}`, registers })
  const gauge = <label extends string>(name: string, help: string, labelNames: readonly label[] = []) =>
    new Gauge<label>({ help, labelNames, name: `aitoken_${name}`, registers })
  const histogram = <label extends string>(
    name: string,
    help: string,
    kind: keyof typeof buckets,
    labelNames: readonly label[] = [],
  ) =>
    new Histogram<label>({
      buckets: [...buckets[kind]],
      help,
      labelNames,
      name: `aitoken_${name}`,
      registers,
    })

  return {
    alarms: counter('alarms_total', 'Things on chain that need the operator.', ['kind']),
    booked: gauge('booked_base_units', 'Sums over the books of all processes that share the store.', [
      'kind',
    ]),
    calls: histogram('rpc_seconds', 'Calls to the chain.', 'remote', ['method', 'result']),
    channels: gauge('channels', 'Channels in the store.', ['status']),
    charged: counter('charged_base_units_total', 'Charged to payers.', ['model']),
    draining: gauge('draining', 'Whether the provider is about to stop.'),
    durations: histogram('request_seconds', 'From arrival to the last byte.', 'answer', ['route']),
    fees: counter('transaction_fee_wei_total', 'Paid for transactions.', ['action']),
    firstBytes: histogram(
      'first_byte_seconds',
      'From arrival to the first byte of a paid answer.',
      'answer',
      ['model'],
    ),
    gas: counter('transaction_gas_total', 'Gas that transactions used.', ['action']),
    inFlight: gauge('requests_in_flight', 'Requests that are being served.'),
    overheads: histogram('overhead_seconds', 'From arrival until the model is asked.', 'quick', ['model']),
    paid: counter('paid_base_units_total', 'Received on chain.'),
    pauses: counter('stream_pauses_total', 'How often streams waited for a voucher.', ['model']),
    pauseSeconds: counter('stream_pause_seconds_total', 'How long streams waited for vouchers.', ['model']),
    problems: counter('problems_total', 'Requests answered with a problem.', ['problem', 'route']),
    requests: counter('requests_total', 'Requests by how they ended.', ['model', 'outcome', 'route']),
    signatures: counter('signature_checks_total', 'Signatures of vouchers that were checked.', ['result']),
    store: histogram('store_seconds', 'Transactions of the store.', 'quick', ['result']),
    streams: gauge('streams', 'Streams that are being served.', ['state']),
    tokens: counter('tokens_total', 'Tokens that were charged for.', ['kind', 'model']),
    transactions: counter('transactions_total', 'Transactions that were confirmed.', ['action']),
  }
}
