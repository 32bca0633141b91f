// What an app pays to load, gzipped. A lazy import is loaded when it is needed, so it is no part of the first
// load; the lines that say `all` count it too.
const peers = ['viem', 'viem/*', 'abitype']

const initial = (config) => {
  config.plugins = [
    ...(config.plugins ?? []),
    {
      name: 'lazy',
      setup(build) {
        build.onResolve({ filter: /.*/ }, ({ kind, path }) =>
          kind === 'dynamic-import' ? { external: true, path } : undefined,
        )
      },
    },
  ]
  return config
}

/** What loads later is counted by bundling it in place. */
const all = (config) => config

const line = (name, package_, imports, limit, { ignore = [], load = initial, path = 'index' } = {}) => ({
  gzip: true,
  ignore,
  import: imports,
  limit,
  modifyEsbuildConfig: load,
  name,
  path: `packages/${package_}/dist/${path}.js`,
})

export default [
  line('core: transfer, over viem', 'core', '{ transfer }', '7.6 kB', { ignore: peers }),
  line('core: createAitoken, over viem', 'core', '{ createAitoken }', '16.6 kB', { ignore: peers }),
  line('governance: createAitoken, over viem', 'governance', '{ createAitoken }', '16.9 kB', {
    ignore: peers,
  }),
  line('governance: policy', 'governance', '{ decidePolicy, hashPolicy, parsePolicy }', '14 kB', {
    path: 'policy/index',
  }),
  line('inference: signVoucher, verifyVoucher', 'inference', '{ signVoucher, verifyVoucher }', '20.7 kB'),
  line(
    'inference: consumer with its own signer',
    'inference',
    '{ createConsumer, privateKeyToSigner }',
    '23 kB',
  ),
  line('inference: consumer, all', 'inference', '{ createConsumer }', '134 kB', {
    load: all,
    path: 'consumer/index',
  }),
  line('inference: provider', 'inference', '{ createProvider }', '54 kB', { path: 'provider/index' }),
]
