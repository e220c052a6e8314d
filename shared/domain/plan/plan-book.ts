import type { Labels } from '../alert/schema.ts'
import type { Matcher } from '../matcher/matcher.ts'
import { createMatcherIndex } from '../matcher/matcher-index.ts'
import type { PlanFile } from './file.ts'
import { ancestryOf, resolvePlan, type PlanFlaw } from './resolve.ts'
import type { Plan } from './schema.ts'
import { compareSpecificity, specificityOf, type Specificity } from './specificity.ts'

/** The plan of an alert. */
export interface PlanChoice {
  readonly plan: Plan
  /** Others that match as specifically: the first by id has been taken. */
  readonly tied: readonly string[]
}

/** A flaw of one of several files, by its place among them. */
export interface PlanProblem extends PlanFlaw {
  readonly file: number
  /** The file that it has the problem with, where that is another one. */
  readonly with?: number
}

/** All plans that are in effect, ready to be asked. */
export interface PlanBook {
  /** Those that match alerts, by id, in the order of their ids. */
  readonly plans: ReadonlyMap<string, Plan>
  /** What is wrong between the files; within one, its own parser says it. */
  readonly problems: readonly PlanProblem[]
  /** The plan of an alert with these labels; null when none matches. */
  choose(labels: Labels): PlanChoice | null
}

interface Entry {
  readonly plan: Plan
  readonly specificity: Specificity
}

/**
 * Brings plans together: inheritance, and who wins. Of plans that match the same alert the most
 * specific one does, see {@link specificityOf}; between equals the first by id.
 *
 * @param revisionOf derives a revision from what a plan says.
 */
export function createPlanBook(
  files: readonly PlanFile[],
  revisionOf: (text: string) => string,
): PlanBook {
  const byId = new Map<string, PlanFile>()
  const placeOf = new Map<string, number>()
  const problems: PlanProblem[] = []
  for (const [place, file] of files.entries()) {
    const first = placeOf.get(file.plan)
    if (first === undefined) {
      byId.set(file.plan, file)
      placeOf.set(file.plan, place)
    } else {
      const message = `another file has the plan ${JSON.stringify(file.plan)} already, and is taken`
      problems.push({ file: place, with: first, plan: file.plan, field: 'plan', message })
    }
  }
  const at = (plan: string) => placeOf.get(plan) ?? 0
  const entries: { readonly item: Entry; readonly matchers: readonly Matcher[] }[] = []
  for (const file of [...byId.values()].toSorted((a, b) => (a.plan < b.plan ? -1 : 1))) {
    const ancestry = ancestryOf(file, byId)
    if (!ancestry.ok) {
      // Those that extend one with a problem would only say it again.
      if (ancestry.error.plan === file.plan)
        problems.push({ file: at(file.plan), ...ancestry.error })
      continue
    }
    if (!file.match) continue
    const plan = resolvePlan(ancestry.value, revisionOf)
    const matchers = file.match.flatMap((each) => each.matchers)
    entries.push({ item: { plan, specificity: specificityOf(matchers) }, matchers })
  }
  problems.push(
    ...tiesOf(
      entries.map(({ item }) => item.plan),
      at,
    ),
  )
  const index = createMatcherIndex(ranked(entries))
  const chosen = new WeakMap<Labels, PlanChoice | typeof noPlan>()
  return {
    plans: new Map(entries.map(({ item: { plan } }) => [plan.id, plan])),
    problems,
    choose(labels) {
      const known = chosen.get(labels)
      if (known) return known === noPlan ? null : known
      const choice = toChoice(index.findFirst(labels))
      chosen.set(labels, choice ?? noPlan)
      return choice
    },
  }
}

/** A book without plans: nothing is known of what to do. */
export const emptyPlanBook: PlanBook = { plans: new Map(), problems: [], choose: () => null }

/** Stands for no choice where what was found out is remembered. */
const noPlan = Symbol('no plan')

/** The more specific, the smaller the rank; equally specific ones share theirs. */
function ranked<Each extends { readonly item: Entry }>(
  entries: readonly Each[],
): readonly (Each & { readonly rank: number })[] {
  const inOrder = entries.toSorted((a, b) =>
    compareSpecificity(a.item.specificity, b.item.specificity),
  )
  const ranks = new Map<Each, number>()
  let rank = 0
  inOrder.forEach((entry, index) => {
    const before = inOrder[index - 1]
    const isEqual =
      before && compareSpecificity(before.item.specificity, entry.item.specificity) === 0
    if (!isEqual) rank = index
    ranks.set(entry, rank)
  })
  return entries.map((entry) => ({ ...entry, rank: ranks.get(entry) ?? 0 }))
}

/** @param found equally specific ones, the first by id first. */
function toChoice([first, ...others]: readonly Entry[]): PlanChoice | null {
  return first ? { plan: first.plan, tied: others.map(({ plan }) => plan.id) } : null
}

/** Plans with the very same conditions: one of them never has an alert. */
function tiesOf(plans: readonly Plan[], at: (plan: string) => number): readonly PlanProblem[] {
  const byMatch = Map.groupBy(plans, ({ match }) => JSON.stringify(match.toSorted()))
  return [...byMatch.values()].flatMap(([first, ...others]) =>
    others.map(({ id }) => ({
      file: at(id),
      with: at(first?.id ?? id),
      plan: id,
      field: 'match' as const,
      message: `plan ${JSON.stringify(first?.id)} has the same conditions, and is taken since its name comes first`,
    })),
  )
}
