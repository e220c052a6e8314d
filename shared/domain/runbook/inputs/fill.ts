import { formatGo } from './go-number.ts'
import {
  incidentNames,
  isWellKnownLabel,
  labelsOfName,
  normalName,
  usualName,
} from './equivalents.ts'
import { lookedUpAs } from './inputs-of.ts'
import { hostOfInstance } from './instance-host.ts'
import type {
  AlertFacts,
  Choice,
  FilledInput,
  Input,
  InputFacts,
  IncidentFact,
  IncidentFacts,
  Origin,
} from './schema.ts'
import { expandTemplates } from './template.ts'

type Value = Pick<FilledInput, 'value' | 'origin' | 'choices'>

/**
 * Fills inputs from what is known. What a person entered wins, then what an earlier step kept, the
 * plan, the label that the text names, the front matter, a label of the same name, an annotation,
 * the incident, and the text's own fallback. Where alerts of the incident differ, nothing is
 * chosen: the choices are given. Values are never changed, except for the host of an `instance`,
 * which its origin says. Pure.
 */
export function fillInputs(inputs: readonly Input[], facts: InputFacts): readonly FilledInput[] {
  return inputs.map((input) => ({ ...input, ...valueOf(input, facts) }))
}

function valueOf(input: Input, facts: InputFacts): Value {
  const entered = facts.entered.get(input.id)
  const fromAlerts = choicesOf(input, facts.alerts)
  // The choices stay in sight: a person may have taken the wrong one.
  const isOpen = fromAlerts.choices.length > 1 || !fromAlerts.isSure
  const choices = isOpen ? fromAlerts.choices : []
  if (entered !== undefined) return { value: entered, origin: { kind: 'entered' }, choices }
  const [kept] = [
    capturedFor(input, facts.captured),
    planned(input, facts.planValues),
    input.label === null ? declared(input, facts) : null,
  ].filter((each) => each !== null)
  if (kept) return kept
  const [only] = fromAlerts.choices
  if (isOpen && only) return { value: null, origin: { kind: 'missing', why: 'choose' }, choices }
  if (only) return { value: only.value, origin: only.origin, choices: [] }
  return (
    (input.label === null ? null : declared(input, facts)) ??
    annotated(input, facts.alerts) ??
    ofIncident(input, facts.incident) ??
    otherwise(input) ??
    nothing
  )
}

const nothing: Value = { value: null, origin: { kind: 'missing', why: 'nothing' }, choices: [] }

const known = (value: string | null | undefined, origin: Origin): Value | null =>
  value === null || value === undefined || value === '' ? null : { value, origin, choices: [] }

function capturedFor({ name, setBy }: Input, captured: InputFacts['captured']): Value | null {
  return setBy === null ? null : known(captured.get(name), { kind: 'captured', step: setBy })
}

function planned(input: Input, planValues: InputFacts['planValues']): Value | null {
  // A variable that an earlier step sets is that step's.
  if (input.setBy !== null || input.id === '$value') return null
  const found = entryFor(input, Object.entries(planValues))
  return found && known(found[1], { kind: 'plan', name: found[0] })
}

/** The entry of an input: under its name as it is written, else in another spelling of it. */
function entryFor<Value>(
  { name }: Input,
  entries: readonly (readonly [string, Value])[],
): readonly [string, Value] | null {
  return (
    entries.find(([key]) => key === name) ??
    entries.find(([key]) => normalName(key) === normalName(name)) ??
    entries.find(([key]) => usualName(key) === usualName(name)) ??
    null
  )
}

/** What the front matter says: a value, or a label to fill it from. */
function declared(input: Input, { vars, alerts }: InputFacts): Value | null {
  if (input.setBy !== null || input.id === '$value') return null
  const found = entryFor(
    input,
    vars.map(({ name, value }) => [name, value] as const),
  )
  const written = found?.[1] ?? ''
  if (found === null || written === '') return null
  const label = labelOf(written)
  if (label !== null) return agreed(tally(alerts, (alert) => whole(alert, label)))
  if (!written.includes('{{')) return known(written, { kind: 'runbook', name: found[0] })
  const texts = alerts.map(({ labels, value }) => expandTemplates(written, { labels, value }))
  const [first] = texts
  const isSure = texts.every(
    ({ text, unresolved }) => text === first?.text && unresolved.length === 0,
  )
  return isSure ? known(first?.text, { kind: 'runbook', name: found[0] }) : nothing
}

/**
 * The label that a declared value names. A word alone is one only where alerts usually have a label
 * of that name: an alert could otherwise take over a value by having a label that is called like it.
 */
function labelOf(written: string): string | null {
  const named = /^(?:\{\{\s*)?(?:\$labels|\.Labels)\.([A-Za-z_]\w*)(?:\s*\}\})?$/.exec(written)?.[1]
  return named ?? (isWellKnownLabel(written) ? written : null)
}

function agreed(choices: readonly Choice[]): Value {
  const [only, other] = choices
  if (!only) return nothing
  return other
    ? { value: null, origin: { kind: 'missing', why: 'choose' }, choices }
    : { value: only.value, origin: only.origin, choices: [] }
}

interface Found {
  readonly value: string
  readonly origin: Origin
}

/** Different values of the alerts, the most frequent first, then those of the worst alert. */
function tally(
  alerts: readonly AlertFacts[],
  read: (alert: AlertFacts) => readonly Found[],
): readonly Choice[] {
  const choices = new Map<string, Choice>()
  for (const alert of alerts) {
    const values = new Map(
      read(alert)
        .toReversed()
        .map((found) => [found.value, found]),
    )
    for (const { value, origin } of [...values.values()].toReversed()) {
      const before = choices.get(value)
      choices.set(value, {
        value,
        origin: before?.origin ?? origin,
        alerts: (before?.alerts ?? 0) + 1,
      })
    }
  }
  return [...choices.values()].toSorted((a, b) => b.alerts - a.alerts)
}

/** What alerts have for an input, and whether a single value may be taken without asking. */
function choicesOf(
  input: Input,
  alerts: readonly AlertFacts[],
): { readonly choices: readonly Choice[]; readonly isSure: boolean } {
  const { id, label, setBy, name } = input
  if (id === '$value') {
    const origin = { kind: 'value' } as const
    const read = ({ value }: AlertFacts) =>
      value === null ? [] : [{ value: formatGo(value, 'g', null), origin }]
    return { choices: tally(alerts, read), isSure: true }
  }
  if (label !== null) {
    return { choices: tally(alerts, (alert) => whole(alert, label)), isSure: true }
  }
  // What an earlier step sets may be another namespace than the alert's: it is offered.
  const usual = setBy === null ? lookedUpAs(input) : usualName(name)
  if (usual === null) return { choices: [], isSure: true }
  const { offered } = labelsOfName(usual)
  const certain = tally(alerts, (alert) => chosen(alert, usual))
  if (certain.length > 0) return { choices: certain, isSure: setBy === null }
  const maybe = tally(alerts, (alert) => offered.flatMap((each) => anyCase(alert, each)))
  return { choices: maybe, isSure: false }
}

/** The labels of an alert that a name stands for. */
function chosen(alert: AlertFacts, usual: string): readonly Found[] {
  const { chosen: names, isHost } = labelsOfName(usual)
  // A scrape that keeps its own labels moves those of the object to `exported_…`: either may be meant.
  const found = names.flatMap((each) => [
    ...anyCase(alert, each),
    ...anyCase(alert, `exported_${each}`),
  ])
  if (found.length > 0 || !isHost) return found
  const [instance] = anyCase(alert, 'instance')
  const host = instance === undefined ? null : hostOfInstance(instance.value)
  if (instance?.origin.kind !== 'label' || host === null) return []
  const part = host === instance.value ? 'whole' : 'host'
  return [{ value: host, origin: { ...instance.origin, part } }]
}

function whole({ labels }: AlertFacts, name: string): readonly Found[] {
  const value = Object.hasOwn(labels, name) ? (labels[name] ?? '') : ''
  // To Prometheus an empty label is none.
  return value === '' ? [] : [{ value, origin: { kind: 'label', name, part: 'whole' } }]
}

function anyCase(alert: AlertFacts, name: string): readonly Found[] {
  const exact = whole(alert, name)
  if (exact.length > 0) return exact
  return Object.keys(alert.labels)
    .filter((each) => normalName(each) === name)
    .flatMap((each) => whole(alert, each))
}

function annotated(input: Input, alerts: readonly AlertFacts[]): Value | null {
  const usual = lookedUpAs(input)
  // A single word, such as `<name>`, is seldom meant to be filled with a sentence.
  if (usual === null || !usual.includes('_')) return null
  const choices = tally(alerts, ({ annotations }) =>
    Object.entries(annotations)
      .filter(([name, value]) => normalName(name) === usual && value !== '')
      .map(([name, value]) => ({ value, origin: { kind: 'annotation', name } })),
  )
  return choices.length === 0 ? null : agreed(choices)
}

function ofIncident(input: Input, incident: IncidentFacts): Value | null {
  const usual = lookedUpAs(input)
  const fact = usual === null ? undefined : incidentNames.get(usual)
  return fact === undefined ? null : known(factOf(incident, fact), { kind: 'incident', fact })
}

/** As text; the time in ISO 8601, UTC. */
function factOf(incident: IncidentFacts, fact: IncidentFact): string | null {
  return fact === 'startedAt' ? new Date(incident.startedAt).toISOString() : incident[fact]
}

function otherwise({ fallback }: Input): Value | null {
  return fallback === null ? null : { value: fallback, origin: { kind: 'fallback' }, choices: [] }
}
