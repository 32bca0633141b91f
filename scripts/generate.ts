// Turns the compiled contracts into the ABIs and the creation bytecode that the packages import.
// `--check` writes nothing and fails when what is committed is stale; `--no-build` takes the last build.
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

import { forge } from './forge.ts'

type Parameter = {
  components?: Parameter[]
  indexed?: boolean
  internalType?: string
  name: string
  type: string
}
type Entry = {
  anonymous?: boolean
  inputs?: Parameter[]
  name?: string
  outputs?: Parameter[]
  stateMutability?: string
  type: string
}
type Notices = Record<string, { notice?: string }>
type Contract = { artifact: Artifact; contract: string; name: string; source: string }
type Artifact = {
  abi: Entry[]
  bytecode: { object: string }
  userdoc?: { errors?: Record<string, { notice?: string }[]>; events?: Notices; methods?: Notices }
}

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({ options: { check: { type: 'boolean' }, 'no-build': { type: 'boolean' } } })

if (!values['no-build'] && forge(['build', '--offline', '--skip', 'test'], 'ignore') !== 0) process.exit(1)

const outdated: string[] = []
let written = 0
for (const [path, text] of files()) {
  const absolute = join(root, path)
  const current = existsSync(absolute) ? readFileSync(absolute, 'utf8') : undefined
  if (current === text) continue
  outdated.push(path)
  if (values.check) continue
  mkdirSync(dirname(absolute), { recursive: true })
  writeFileSync(absolute, text)
  written++
}

if (values.check && outdated.length > 0) {
  console.error(
    `Stale generated code; run \`pnpm generate\`:\n${outdated.map((path) => `  ${path}`).join('\n')}`,
  )
  process.exit(1)
}
console.log(values.check ? 'Generated code is fresh.' : `Wrote ${written} generated files.`)

/** Every generated file: an ABI for each contract's package, its creation bytecode for core's deploy entry. */
function* files(): Generator<readonly [path: string, text: string]> {
  const bytecodes: string[] = []
  for (const source of globSync('contracts/src/{core,governance,inference}/*.sol', { cwd: root }).sort()) {
    const contract = basename(source, '.sol')
    const artifactPath = join(root, 'contracts/out', `${contract}.sol`, `${contract}.json`)
    if (!existsSync(artifactPath)) continue
    const artifact = JSON.parse(readFileSync(artifactPath, 'utf8')) as Artifact
    if (artifact.bytecode.object.length <= 2) continue // interfaces, libraries used inline
    if (!artifact.abi.some((entry) => entry.type === 'function')) continue
    const package_ = basename(dirname(source))
    const name = constantOf(contract)
    yield [`packages/${package_}/src/generated/${name}.ts`, abiFile({ artifact, contract, name, source })]
    yield [
      `packages/core/src/generated/bytecode/${name}.ts`,
      `/** Creation bytecode of \`${contract}\`. Generated from ${source}; do not edit. */\n` +
        `export const ${name}Bytecode =\n  '${artifact.bytecode.object}'\n`,
    ]
    bytecodes.push(name)
  }
}

/** `AIToken` → `aiToken`, `PaymentChannels` → `paymentChannels`. */
function constantOf(contract: string): string {
  return contract.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]/, (initials) => initials.toLowerCase())
}

function abiFile({ artifact, contract, name, source }: Contract): string {
  const entries = [...artifact.abi].sort((a, b) => orderOf(a).localeCompare(orderOf(b), 'en'))
  const lines = entries.map((entry) => {
    const notice = noticeOf(entry, artifact)
    const comment = notice ? `  /** ${notice.replaceAll('*/', '* /').replace(/\s+/g, ' ').trim()} */\n` : ''
    return `${comment}  ${JSON.stringify(compact(entry))},`
  })
  return `/** ABI of \`${contract}\`. Generated from ${source}; do not edit. */\nexport const ${name}Abi = [\n${lines.join('\n')}\n] as const\n`
}

function orderOf(entry: Entry): string {
  const rank = ['constructor', 'function', 'event', 'error'].indexOf(entry.type)
  return `${rank === -1 ? 9 : rank} ${signatureOf(entry)}`
}

function signatureOf({ inputs = [], name = '' }: Entry): string {
  const type = (parameter: Parameter): string =>
    parameter.components
      ? `(${parameter.components.map(type).join(',')})${parameter.type.slice('tuple'.length)}`
      : parameter.type
  return `${name}(${inputs.map(type).join(',')})`
}

function noticeOf(entry: Entry, { userdoc }: Artifact): string | undefined {
  const signature = signatureOf(entry)
  if (entry.type === 'function') return userdoc?.methods?.[signature]?.notice
  if (entry.type === 'event') return userdoc?.events?.[signature]?.notice
  if (entry.type === 'error') return userdoc?.errors?.[signature]?.[0]?.notice
  return undefined
}

/** What viem and abitype read of an entry; compiler-internal names only add bytes. */
function compact(entry: Entry): Entry {
  const parameter = ({ components, indexed, name, type }: Parameter): Parameter => ({
    ...(components ? { components: components.map(parameter) } : {}),
    ...(indexed === undefined ? {} : { indexed }),
    name,
    type,
  })
  const { inputs, name, outputs, stateMutability, type } = entry
  return {
    type,
    ...(name === undefined ? {} : { name }),
    ...(inputs ? { inputs: inputs.map(parameter) } : {}),
    ...(outputs ? { outputs: outputs.map(parameter) } : {}),
    ...(stateMutability === undefined ? {} : { stateMutability }),
  }
}
