import { lost } from './lost.ts'
import type { ContractError } from '#shared/contract/index.ts'
import type { Actor } from '#shared/domain/actor/schema.ts'
import type { ExecutionBody } from '#shared/domain/execution/events.ts'
import { judge } from '#shared/domain/execution/expectation.ts'
import { summaryLine } from '#shared/domain/execution/summary-line.ts'
import {
  MAX_CAPTURED,
  MAX_SUMMARY,
  type ExecutionRequest,
  type ExecutionResult,
  type Outcome,
} from '#shared/domain/execution/schema.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Logger } from '../ports/logger.ts'
import type { CheckEnd, Checks } from '../ports/checks.ts'
import type { PlaceQueries } from '../ports/place-queries.ts'
import type { Run, Runner } from '../ports/runner.ts'
import type { Recorder } from '../record/recorder.ts'
import type { Reactor } from '../reactors/reactor.ts'
import { askPrometheus } from './ask-prometheus.ts'
import type { Work } from './prepare.ts'

/** How many run at a time, whoever asked for them. */
export const MAX_RUNNING = 12

/** A result that the journal refuses is offered again after so long, ms. */
const RECORD_AGAIN_MS = 5_000

/** A question about the output of something that runs waits so long for more, ms. */
const WAIT_FOR_MORE_MS = 5_000

/** What Deckwatch runs always ends: where its request says nothing, after so long, ms. */
const TIMEOUT_MS = 30_000

const deckwatch: Actor = { kind: 'deckwatch' }

/** What runs, and what came of it. */
export interface Executions {
  readonly reactor: Reactor
  /** Why nothing more can be begun now, in words; null while it can. */
  full(): ContractError | null
  /** What is to run once its request is recorded: it is forgotten where that is refused. */
  intend(executionId: string, work: Work): void
  forget(executionId: string): void
  /** Runs at once what was recorded before: of many targets, whose turn it is. */
  begin(request: ExecutionRequest, work: Work): void
  /** Records the end of what was not begun. */
  abandon(request: ExecutionRequest, outcome: Outcome): void
  cancel(executionId: string, by: Actor): Result<void, ContractError>
  /** Settles once there may be more of an output than before, or some time has passed. */
  more(executionId: string): Promise<void>
  /** Settles once it has ended and that is recorded, at once for what is not running. */
  whenEnded(executionId: string): Promise<void>
  /** True while it runs here. */
  isRunning(executionId: string): boolean
  /** What was running when Deckwatch ended is lost, and said to be. */
  start(): void
  /** Ends all that runs, and records it. */
  stop(): Promise<void>
}

interface Deps {
  readonly clock: Clock
  readonly logger: Logger
  readonly runner: Runner
  /** Null where no server is checked. */
  readonly checks: Checks | null
  /** Null where no query is sent to a place. */
  readonly placeQueries: PlaceQueries | null
  readonly recorder: Pick<Recorder, 'state' | 'record'>
}

interface Running {
  cancel(by: Actor): void
  readonly ended: Promise<void>
  readonly waiting: Set<() => void>
}

/** Runs what was recorded to be run; what comes of it is recorded too. */
export function createExecutions({
  clock,
  logger,
  runner,
  checks,
  placeQueries,
  recorder,
}: Deps): Executions {
  const intended = new Map<string, Work>()
  const running = new Map<string, Running>()
  let isStopping = false

  /** Records until the journal takes it: a result is not lost because a disk is full. */
  function record(body: ExecutionBody): void {
    const recorded = recorder.record([body], deckwatch)
    if (recorded.ok || isStopping) return
    clock.after(RECORD_AGAIN_MS, () => {
      record(body)
    })
  }

  function begin(request: ExecutionRequest, work: Work): void {
    const { executionId, incidentId } = request
    const waiting = new Set<() => void>()
    const told = () => {
      for (const each of [...waiting]) each()
      waiting.clear()
    }
    const state: { by: Actor | null } = { by: null }
    const abort = new AbortController()
    const run =
      work.kind === 'command'
        ? runner.start(work.runnable, {
            id: executionId,
            timeoutMs: request.timeoutMs ?? TIMEOUT_MS,
            printed: told,
          })
        : null
    record({ type: 'execution.started', executionId, incidentId })
    const ended = (
      run
        ? resultOf(request, run, () => state.by)
        : answerResult(request, work, abort, () => state.by)
    )
      .catch((error: unknown) => {
        logger.error({ err: error }, 'Something that ran could not be followed: this is a bug')
        return lost
      })
      .then((result) => {
        running.delete(executionId)
        record(finished(request, result))
        told()
      })
    running.set(executionId, {
      ended,
      waiting,
      cancel(by) {
        state.by ??= by
        run?.cancel()
        abort.abort()
      },
    })
  }

  async function resultOf(
    request: ExecutionRequest,
    run: Run,
    by: () => Actor | null,
  ): Promise<ExecutionResult> {
    const { outcome, durationMs, tail, bytes, lines, isCut } = await run.ended
    const cancelled = outcome.kind === 'cancelled'
    return {
      outcome: cancelled ? { kind: 'cancelled', by: by() } : outcome,
      verdict: judge(request.expect, { outcome, output: tail, numbers: { lines } }),
      summary: summaryLine(tail, MAX_SUMMARY),
      durationMs,
      output: { bytes, lines, isCut },
      captured: capturedOf(request, tail, bytes),
    }
  }

  /** What a query or a check answers. */
  async function answerResult(
    request: ExecutionRequest,
    work: Work,
    abort: AbortController,
    by: () => Actor | null,
  ): Promise<ExecutionResult> {
    if (work.kind === 'command') return lost
    const timeoutMs = request.timeoutMs ?? TIMEOUT_MS
    const options = { timeoutMs, signal: abort.signal }
    const answer =
      work.kind === 'promql'
        ? await askQuery(work, timeoutMs, abort)
        : work.kind === 'query'
          ? await placeQueries?.run(work.placed, options)
          : await checks?.run(work.check, options)
    if (!answer) return lost
    const { text, summary, numbers, durationMs } = answer
    const outcome: Outcome =
      answer.outcome.kind === 'cancelled' ? { kind: 'cancelled', by: by() } : answer.outcome
    const { bytes, lines, isCut } = await runner.keep(request.executionId, text)
    return {
      outcome,
      verdict: judge(request.expect, { outcome, output: text, numbers }),
      summary: summary.slice(0, MAX_SUMMARY),
      durationMs,
      output: { bytes, lines, isCut },
      captured: null,
    }
  }

  async function askQuery(
    { queries, promql }: Extract<Work, { readonly kind: 'promql' }>,
    timeoutMs: number,
    abort: AbortController,
  ): Promise<CheckEnd> {
    const began = clock.monotonic()
    const late = new AbortController()
    const cancelTimer = clock.after(timeoutMs, () => {
      late.abort()
      abort.abort()
    })
    const asked = await askPrometheus(queries, promql, abort.signal)
    cancelTimer()
    const outcome: CheckEnd['outcome'] = late.signal.aborted
      ? { kind: 'timed-out' }
      : abort.signal.aborted
        ? { kind: 'cancelled', by: null }
        : asked.outcome
    return {
      ...asked,
      outcome,
      summary: outcome.kind === 'answered' ? asked.summary : '',
      durationMs: clock.monotonic() - began,
    }
  }

  return {
    full: () =>
      running.size + intended.size < MAX_RUNNING
        ? null
        : {
            code: 'not-allowed-now',
            message: `${String(MAX_RUNNING)} commands are running.`,
            hint: 'Wait for one to end, or cancel one.',
          },
    intend(executionId, work) {
      intended.set(executionId, work)
    },
    forget(executionId) {
      intended.delete(executionId)
    },
    begin,
    abandon(request, outcome) {
      record(finished(request, { ...lost, outcome }))
    },
    cancel(executionId, by) {
      const found = running.get(executionId)
      if (!found) {
        return fail({ code: 'already-done', message: 'It is not running any more.' })
      }
      found.cancel(by)
      return ok(undefined)
    },
    more(executionId) {
      const found = running.get(executionId)
      if (!found) return Promise.resolve()
      return new Promise((resolve) => {
        const done = () => {
          cancelTimer()
          found.waiting.delete(done)
          resolve()
        }
        const cancelTimer = clock.after(WAIT_FOR_MORE_MS, done)
        found.waiting.add(done)
      })
    },
    whenEnded: async (executionId) => {
      await running.get(executionId)?.ended
    },
    isRunning: (executionId) => running.has(executionId),
    start() {
      for (const execution of recorder.state().executions.values()) {
        if (execution.finishedAt !== null || running.has(execution.executionId)) continue
        // It does not end with Deckwatch: whoever follows it says what became of it.
        if (execution.reason === 'terminal') continue
        record(finished(execution, lost))
      }
    },
    async stop() {
      for (const each of running.values()) each.cancel(deckwatch)
      await Promise.all([...running.values()].map(({ ended }) => ended))
      isStopping = true
    },
    reactor: {
      doing: 'running what was asked for',
      recorded({ events }) {
        for (const { body } of events) {
          if (body.type !== 'execution.requested') continue
          const work = intended.get(body.executionId)
          intended.delete(body.executionId)
          if (work) begin(body, work)
        }
      },
    },
  }
}

/** What is recorded of its end. */
function finished(
  { executionId, incidentId, title, reason, group }: ExecutionRequest,
  result: ExecutionResult,
): ExecutionBody {
  return {
    type: 'execution.finished',
    executionId,
    incidentId,
    title,
    reason,
    ...(group ? { group } : {}),
    ...result,
  }
}

/** What a variable keeps: a short output as a whole, or nothing. */
function capturedOf({ capture }: ExecutionRequest, tail: string, bytes: number): string | null {
  const text = tail.trim()
  const isWhole = bytes <= MAX_CAPTURED && text.length <= MAX_CAPTURED
  return capture !== null && text !== '' && isWhole ? text : null
}
