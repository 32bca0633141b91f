// Runs forge in `contracts/`, with npm's compiler, and fails when it fails: `node scripts/forge.ts test …`.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { foundryBinary } from '../test/binary.ts'

/** Runs forge and returns its exit code. */
export function forge(arguments_: readonly string[], stdio: 'ignore' | 'inherit' = 'inherit'): number {
  const { error, status } = spawnSync(foundryBinary('forge'), arguments_, {
    cwd: fileURLToPath(new URL('../contracts', import.meta.url)),
    // The compiler wrapper is a node script: it must find the node that runs this one.
    env: {
      ...process.env,
      PATH: `${dirname(process.execPath)}:${join(process.cwd(), 'node_modules/.bin')}:${process.env.PATH}`,
    },
    stdio: ['ignore', stdio, 'inherit'],
  })
  if (error) throw error
  return status ?? 1
}

if (import.meta.main) process.exit(forge(process.argv.slice(2)))
