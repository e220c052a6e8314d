import type { Result } from '#shared/domain/result/result.ts'
import type { SourceFacts } from '#shared/domain/source/decide.ts'
import type { Pulse, Remark, SourceProblem } from '#shared/domain/source/schema.ts'
import type { Clock } from '../ports/clock.ts'
import type { Ids } from '../ports/ids.ts'
import type { Logger } from '../ports/logger.ts'
import type { Source, SourceReport } from '../ports/source.ts'

/** A server that answers slowly gets this part of the interval to rest between two questions. */
const LEAST_REST = 0.25
/** Longest wait between two tries of a source that fails, ms; never longer than its interval's 4 ×. */
const MAX_BACK_OFF_MS = 60_000

/** What could not be recorded is presented again this soon, ms, however long the interval is. */
const REFUSED_AGAIN_MS = 10_000

/** What a poll brought. Returns false when it could not be recorded. */
export type OutcomeHandler = (
  source: Source,
  outcome: Result<SourceReport, SourceProblem>,
  facts: SourceFacts,
) => boolean

/**
 * Hears what a poll brought before it is taken in; null when it could not be asked. Returns what that
 * has to wait for, or null.
 */
export type BeforeOutcome = (
  source: Source,
  report: SourceReport | null,
  signal: AbortSignal,
) => Promise<void> | null

/** Keeps one source polled, and knows how old its data is. */
export interface SourceRunner {
  readonly source: Source
  start(): void
  /**
   * Polls as soon as no poll is under way; settles when that poll has.
   *
   * @param isAsked a person wants it, whatever pause the server asked for.
   */
  pollNow(isAsked?: boolean): Promise<void>
  facts(): SourceFacts
  pulse(): Pulse
  /** The machine slept, or its clock was set forward, by this many ms: the data is that much older. */
  slept(ms: number): void
  stop(): Promise<void>
}

/** What a runner needs besides its source. */
export interface RunnerDeps {
  readonly clock: Clock
  readonly ids: Ids
  readonly logger: Logger
  readonly before?: BeforeOutcome
}

/** Makes the runner of one source; nothing happens before `start`. */
export function createSourceRunner(
  source: Source,
  { clock, ids, logger, before }: RunnerDeps,
  onOutcome: OutcomeHandler,
): SourceRunner {
  const abort = new AbortController()
  let lastAnswer: number | null = null
  let lastAnswerAt: number | null = null
  let began = clock.monotonic()
  let awakeSince = began
  let sleptMs = 0
  let problem: SourceProblem | null | undefined
  let askedAt = 0
  let latencyMs: number | null = null
  let total = 0
  let remarks: readonly Remark[] = []
  let failures = 0
  let isRefused = false
  let underWay: Promise<void> | null = null
  let cancelTimer: () => void = () => undefined

  const facts = (): SourceFacts => ({
    problem,
    silentMs: clock.monotonic() - (lastAnswer ?? began),
    awakeMs: clock.monotonic() - awakeSince,
    intervalMs: source.intervalMs,
    lastAnswerAt,
  })

  async function ask(isAsked: boolean): Promise<Result<SourceReport, SourceProblem>> {
    try {
      return await source.poll(abort.signal, { isAsked })
    } catch (error) {
      logger.error({ source: source.id, err: error }, 'A source adapter threw: this is a bug')
      return {
        ok: false,
        error: {
          code: 'internal',
          message: `Polling ${source.name} failed inside Deckwatch.`,
          hint: 'This is a bug: please report it with the log. The other sources go on.',
        },
      }
    }
  }

  async function poll(isAsked: boolean): Promise<void> {
    const asked = clock.monotonic()
    askedAt = asked
    const sleptBefore = sleptMs
    const outcome = await ask(isAsked)
    const latency = clock.monotonic() - asked
    const { signal } = abort
    const isHeard = signal.aborted
      ? null
      : before?.(source, outcome.ok ? outcome.value : null, signal)
    if (isHeard) await isHeard
    if (signal.aborted) return
    latencyMs = latency
    if (outcome.ok) {
      // The data is as old as the question, not as the answer.
      lastAnswer = asked - (sleptMs - sleptBefore)
      lastAnswerAt = clock.now() - (clock.monotonic() - asked)
      problem = null
      failures = 0
      total = outcome.value.total
      remarks = outcome.value.remarks ?? []
    } else {
      problem = outcome.error
      failures += 1
    }
    const isRecorded = onOutcome(source, outcome, facts())
    if (!outcome.ok) return
    isRefused = !isRecorded
    if (isRecorded) source.accept()
    else source.forget()
  }

  /** The interval is from question to question: an answer that takes long makes no longer cycle. */
  function delay(): number {
    if (failures === 0) {
      const spent = clock.monotonic() - askedAt
      const wait = Math.max(source.intervalMs - spent, source.intervalMs * LEAST_REST)
      return isRefused ? Math.min(wait, REFUSED_AGAIN_MS) : wait
    }
    const ceiling = Math.min(source.intervalMs * 4, Math.max(MAX_BACK_OFF_MS, source.intervalMs))
    const backOff = Math.min(source.intervalMs * 2 ** (failures - 1), ceiling)
    return backOff * (0.75 + ids.random() * 0.5)
  }

  function pollNow(isAsked = false): Promise<void> {
    if (abort.signal.aborted) return Promise.resolve()
    cancelTimer()
    underWay ??= poll(isAsked).finally(() => {
      underWay = null
      if (!abort.signal.aborted) cancelTimer = clock.after(delay(), () => void pollNow())
    })
    return underWay
  }

  return {
    source,
    start() {
      began = clock.monotonic()
      awakeSince = began
      void pollNow()
    },
    pollNow,
    facts,
    pulse: () => ({
      sourceId: source.id,
      ageMs: lastAnswer === null ? null : clock.monotonic() - lastAnswer,
      latencyMs,
      alerts: total,
      intervalMs: source.intervalMs,
      isPolling: underWay !== null,
      pausedMs: source.pausedMs?.() ?? null,
      remarks: [...remarks],
      ...(source.silences ? { canSilence: true as const } : {}),
    }),
    slept(ms) {
      if (ms > 0) awakeSince = clock.monotonic()
      sleptMs += ms
      began -= ms
      if (lastAnswer !== null) lastAnswer -= ms
    },
    async stop() {
      abort.abort()
      cancelTimer()
      await underWay
      await source.close()
    },
  }
}
