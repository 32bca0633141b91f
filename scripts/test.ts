// Runs the TypeScript suites and the forge suites; with arguments, only the TypeScript tests that match them.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { foundryBinary } from '../test/binary.ts'

const filters = process.argv.slice(2)
const report = join(mkdtempSync(join(tmpdir(), 'aitoken-test-')), 'vitest.json')

const vitest = spawnSync(
  'vitest',
  ['run', '--reporter=default', '--reporter=json', `--outputFile=${report}`, ...filters],
  {
    stdio: 'inherit',
  },
)
if (filters.length > 0) process.exit(vitest.status ?? 1)

// Gas snapshots are compared, not written: `pnpm forge test` writes them.
const forge = spawnSync(foundryBinary('forge'), ['test', '--offline'], {
  cwd: 'contracts',
  encoding: 'utf8',
  env: { ...process.env, FORGE_SNAPSHOT_CHECK: 'true' },
  maxBuffer: 256 * 1024 * 1024,
  stdio: ['ignore', 'pipe', 'inherit'],
})
process.stdout.write(forge.stdout)

const typescript = JSON.parse(readFileSync(report, 'utf8')) as {
  numFailedTests: number
  numPassedTests: number
}
const solidity = /(\d+) tests passed, (\d+) failed/.exec(forge.stdout)
const passed = typescript.numPassedTests + Number(solidity?.[1] ?? 0)
const broken = (vitest.status ?? 1) !== 0 || (forge.status ?? 1) !== 0
// A suite that fails before its first test counts as one failure.
const failed = Math.max(typescript.numFailedTests + Number(solidity?.[2] ?? 0), broken ? 1 : 0)
console.log(`\nTests: ${passed} passed, ${failed} failed`)
process.exit(broken ? 1 : 0)
