import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const apps = {
  core: "import { transfer } from '@aitoken/core'\nexport const run = transfer",
  governance: "import { getDelegates } from '@aitoken/governance'\nexport const run = getDelegates",
  consumer: "import { createConsumer } from '@aitoken/inference/consumer'\nexport const run = createConsumer",
  provider: "import { createProvider } from '@aitoken/inference/provider'\nexport const run = createProvider",
  viem: "import { createClient, http } from 'viem'\nimport { readContract } from 'viem/actions'\nexport const run = { createClient, http, readContract }",
} as const

/** What checking a one-line app costs, every library checked: against the built declarations, as a user would. */
export function benchTypes(): Record<
  string,
  { errors: number; instantiations: number; ratioToViem: number }
> {
  const out = fileURLToPath(new URL('../../examples/node_modules/.types', import.meta.url))
  mkdirSync(out, { recursive: true })
  const measured = Object.entries(apps).map(([name, code]) => [name, check(out, code)] as const)
  rmSync(out, { force: true, recursive: true })
  const viem = measured.find(([name]) => name === 'viem')?.[1].instantiations ?? Number.NaN
  return Object.fromEntries(
    measured.map(([name, { errors, instantiations }]) => [
      name,
      { errors, instantiations, ratioToViem: Math.round((instantiations / viem) * 100) / 100 },
    ]),
  )
}

function check(out: string, code: string): { errors: number; instantiations: number } {
  writeFileSync(`${out}/app.ts`, code)
  const compilerOptions = {
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
    module: 'NodeNext',
    noEmit: true,
    skipLibCheck: false,
    strict: true,
    target: 'ES2022',
    types: ['node'],
  }
  writeFileSync(`${out}/tsconfig.json`, JSON.stringify({ compilerOptions, files: ['app.ts'] }))
  const { stdout } = spawnSync('tsc', ['-p', out, '--extendedDiagnostics'], { encoding: 'utf8' })
  return {
    errors: stdout.match(/error TS\d+/g)?.length ?? 0,
    instantiations: Number(/Instantiations:\s+(\d+)/.exec(stdout)?.[1] ?? Number.NaN),
  }
}
