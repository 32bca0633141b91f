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

export default [
  {
    gzip: true,
    ignore: peers,
    import: '{ transfer }',
    limit: '8 kB',
    modifyEsbuildConfig: initial,
    name: 'core: transfer, over viem',
    path: 'packages/core/dist/index.js',
  },
]
