// Compiles every example: the `ts` blocks of the docstrings, the READMEs and the guides.
import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
// Inside the examples workspace, so that imports resolve as they do for a user of the packages.
const out = `${root}examples/node_modules/.compiled`
rmSync(out, { force: true, recursive: true })
mkdirSync(out, { recursive: true })

let count = 0
const write = (path: string, code: string): void => {
  writeFileSync(`${out}/${path.replaceAll('/', '_')}.${count++}.ts`, `${code}\nexport {}\n`)
}

for (const path of globSync('packages/*/src/**/*.ts', { cwd: root }))
  for (const [, code = ''] of readFileSync(root + path, 'utf8').matchAll(
    /^ *\* ```ts\n([\s\S]*?)^ *\* ```/gm,
  ))
    write(path, code.replace(/^ *\* ?/gm, ''))

for (const path of globSync(['README.md', 'packages/*/README.md', 'docs/*/*.md', 'examples/*/README.md'], {
  cwd: root,
}))
  for (const [, code = ''] of readFileSync(root + path, 'utf8').matchAll(/^```ts\n([\s\S]*?)^```/gm))
    write(path, code)

writeFileSync(
  `${out}/tsconfig.json`,
  JSON.stringify({
    compilerOptions: {
      declaration: false,
      declarationMap: false,
      noUnusedLocals: false,
      noUnusedParameters: false,
    },
    extends: '../../../tsconfig.base.json',
    include: ['*.ts'],
  }),
)
const { status } = spawnSync('tsc', ['-p', out], { stdio: 'inherit' })
if (status !== 0) process.exit(status ?? 1)
rmSync(out, { force: true, recursive: true })
console.log(`${count} examples compile.`)
