import { compileExpression, type TextPredicate } from '#shared/domain/matcher/expression.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { severities, severityWord } from '#shared/domain/severity/schema.ts'
import { actorName } from '#shared/domain/actor/name.ts'
import { searchText, sinceOf, sourcesOf, type AlertEntry } from '../entries/alert-entry.ts'
import {
  readTerms,
  type FilterOperator,
  type FilterProblem,
  type FilterTerm,
} from '../../../lists/filter-terms.ts'
import { alertStates, statesOf } from '../entries/alert-standing.ts'
import { parseDuration } from '#shared/domain/duration/duration.ts'
import { personName, type Reader } from '#shared/domain/person/identity.ts'
import { isReader } from '#shared/domain/actor/person.ts'

/** What a filter may know besides the alert. */
export interface FilterContext {
  /** The engine's clock, ms since the epoch, UTC. */
  readonly now: number
  /** Who reads, for `@acknowledged=me`. */
  readonly me: Reader | undefined
}

export type EntryPredicate = (entry: AlertEntry) => boolean

/** A filter that was understood. */
export interface AlertFilter {
  readonly text: string
  readonly terms: readonly FilterTerm[]
  /** True when the answer for an alert changes with time alone. */
  readonly isTimed: boolean
  /** Makes the test, which holds as long as the context does. */
  readonly compile: (context: FilterContext) => EntryPredicate
}

type MakeTest = (context: FilterContext) => EntryPredicate

/** What can be asked besides labels, with an example for each. */
export const filterFields = [
  { name: 'state', example: 'suppressed', says: 'triggered, suppressed, acknowledged, …' },
  { name: 'severity', example: 'P0', says: 'P0 to P3, or critical to low' },
  { name: 'source', example: 'am-eu', says: 'the source that reports it' },
  { name: 'age', example: '1h', says: 'younger or older, such as @age<1h' },
  { name: 'acknowledged', example: 'me', says: 'who acknowledged its incident: a name, or me' },
  { name: 'receiver', example: 'oncall', says: 'the receiver that its source routes it to' },
] as const
type FieldName = (typeof filterFields)[number]['name']

/** The values that a field can have; null where they come with the alerts. */
export const fieldValues: Readonly<Record<FieldName, readonly string[] | null>> = {
  state: alertStates,
  severity: [...severities, ...Object.values(severityWord)],
  source: null,
  age: ['15m', '1h', '8h', '1d'],
  acknowledged: ['me'],
  receiver: null,
}

/** Reads and compiles a filter, or says what is wrong with it and where. */
export function readFilter(text: string): Result<AlertFilter, FilterProblem> {
  const { terms, problem } = readTerms(text)
  if (problem) return fail(problem)
  const tests: MakeTest[] = []
  for (const term of terms) {
    const test = testOf(term)
    if (!test.ok) return test
    tests.push(test.value)
  }
  return ok({
    text,
    terms,
    isTimed: terms.some((term) => term.kind === 'field' && term.name === 'age'),
    compile: (context) => {
      const made = tests.map((make) => make(context))
      return (entry) => made.every((test) => test(entry))
    },
  })
}

function testOf(term: FilterTerm): Result<MakeTest, FilterProblem> {
  if (term.kind === 'text') {
    const wanted = term.value.toLowerCase()
    return ok(() => (entry) => searchText(entry).includes(wanted) !== term.isNegated)
  }
  return term.kind === 'label' ? testOfLabel(term) : testOfField(term)
}

type Condition = Extract<FilterTerm, { kind: 'label' | 'field' }>

function testOfLabel(term: Condition): Result<MakeTest, FilterProblem> {
  const compared = comparison(term, false)
  if (!compared.ok) return compared
  const { matches, isPositive } = compared.value
  const { name } = term
  const valueOf = ({ alert: { labels } }: AlertEntry) =>
    Object.hasOwn(labels, name) ? (labels[name] ?? '') : ''
  return ok(() => (entry) => matches(valueOf(entry)) === isPositive)
}

/** What a state was called before: saved filters and links say it still. */
const formerStates: Readonly<Record<string, string>> = { 'needs-you': 'triggered' }

function testOfField(written: Condition): Result<MakeTest, FilterProblem> {
  const isState = written.name === 'state' && Object.hasOwn(formerStates, written.value)
  const term = isState ? { ...written, value: formerStates[written.value] ?? '' } : written
  const field = filterFields.find(({ name }) => name === term.name)?.name
  if (!field) {
    const names = filterFields.map(({ name }) => `@${name}`).join(', ')
    return fail({ offset: term.start, message: `There is no @${term.name}; there is ${names}.` })
  }
  if (field === 'age') return testOfAge(term)
  if (isOrder(term.operator)) {
    return fail({ offset: term.start, message: `Only @age is compared with ${term.operator}.` })
  }
  const known = field === 'state' || field === 'severity' ? fieldValues[field] : null
  const isExact = term.operator === '=' || term.operator === '!='
  if (isExact && known && !known.some((each) => isSameWord(each, term.value))) {
    return fail({
      offset: term.valueAt,
      message: `@${field} has no value ${JSON.stringify(term.value.slice(0, 40))}; it is one of ${known.join(', ')}.`,
    })
  }
  const compared = comparison(term, true)
  if (!compared.ok) return compared
  const { matches, isPositive } = compared.value
  return ok((context) => (entry) => {
    const values = valuesOf(field, entry, context)
    return values.some((value) => matches(value)) === isPositive
  })
}

function valuesOf(
  field: Exclude<FieldName, 'age'>,
  entry: AlertEntry,
  { me }: FilterContext,
): readonly string[] {
  const { alert, incident } = entry
  switch (field) {
    case 'state':
      return statesOf(entry)
    case 'severity':
      return [alert.severity, severityWord[alert.severity]]
    case 'source':
      return sourcesOf(alert)
    case 'receiver':
      return Object.values(alert.observations).flatMap(({ receivers }) => receivers)
    case 'acknowledged': {
      const by = incident?.acknowledged?.by
      if (!by) return []
      if (by.kind !== 'person') return [actorName(by)]
      // Under any of their names, and by the id.
      const names = [personName(by, me), by.name, by.id]
      return isReader(by, me) ? [...names, 'me'] : names
    }
  }
}

function testOfAge(term: Condition): Result<MakeTest, FilterProblem> {
  const { operator } = term
  if (!isOrder(operator)) {
    return fail({ offset: term.start, message: 'An age is compared: @age<1h or @age>2d.' })
  }
  const wanted = parseDuration(term.value)
  if (wanted === null) {
    return fail({ offset: term.valueAt, message: 'An age is written as 30s, 15m, 2h or 3d.' })
  }
  const isYounger = operator.startsWith('<')
  return ok(({ now }) => ({ alert }) => {
    const age = Math.max(0, now - sinceOf(alert))
    return isYounger ? age < wanted : age >= wanted
  })
}

function isOrder(operator: FilterOperator): operator is '<' | '>' | '<=' | '>=' {
  return operator.startsWith('<') || operator.startsWith('>')
}

function isSameWord(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

interface Comparison {
  readonly matches: TextPredicate
  readonly isPositive: boolean
}

function comparison(
  { operator, value, valueAt }: Condition,
  ignoreCase: boolean,
): Result<Comparison, FilterProblem> {
  const isPositive = operator === '=' || operator === '=~'
  if (operator === '=' || operator === '!=') {
    const matches = ignoreCase
      ? (text: string) => isSameWord(text, value)
      : (text: string) => text === value
    return ok({ matches, isPositive })
  }
  const compiled = compileExpression(value, { ignoreCase })
  if (compiled.ok) return ok({ matches: compiled.value, isPositive })
  return fail({ offset: valueAt, message: `This expression cannot be used: ${compiled.error}.` })
}
