import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { binary } from '#test/setup/requirements.ts'
import { freePort, startProcess } from './server-process.ts'

/** An SSH server of a test, for this account alone. */
export interface Sshd {
  readonly port: number
  /** Options of `ssh` that let it in, without asking anything or writing anywhere. */
  readonly options: string
  stop(): Promise<void>
}

/** Starts Debian's sshd on a port of the loopback address, with keys that are thrown away. */
export async function startSshd(): Promise<Sshd> {
  const folder = mkdtempSync(join(tmpdir(), 'deckwatch-sshd-'))
  chmodSync(folder, 0o700)
  const key = join(folder, 'key')
  const hostKey = join(folder, 'host')
  for (const path of [key, hostKey]) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path])
  }
  const authorized = join(folder, 'authorized')
  writeFileSync(authorized, execFileSync('ssh-keygen', ['-y', '-f', key]), { mode: 0o600 })
  const port = await freePort()
  const config = join(folder, 'config')
  writeFileSync(
    config,
    [
      'ListenAddress 127.0.0.1',
      `Port ${String(port)}`,
      `HostKey ${hostKey}`,
      `AuthorizedKeysFile ${authorized}`,
      'PasswordAuthentication no',
      'UsePAM no',
      'StrictModes no',
      'PermitRootLogin yes',
      `PidFile ${join(folder, 'pid')}`,
    ].join('\n'),
  )
  // Debian's sshd wants it where it runs as root.
  if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 })
  const server = await startProcess(binary('sshd'), ['-D', '-e', '-f', config], () => answers(port))
  const options = [
    `-i ${key}`,
    `-p ${String(port)}`,
    '-o BatchMode=yes',
    '-o StrictHostKeyChecking=no',
    '-o UserKnownHostsFile=/dev/null',
    '-o LogLevel=ERROR',
  ].join(' ')
  return {
    port,
    options,
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('data', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => {
      resolve(false)
    })
  })
}
