// Packs each package as npm would receive it and checks what a user would get.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'aitoken-pack-'))
let failed = false

for (const package_ of ['core', 'governance', 'inference']) {
  const cwd = join(root, 'packages', package_)
  execFileSync('npx', ['--yes', 'pnpm@10', 'pack', '--pack-destination', folder], { cwd, stdio: 'ignore' })
  const tarball = readdirSync(folder).find((file) => file.includes(package_))
  if (!tarball) throw new Error(`${package_} was not packed.`)
  const path = join(folder, tarball)

  const files = execFileSync('tar', ['tzf', path], { encoding: 'utf8' }).trim().split('\n')
  const strays = files.filter((file) => /\.test(-d)?\.|tsup\.config|tsconfig|\.test-|snapshots/.test(file))
  for (const required of [
    'package/package.json',
    'package/README.md',
    'package/LICENSE',
    'package/dist/index.js',
    'package/dist/index.d.ts',
    ...commandsOf(path),
  ])
    if (!files.includes(required)) {
      console.error(`${package_}: the tarball lacks ${required}.`)
      failed = true
    }
  if (strays.length > 0) {
    console.error(`${package_}: the tarball carries ${strays.join(', ')}.`)
    failed = true
  }
  for (const [tool, arguments_] of [
    ['publint', ['--strict', path]],
    ['attw', ['--profile', 'esm-only', '--no-emoji', path]],
  ] as const) {
    const { status, stderr, stdout } = spawnSync(tool, arguments_, { encoding: 'utf8' })
    if (status === 0) continue
    console.error(`${package_}: ${tool}\n${stdout}${stderr}`)
    failed = true
  }
}

/** The files behind the commands that a packed package brings; it has them only once it is packed. */
function commandsOf(path: string): string[] {
  const manifest = execFileSync('tar', ['xzOf', path, 'package/package.json'], { encoding: 'utf8' })
  const commands: Record<string, string> = JSON.parse(manifest).bin ?? {}
  if (path.includes('inference') && !commands['aitoken-inference']) return ['bin: aitoken-inference']
  return Object.values(commands).map((file) => join('package', file))
}

rmSync(folder, { recursive: true })
if (failed) process.exit(1)
console.log('3 packages resolve as published.')
