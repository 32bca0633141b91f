import { gzipSync } from 'node:zlib'
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild'

/** What an app would write, and what it would otherwise import for the same purpose. */
const imports = {
  'core: transfer': "export { transfer } from '@aitoken/core'",
  'core: createAitoken': "export { createAitoken } from '@aitoken/core'",
  'governance: createAitoken': "export { createAitoken } from '@aitoken/governance'",
  'inference: signVoucher, verifyVoucher': "export { signVoucher, verifyVoucher } from '@aitoken/inference'",
  'inference: consumer': "export { createConsumer } from '@aitoken/inference/consumer'",
  'inference: consumer, own signer':
    "export { createConsumer, privateKeyToSigner } from '@aitoken/inference/consumer'",
  'inference: provider': "export { createProvider } from '@aitoken/inference/provider'",
  'viem: createClient + readContract':
    "export { createClient, http } from 'viem'; export { readContract } from 'viem/actions'",
  'viem: createPublicClient': "export { createPublicClient, http } from 'viem'",
} as const

const peers = ['viem', 'viem/*', 'abitype']

type Sizes = { all: number; initial: number; withoutViem: number }

/**
 * Gzipped bytes of each import statement, minified for browsers: `initial` loads at start, `all` counts what is
 * loaded later too, and `withoutViem` is `initial` with the peers left out.
 */
export async function benchBundle(): Promise<Record<string, Sizes>> {
  const sizes: Record<string, Sizes> = {}
  for (const [name, contents] of Object.entries(imports))
    sizes[name] = {
      all: await measure(contents, { splitting: true }),
      // esbuild fills the first chunk with what a barrel reaches, used or not; without lazy imports it does not.
      initial: await measure(contents, { plugins: [lazy] }),
      withoutViem: name.startsWith('viem')
        ? 0
        : await measure(contents, { external: peers, plugins: [lazy] }),
    }
  return sizes
}

/** Leaves out what is loaded when it is needed. */
const lazy: Plugin = {
  name: 'lazy',
  setup({ onResolve }) {
    onResolve({ filter: /.*/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { external: true, path } : undefined,
    )
  },
}

async function measure(
  contents: string,
  { external = [], ...options }: Pick<BuildOptions, 'external' | 'plugins' | 'splitting'>,
): Promise<number> {
  const { metafile, outputFiles } = await build({
    ...options,
    bundle: true,
    conditions: ['@aitoken/source'],
    external: ['node:*', ...external],
    format: 'esm',
    logLevel: 'error',
    metafile: true,
    minify: true,
    outdir: 'out',
    platform: 'browser',
    stdin: { contents, loader: 'ts', resolveDir: new URL('../../examples', import.meta.url).pathname },
    target: 'es2022',
    write: false,
  })
  let bytes = 0
  for (const path of reach(metafile)) {
    const file = outputFiles.find((output) => output.path.endsWith(`/${path}`))
    if (!file) throw new Error(`esbuild did not return ${path}.`)
    bytes += gzipSync(file.contents).length
  }
  return bytes
}

/** The entry and every chunk that it imports, at once or later, through others too. */
function reach({ outputs }: Metafile): ReadonlySet<string> {
  const entry = Object.keys(outputs).find((path) => path.endsWith('stdin.js'))
  if (!entry) throw new Error('esbuild wrote no entry chunk.')
  const chunks = new Set([entry])
  for (const chunk of chunks)
    for (const { external, path } of outputs[chunk]?.imports ?? []) if (!external) chunks.add(path)
  return chunks
}
