import { actorName } from '#shared/domain/actor/name.ts'
import { sourcesOf, type AlertEntry } from '../entries/alert-entry.ts'
import { fieldValues, filterFields } from './alert-filter.ts'
import { formatTerm } from '../../../lists/filter-terms.ts'

/** How often each value of each name occurs; fields of Deckwatch's own begin with an @. */
export type KnownValues = ReadonlyMap<string, ReadonlyMap<string, number>>

/**
 * Counts the labels of all alerts, a few at a time: whoever drives it decides when it goes on.
 *
 * @returns what was counted.
 */
export function* countValues(
  entries: Iterable<AlertEntry>,
): Generator<undefined, KnownValues, undefined> {
  const known = new Map<string, Map<string, number>>()
  const count = (name: string, value: string) => {
    const values = known.get(name)
    if (values) values.set(value, (values.get(value) ?? 0) + 1)
    else known.set(name, new Map([[value, 1]]))
  }
  let looked = 0
  for (const { alert, incident } of entries) {
    for (const name in alert.labels) count(name, alert.labels[name] ?? '')
    for (const source of sourcesOf(alert)) count('@source', source)
    for (const each of Object.values(alert.observations)) {
      for (const receiver of each.receivers) count('@receiver', receiver)
    }
    if (incident?.acknowledged) count('@acknowledged', actorName(incident.acknowledged.by))
    looked += 1
    if (looked % 64 === 0) yield
  }
  return known
}

/** A way to go on with what is being typed: replaces the text from `start` to `end`. */
export interface Suggestion {
  readonly shown: string
  /** How many alerts have it, or what it is for. */
  readonly detail: string
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Most suggestions at a time. */
export const MAX_SUGGESTIONS = 8

const partial =
  /(?:^|[\s,{}])(?<name>@?(?:[a-zA-Z_:][\w:.-]*)?)(?:(?<operator>=~|!~|!=|=|<=?|>=?)(?:"(?<quoted>[^"]*)|(?<bare>[^\s,{}"]*)))?$/

/** How the text before the caret can go on: names of labels, then their values, the common first. */
export function suggest(text: string, caret: number, known: KnownValues): readonly Suggestion[] {
  const groups = partial.exec(text.slice(0, caret))?.groups
  if (!groups) return []
  const name = groups['name'] ?? ''
  const operator = groups['operator']
  if (operator === undefined) return suggestNames(name, caret, known)
  const typed = groups['quoted'] ?? groups['bare'] ?? ''
  const length =
    name.length + operator.length + typed.length + (groups['quoted'] === undefined ? 0 : 1)
  // A quote that was closed already behind the caret goes with what it closes.
  const end = groups['quoted'] !== undefined && text[caret] === '"' ? caret + 1 : caret
  const isField = name.startsWith('@')
  return suggestValues(name, typed, known).map(([value, count]) => ({
    shown: value === '' ? '(empty)' : value,
    detail: count === 0 ? '' : String(count),
    start: caret - length,
    end,
    text: `${formatTerm({
      kind: isField ? 'field' : 'label',
      name: isField ? name.slice(1) : name,
      operator: operator as '=',
      value: operator === '=~' || operator === '!~' ? escapeExpression(value) : value,
    })} `,
  }))
}

function suggestNames(typed: string, caret: number, known: KnownValues): Suggestion[] {
  const start = caret - typed.length
  const wanted = typed.toLowerCase()
  const fields = filterFields
    .filter(
      ({ name }) => `@${name}`.startsWith(wanted) || (wanted !== '' && name.startsWith(wanted)),
    )
    .map(({ name, says }) => ({
      shown: `@${name}`,
      detail: says,
      start,
      end: caret,
      text: name === 'age' ? '@age<' : `@${name}=`,
    }))
  const labels = [...known]
    .filter(([name]) => !name.startsWith('@') && name.toLowerCase().includes(wanted))
    .map(([name, values]) => ({ name, values: values.size }))
    .sort(
      (a, b) =>
        Number(b.name.toLowerCase().startsWith(wanted)) -
          Number(a.name.toLowerCase().startsWith(wanted)) || (a.name < b.name ? -1 : 1),
    )
    .map(({ name, values }) => ({
      shown: name,
      detail: values === 1 ? '1 value' : `${String(values)} values`,
      start,
      end: caret,
      text: formatTerm({ kind: 'label', name, operator: '=', value: '' }).slice(0, -1),
    }))
  return (typed.startsWith('@') ? fields : [...labels, ...fields]).slice(0, MAX_SUGGESTIONS)
}

function suggestValues(name: string, typed: string, known: KnownValues): [string, number][] {
  const values = new Map(known.get(name) ?? [])
  const field = filterFields.find((each) => `@${each.name}` === name)?.name
  if (field) for (const value of fieldValues[field] ?? []) values.set(value, values.get(value) ?? 0)
  const wanted = typed.toLowerCase()
  const found: [string, number][] = []
  for (const [value, count] of values) {
    if (value.toLowerCase().includes(wanted)) found.push([value, count])
  }
  return found.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MAX_SUGGESTIONS)
}

function escapeExpression(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
