// Type-checks a small app against the built declarations with every library checked, as a strict user would.
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const out = fileURLToPath(new URL('../../examples/node_modules/.declarations', import.meta.url))
rmSync(out, { force: true, recursive: true })
mkdirSync(out, { recursive: true })
writeFileSync(
  `${out}/app.ts`,
  [
    "import * as core from '@aitoken/core'",
    "import * as abis from '@aitoken/core/abis'",
    "import * as deploy from '@aitoken/core/deploy'",
    "import * as governance from '@aitoken/governance'",
    "import * as inference from '@aitoken/inference'",
    "import * as ngram from '@aitoken/inference/ngram'",
    "import * as postgres from '@aitoken/inference/postgres'",
    "import * as sqlite from '@aitoken/inference/sqlite'",
    'export { abis, core, deploy, governance, inference, ngram, postgres, sqlite }',
  ].join('\n'),
)
writeFileSync(
  `${out}/tsconfig.json`,
  JSON.stringify({
    compilerOptions: {
      exactOptionalPropertyTypes: true,
      lib: ['ES2023', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
      module: 'NodeNext',
      noEmit: true,
      skipLibCheck: false,
      strict: true,
      target: 'ES2022',
      types: ['node'],
    },
    files: ['app.ts'],
  }),
)
const { status } = spawnSync('tsc', ['-p', out], { stdio: 'inherit' })
if (status !== 0) process.exit(status ?? 1)
rmSync(out, { force: true, recursive: true })
console.log('The declarations hold for a strict consumer.')
