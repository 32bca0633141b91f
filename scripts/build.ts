// Builds the packages in the order of their dependencies: one JavaScript and one declaration file per source.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

for (const package_ of ['core', 'governance', 'inference']) {
  const start = performance.now()
  const cwd = fileURLToPath(new URL(`../packages/${package_}`, import.meta.url))
  for (const [command, ...arguments_] of [
    ['tsup', '--silent'],
    [
      'tsc',
      '-p',
      '.',
      '--noEmit',
      'false',
      '--emitDeclarationOnly',
      '--outDir',
      'dist',
      '--rootDir',
      'src',
      '--customConditions',
      'null',
    ],
  ] as const) {
    const { status } = spawnSync(command, arguments_, { cwd, stdio: 'inherit' })
    if (status !== 0) process.exit(status ?? 1)
  }
  console.log(`@aitoken/${package_} built in ${((performance.now() - start) / 1000).toFixed(1)} s`)
}
