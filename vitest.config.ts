import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    alias: { '~test': fileURLToPath(new URL('./test', import.meta.url)) },
    conditions: ['@aitoken/source'],
  },
  ssr: { resolve: { conditions: ['@aitoken/source'] } },
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
