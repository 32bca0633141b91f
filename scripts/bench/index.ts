// Measures speed, gas and size beside what a user would pick instead; `--json` prints one object.
import { spawnSync } from 'node:child_process'
import { arch, cpus, platform } from 'node:os'
import { parseArgs, styleText } from 'node:util'

import { benchBundle } from './bundle.ts'
import { benchGas } from './gas.ts'
import { benchGateway } from './gateway.ts'
import { benchImport } from './import.ts'
import { benchMemory } from './memory.ts'
import { benchStores } from './stores.ts'
import { benchStream } from './stream.ts'
import { benchTypes } from './types.ts'
import { benchVoucher } from './voucher.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { help: { type: 'boolean' }, json: { type: 'boolean' } },
})

const suites = {
  bundle: benchBundle,
  gas: benchGas,
  gateway: benchGateway,
  importMillis: benchImport,
  memory: benchMemory,
  stores: benchStores,
  stream: benchStream,
  types: benchTypes,
  voucher: benchVoucher,
} as const

const unknown = positionals.filter((name) => !(name in suites))
if (values.help || unknown.length > 0) {
  if (unknown.length > 0) console.error(`There is no benchmark \`${unknown.join('`, `')}\`.`)
  console.log(`Usage: pnpm bench [${Object.keys(suites).join(' | ')}] [--json]`)
  process.exit(unknown.length > 0 ? 2 : 0)
}

/** What users install is measured as it is built, not as it lies in the sources. */
const built = ['importMillis', 'types']
if (positionals.length === 0 || positionals.some((name) => built.includes(name))) {
  process.stderr.write('building the packages …\n')
  const { status } = spawnSync(process.execPath, ['scripts/build.ts'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) process.exit(1)
}

const results: Record<string, unknown> = {}
for (const [name, bench] of Object.entries(suites)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  process.stderr.write(`measuring ${name} …\n`)
  results[name] = await bench()
}

// What one suite measures in several ways is one object for each: name → number.
const voucher = results.voucher as Awaited<ReturnType<typeof benchVoucher>> | undefined
if (voucher) {
  const { hashStepMicros, ...rest } = voucher
  const { nativeVerifyMicros, verifyMicros, viemVerifyMicros } = rest
  const perSecond = (micros: number) => Math.round(1_000_000 / micros)
  const vouchersPerSecond = {
    libsecp256k1: perSecond(nativeVerifyMicros),
    ours: perSecond(verifyMicros),
    viem: perSecond(viemVerifyMicros),
  }
  Object.assign(results, { hashStepMicros, voucher: rest, vouchersPerSecond })
}
const bundle = results.bundle as Awaited<ReturnType<typeof benchBundle>> | undefined
if (bundle)
  Object.assign(results, {
    bundle: pluck(bundle, 'initial'),
    bundleWithLazyParts: pluck(bundle, 'all'),
    bundleWithoutViem: pluck(bundle, 'withoutViem'),
  })
const imported = results.importMillis as ReturnType<typeof benchImport> | undefined
if (imported)
  Object.assign(results, {
    importMillis: pluck(imported, 'millis'),
    importTimesViem: pluck(imported, 'timesViem'),
  })

if (values.json) console.log(JSON.stringify({ machine: machine(), ...results }))
else {
  console.log(`${machine().cpu}, ${machine().cores} cores, Node ${machine().node}`)
  for (const [name, result] of Object.entries(results)) print(name, result)
}

function pluck<key extends string>(
  rows: Readonly<Record<string, Readonly<Record<key, number>>>>,
  key: key,
): Record<string, number> {
  return Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, row[key]]))
}

function machine() {
  return {
    cores: cpus().length,
    cpu: cpus()[0]?.model ?? arch(),
    node: process.versions.node,
    platform: platform(),
  }
}

function print(name: string, result: unknown): void {
  console.log(`\n${process.stdout.isTTY ? styleText('bold', name) : name}`)
  if (typeof result !== 'object' || result === null) {
    console.log(`  ${format(result)}`)
    return
  }
  // A table's names and figures stand in lines of their own: there are many of them.
  const rows = Object.entries(result).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).map(([inner, number]) => [`${key}.${inner}`, format(number)])
      : [[key, format(value)]],
  )
  const width = Math.max(...rows.map(([key = '']) => key.length))
  for (const [key = '', value = ''] of rows) console.log(`  ${key.padEnd(width)}  ${value}`)
}

function format(value: unknown): string {
  if (typeof value !== 'number') return String(value)
  return Number.isInteger(value) ? value.toLocaleString('en') : value.toPrecision(4)
}
