import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Commander } from './commander.ts'
import { reportSchema } from './messages.ts'

/** Longest life after the engine is ready, ms. */
const LONGEST_MS = 400
/** Early kills fall within this time after the opening began, ms. */
const EARLY_MS = 60
/** A start that takes longer than this, ms, hangs. */
const START_LIMIT_MS = 60_000

/** Compiled modules of the program, so that two hundred starts take half of their time. */
const compileCache = fileURLToPath(new URL('../../.cache/kill-test-modules', import.meta.url))

/** Where one journal is, and what the receiver of its pages remembers. */
export interface Lane {
  readonly directory: string
  readonly ledger: string
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
 * still starting (and thus recovering from the last kill), else while it works.
 */
export async function liveAndDie(
  { directory, ledger }: Lane,
  commander: Commander,
  random: () => number,
): Promise<Life> {
  const program = fileURLToPath(new URL('engine-program.ts', import.meta.url))
  const child = fork(program, [directory, ledger], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    serialization: 'json',
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
  })
  const ended = once(child, 'close')
  const seen: { reopenMs: number | null; refused: string | null } = {
    reopenMs: null,
    refused: null,
  }
  const kill = () => child.kill('SIGKILL')
  const isKilledEarly = random() < 0.2
  const instant = random()
  let timer = setTimeout(kill, START_LIMIT_MS)

  // The process says "opening" with its first breath, so that early kills fall into the opening.
  child.on('message', (message) => {
    const report = reportSchema.parse(message)
    if (report.type === 'opening' && isKilledEarly) {
      clearTimeout(timer)
      timer = setTimeout(kill, instant * EARLY_MS)
    }
    if (report.type === 'refused') seen.refused = report.message
    if (report.type === 'ready') {
      seen.reopenMs = report.ms
      if (!isKilledEarly) {
        clearTimeout(timer)
        timer = setTimeout(kill, instant * LONGEST_MS)
      }
      commander.connect((request) => {
        if (child.connected) child.send(request, () => undefined)
      })
    }
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
export async function drain({ directory, ledger }: Lane): Promise<void> {
  const program = fileURLToPath(new URL('engine-program.ts', import.meta.url))
  const child = fork(program, [directory, ledger, 'drain'], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
  })
  const ended = once(child, 'close')
  const seen = new Set<string>()
  child.on('message', (message) => seen.add(reportSchema.parse(message).type))
  const timer = setTimeout(() => child.kill('SIGKILL'), START_LIMIT_MS)
  await ended
  clearTimeout(timer)
  if (!seen.has('drained')) throw new Error('What waited was not told within a minute')
}
