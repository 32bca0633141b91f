import { createRequire } from 'node:module'
import { join } from 'node:path'

const platforms: Record<string, string> = {
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-amd64',
  'linux-arm64': 'linux-arm64',
  'linux-x64': 'linux-amd64',
  'win32-x64': 'win32-amd64',
}

/**
 * Path of a Foundry tool itself. npm's wrapper script would do neither: a stopped wrapper leaves the chain
 * running, and a failed build or test exits with 0.
 */
export function foundryBinary(tool: 'anvil' | 'forge'): string {
  const platform = platforms[`${process.platform}-${process.arch}`]
  if (!platform) throw new Error(`${tool} has no build for ${process.platform}-${process.arch}.`)
  const wrapper = createRequire(import.meta.url).resolve(`@foundry-rs/${tool}/package.json`)
  const package_ = createRequire(wrapper).resolve(`@foundry-rs/${tool}-${platform}/package.json`)
  return join(package_, '..', 'bin', process.platform === 'win32' ? `${tool}.exe` : tool)
}
