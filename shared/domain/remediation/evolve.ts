import type { Occurrence } from '../event/definition.ts'
import { unreachable } from '../result/result.ts'
import type { RemediationBody } from './events.ts'
import type { Remediation, RemediationRecord } from './schema.ts'

/** Beginnings that are remembered: more than a policy may ever allow. */
const MAX_BEGUN = 100

type BodyOnIncident = Exclude<RemediationBody, { readonly type: 'remediation.re-armed' }>

/** Where a remediation of an incident stands after an event; undefined where nothing began it. */
export function evolveRemediation(
  before: Remediation | undefined,
  body: BodyOnIncident,
  { at, actor }: Occurrence,
): Remediation | undefined {
  const { incidentId, policy, remediationId, title, runbook, step, tell } = body
  const facts = { incidentId, policy, remediationId, title, runbook, step, tell }
  if (body.type === 'remediation.proposed' || body.type === 'remediation.begun') {
    const { left, times, withinMs, because } = body
    const isBegun = body.type === 'remediation.begun'
    return {
      ...unbegun,
      ...facts,
      left,
      times,
      withinMs,
      because,
      status: isBegun ? 'running' : 'proposed',
      heldBack: isBegun ? null : body.heldBack,
      by: isBegun ? (body.person ?? actor) : null,
      watchMs: isBegun ? body.watchMs : null,
      executionId: isBegun ? body.executionId : null,
      since: at,
    }
  }
  if (body.type === 'remediation.stopped') {
    const { reason, why } = body
    // One that is stopped before it is begun stands on its incident all the same.
    const known = before ?? { ...unbegun, ...facts, ...nothingLeft, because: why, since: at }
    return { ...known, ...facts, status: 'stopped', endedAt: at, end: reason, why, since: at }
  }
  if (!before) return undefined
  const next = { ...before, since: at }
  switch (body.type) {
    case 'remediation.ran':
      return { ...next, status: 'watching', watchedSince: at, watchedUntil: body.watchedUntil }
    case 'remediation.finished':
      return { ...next, status: 'finished', endedAt: at, end: body.reason, why: body.why }
    case 'remediation.withdrawn':
      return { ...next, status: 'withdrawn', endedAt: at, end: body.reason, why: null }
    default:
      return unreachable(body)
  }
}

const unbegun = {
  heldBack: null,
  by: null,
  executionId: null,
  watchMs: null,
  watchedSince: null,
  watchedUntil: null,
  endedAt: null,
  end: null,
  why: null,
} as const

const nothingLeft = { left: 0, times: 1, withinMs: 0 } as const

/** How often a policy was made use of, and whether it is stopped, after an event. */
export function evolveRemediationRecord(
  before: RemediationRecord | undefined,
  body: RemediationBody,
  { at }: Occurrence,
): RemediationRecord {
  const { policy } = body
  const known = before ?? { policy, begun: [], stopped: null, changes: 0 }
  const next = { ...known, changes: known.changes + 1 }
  switch (body.type) {
    case 'remediation.begun':
      return { ...next, begun: [...known.begun, at].slice(-MAX_BEGUN) }
    case 'remediation.stopped': {
      const { incidentId, reason, why: text } = body
      return { ...next, stopped: { at, incidentId, reason, text } }
    }
    case 'remediation.re-armed':
      return { ...next, begun: [], stopped: null }
    default:
      return next
  }
}
