import { lost } from './lost.ts'
import { noAttributes } from '#shared/domain/runbook/attributes.ts'
import type { ContractError } from '#shared/contract/index.ts'
import type { Actor } from '#shared/domain/actor/schema.ts'
import { personActor } from '#shared/domain/actor/person.ts'
import { judge } from '#shared/domain/execution/expectation.ts'
import type { ExecutionResult, Target } from '#shared/domain/execution/schema.ts'
import type { TerminalResult, TerminalRun } from '#shared/domain/execution/terminal-run.ts'
import { shownInLine } from '#shared/domain/execution/words.ts'
import { outsideTitle } from '#shared/domain/confidential/outside-title.ts'
import { chooseIncident, type IncidentChoice } from '#shared/domain/watch/incident-choice.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import type { Person } from '#shared/domain/person/schema.ts'
import { rights } from '#shared/domain/person/right.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { Risk } from '#shared/domain/runbook/schema.ts'
import type { Clock } from '../ports/clock.ts'
import type { Runner } from '../ports/runner.ts'
import { recordOnce, type OnceDeps } from '../record/record-once.ts'

/** Told later than so long after it happened, ms, the time of it is recorded too. */
const LATE_MS = 2_000

/** A question about the output of what runs in a terminal waits so long for more, ms. */
const WAIT_FOR_MORE_MS = 1_000

const MAX_TARGETS = 12

/** Commands that the owner runs in a terminal of their own, for an incident. */
export interface TerminalRuns {
  /** Which incident is meant where somebody runs a command and names this one, or none. */
  choose(wanted: string | null): IncidentChoice
  /**
   * Records what a terminal tells, as far as that is not recorded yet: the same run told again
   * changes nothing. `not-found` and `not-allowed-now` are for good; any other refusal is the
   * journal's, which may take it later.
   */
  take(run: TerminalRun): Promise<Result<void, ContractError>>
  /** Whoever followed it is gone without a word: nobody knows how it ended. */
  lose(executionId: string): Result<void, ContractError>
  /** What is recorded to have begun, and not to have ended. */
  unfinished(): readonly string[]
  /** True while it runs, as far as is known. */
  isRunning(executionId: string): boolean
  /** Settles when there may be more of its output. */
  more(): Promise<void>
}

interface Deps extends OnceDeps {
  readonly clock: Clock
  readonly owner: () => Person
  /** Null where no command can be judged: each counts as a change then. */
  readonly runner: Pick<Runner, 'judge'> | null
}

/** Takes what terminals tell into the record. */
export function createTerminalRuns(deps: Deps): TerminalRuns {
  const { clock, recorder, owner, runner } = deps

  const actorAt = (at: number): Actor => {
    const actor = personActor(owner(), 'terminal')
    const isLate = at < clock.now() - LATE_MS
    return isLate ? { ...actor, saidAt: at } : actor
  }

  const known = (executionId: string) => {
    const found = recorder.state().executions.get(executionId)
    return found?.reason === 'terminal' ? found : undefined
  }

  async function begin(run: TerminalRun): Promise<Result<void, ContractError>> {
    const { executionId, incidentId, shown, host, folder, user, startedAt } = run
    const { risk, targets } = await judged(runner, shown)
    const recorded = recordOnce(
      deps,
      { requestId: `${executionId} begun`, actor: actorAt(startedAt), rights },
      (state) => {
        const refusal = refusalOf(state.incidents.get(incidentId), startedAt)
        if (refusal) return fail(refusal)
        return ok([
          {
            type: 'execution.requested',
            executionId,
            incidentId,
            runbook: null,
            hash: null,
            commit: null,
            step: null,
            place: null,
            title: shownInLine(shown),
            kind: 'command',
            shown,
            risk,
            targets: [
              { kind: 'machine', value: host },
              { kind: 'folder', value: folder },
              { kind: 'as', value: user },
              ...targets.filter(({ kind }) => kind !== 'as'),
            ].slice(0, MAX_TARGETS),
            reason: 'terminal',
            timeoutMs: null,
            expect: null,
            capture: null,
          },
          { type: 'execution.started', executionId, incidentId },
        ])
      },
    )
    return recorded.ok ? ok(undefined) : recorded
  }

  function end(
    about: Pick<TerminalRun, 'executionId' | 'incidentId'> & { readonly title: string },
    result: ExecutionResult,
    endedAt: number,
  ): Result<void, ContractError> {
    const { executionId, incidentId, title } = about
    const recorded = recordOnce(
      deps,
      { requestId: `${executionId} ended`, actor: actorAt(endedAt), rights },
      () =>
        ok([
          {
            type: 'execution.finished',
            executionId,
            incidentId,
            title,
            reason: 'terminal',
            ...result,
          },
        ]),
    )
    return recorded.ok ? ok(undefined) : recorded
  }

  return {
    choose(wanted) {
      const { incidents: all, muting, restrictions } = recorder.state()
      const { id } = owner()
      const reader = { id, owner: id, people: [] }
      // A terminal is a place where somebody else may look, and it keeps what was printed.
      const incidents = [...all.values()].map((each) => ({
        ...each,
        title: outsideTitle(each, restrictions),
      }))
      return chooseIncident(wanted, { incidents, muting, reader })
    },
    async take(run) {
      const begun = await begin(run)
      if (!begun.ok || run.result === null) return begun
      const title = shownInLine(run.shown)
      const endedAt = Math.round(run.startedAt + run.result.durationMs)
      return end({ ...run, title }, resultOf(run.result), endedAt)
    },
    lose(executionId) {
      const execution = known(executionId)
      if (execution?.finishedAt !== null) return ok(undefined)
      return end(execution, lost, clock.now())
    },
    unfinished: () =>
      [...recorder.state().executions.values()]
        .filter(({ reason, finishedAt }) => reason === 'terminal' && finishedAt === null)
        .map(({ executionId }) => executionId),
    isRunning: (executionId) => known(executionId)?.finishedAt === null,
    more: () =>
      new Promise((resolve) => {
        clock.after(WAIT_FOR_MORE_MS, resolve)
      }),
  }
}

/** What began while its incident was open is recorded however late it is told. */
function refusalOf(incident: Incident | undefined, startedAt: number): ContractError | null {
  if (!incident) return { code: 'not-found', message: 'There is no such incident any more.' }
  if (incident.status !== 'closed' || (incident.closed?.at ?? 0) >= startedAt) return null
  return { code: 'not-allowed-now', message: 'This incident is closed.' }
}

/** What a command line does, as far as it can be read: what cannot counts as a change. */
async function judged(
  runner: Pick<Runner, 'judge'> | null,
  shown: string,
): Promise<{ readonly risk: Risk; readonly targets: readonly Target[] }> {
  if (!runner) return { risk: 'change', targets: [] }
  return runner.judge(
    {
      kind: 'command',
      language: 'sh',
      run: shown,
      output: null,
      attributes: noAttributes,
      placeholders: [],
      inline: false,
      start: 0,
      end: shown.length,
      line: 1,
    },
    new Map(),
  )
}

function resultOf({ outcome, summary, durationMs, output }: TerminalResult): ExecutionResult {
  const verdict = judge(null, { outcome, output: summary, numbers: {} })
  return { outcome, verdict, summary, durationMs, output, captured: null }
}
