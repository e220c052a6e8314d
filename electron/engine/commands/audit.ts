import {
  MAX_AUDIT_ROWS,
  MAX_PLAN_FINDINGS,
  type AuditInput,
} from '#shared/contract/operations/audit.ts'
import {
  auditRules,
  linksToCheck,
  type AuditRow,
  withoutHeartbeats,
} from '#shared/domain/audit/audit.ts'
import { coverageOf } from '#shared/domain/audit/coverage.ts'
import type { AlertRule } from '#shared/domain/audit/rule.ts'
import { trialsOf, withoutRule } from '#shared/domain/audit/seen.ts'
import { MAX_FIRED, type FiredAlert } from '#shared/domain/history/fired.ts'
import { ok } from '#shared/domain/result/result.ts'
import { MAX_RUNBOOKS } from '#shared/domain/runbook/limits.ts'
import type { RunbookHealth } from '#shared/domain/runbook-health/schema.ts'
import type { Hidden } from '#shared/domain/watch/visible.ts'
import type { InForce } from '../configuration/in-force.ts'
import type { Clock } from '../ports/clock.ts'
import type { Readings } from '../ports/readings.ts'
import type { Runbooks } from '../ports/runbooks.ts'
import type { Recorder } from '../record/recorder.ts'
import type { SourceRunners } from '../sources/source-runners.ts'
import type { Handlers } from './dispatch.ts'
import { withinTime } from './within-time.ts'

interface Deps {
  readonly clock: Clock
  readonly inForce: Pick<InForce, 'playbook'>
  readonly readings?: Readings
  readonly recorder: Pick<Recorder, 'state'>
  readonly runbooks?: Runbooks
  readonly runners: Pick<SourceRunners, 'all'>
}

interface Gathered {
  readonly input: AuditInput
  readonly rules: readonly AlertRule[]
}

/** Holding the alerts that are known against the playbook in force. */
export function auditHandlers({ clock, inForce, readings, recorder, runbooks, runners }: Deps) {
  function fromSources(signal: AbortSignal): Promise<readonly Gathered[]> {
    const asked = runners.all().map(async ({ source }): Promise<Gathered[]> => {
      const listed = await source.rules?.list(signal)
      if (!listed) return []
      if (!listed.ok) {
        const { message } = listed.error
        return [{ input: { source: source.name, alerts: 0, problem: message }, rules: [] }]
      }
      const { rules, unreadable } = listed.value
      const problem = unreadable === 0 ? null : `${String(unreadable)} rules cannot be read.`
      return [{ input: { source: source.name, alerts: rules.length, problem }, rules }]
    })
    return Promise.all(asked).then((found) => found.flat())
  }

  async function fromHistory(hidden: Hidden, signal: AbortSignal) {
    const none = (problem: string) => ({ alerts: [] as readonly FiredAlert[], problem, lag: null })
    if (!readings) return none('No history is kept here.')
    const answer = await readings.fired(MAX_FIRED, [...hidden], signal)
    if (!answer.ok) return none(answer.error.message)
    const { alerts, total, read } = answer.value
    const more = total - alerts.length
    return {
      alerts,
      problem: more > 0 ? `${String(more)} more have fired, longer ago.` : null,
      lag: { read, recorded: Math.max(read, recorder.state().seq) },
    }
  }

  return {
    'playbook.audit': async (_input, { hidden }) => {
      const [listed, history] = await withinTime(clock, (signal) =>
        Promise.all([fromSources(signal), fromHistory(hidden, signal)]),
      )
      const ruled = listed.flatMap(({ rules }) => rules)
      const seen = withoutRule(history.alerts, ruled)
      const rules = [...ruled, ...seen]
      const { plans, services } = inForce.playbook()
      const health = await runbooks?.health(plans, clock.now())
      const rows = auditRules(withoutHeartbeats(rules), {
        plans,
        services,
        answers: (await runbooks?.check(linksToCheck(rules, plans))) ?? new Map(),
        trials: trialsOf(history.alerts),
        maxTrialAgeMs: null,
        now: clock.now(),
      })
      const worstFirst = rows.toSorted((a, b) => weight(b) - weight(a))
      return ok({
        rows: worstFirst.slice(0, MAX_AUDIT_ROWS),
        more: Math.max(0, rows.length - MAX_AUDIT_ROWS),
        coverage: coverageOf(rows),
        inputs: [
          ...listed.map(({ input }) => input),
          { source: null, alerts: seen.length, problem: history.problem },
        ],
        plans: [...plans.plans.keys()],
        runbooks: worstRunbooksFirst(health?.runbooks ?? []).slice(0, MAX_RUNBOOKS),
        planFindings: (health?.plans ?? []).slice(0, MAX_PLAN_FINDINGS),
        lag: history.lag,
      })
    },
  } satisfies Partial<Handlers>
}

function worstRunbooksFirst(runbooks: readonly RunbookHealth[]): RunbookHealth[] {
  return runbooks.toSorted((a, b) => weight(b) - weight(a))
}

/** Any error weighs more than all warnings of a row, any warning more than all its notes. */
function weight({ findings }: Pick<AuditRow, 'findings'>): number {
  const weights = { error: 10_000, warning: 100, note: 1 } as const
  return findings.reduce((sum, { severity }) => sum + weights[severity], 0)
}
