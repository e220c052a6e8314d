import { isIncidentOpen } from '#shared/domain/incident/status.ts'
import type { Actor } from '#shared/domain/actor/schema.ts'
import type { ExecutionBody } from '#shared/domain/execution/events.ts'
import { MAX_SUMMARY, type ExecutionResult } from '#shared/domain/execution/schema.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import type { Plan } from '#shared/domain/plan/schema.ts'
import type { EventBody } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { InForce } from '../configuration/in-force.ts'
import type { Ids } from '../ports/ids.ts'
import type { Logger } from '../ports/logger.ts'
import type { Recorder } from '../record/recorder.ts'
import type { Reactor } from '../reactors/reactor.ts'
import { executionRequest } from './execution-request.ts'
import type { Executions } from './executions.ts'
import type { NamedCodes } from './named-codes.ts'
import type { Prepare, PreparedWork, Work } from './prepare.ts'

/** Diagnostics of one incident. */
const MAX_OF_INCIDENT = 20

/** Diagnostics that wait: of a storm, more would run when nobody needs them any more. */
const MAX_WAITING = 200

const deckwatch: Actor = { kind: 'deckwatch' }

interface Deps {
  readonly executions: Pick<Executions, 'intend' | 'forget' | 'full' | 'whenEnded'>
  readonly ids: Pick<Ids, 'derive'>
  readonly inForce: Pick<InForce, 'runbooks'>
  readonly logger: Logger
  readonly prepare: Prepare
  readonly recorder: Pick<Recorder, 'state' | 'record'>
  readonly named: NamedCodes
}

/** One that waits for its turn. */
interface Waiting {
  readonly incidentId: string
  readonly name: string
  readonly ready: PreparedWork & { readonly work: Work }
}

/**
 * Runs the diagnostics that a plan names when an incident is opened by it: only what reads, of texts
 * that somebody trusts, some at a time; each once for an incident, however many alerts it has. What
 * cannot be run is recorded with why.
 */
export function diagnosing(deps: Deps): Reactor {
  const { executions, ids, inForce, logger, recorder } = deps
  const waiting: Waiting[] = []
  let running = 0

  async function diagnose(incidentId: string): Promise<void> {
    const { automatic, instructionsOnly } = inForce.runbooks()
    const found = planOf(recorder.state(), incidentId)
    if (!automatic || instructionsOnly || !found) return
    for (const name of [...new Set(found.plan.diagnostics)].slice(0, MAX_OF_INCIDENT)) {
      if (wasRun(recorder.state(), incidentId, name)) continue
      await diagnoseOne(incidentId, found.plan, name)
    }
  }

  async function diagnoseOne(incidentId: string, plan: Plan, name: string): Promise<void> {
    const found = await deps.named.findOfPlan(plan, name)
    // The coverage audit names what a plan names and nothing has.
    if (!found) return
    const { text } = found
    const prepared = await deps.prepare({
      incidentId,
      runbook: text.id,
      hash: text.hash,
      step: found.step.id,
      code: found.code.start,
      values: {},
    })
    if (!prepared.ok) return
    const why = refusalOf(prepared.value)
    const { work } = prepared.value
    if (why !== null || work === null) {
      const reason = why ?? 'It cannot be run.'
      if (isKnown(recorder.state(), incidentId, name, reason)) return
      recorder.record(notRun(requestOf(incidentId, name, prepared.value), reason), deckwatch)
      return
    }
    // Two reasons to look into an incident may have met.
    const isWaiting = waiting.some((each) => each.incidentId === incidentId && each.name === name)
    if (isWaiting || wasRun(recorder.state(), incidentId, name)) return
    waiting.push({ incidentId, name, ready: { ...prepared.value, work } })
    if (waiting.length > MAX_WAITING) {
      const [late] = waiting.splice(0, 1)
      if (late) {
        const request = requestOf(late.incidentId, late.name, late.ready)
        recorder.record(notRun(request, 'Too many diagnostics were waiting.'), deckwatch)
      }
    }
    runNext()
  }

  function requestOf(incidentId: string, name: string, ready: PreparedWork) {
    const since = planOf(recorder.state(), incidentId)?.incident.startedAt ?? 0
    // Each try is a run of its own: what could not be run is tried again once its text is trusted.
    const { size } = recorder.state().executions
    const executionId = ids.derive(
      'diagnostic',
      incidentId,
      String(since),
      name,
      ready.text.hash,
      String(size),
    )
    return executionRequest(ready, { executionId, incidentId, reason: 'automatic' })
  }

  function runNext(): void {
    while (running < inForce.runbooks().atOnce && executions.full() === null) {
      const next = waiting.shift()
      if (!next) return
      // Nobody needs what an incident that is over would show.
      if (!planOf(recorder.state(), next.incidentId)) continue
      run(next)
    }
  }

  function run({ incidentId, name, ready }: Waiting): void {
    const request = requestOf(incidentId, name, ready)
    const { executionId } = request
    running += 1
    executions.intend(executionId, ready.work)
    const recorded = recorder.record([{ type: 'execution.requested', ...request }], deckwatch)
    executions.forget(executionId)
    const ended = recorded.ok ? executions.whenEnded(executionId) : Promise.resolve()
    void ended.finally(() => {
      running -= 1
      runNext()
    })
  }

  function begin(incidentId: string): void {
    diagnose(incidentId).catch((error: unknown) => {
      logger.error({ err: error }, 'Diagnostics could not be run: this is a bug')
    })
  }

  return {
    doing: 'running diagnostics',
    recorded({ events, state }) {
      for (const { body } of events) {
        // Also what ran for somebody else has made room.
        if (body.type === 'execution.finished') runNext()
        for (const incidentId of toDiagnose(body, state)) begin(incidentId)
      }
    },
  }
}

/** The incidents that an event gives a reason to look into: once trusted, a text runs by itself. */
function toDiagnose(body: EventBody, { executions }: WatchState): readonly string[] {
  if (body.type === 'runbook.trusted') {
    const waiting = [...executions.values()].filter(
      ({ runbook, reason, result }) =>
        runbook === body.runbook &&
        reason === 'automatic' &&
        result?.outcome.kind === 'not-started',
    )
    return [...new Set(waiting.map(({ incidentId }) => incidentId))]
  }
  const isApplied = body.type === 'plan.applied' && body.reason !== 'playbook-changed'
  return isApplied ? [body.incidentId] : []
}

/** What an incident that is being dealt with is followed by; practice runs nothing by itself. */
function planOf(
  state: WatchState,
  incidentId: string,
): { readonly incident: Incident; readonly plan: Plan } | null {
  const incident = state.incidents.get(incidentId)
  const plan = state.plans.get(state.responses.get(incidentId)?.revision ?? '')
  if (!incident || !plan || incident.isDrill) return null
  return isIncidentOpen(incident) ? { incident, plan } : null
}

/** What could not be run may be able to by now. */
function wasRun({ executions }: WatchState, incidentId: string, name: string): boolean {
  return [...executions.values()].some(
    ({ incidentId: of, title, reason, result }) =>
      of === incidentId &&
      title === name &&
      reason === 'automatic' &&
      result?.outcome.kind !== 'not-started',
  )
}

/** True where it is known already that it cannot be run, and why. */
function isKnown({ executions }: WatchState, incidentId: string, name: string, why: string) {
  return [...executions.values()].some(
    ({ incidentId: of, title, result }) =>
      of === incidentId &&
      title === name &&
      result?.outcome.kind === 'not-started' &&
      result.outcome.message === why,
  )
}

/** Why something is not run by itself, in words; null where it may be. */
function refusalOf({ prepared }: PreparedWork): string | null {
  const { refusedBecause, trust, risk } = prepared
  if (refusedBecause !== null) return refusedBecause
  if (risk !== 'read') return 'It changes something: what runs by itself only reads.'
  return trust === 'trusted' ? null : 'The commands of its runbook are not trusted yet.'
}

function notRun(
  request: ReturnType<typeof executionRequest>,
  message: string,
): readonly ExecutionBody[] {
  const { executionId, incidentId, title, reason } = request
  const result: ExecutionResult = {
    outcome: { kind: 'not-started', message: message.slice(0, MAX_SUMMARY) },
    verdict: 'failed',
    summary: '',
    durationMs: 0,
    output: { bytes: 0, lines: 0, isCut: false },
    captured: null,
  }
  return [
    { type: 'execution.requested', ...request },
    { type: 'execution.finished', executionId, incidentId, title, reason, ...result },
  ]
}
