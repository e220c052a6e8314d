import { nothingYet } from './nothing-yet.ts'
import { LOOK_MS, type PushMessage } from '#shared/contract/index.ts'
import { alertsOf } from '#shared/domain/incident/members.ts'
import type { Alert } from '#shared/domain/alert/schema.ts'
import { measuredFor } from '#shared/domain/remediation/policy.ts'
import { observe, type Observed } from '#shared/domain/measurement/observed.ts'
import { unknown, type Reading } from '#shared/domain/measurement/reading.ts'
import type { IncidentMeasurements } from '#shared/domain/measurement/schema.ts'
import { holdsNow } from '#shared/domain/trigger/holds.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { InForce } from '../configuration/in-force.ts'
import type { Clock } from '../ports/clock.ts'
import type { Answer, Measurements } from '../ports/measurements.ts'
import type { Source } from '../ports/source.ts'
import { heldBefore } from './held-before.ts'
import { isSameReading, readVoices } from './voices.ts'
import { placeFor } from './place.ts'
import { speakerOf, wantedOf, type Wanted } from './wanted.ts'

/** Values that nobody looks at are measured for so long, ms, so that the journal has them as of the opening. */
const OPENING_MS = 120_000

/** What is measured for the incidents that have a plan. Live: only what is crossed is recorded. */
export interface LiveMeasurements {
  /** Looks at what is wanted and what has come, and tells the cockpits of it. */
  look(): void
  /** Somebody looks at an incident: its values are measured for a while. */
  lookedAt(incidentId: string): void
  /** What is known of an incident; undefined while nothing is measured. */
  of(incidentId: string): IncidentMeasurements | undefined
  /** All that is known, for a cockpit that connects. */
  greeting(): PushMessage
}

interface Deps {
  readonly clock: Pick<Clock, 'now'>
  readonly inForce: Pick<InForce, 'playbook' | 'runbooks'>
  readonly measurements: Measurements
  readonly push: (message: PushMessage) => void
  readonly state: () => WatchState
  readonly sources: () => readonly Source[]
}

interface Entry {
  readonly wanted: Wanted
  readonly answer: Answer | undefined
  readonly observed: Observed
}

/** Measures nothing before the first look. */
export function createLiveMeasurements(deps: Deps): LiveMeasurements {
  const { clock, inForce, measurements, push } = deps
  const looks = new Map<string, number>()
  const speakers = new Map<
    string,
    { readonly revision: number; readonly alert: Alert | undefined }
  >()
  let entries = new Map<string, Entry>()
  let shown = new Map<string, IncidentMeasurements>()
  let asked = ''

  function speaker(state: WatchState, incidentId: string, revision: number, planId: string) {
    const known = speakers.get(incidentId)
    if (known?.revision === revision) return known.alert
    const { plans } = inForce.playbook()
    const alert = speakerOf(
      alertsOf(state, incidentId),
      ({ labels }) => plans.choose(labels)?.plan.id === planId,
    )
    speakers.set(incidentId, { revision, alert })
    return alert
  }

  function wanted(state: WatchState, now: number): readonly Wanted[] {
    const sources = deps.sources()
    const { remediations } = inForce.playbook()
    const allowed = inForce.runbooks().remediation ? remediations : []
    return [...state.responses.values()].flatMap((response) => {
      const { incidentId, revision, planId, appliedAt } = response
      const incident = state.incidents.get(incidentId)
      const plan = state.plans.get(revision)
      if (!incident || !plan) return []
      const isOpening = !state.impacts.get(incidentId)?.opening && now - appliedAt <= OPENING_MS
      const isLookedAt = isOpening || (looks.get(incidentId) ?? -Infinity) > now
      const alert = speaker(state, incidentId, incident.revision, planId)
      const also = measuredFor(allowed, planId)
      return wantedOf({
        incident,
        plan: also.length === 0 ? plan : { ...plan, triggers: [...plan.triggers, ...also] },
        response,
        alert,
        isLookedAt,
        placeFor: (source) => placeFor(source, alert, sources, state.sources),
      })
    })
  }

  function observedOf(each: Wanted, before: Entry | undefined, now: number): Entry {
    const { source, when } = each
    if (source.kind === 'voices') {
      const reading = readVoices(
        source.when,
        deps.state(),
        inForce.playbook(),
        each.incidentId,
        now,
      )
      if (before && isSameReading(before.observed.reading, reading))
        return { ...before, wanted: each }
      return { wanted: each, answer: undefined, observed: { ...nothingYet, reading } }
    }
    if (source.kind !== 'question') {
      const known = before?.wanted.source
      if (known && JSON.stringify(known) === JSON.stringify(source))
        return { ...before, wanted: each }
      const reading =
        source.kind === 'unknown' ? unknown(source.reason) : standing(source.value, now)
      return { wanted: each, answer: undefined, observed: { ...nothingYet, reading } }
    }
    const answer = measurements.answer(each.key)
    if (before && answer === before.answer) return { ...before, wanted: each }
    if (!answer) {
      const observed = before?.observed ?? nothingYet
      return { wanted: each, answer, observed }
    }
    const { reading, baseline } = answer
    const compared = { baseline, before: answer.before }
    const holds = when ? holdsNow(when, reading, compared) : null
    const past = when && holds ? heldBefore(when, answer.past, compared) : null
    const observed = observe(before?.observed, { reading, holds, heldBefore: past, ...compared })
    return { wanted: each, answer, observed }
  }

  return {
    look() {
      const now = clock.now()
      const state = deps.state()
      for (const [incidentId, until] of looks) if (until <= now) looks.delete(incidentId)
      for (const incidentId of speakers.keys()) {
        if (!state.responses.has(incidentId)) speakers.delete(incidentId)
      }
      const all = wanted(state, now)
      const questions = all.flatMap(({ source }) =>
        source.kind === 'question' ? [source.question] : [],
      )
      const text = questions.length === 0 ? '' : JSON.stringify(questions, withoutPlaces)
      if (text !== asked) measurements.ask(questions)
      asked = text
      entries = new Map(all.map((each) => [each.key, observedOf(each, entries.get(each.key), now)]))
      const next = groupedFrom(shown, entries.values())
      const changed = [...next.values()].filter((each) => shown.get(each.incidentId) !== each)
      const gone = [...shown.keys()].filter((id) => !next.has(id))
      shown = next
      if (changed.length + gone.length === 0) return
      push({ type: 'measurements', incidents: [...changed, ...gone.map(nothingOf)] })
    },
    lookedAt(incidentId) {
      looks.set(incidentId, clock.now() + LOOK_MS)
    },
    of: (incidentId) => shown.get(incidentId),
    greeting: () => ({ type: 'measurements', incidents: [...shown.values()], all: true }),
  }
}

/** What stands in the plan, as a reading that is never too old. */
function standing(value: number, at: number): Reading {
  return { kind: 'value', value, at, source: 'the plan', freshMs: Number.MAX_SAFE_INTEGER }
}

function nothingOf(incidentId: string): IncidentMeasurements {
  return { incidentId, values: {}, triggers: {}, criteria: {} }
}

/** A server is compared by its id: its connection says nothing. */
function withoutPlaces(key: string, value: unknown): unknown {
  return key === 'queries' ? undefined : value
}

/** By incident; what did not change stays the same object. */
function groupedFrom(
  before: ReadonlyMap<string, IncidentMeasurements>,
  entries: Iterable<Entry>,
): Map<string, IncidentMeasurements> {
  const next = new Map<
    string,
    Record<'values' | 'triggers' | 'criteria', Record<string, Observed>>
  >()
  for (const { wanted, observed } of entries) {
    const { incidentId, part, id } = wanted
    const parts = next.get(incidentId) ?? { values: {}, triggers: {}, criteria: {} }
    next.set(incidentId, parts)
    parts[part][id] = observed
  }
  return new Map(
    [...next].map(([incidentId, parts]) => {
      const known = before.get(incidentId)
      const isSame =
        known !== undefined && partNames.every((part) => isEqual(known[part], parts[part]))
      return [incidentId, isSame ? known : { incidentId, ...parts }]
    }),
  )
}

const partNames = ['values', 'triggers', 'criteria'] as const

function isEqual(
  a: Readonly<Record<string, Observed>>,
  b: Readonly<Record<string, Observed>>,
): boolean {
  const names = Object.keys(b)
  return Object.keys(a).length === names.length && names.every((name) => a[name] === b[name])
}
