import { nounOf } from '../incident/object-label.ts'
import { fillInputs } from '../runbook/inputs/fill.ts'
import { valueFor } from '../runbook/inputs/occurrence.ts'
import type { AlertFacts, FilledInput, Input, InputFacts } from '../runbook/inputs/schema.ts'
import type { Code } from '../runbook/schema.ts'

/** Targets that one press runs on at most. */
export const MAX_TARGETS = 200

/** Longest name of a target, in UTF-16 units: what is longer is no name of a host or a pod. */
export const MAX_TARGET_NAME = 300

/** One thing that a command is run on, and the inputs that say so. */
export interface RunTarget {
  /** Its value, such as `card-7f9`; with the others behind it where that alone is not unique. */
  readonly name: string
  /** What differs from target to target, by the id of the input. */
  readonly values: Readonly<Record<string, string>>
}

/** The targets that the alerts of an incident name for a command. */
export interface RunTargets {
  /** A word for one of them: `pod`; `target` where there is none. */
  readonly noun: string
  /** At least two, by name; of more than {@link MAX_TARGETS} those of the worst alerts. */
  readonly targets: readonly RunTarget[]
  /** How many more the alerts name. */
  readonly more: number
}

/**
 * What a command or a query can be run on, one after the other: where alerts of the incident have
 * several values for an input, each alert says one target. Inputs that differ together, such as a
 * pod and its namespace, are taken from the same alert. Where a person chose a value for one of
 * them, the others follow it. Null: there are no two targets, or something else is missing. Pure.
 *
 * @param inputs those of the step, of which the code uses some.
 */
export function targetsOf(
  code: Pick<Code, 'placeholders'>,
  inputs: readonly Input[],
  facts: InputFacts,
): RunTargets | null {
  const filled = usedBy(code, fillInputs(inputs, facts))
  const open = filled.filter(({ choices }) => choices.length > 1)
  const isComplete = filled.every((input) => input.value !== null || open.includes(input))
  if (open.length === 0 || !isComplete) return null
  const rows = facts.alerts.map((alert) => certainValues(open, alert, facts))
  const main = mostVaried(open, rows)
  const tuples = new Map<string, Readonly<Record<string, string>>>()
  for (const row of rows) {
    const values = targetIn(row, main, open, facts.entered)
    if (values) tuples.set(JSON.stringify(values), values)
  }
  const all = named([...tuples.values()], main.id)
  if (all.length < 2) return null
  return {
    noun: nounFor(main),
    targets: all.slice(0, MAX_TARGETS).toSorted((a, b) => byName.compare(a.name, b.name)),
    more: Math.max(0, all.length - MAX_TARGETS),
  }
}

/** `card-2` before `card-10`, the same on every machine. */
const byName = new Intl.Collator('en', { numeric: true })

/** The inputs that one of the codes of a step uses. */
export function usedBy(
  { placeholders }: Pick<Code, 'placeholders'>,
  filled: readonly FilledInput[],
): readonly FilledInput[] {
  return filled.filter((input) => {
    // It belongs to a placeholder that would be filled from it alone.
    const alone = [{ ...input, value: '' }]
    return placeholders.some((placeholder) => valueFor(placeholder, alone) !== null)
  })
}

/** What one alert says for inputs, as far as it says one thing, by their ids. */
function certainValues(
  open: readonly FilledInput[],
  alert: AlertFacts,
  facts: InputFacts,
): ReadonlyMap<string, string> {
  const alone: InputFacts = {
    ...facts,
    alerts: [alert],
    planValues: {},
    captured: new Map(),
    entered: new Map(),
  }
  return new Map(
    fillInputs(open, alone).flatMap(({ id, value, origin }) =>
      // A number that was measured is no target.
      value !== null && origin.kind === 'label' && value.length <= MAX_TARGET_NAME
        ? [[id, value] as const]
        : [],
    ),
  )
}

type Row = ReadonlyMap<string, string>

/** The input with the most values: the pods of a namespace, not its namespace. */
function mostVaried(open: readonly FilledInput[], rows: readonly Row[]): FilledInput {
  const count = ({ id }: FilledInput) => new Set(rows.map((row) => row.get(id))).size
  return open.reduce((most, each) => (count(each) > count(most) ? each : most))
}

/** The target that one alert names; null where it names none, or not one that a person chose. */
function targetIn(
  row: Row,
  main: FilledInput,
  open: readonly FilledInput[],
  entered: InputFacts['entered'],
): Readonly<Record<string, string>> | null {
  const values: [string, string][] = []
  for (const { id, choices } of open) {
    const own = row.get(id)
    const chosen = id === main.id ? undefined : entered.get(id)
    if (chosen !== undefined) {
      // The pods of another namespace are not in the one that was chosen.
      if (own !== chosen && choices.some(({ value }) => value === chosen)) return null
    } else if (own === undefined) return null
    else values.push([id, own])
  }
  return Object.fromEntries(values)
}

/** A name of its own for each. */
function named(
  all: readonly Readonly<Record<string, string>>[],
  mainId: string,
): readonly RunTarget[] {
  const times = new Map<string, number>()
  for (const values of all) {
    const main = values[mainId] ?? ''
    times.set(main, (times.get(main) ?? 0) + 1)
  }
  return all.map((values) => {
    const main = values[mainId] ?? ''
    const others = Object.entries(values)
      .filter(([id]) => id !== mainId)
      .map(([, value]) => value)
    const isUnique = times.get(main) === 1
    return { name: isUnique ? main : `${main} (${others.join(', ')})`, values }
  })
}

function nounFor({ choices }: FilledInput): string {
  const [first] = choices
  if (first?.origin.kind !== 'label') return 'target'
  const noun = nounOf([{ [first.origin.name.replace(/^exported_/, '')]: first.value }])
  return noun === 'alert' ? 'target' : noun
}
