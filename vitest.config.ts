import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    // Sources, not builds; the global setup resolves by alias only, it knows no package conditions.
    alias: [
      { find: '~test', replacement: fileURLToPath(new URL('./test', import.meta.url)) },
      {
        find: /^@aitoken\/(\w+)$/,
        replacement: fileURLToPath(new URL('./packages/$1/src/index.ts', import.meta.url)),
      },
      {
        find: /^@aitoken\/(\w+)\/(\w+)$/,
        replacement: fileURLToPath(new URL('./packages/$1/src/$2/index.ts', import.meta.url)),
      },
    ],
  },
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
    testTimeout: 30_000,
    typecheck: {
      enabled: true,
      include: ['packages/*/src/**/*.test-d.ts'],
      tsconfig: './tsconfig.json',
    },
  },
})
