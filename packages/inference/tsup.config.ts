import { defineConfig } from 'tsup'

// One file out for each file in: an app's bundler drops what it does not import.
export default defineConfig({
  bundle: false,
  clean: true,
  entry: ['src/**/*.ts', '!src/**/*.test.ts', '!src/**/*.test-d.ts'],
  format: ['esm'],
  sourcemap: true,
  target: 'es2022',
})
