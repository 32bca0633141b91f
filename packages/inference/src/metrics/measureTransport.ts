import type { Histogram } from 'prom-client'
import type { EIP1193RequestFn, Transport } from 'viem'

/**
 * Measures the calls of a transport by method and result.
 *
 * @param transport - The transport.
 * @param calls - Where the seconds are noted.
 * @returns The transport, measured.
 */
export function measureTransport(
  transport: Transport,
  calls: Pick<Histogram<'method' | 'result'>, 'observe'>,
): Transport {
  return (parameters) => {
    const made = transport(parameters)
    const request = async (...[call, options]: Parameters<EIP1193RequestFn>) => {
      const start = performance.now()
      const note = (result: string) =>
        calls.observe({ method: nameMethod(call), result }, (performance.now() - start) / 1000)
      try {
        const answer = await made.request(call, options)
        note('ok')
        return answer
      } catch (error) {
        note('failed')
        throw error
      }
    }
    // It answers what the measured one answers; the type that depends on the method is lost on the way.
    return { ...made, request: request as EIP1193RequestFn }
  }
}

/** Methods are few, as only the SDK calls; anything else would be somebody else's idea. */
function nameMethod({ method }: { method: string }): string {
  return /^(eth|net|web3)_[A-Za-z]{1,40}$/.test(method) ? method : 'other'
}
