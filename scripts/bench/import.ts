import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const modules = [
  '@aitoken/core',
  '@aitoken/governance',
  '@aitoken/inference',
  '@aitoken/inference/consumer',
  '@aitoken/inference/provider',
  'viem',
  'viem/accounts',
] as const

/**
 * CPU milliseconds that a cold import adds to a bare process, median of seven fresh ones, interleaved; and how
 * that compares with viem's, which apps that write to a chain load anyway.
 */
export function benchImport(): Record<string, { millis: number; timesViem: number }> {
  const samples = new Map<string, number[]>()
  for (let round = 0; round < 7; round++)
    for (const module of ['', ...modules])
      samples.set(module, [...(samples.get(module) ?? []), cpuOf(module)])
  const bare = median(samples.get('') ?? [])
  const millisOf = (module: string) => median(samples.get(module) ?? []) - bare
  return Object.fromEntries(
    modules.map((module) => [
      module,
      { millis: Math.round(millisOf(module)), timesViem: millisOf(module) / millisOf('viem') },
    ]),
  )
}

function cpuOf(module: string): number {
  const code = `${module ? `await import('${module}');` : ''} const { user, system } = process.cpuUsage(); process.stdout.write(String((user + system) / 1000))`
  // The built packages, as an app would load them: no source condition, no hook.
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', code], {
    cwd: fileURLToPath(new URL('../../examples', import.meta.url)),
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  return Number(output)
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
