import { createRequire } from 'node:module'
import { join } from 'node:path'

const platforms: Record<string, string> = {
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-amd64',
  'linux-arm64': 'linux-arm64',
  'linux-x64': 'linux-amd64',
  'win32-x64': 'win32-amd64',
}

/** Path of anvil itself: stopping npm's wrapper script would leave the chain running. */
export function anvilBinary(): string {
  const platform = platforms[`${process.platform}-${process.arch}`]
  if (!platform) throw new Error(`anvil has no build for ${process.platform}-${process.arch}.`)
  const wrapper = createRequire(import.meta.url).resolve('@foundry-rs/anvil/package.json')
  const package_ = createRequire(wrapper).resolve(`@foundry-rs/anvil-${platform}/package.json`)
  return join(package_, '..', 'bin', process.platform === 'win32' ? 'anvil.exe' : 'anvil')
}
