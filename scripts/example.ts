// Runs an example by name, with the arguments that follow it; without a name it lists them.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../examples', import.meta.url))
const names = readdirSync(folder).filter((name) => existsSync(`${folder}/${name}/index.ts`))
const [name, ...arguments_] = process.argv.slice(2)

if (!name || name === '--help') {
  console.log('Usage: pnpm example <name> [arguments]\n')
  for (const name of names) {
    const [first = ''] = readFileSync(`${folder}/${name}/index.ts`, 'utf8').split('\n')
    console.log(`  ${name.padEnd(20)} ${first.replace(/^\/\/ ?/, '')}`)
  }
  process.exit(0)
}

if (!names.includes(name)) {
  console.error(`There is no example \`${name}\`. There are: ${names.join(', ')}.`)
  process.exit(2)
}

const { status } = spawnSync(
  process.execPath,
  [...process.execArgv, `${folder}/${name}/index.ts`, ...arguments_],
  { stdio: 'inherit' },
)
process.exit(status ?? 1)
