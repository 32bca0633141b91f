import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

/** What an app would write, and what it would otherwise import for the same purpose. */
const imports = {
  'core: transfer': "export { transfer } from '@aitoken/core'",
  'core: createAitoken': "export { createAitoken } from '@aitoken/core'",
  'governance: createAitoken': "export { createAitoken } from '@aitoken/governance'",
  'inference: signVoucher, verifyVoucher': "export { signVoucher, verifyVoucher } from '@aitoken/inference'",
  'inference: consumer': "export { createConsumer } from '@aitoken/inference/consumer'",
  'inference: provider': "export { createProvider } from '@aitoken/inference/provider'",
  'viem: createClient + readContract':
    "export { createClient, http } from 'viem'; export { readContract } from 'viem/actions'",
  'viem: createPublicClient': "export { createPublicClient, http } from 'viem'",
} as const

/** Gzipped bytes of each import statement, minified for browsers, everything in; `withoutViem` leaves the peer out. */
export async function benchBundle(): Promise<Record<string, { gzipBytes: number; withoutViem: number }>> {
  const sizes: Record<string, { gzipBytes: number; withoutViem: number }> = {}
  for (const [name, contents] of Object.entries(imports)) {
    sizes[name] = {
      gzipBytes: await measure(contents, []),
      withoutViem: name.startsWith('viem') ? 0 : await measure(contents, ['viem', 'viem/*', 'abitype']),
    }
  }
  return sizes
}

async function measure(contents: string, external: readonly string[]): Promise<number> {
  const { outputFiles } = await build({
    bundle: true,
    conditions: ['@aitoken/source'],
    external: ['node:*', ...external],
    format: 'esm',
    logLevel: 'error',
    minify: true,
    // A lazy import is a chunk of its own; only what is loaded at start counts.
    outdir: 'out',
    platform: 'browser',
    splitting: true,
    stdin: { contents, loader: 'ts', resolveDir: new URL('../../examples', import.meta.url).pathname },
    target: 'es2022',
    write: false,
  })
  const entry = outputFiles.find((file) => file.path.endsWith('stdin.js'))
  if (!entry) throw new Error('esbuild wrote no entry chunk.')
  // The entry and every chunk that it imports statically.
  const loaded = new Set<string>()
  const visit = (path: string): void => {
    if (loaded.has(path)) return
    loaded.add(path)
    const text = outputFiles.find((file) => file.path === path)?.text ?? ''
    for (const [, chunk] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g))
      visit(path.replace(/[^/]+$/, chunk ?? ''))
  }
  visit(entry.path)
  let bytes = 0
  for (const path of loaded)
    bytes += gzipSync(outputFiles.find((file) => file.path === path)?.contents ?? '').length
  return bytes
}
