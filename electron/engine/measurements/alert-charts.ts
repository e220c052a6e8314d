import { alertsOf } from '#shared/domain/incident/members.ts'
import type { AlertChart } from '#shared/domain/measurement/chart.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { InForce } from '../configuration/in-force.ts'
import type { Clock } from '../ports/clock.ts'
import type { Measurements } from '../ports/measurements.ts'
import type { ListedRules } from '../ports/rules.ts'
import type { Source } from '../ports/source.ts'
import type { ChartGate } from './chart-gate.ts'
import { chartLines } from './chart-lines.ts'
import { chartQuestion } from './chart-question.ts'
import { createFreshAnswers } from './fresh.ts'
import { placeFor } from './place.ts'
import { speakerOf } from './wanted.ts'

/** The time that a chart shows, and between two of its points, ms. */
const SHOWN_MS = 7_200_000
const STEP_MS = 60_000
/** For how long an answer is given again, ms: nobody sees more of a chart that moves once a minute. */
const KEPT_MS = 30_000
/** For how long the rules of a server count as known, ms. */
const RULES_KEPT_MS = 300_000

/** Charts of what the alerts of incidents judge. Nothing of them is recorded. */
export interface AlertCharts {
  /** The chart of an incident; null for one that is not known. Never rejects but for bugs. */
  of(incidentId: string): Promise<AlertChart | null>
}

interface Deps {
  readonly clock: Pick<Clock, 'now' | 'monotonic'>
  readonly gate: Pick<ChartGate, 'pass'>
  readonly inForce: Pick<InForce, 'playbook'>
  readonly measurements: Pick<Measurements, 'watched'>
  readonly state: () => WatchState
  readonly sources: () => readonly Source[]
}

/** Asks nobody before the first chart is wanted. */
export function createAlertCharts(deps: Deps): AlertCharts {
  const { clock, gate, inForce, measurements } = deps
  const charts = createFreshAnswers<AlertChart>(clock, KEPT_MS)
  const rules = createFreshAnswers<ListedRules['rules']>(clock, RULES_KEPT_MS)

  async function rulesOf(sources: readonly Source[], signal: AbortSignal) {
    for (const { id, rules: port } of sources) {
      if (!port) continue
      const found = await rules.of(id, async () => {
        const listed = await port.list(signal)
        return listed.ok ? listed.value.rules : []
      })
      // A server that did not answer is asked again with the next chart.
      if (found.length === 0) rules.drop(id)
      else return found
    }
    return []
  }

  async function ask(incidentId: string, signal: AbortSignal): Promise<AlertChart> {
    const state = deps.state()
    const { alert, plan } = subjectOf(state, incidentId)
    if (!alert) return { kind: 'none' }
    const sources = deps.sources()
    const usual = placeFor(null, alert, sources, state.sources)
    const question = await chartQuestion(
      {
        alert,
        plan,
        rules: () => {
          const asked = usual.ok ? sources.filter(({ id }) => id === usual.value.id) : []
          return rulesOf(asked, signal)
        },
      },
      (promql, labels) => measurements.watched(promql, labels),
    )
    if (!question.ok) {
      return question.error ? { kind: 'unknown', ...question.error } : { kind: 'none' }
    }
    const { promql, source, ...drawn } = question.value
    const place = source === null ? usual : placeFor(source, alert, sources, state.sources)
    if (!place.ok) return { kind: 'unknown', promql, reason: place.error }
    const { name, queries } = place.value
    const to = Math.floor(clock.now() / STEP_MS) * STEP_MS
    const steps = { from: to - SHOWN_MS, to, stepMs: STEP_MS }
    const { labels } = alert
    const lines = await chartLines({ promql, labels, queries }, steps, signal)
    const [now] = lines
    if (now?.problem && lines.every(({ problem }) => problem !== null)) {
      return { kind: 'unknown', promql, reason: now.problem }
    }
    return {
      kind: 'known',
      alertKey: alert.key,
      promql,
      ...drawn,
      server: name,
      ...steps,
      lines: [...lines],
    }
  }

  function subjectOf(state: WatchState, incidentId: string) {
    const response = state.responses.get(incidentId)
    const { plans } = inForce.playbook()
    const alert = speakerOf(
      alertsOf(state, incidentId),
      ({ labels }) => plans.choose(labels)?.plan.id === response?.planId,
    )
    return { alert, plan: state.plans.get(response?.revision ?? '') }
  }

  return {
    of(incidentId) {
      if (!deps.state().incidents.has(incidentId)) return Promise.resolve(null)
      return charts.of(incidentId, () => gate.pass((signal) => ask(incidentId, signal)))
    },
  }
}
