// Runs every check and says in a line each what held; `pnpm check types lint` runs only those.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { styleText } from 'node:util'

const root = fileURLToPath(new URL('../..', import.meta.url))
const script = (path: string, ...rest: string[]) => ['node', `scripts/${path}.ts`, ...rest]

/** Name, what it proves, and the command; `build` comes before what reads `dist`. */
const checks: readonly (readonly [name: string, proves: string, command: readonly string[]])[] = [
  ['lint', 'lint and format', ['biome', 'check', '--error-on-warnings']],
  ['types', 'strict types, tests and scripts included', ['tsc', '-p', 'tsconfig.json']],
  ['structure', 'folders are nouns, files are verbs, line budgets', script('check/structure')],
  ['generated', 'generated code is fresh', script('generate', '--check')],
  ['solidity', 'contracts are formatted', script('forge', 'fmt', '--check')],
  ['examples', 'examples in docstrings and guides compile', script('check/examples')],
  ['unused', 'no unused file, export or dependency', ['knip', '--no-progress']],
  ['build', 'packages build', script('build')],
  ['consumer', 'declarations have no error without skipLibCheck', script('check/declarations')],
  ['packages', 'publint, attw and the list of packed files', script('check/packages')],
  ['size', 'bundle budgets', ['size-limit']],
]

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !checks.some(([known]) => known === name))
if (unknown.length > 0 || wanted.includes('--help')) {
  console.log(
    `Usage: pnpm check [name …]\n\n${checks.map(([name, proves]) => `  ${name.padEnd(10)} ${proves}`).join('\n')}`,
  )
  process.exit(wanted.includes('--help') ? 0 : 2)
}

let failed = 0
let passed = 0
for (const [name, proves, [command = '', ...arguments_]] of checks) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const start = performance.now()
  const { status, stderr, stdout } = spawnSync(command, arguments_, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6)
  const ok = status === 0
  if (ok) passed++
  else failed++
  console.log(
    `${styleText(ok ? 'green' : 'red', ok ? 'ok    ' : 'FAILED')} ${name.padEnd(10)} ${seconds} s  ${proves}`,
  )
  if (!ok) console.log(`${stdout}${stderr}`)
}
console.log(`\nChecks: ${passed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
