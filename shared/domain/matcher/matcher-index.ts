import type { Labels } from '../alert/schema.ts'
import { compileValue, type Matcher } from './matcher.ts'
import { startsOf } from './simple-pattern.ts'
import type { TextPredicate } from './text-predicate.ts'

/** Something that is found by conditions on labels, such as a plan. */
export interface Indexed<Item> {
  readonly item: Item
  /** All must hold; without any, every alert is meant. */
  readonly matchers: readonly Matcher[]
  /** Which come first when only the first are wanted, the smallest; all are equal without it. */
  readonly rank?: number
}

/** Finds what matches a label set, without trying everything there is on every alert. */
export interface MatcherIndex<Item> {
  /** What matches, in the order that it was given in. */
  find(labels: Labels): readonly Item[]
  /** Of what matches, all of the smallest rank, in the order that it was given in. */
  findFirst(labels: Labels): readonly Item[]
}

/** Values of one label whose outcome is remembered; names of alerts are few, pods are many. */
const MAX_VALUES = 5_000
/** So few are tried one by one: to sort them by one more label would cost more. */
const FEW = 4

/** A condition on the value of one label. */
interface Test {
  readonly name: string
  readonly matcher: Matcher
  readonly matches: TextPredicate
}

interface Candidate<Item> {
  readonly item: Item
  readonly order: number
  readonly rank: number
  /** The conditions that are not known to hold yet. */
  readonly tests: readonly Test[]
}

/** Candidates, by what has to be looked at next. */
interface Level<Item> {
  /** To be tried one by one, the smallest rank first. */
  readonly few: readonly Candidate<Item>[]
  readonly shelves: readonly Shelf<Item>[]
}

/** A candidate on a shelf. */
interface Placed<Item> {
  /** Whether its conditions on the label of the shelf hold. */
  readonly onValue: TextPredicate
  /** The candidate without these conditions. */
  readonly left: Candidate<Item>
}

/** Everything that has a condition on one label, and what is left of it by value of that label. */
interface Shelf<Item> {
  readonly name: string
  /** Those that want one certain value, by that. */
  readonly equal: Map<string, Placed<Item>[]>
  /** Those whose values all start with the same: whole groups are passed over at once. */
  readonly starting: Map<
    string,
    { readonly starts: readonly string[]; readonly all: Placed<Item>[] }
  >
  readonly others: Placed<Item>[]
  readonly byValue: Map<string, Level<Item>>
}

/**
 * Each item stands on the shelf of one label that it has a condition on. What passes for a value of
 * that label is worked out once, and where it is much, sorted by the next label in the same way: after
 * that an alert costs a few looks and the conditions of those few that are left.
 */
export function createMatcherIndex<Item>(items: readonly Indexed<Item>[]): MatcherIndex<Item> {
  const top = levelOf(
    items.map(({ item, matchers, rank = 0 }, order): Candidate<Item> => ({
      item,
      order,
      rank,
      tests: matchers.map((matcher) => ({
        name: matcher.name,
        matcher,
        matches: compileValue(matcher),
      })),
    })),
    0,
  )

  function search(labels: Labels, isFirstOnly: boolean): readonly Item[] {
    const found = { candidates: [] as Candidate<Item>[], best: Infinity, isFirstOnly }
    visit(top, labels, found)
    const { candidates } = found
    if (candidates.length > 1) candidates.sort((a, b) => a.order - b.order)
    return candidates.map(({ item }) => item)
  }

  return {
    find: (labels) => search(labels, false),
    findFirst: (labels) => search(labels, true),
  }
}

interface Found<Item> {
  candidates: Candidate<Item>[]
  best: number
  readonly isFirstOnly: boolean
}

function visit<Item>({ few, shelves }: Level<Item>, labels: Labels, found: Found<Item>): void {
  for (const candidate of few) {
    if (found.isFirstOnly && candidate.rank > found.best) break
    if (!holds(candidate.tests, labels)) continue
    if (found.isFirstOnly && candidate.rank < found.best) found.candidates = []
    found.best = Math.min(found.best, candidate.rank)
    found.candidates.push(candidate)
  }
  for (const shelf of shelves) {
    const level = passing(shelf, valueOf(labels, shelf.name))
    if (level !== nothing) visit(level, labels, found)
  }
}

function holds(tests: readonly Test[], labels: Labels): boolean {
  for (const { name, matches } of tests) if (!matches(valueOf(labels, name))) return false
  return true
}

/** The value of a label; empty for one that is absent. */
function valueOf(labels: Labels, name: string): string {
  return Object.hasOwn(labels, name) ? (labels[name] ?? '') : ''
}

const nothing: Level<never> = { few: [], shelves: [] }

function levelOf<Item>(candidates: readonly Candidate<Item>[], few: number): Level<Item> {
  if (candidates.length === 0) return nothing
  if (candidates.length <= few) return { few: candidates.toSorted(firstFirst), shelves: [] }
  const shelves = new Map<string, Shelf<Item>>()
  const always: Candidate<Item>[] = []
  for (const candidate of candidates) {
    const name = tellingLabel(candidate.tests)
    if (name === null) {
      always.push(candidate)
      continue
    }
    const shelf = shelves.get(name) ?? emptyShelf<Item>(name)
    shelves.set(name, shelf)
    putOn(shelf, candidate)
  }
  return { few: always.sort(firstFirst), shelves: [...shelves.values()] }
}

function emptyShelf<Item>(name: string): Shelf<Item> {
  return { name, equal: new Map(), starting: new Map(), others: [], byValue: new Map() }
}

function putOn<Item>(shelf: Shelf<Item>, candidate: Candidate<Item>): void {
  const own = candidate.tests.filter(({ name }) => name === shelf.name)
  const tests = candidate.tests.filter(({ name }) => name !== shelf.name)
  const placed = { onValue: allOf(own), left: { ...candidate, tests } }
  const exact = own.find(({ matcher }) => matcher.operator === '=')
  if (exact) {
    const known = shelf.equal.get(exact.matcher.value)
    if (known) known.push(placed)
    else shelf.equal.set(exact.matcher.value, [placed])
    return
  }
  for (const { matcher } of own) {
    const starts = matcher.operator === '=~' ? startsOf(matcher.value) : null
    if (!starts) continue
    const key = starts.join('|')
    const known = shelf.starting.get(key)
    if (known) known.all.push(placed)
    else shelf.starting.set(key, { starts, all: [placed] })
    return
  }
  shelf.others.push(placed)
}

function allOf(tests: readonly Test[]): TextPredicate {
  const [only, ...others] = tests
  if (only && others.length === 0) return only.matches
  return (value) => tests.every(({ matches }) => matches(value))
}

/** The label that tells most: one that must have a certain value, else the name of the alert. */
function tellingLabel(tests: readonly Test[]): string | null {
  const told = tests.find(({ matcher }) => matcher.operator === '=' && matcher.value !== '')
  const named = tests.find(({ name }) => name === 'alertname')
  return (told ?? named ?? tests[0])?.name ?? null
}

function passing<Item>(shelf: Shelf<Item>, value: string): Level<Item> {
  const known = shelf.byValue.get(value)
  if (known) return known
  const { equal, starting, others } = shelf
  const found: Candidate<Item>[] = []
  look(equal.get(value), value, found)
  for (const { starts, all } of starting.values()) {
    if (startsWithAny(value, starts)) look(all, value, found)
  }
  look(others, value, found)
  const level = levelOf(found, FEW)
  if (shelf.byValue.size >= MAX_VALUES) shelf.byValue.clear()
  shelf.byValue.set(value, level)
  return level
}

function startsWithAny(value: string, starts: readonly string[]): boolean {
  for (const start of starts) if (value.startsWith(start)) return true
  return false
}

/** Adds those whose conditions hold for a value. */
function look<Item>(
  all: readonly Placed<Item>[] | undefined,
  value: string,
  found: Candidate<Item>[],
): void {
  if (!all) return
  for (const { onValue, left } of all) if (onValue(value)) found.push(left)
}

function firstFirst<Item>(a: Candidate<Item>, b: Candidate<Item>): number {
  return a.rank - b.rank || a.order - b.order
}
