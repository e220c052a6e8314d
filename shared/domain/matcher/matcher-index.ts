import type { Labels } from '../alert/schema.ts'
import { compileMatchers, type LabelPredicate, type Matcher } from './matcher.ts'

/** Something that is found by conditions on labels, such as a plan. */
export interface Indexed<Item> {
  readonly item: Item
  /** All must hold; without any, every alert is meant. */
  readonly matchers: readonly Matcher[]
}

/** Finds what matches a label set, without trying everything there is on every alert. */
export interface MatcherIndex<Item> {
  /** What matches, in the order that it was given in. */
  find(labels: Labels): readonly Item[]
}

/** Values of one label whose outcome is remembered; names of alerts are few, pods are many. */
const MAX_VALUES = 5_000

interface Candidate<Item> {
  readonly item: Item
  readonly order: number
  /** The conditions on other labels. */
  readonly rest: LabelPredicate
}

/** Everything that has a condition on one label, and what passed by value of that label. */
interface Shelf<Item> {
  readonly name: string
  readonly entries: { readonly onName: LabelPredicate; readonly candidate: Candidate<Item> }[]
  readonly byValue: Map<string, readonly Candidate<Item>[]>
}

/**
 * Each item stands on the shelf of one label that it has a condition on. What passes for a value of
 * that label is worked out once: after that an alert costs one look a shelf and the remaining
 * conditions of those few that passed.
 */
export function createMatcherIndex<Item>(items: readonly Indexed<Item>[]): MatcherIndex<Item> {
  const shelves = new Map<string, Shelf<Item>>()
  const always: Candidate<Item>[] = []
  items.forEach(({ item, matchers }, order) => {
    const name = tellingLabel(matchers)
    const rest = compileMatchers(matchers.filter((each) => each.name !== name))
    const candidate = { item, order, rest }
    if (name === null) {
      always.push(candidate)
      return
    }
    const shelf: Shelf<Item> = shelves.get(name) ?? { name, entries: [], byValue: new Map() }
    shelves.set(name, shelf)
    const onName = compileMatchers(matchers.filter((each) => each.name === name))
    shelf.entries.push({ onName, candidate })
  })
  const inOrder = [...shelves.values()]
  return {
    find(labels) {
      const found = [...always]
      for (const shelf of inOrder) {
        for (const candidate of passing(shelf, labels)) {
          if (candidate.rest(labels)) found.push(candidate)
        }
      }
      return found.toSorted((a, b) => a.order - b.order).map(({ item }) => item)
    },
  }
}

/** The label that tells most: one that must have a certain value, else the name of the alert. */
function tellingLabel(matchers: readonly Matcher[]): string | null {
  const told = matchers.find(({ operator, value }) => operator === '=' && value !== '')
  const named = matchers.find(({ name }) => name === 'alertname')
  return (told ?? named ?? matchers[0])?.name ?? null
}

function passing<Item>(shelf: Shelf<Item>, labels: Labels): readonly Candidate<Item>[] {
  const value = Object.hasOwn(labels, shelf.name) ? (labels[shelf.name] ?? '') : ''
  const known = shelf.byValue.get(value)
  if (known) return known
  const only = { [shelf.name]: value }
  const found = shelf.entries.filter(({ onName }) => onName(only)).map((each) => each.candidate)
  if (shelf.byValue.size >= MAX_VALUES) shelf.byValue.clear()
  shelf.byValue.set(value, found)
  return found
}
