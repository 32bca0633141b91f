// Checks the tree: folders are nouns, files are verbs or the noun they define, and none grows past its budget.
import { globSync, readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'

const problems: string[] = []
const budget = { source: 200, test: 300 }

/** Folders that mean the same in every package. */
const shared = new Set(['abis', 'client', 'errors', 'generated', 'internal'])

const sources = globSync('packages/*/src/**/*.ts').filter((path) => !path.includes('/generated/'))

for (const path of sources) {
  const lines = readFileSync(path, 'utf8').split('\n').length - 1
  const limit = /\.test(-d)?\.ts$/.test(path) ? budget.test : budget.source
  // What an entry point exports is one list, however long.
  if (lines > limit && basename(path) !== 'index.ts')
    problems.push(`${path}: ${lines} lines, over the budget of ${limit}; split it by behavior.`)

  for (const folder of dirname(path).split('/').slice(3)) {
    if (/^(utils?|helpers?|common|misc|lib|types|shared)$/.test(folder))
      problems.push(`${path}: \`${folder}/\` is no noun; name the thing it holds.`)
    if (!/^[a-z][a-zA-Z]*$/.test(folder)) problems.push(`${path}: folder \`${folder}\` is not camelCase.`)
  }

  const name = basename(path).replace(/(\.[a-z-]+)*\.ts$/i, '')
  if (!/^[a-zA-Z][a-zA-Z0-9]*$/.test(name))
    problems.push(`${path}: file name is not camelCase or PascalCase.`)
  if (/^[A-Z]/.test(name) && !name.endsWith('Error'))
    problems.push(`${path}: only error classes have PascalCase files.`)
}

// Two names that differ only in case are one file on macOS and Windows.
const lowered = new Map<string, string>()
for (const path of sources) {
  const other = lowered.get(path.toLowerCase())
  if (other) problems.push(`${path}: differs from ${other} only in case.`)
  lowered.set(path.toLowerCase(), path)
}

for (const path of sources.filter((path) => /\.test(-d)?\.ts$/.test(path))) {
  const text = readFileSync(path, 'utf8')
  for (const banned of ['vi.mock(', '.skip(', '.only(', '.todo(', 'retry:'])
    if (text.includes(banned)) problems.push(`${path}: \`${banned}\` is not allowed in a test.`)
  if (path.endsWith('.test.ts'))
    for (const [, name = ''] of text.matchAll(/^\s*test\(\s*['"`]([^'"`]+)/gm))
      if (!/^(default|exports|behavior: |error: |property: )/.test(name))
        problems.push(
          `${path}: test \`${name}\` does not say what it is (default, behavior:, error:, property:).`,
        )
}

for (const path of sources.filter((path) => !/\.test(-d)?\.ts$/.test(path))) {
  const text = readFileSync(path, 'utf8')
  for (const [pattern, reason] of [
    [/\bas (any|never|unknown)\b/, 'casts unsafely'],
    [/@ts-(ignore|nocheck)/, 'silences the compiler'],
    [/throw new Error\(/, 'throws an untyped error'],
    [/catch\s*(\([^)]*\))?\s*\{\s*\}/, 'swallows an error'],
    [/\b(TODO|FIXME|XXX)\b/, 'is unfinished'],
    [/from 'zod'/, 'imports all of zod; use `zod/mini`'],
    [/from 'viem\/chains'/, 'imports every chain'],
    [/\bcreatePublicClient\b(?![^\n]*\*)/, 'pulls in the whole public client'],
  ] as const) {
    const code = text.replace(/\/\*[\s\S]*?\*\//g, '')
    if (pattern.test(code)) problems.push(`${path}: ${reason} (${pattern.source}).`)
  }
}

// A noun has errors, tests and verbs together: a source folder without one test is unproven.
const folders = new Map<string, string[]>()
for (const path of sources)
  folders.set(dirname(path), [...(folders.get(dirname(path)) ?? []), basename(path)])
for (const [folder, files] of folders) {
  const noun = basename(folder)
  if (shared.has(noun) || folder.endsWith('/src')) continue
  if (!files.some((file) => file.endsWith('.test.ts'))) problems.push(`${folder}: has no test.`)
}

for (const path of globSync('contracts/{src,test}/**/*.sol')) {
  const lines = readFileSync(path, 'utf8').split('\n').length - 1
  const limit = path.includes('/test/') ? 400 : 700
  if (lines > limit) problems.push(`${path}: ${lines} lines, over the budget of ${limit}.`)
}

if (problems.length > 0) {
  console.error(problems.join('\n'))
  process.exit(1)
}
console.log(`${sources.length} source files keep the structure.`)
