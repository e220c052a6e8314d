import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

/** Longest time that a server may take to become ready, ms. Loaded machines are slow. */
const READY_WITHIN_MS = 30_000
/** Time between two questions whether it is ready, ms. */
const ASK_EVERY_MS = 25
/** After SIGTERM, so long until SIGKILL, ms. */
const STOP_WITHIN_MS = 10_000

/** A server that runs as a process of its own. */
export interface ServerProcess {
  readonly pid: number
  /** What it printed so far, for messages of failing tests. */
  output(): string
  /** Asks it to end and waits until it has. */
  stop(): Promise<void>
  /** Ends it as a crash would, without any chance to write, and waits until it has. */
  kill(): Promise<void>
}

/** A port of the loopback address that was free just now. */
export async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port was assigned')
  return address.port
}

/**
 * Starts a program and waits until `isReady` says so.
 *
 * @throws when the program ends or is not ready in time, with what it printed.
 */
export async function startProcess(
  command: string,
  args: readonly string[],
  isReady: () => Promise<boolean>,
): Promise<ServerProcess> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  const problem = await new Promise<Error | null>((resolve) => {
    child.once('error', resolve)
    child.once('spawn', () => {
      resolve(null)
    })
  })
  if (problem || child.pid === undefined)
    throw new Error(`${command} cannot be started`, { cause: problem })
  const { pid } = child
  const killWithUs = () => child.kill('SIGKILL')
  process.once('exit', killWithUs)
  child.once('exit', () => process.off('exit', killWithUs))

  const deadline = performance.now() + READY_WITHIN_MS
  while (!(await isReady().catch(() => false))) {
    if (hasEnded(child) || performance.now() > deadline) {
      child.kill('SIGKILL')
      throw new Error(`${command} did not become ready. It printed:\n${output}`)
    }
    await delay(ASK_EVERY_MS)
  }
  // Something else may answer on the port while ours could not have it.
  if (hasEnded(child)) throw new Error(`${command} ended. It printed:\n${output}`)
  return {
    pid,
    output: () => output,
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (hasEnded(child)) return
  const ended = once(child, 'exit')
  child.kill(signal)
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS)
  await ended
  clearTimeout(timer)
}

/** A server of a test that can go down and come back on the same port. */
export interface Restartable {
  readonly pid: () => number
  /** Ends the process (as a crash with `kill`) and starts it anew. */
  restart(how?: { readonly kill?: boolean; readonly withoutData?: boolean }): Promise<void>
  kill(): Promise<void>
  stop(): Promise<void>
}

/**
 * Starts a server that keeps its data in `dataDir`.
 *
 * @throws with what it printed when it does not start.
 */
export async function startRestartable(
  dataDir: string,
  start: () => Promise<ServerProcess>,
): Promise<Restartable> {
  await mkdir(dataDir, { recursive: true })
  let server = await start()
  return {
    pid: () => server.pid,
    async restart({ kill = false, withoutData = false } = {}) {
      await (kill ? server.kill() : server.stop())
      if (withoutData) {
        await rm(dataDir, { recursive: true, force: true })
        await mkdir(dataDir, { recursive: true })
      }
      server = await start()
    },
    kill: () => server.kill(),
    stop: () => server.stop(),
  }
}
