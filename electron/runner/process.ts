import { randomBytes } from 'node:crypto'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Result } from '#shared/domain/result/result.ts'
import { createEnvironment, type WantedEnvironment } from './environment.ts'
import { collectOutput } from './output/collect-output.ts'
import { createLiveFeed, type LiveOutput } from './output/live-feed.ts'
import { createTail } from './output/tail.ts'
import type { OutputRecord, RecordedOutput } from './output-store.ts'
import { sendSignal } from './processes/end-processes.ts'
import { watchFamily, type FamilyWatch } from './processes/family-watch.ts'
import type { ProcessTable } from './processes/process-table.ts'
import { startChild } from './start-child.ts'
import { untilOver, type LeftOver, type RunOutcome } from './until-over.ts'

/** A command that is to be run: a program and its arguments, never a text for a shell. */
export interface RunSpec extends WantedEnvironment {
  /** What its output is recorded under. */
  readonly runId: string
  readonly program: string
  readonly args: readonly string[]
  /** The folder to run it in. */
  readonly folder: string
  /** Longest that it may take, ms; 30 s where it is not given. */
  readonly timeoutMs?: number
  /** How long it has to end by itself before it is killed, ms; 3 s where it is not given. */
  readonly graceMs?: number
  /** Values that must not be shown or stored. */
  readonly secrets?: readonly string[]
}

/** Who looks on. */
export interface RunHooks {
  /** What it prints, while it prints: at most ten times a second, and so much of it. */
  onOutput?(output: LiveOutput): void
}

/** What runs need of the machine. */
export interface RunDeps {
  readonly clock: Clock
  /** Null where the machine's processes cannot be listed: nothing is run that could not be ended. */
  readonly processes: ProcessTable | null
  readonly records: { open(runId: string): Promise<Result<OutputRecord, string>> }
  /** Deckwatch's own environment; that of its process where it is not given. */
  readonly environment?: Readonly<Record<string, string | undefined>>
}

/** What became of a run. Times in ms since the epoch, UTC. */
export interface RunResult {
  readonly outcome: RunOutcome
  readonly startedAt: number
  readonly finishedAt: number
  /** The end of what it printed, clean and without secrets: at most 2,000 UTF-16 units. */
  readonly tail: string
  /** What is recorded of its output; null where nothing was started. */
  readonly output: RecordedOutput | null
  /** Somebody who cannot be ended held the output open, and it was read no further. */
  readonly isOutputCutOff: boolean
  readonly leftOver: LeftOver
}

/** A command that runs. */
export interface RunningProcess {
  /** Ends it with all that it started: TERM, then KILL after the grace. Also before it has started. */
  cancel(): void
  /** Never rejects but for a bug. */
  readonly result: Promise<RunResult>
}

const TIMEOUT_MS = 30_000
const GRACE_MS = 3_000
const TAIL_LENGTH = 2_000
const nothing: LeftOver = { ended: 0, running: 0, stuck: 0 }

/**
 * Runs a command in a session and a process group of its own, with closed input and little of our
 * environment, within a time, and ends all of it. See {@link findMembers} for how that is found.
 */
export function runProcess(spec: RunSpec, hooks: RunHooks, deps: RunDeps): RunningProcess {
  const cancelling = new AbortController()
  return {
    cancel: () => {
      cancelling.abort()
    },
    result: run(spec, hooks, deps, cancelling.signal),
  }
}

async function run(
  spec: RunSpec,
  hooks: RunHooks,
  { clock, processes, records, environment = process.env }: RunDeps,
  cancelled: AbortSignal,
): Promise<RunResult> {
  const startedAt = clock.now()
  const notRun = (outcome: RunOutcome): RunResult => ({
    outcome,
    startedAt,
    finishedAt: clock.now(),
    tail: '',
    output: null,
    isOutputCutOff: false,
    leftOver: nothing,
  })
  if (!processes) {
    const message = 'Commands cannot be run on this system: its processes cannot be listed.'
    return notRun({ kind: 'not-started', message })
  }
  // Later, so that whoever has just asked for it can still cancel it.
  await Promise.resolve()
  if (cancelled.aborted) return notRun({ kind: 'cancelled' })

  const mark = randomBytes(16).toString('hex')
  const started = await startChild({
    ...spec,
    environment: createEnvironment(environment, spec, mark),
    cancelled,
  })
  if (!started.ok) {
    return notRun(
      started.error === 'cancelled'
        ? { kind: 'cancelled' }
        : { kind: 'not-started', message: started.error.message },
    )
  }
  const child = started.value
  const watch = watchFamily(processes, { leader: child.pid, mark })
  const stopGlancing = keepGlancing(watch, processes.glanceMs, clock)

  // Not waited for: Node throws away what nobody listens to when a program ends.
  const opening = records.open(spec.runId)
  const live = createLiveFeed(clock, (output) => hooks.onOutput?.(output))
  const tail = createTail(TAIL_LENGTH)
  const collection = collectOutput(child, spec.secrets ?? [], {
    record: async (text) => {
      const opened = await opening
      if (opened.ok) await opened.value.write(text)
    },
    live,
    tail,
  })

  const ended = await untilOver({
    timeoutMs: spec.timeoutMs ?? TIMEOUT_MS,
    graceMs: spec.graceMs ?? GRACE_MS,
    clock,
    child,
    watch,
    output: collection,
    cancelled,
  })
    .catch((error: unknown) => {
      // Whatever is wrong here, nothing runs on that nobody watches.
      sendSignal(-child.pid, 'SIGKILL')
      throw error
    })
    .finally(() => {
      stopGlancing()
      live.end()
    })
  const opened = await opening
  return {
    ...ended,
    startedAt,
    finishedAt: clock.now(),
    tail: tail.text(),
    output: opened.ok ? await opened.value.finish() : unrecorded(opened.error),
  }
}

const unrecorded = (problem: string): RecordedOutput => ({
  bytes: 0,
  lines: 0,
  storedBytes: 0,
  cut: null,
  problem,
})

/** Looks for new members again and again; returns what ends that. */
function keepGlancing(watch: FamilyWatch, everyMs: number, clock: Clock): () => void {
  let isOver = false
  let cancel: () => void = () => undefined
  const glance = async () => {
    // Where they cannot be listed now, they can at the next time.
    await watch.glance().catch(() => undefined)
    if (!isOver) cancel = clock.after(everyMs, () => void glance())
  }
  void glance()
  return () => {
    isOver = true
    cancel()
  }
}
