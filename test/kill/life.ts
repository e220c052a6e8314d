import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Commander } from './commander.ts'
import { reportSchema } from './messages.ts'

/** An engine at work is killed at a random instant within this, ms, after so many answers at most. */
const LONGEST_MS = 250
const MOST_ANSWERS = 12
/** How long an opening is believed to take, ms, before one was seen. */
const FIRST_OPENING_MS = 60
/** A start, or the answers to the first commands, that take longer than this, ms: it hangs. */
const HANG_LIMIT_MS = 60_000

/** Compiled modules of the program, so that two hundred starts take half of their time. */
const compileCache = fileURLToPath(new URL('../../.cache/kill-test-modules', import.meta.url))

/** Where one journal is, what the receiver of its pages remembers, and the program that works on it. */
export interface Lane {
  /** The file of the program, as it is run. */
  readonly program: string
  readonly directory: string
  readonly ledger: string
  /** When each alert began that stays until the end, ms since the epoch on the hasty clock. */
  readonly lasting: readonly number[]
}

/** What was seen of one engine process. */
export interface Life {
  /** How long opening and loading took, ms; null when it was killed before. */
  readonly reopenMs: number | null
  /** Why the journal did not open; null when it did, or nobody lived to tell. */
  readonly refused: string | null
}

/**
 * Starts an engine, has it commanded, and kills it at a random instant: one in five while it is
 * still starting (and thus recovering from the last kill), else while it works, after so many
 * answers as chance says.
 *
 * @param openingMs how long the last opening took here, from the first breath on, or null.
 */
export async function liveAndDie(
  lane: Lane,
  commander: Commander,
  random: () => number,
  openingMs: number | null,
): Promise<Life> {
  const child = start(lane)
  const ended = once(child, 'close')
  const seen: { reopenMs: number | null; refused: string | null } = {
    reopenMs: null,
    refused: null,
  }
  const kill = () => child.kill('SIGKILL')
  const isKilledEarly = random() < 0.2
  const instant = random()
  // So a slow machine gets as much to do between two kills as a fast one.
  const wantedAnswers = Math.floor(random() * (MOST_ANSWERS + 1))
  let answers = 0
  let timer = setTimeout(() => {
    seen.refused = 'It did not start, or did not answer'
    kill()
  }, HANG_LIMIT_MS)
  const killSoon = (withinMs: number) => {
    clearTimeout(timer)
    timer = setTimeout(kill, instant * withinMs)
  }

  // The process says "opening" with its first breath, so that early kills fall into the opening.
  child.on('message', (message) => {
    const report = reportSchema.parse(message)
    if (report.type === 'opening' && isKilledEarly) killSoon(openingMs ?? FIRST_OPENING_MS)
    if (report.type === 'refused') seen.refused = report.message
    if (report.type === 'ready') {
      seen.reopenMs = report.ms
      commander.connect((request) => {
        if (child.connected) child.send(request, () => undefined)
      })
    }
    if (report.type === 'answer') answers += 1
    const isAtWork = report.type === 'ready' || report.type === 'answer'
    if (isAtWork && !isKilledEarly && answers === wantedAnswers) killSoon(LONGEST_MS)
    commander.heard(report)
  })
  const [code, signal]: unknown[] = await ended
  clearTimeout(timer)
  if (signal !== 'SIGKILL' && seen.refused === null) {
    throw new Error(`The engine ended by itself with code ${String(code)}: see its output above`)
  }
  return seen
}

/** Starts an engine that is left alone until it has told all that was to be told. */
export async function drain(lane: Lane): Promise<void> {
  const child = start(lane, 'drain')
  const ended = once(child, 'close')
  const seen = new Set<string>()
  child.on('message', (message) => seen.add(reportSchema.parse(message).type))
  const timer = setTimeout(() => child.kill('SIGKILL'), HANG_LIMIT_MS)
  await ended
  clearTimeout(timer)
  if (!seen.has('drained')) throw new Error('What waited was not told within a minute')
}

function start(
  { program, directory, ledger, lasting }: Lane,
  ...mode: readonly string[]
): ChildProcess {
  return fork(program, [directory, ledger, JSON.stringify(lasting), ...mode], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    serialization: 'json',
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
  })
}
