import type { ContractError, OutputOf, ParsedInputOf } from '#shared/contract/index.ts'
import type { ExecutionBody } from '#shared/domain/execution/events.ts'
import { MAX_SHOWN, MAX_SUMMARY } from '#shared/domain/execution/schema.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { executionRequest } from '../executions/execution-request.ts'
import type { TargetWork } from '../executions/many-targets.ts'
import { firstRefusal, type ManyWork } from '../executions/prepare-many.ts'
import type { PreparedWork } from '../executions/prepare.ts'
import { recordOnce, type OnceDeps } from '../record/record-once.ts'
import type { Call, Handlers } from './dispatch.ts'
import { refusalOfPrepared, runsNothing, type Executing } from './execution.ts'

/** Running commands and queries of runbooks on many targets. */
export function manyTargetsHandlers(deps: OnceDeps, executing: Executing | null) {
  return {
    'execution.prepare-many': async (input) => {
      if (!executing) return runsNothing()
      const found = await executing.prepareMany(input)
      return found.ok ? ok(found.value.prepared) : found
    },
    'execution.start-many': async (input, call) => {
      if (!executing) return runsNothing()
      const found = await executing.prepareMany(input)
      return found.ok ? start(deps, executing, input, found.value, call) : found
    },
    'execution.cancel-many': ({ group }, { actor }) => {
      if (!executing) return runsNothing()
      const cancelled = executing.manyTargets.cancel(group, actor)
      return cancelled.ok ? ok({}) : cancelled
    },
  } satisfies Partial<Handlers>
}

function start(
  deps: OnceDeps,
  { manyTargets }: Executing,
  input: ParsedInputOf<'execution.start-many'>,
  many: ManyWork,
  call: Call,
): Result<OutputOf<'execution.start-many'>, ContractError> {
  const { ids, recorder } = deps
  const groupId = input.group ?? ids.derive('group', call.requestId)
  const idOf = (index: number) => ids.derive('execution', call.requestId, String(index))
  const isKnown = recorder.state().executions.has(idOf(0))
  const refusal = refusalOf(many, input)
  if (!isKnown && refusal) return fail(refusal)
  const works = new Map(many.each.map(({ ready }, index) => [idOf(index), workOf(ready)] as const))
  if (!isKnown) manyTargets.intend(works)
  const recorded = recordOnce(deps, call, (state) => {
    const incident = state.incidents.get(input.incidentId)
    if (incident?.status === 'closed' || !incident) {
      return fail({ code: 'not-allowed-now', message: 'This incident is closed.' })
    }
    const batch = many.each.length === 1 ? null : ids.derive('batch', call.requestId)
    return ok(requestsOf(many, input.incidentId, { groupId, batch, idOf }))
  })
  manyTargets.forget(works.keys())
  return recorded.ok ? ok({ ...recorded.value, group: groupId }) : recorded
}

function refusalOf(
  many: ManyWork,
  { confirmed }: ParsedInputOf<'execution.start-many'>,
): ContractError | null {
  const { prepared, each, before } = many
  const refusal = refusalOfPrepared(prepared) ?? firstRefusal(many)
  if (refusal) return refusal
  const names = new Set(each.map(({ target }) => target.name))
  const running = before.find(({ group, result }) => result === null && names.has(group.target))
  if (running) {
    return { code: 'not-allowed-now', message: `It is running on ${running.group.target}.` }
  }
  if (prepared.asks === 'press' || confirmed === prepared.seal) return null
  return {
    code: 'needs-confirmation',
    message: 'Confirm what runs: it is not what was confirmed, or nothing was.',
  }
}

interface Numbering {
  readonly groupId: string
  /** Null for one target, which the timeline tells of by itself. */
  readonly batch: string | null
  readonly idOf: (index: number) => string
}

/** What is recorded of all that is to be run. */
function requestsOf(
  { prepared, seal, code, each, before }: ManyWork,
  incidentId: string,
  { groupId, batch, idOf }: Numbering,
): readonly ExecutionBody[] {
  const { noun, of, risk, common } = prepared
  const bodies = each.map(({ target, ready }, index): ExecutionBody => ({
    type: 'execution.requested',
    ...executionRequest(ready, { executionId: idOf(index), incidentId, reason: 'person' }),
    // Later steps cannot be filled in with what one of many printed.
    capture: null,
    group: { id: groupId, target: target.name, of, noun, values: target.values, seal, batch },
  }))
  const [first] = bodies
  if (batch === null || first?.type !== 'execution.requested') return bodies
  const ran = new Set(before.map(({ group }) => group.target))
  return [
    {
      type: 'execution.group-requested',
      batchId: batch,
      groupId,
      incidentId,
      title: first.title,
      noun,
      count: bodies.length,
      written: code.run.trim().slice(0, MAX_SHOWN),
      commit: first.commit,
      risk,
      targets: common,
      isAgain: each.some(({ target }) => ran.has(target.name)),
    },
    ...bodies,
  ]
}

function workOf({ work, prepared }: PreparedWork): TargetWork {
  if (work) return { kind: 'work', work }
  const why = prepared.refusedBecause ?? 'It cannot be run.'
  return { kind: 'refused', why: why.slice(0, MAX_SUMMARY) }
}
