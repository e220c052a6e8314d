import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { z } from 'zod'
import { makeHome } from '#test/fixtures/deckwatch-process.ts'
import { ENGINE_FLAGS } from './in-child.ts'
import { optionalLink } from '#test/fixtures/sign-in.ts'

const program = join(import.meta.dirname, '../../out/main/browser.js')
const stamps = join(import.meta.dirname, 'poll-stamps.mjs')
const stampSchema = z.object({ kind: z.enum(['asked', 'answered']), at: z.number() })

/** One poll, ms since the epoch, UTC: from the question to the last byte of the answer. */
export interface Poll {
  readonly askedAt: number
  readonly answeredAt: number
}

/** The browser host as `npm start` runs it, whose polls the bench knows. */
export interface WatchedEngine {
  /** When its process was started, ms since the epoch, UTC. */
  readonly startedAt: number
  /** The address with its key. */
  readonly url: string
  readonly pid: number
  /** The polls that were answered so far. */
  polls(): readonly Poll[]
  /** Waits until the next poll is asked; resolves to when it was. */
  nextAsk(): Promise<number>
  /** Asks it to stop, waits until it has, and removes what it wrote. */
  stop(): Promise<void>
}

/**
 * Starts the built host on an empty data directory, with one Alertmanager.
 *
 * @throws with what it said when it does not start.
 */
export async function startWatchedEngine(
  alertmanager: string,
  intervalMs: number,
): Promise<WatchedEngine> {
  const home = makeHome()
  home.configure(`me: ada
sources:
  - type: alertmanager
    name: bench
    url: ${alertmanager}
    interval: ${intervalMs}ms
    timeout: 30s
notifications:
  desktop: false
`)
  const startedAt = Date.now()
  const options = ['--data', home.data, '--config', home.config, '--port', '0', '--no-open']
  const child = spawn(
    process.execPath,
    [...ENGINE_FLAGS, '--import', stamps, program, ...options],
    {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  )
  const killWithUs = () => child.kill('SIGKILL')
  process.once('exit', killWithUs)
  const exited = once(child, 'exit')
  const polls: Poll[] = []
  const waiting = new Set<(at: number) => void>()
  let askedAt: number | null = null
  child.on('message', (message) => {
    const { kind, at } = stampSchema.parse(message)
    if (kind === 'asked') {
      askedAt = at
      for (const resolve of waiting) resolve(at)
      waiting.clear()
    } else if (askedAt !== null) {
      polls.push({ askedAt, answeredAt: at })
    }
  })
  const address = await addressOf(child)
  return {
    startedAt,
    get url() {
      return optionalLink(home.data, Number(new URL(address).port))
    },
    pid: child.pid ?? 0,
    polls: () => polls,
    nextAsk() {
      const { promise, resolve } = Promise.withResolvers<number>()
      waiting.add(resolve)
      return promise
    },
    async stop() {
      child.kill('SIGTERM')
      await exited
      process.off('exit', killWithUs)
      home.remove()
    },
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const listen = (chunk: unknown) => {
      said += String(chunk)
      const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(said)?.[0]
      if (url !== undefined) resolve(url)
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.once('exit', (code) => {
      reject(new Error(`Deckwatch ended with code ${String(code)}:\n${said}`))
    })
  })
}
