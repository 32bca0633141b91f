import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

type Manifest = { exports: Record<string, string | { '@aitoken/source': string }>; name: string }

/** Sources, not builds: every entry of the packages, as their manifests name them. */
const sources = ['core', 'governance', 'inference'].flatMap((folder) => {
  const manifest = JSON.parse(readFileSync(pathOf(`./packages/${folder}/package.json`), 'utf8')) as Manifest
  return Object.entries(manifest.exports).flatMap(([entry, target]) =>
    typeof target === 'string'
      ? []
      : [
          {
            find: new RegExp(`^${manifest.name}${entry.slice(1)}$`),
            replacement: pathOf(`./packages/${folder}/${target['@aitoken/source']}`),
          },
        ],
  )
})

export default defineConfig({
  // By alias, because the global setup knows no package conditions.
  resolve: { alias: [{ find: '~test', replacement: pathOf('./test') }, ...sources] },
  test: {
    globalSetup: ['./test/setup.global.ts'],
    hookTimeout: 60_000,
    include: [
      'packages/*/src/**/*.test.ts',
      'scripts/**/*.test.ts',
      'examples/**/*.test.ts',
      'test/**/*.test.ts',
    ],
    retry: 0,
    setupFiles: ['./test/setup.seed.ts'],
    testTimeout: 30_000,
    typecheck: {
      enabled: true,
      include: ['packages/*/src/**/*.test-d.ts'],
      tsconfig: './tsconfig.json',
    },
  },
})
