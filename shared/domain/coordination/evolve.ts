import { saidAt } from '../actor/schema.ts'
import type { Occurrence } from '../event/definition.ts'
import { unreachable } from '../result/result.ts'
import type { CoordinationBody } from './events.ts'
import { isForOne } from '../role/role.ts'
import { noCoordination, type Coordination } from './schema.ts'

/** How people work together on an incident after an event about that. */
export function evolveCoordination(
  before: Coordination | undefined,
  body: CoordinationBody,
  { at, actor }: Occurrence,
): Coordination {
  const kept = before ?? noCoordination(body.incidentId)
  const next = { ...kept, changes: kept.changes + 1 }
  const said = { at: saidAt(actor, at), by: actor }
  switch (body.type) {
    case 'role.assigned': {
      const { role, person } = body
      const others = kept.roles.filter(
        (each) => each.role !== role || (!isForOne(role) && each.person.id !== person.id),
      )
      return { ...next, roles: [...others, { role, person, ...said }] }
    }
    case 'role.released': {
      const { role, person } = body
      const roles = kept.roles.filter((each) => each.role !== role || each.person.id !== person.id)
      return { ...next, roles }
    }
    case 'hypothesis.opened': {
      const { hypothesisId: id, text } = body
      const opened = { id, text, ...said, state: 'open' as const, settled: null }
      return { ...next, hypotheses: [...kept.hypotheses, opened] }
    }
    case 'hypothesis.settled': {
      const { hypothesisId, state, reason } = body
      const settled = state === 'open' ? null : { ...said, reason }
      return {
        ...next,
        hypotheses: changed(kept.hypotheses, hypothesisId, (each) => ({ ...each, state, settled })),
      }
    }
    case 'decision.made': {
      const { decisionId: id, text, reason } = body
      return { ...next, decisions: [...kept.decisions, { id, text, reason, ...said }] }
    }
    case 'measure.taken': {
      const { measureId: id, text } = body
      return { ...next, measures: [...kept.measures, { id, text, ...said, removed: null }] }
    }
    case 'measure.removed': {
      const { measureId, note } = body
      const removed = { ...said, note }
      return {
        ...next,
        measures: changed(kept.measures, measureId, (each) => ({ ...each, removed })),
      }
    }
    case 'task.opened': {
      const { taskId: id, text, owner, dueAt, entry } = body
      const opened = { id, text, owner, dueAt, entry, ...said, ended: null }
      return { ...next, tasks: [...kept.tasks, opened] }
    }
    case 'task.changed': {
      const { taskId, text, owner, dueAt } = body
      return {
        ...next,
        tasks: changed(kept.tasks, taskId, (each) => ({ ...each, text, owner, dueAt })),
      }
    }
    case 'task.ended': {
      const { taskId, outcome, note } = body
      const ended = { ...said, outcome, note }
      return { ...next, tasks: changed(kept.tasks, taskId, (each) => ({ ...each, ended })) }
    }
    case 'approval.asked': {
      const { approvalId: id, text, of } = body
      return { ...next, approvals: [...kept.approvals, { id, text, of, ...said, answered: null }] }
    }
    case 'approval.answered': {
      const { approvalId, answer, reason } = body
      const answered = { ...said, answer, reason }
      return {
        ...next,
        approvals: changed(kept.approvals, approvalId, (each) => ({ ...each, answered })),
      }
    }
    case 'update.written': {
      const { text, nextAt } = body
      return { ...next, update: { ...said, text, nextAt } }
    }
    case 'flow.applied':
      return { ...next, flow: { at, flow: body.flow } }
    case 'flow.item-marked': {
      const { item, state } = body
      return { ...next, items: { ...kept.items, [item]: { state, ...said } } }
    }
    default:
      return unreachable(body)
  }
}

/** The list with one of its entries changed; as it was where there is none of that id. */
function changed<Entry extends { readonly id: string }>(
  entries: readonly Entry[],
  id: string,
  change: (entry: Entry) => Entry,
): Entry[] {
  return entries.map((entry) => (entry.id === id ? change(entry) : entry))
}

/**
 * What people do together on an incident after another one was merged into it: all of both. Where
 * both have somebody in a role for one, whoever had it there keeps it.
 */
export function mergedCoordination(
  into: Coordination | undefined,
  from: Coordination,
  incidentId: string,
): Coordination {
  const kept = into ?? noCoordination(incidentId)
  const roles = from.roles.filter(
    ({ role, person }) =>
      !kept.roles.some(
        (each) => each.role === role && (isForOne(role) || each.person.id === person.id),
      ),
  )
  return {
    ...kept,
    roles: [...kept.roles, ...roles],
    hypotheses: [...kept.hypotheses, ...from.hypotheses],
    decisions: [...kept.decisions, ...from.decisions],
    measures: [...kept.measures, ...from.measures],
    tasks: [...kept.tasks, ...from.tasks],
    approvals: [...kept.approvals, ...from.approvals],
    update: newer(kept.update, from.update),
    flow: kept.flow ?? from.flow,
    changes: kept.changes + 1,
  }
}

function newer(a: Coordination['update'], b: Coordination['update']): Coordination['update'] {
  if (a === null || b === null) return a ?? b
  return b.at > a.at ? b : a
}
