import type { ImpactValue } from '#shared/domain/impact/sentence.ts'
import type { Observed } from '#shared/domain/measurement/observed.ts'
import type { Verdict } from '#shared/domain/trigger/judge.ts'
import { formatAge, formatUntil } from '../../text/age.ts'

/** Where a number comes from and how old it is: `prom-eu, 12s ago`, `from the plan`, `unknown: no data`. */
export function originText({ origin }: Pick<ImpactValue, 'origin'>, now: number): string {
  switch (origin.kind) {
    case 'measured':
      return `${origin.source}, ${formatAge(now - origin.at)} ago`
    case 'plan':
      return 'from the plan'
    case 'unknown':
      return `unknown: ${origin.reason}`
  }
}

/** Where the numbers of a sentence come from, each origin once: names only where they differ. */
export function originsText(values: readonly ImpactValue[], now: number): string {
  const groups = Map.groupBy(values, (value) => originText(value, now))
  if (groups.size === 1) return [...groups.keys()].join('')
  return [...groups]
    .map(([origin, of]) => `${of.map(({ name }) => name).join(', ')}: ${origin}`)
    .join(' · ')
}

/** Why none of the numbers is known: the reason once, or that of each name where they differ. */
export function unknownText(values: readonly ImpactValue[]): string {
  const reasons = values.flatMap(({ name, origin }) =>
    origin.kind === 'unknown' ? [[name, origin.reason] as const] : [],
  )
  const [only, ...others] = new Set(reasons.map(([, reason]) => reason))
  if (others.length === 0) return `unknown: ${only ?? ''}`
  return `unknown: ${reasons.map((each) => each.join(': ')).join(' · ')}`
}

/** The source and age of a reading; empty where nothing was asked. */
function readingText(observed: Observed | undefined, now: number): string {
  const { source = null, at = null } = observed?.reading ?? {}
  return source === null || at === null ? '' : `${source}, ${formatAge(now - at)} ago`
}

/** The numbers of a verdict on one line: value, threshold, how long it holds, where it comes from. */
export function verdictText(verdict: Verdict, observed: Observed | undefined, now: number): string {
  const { standing, value, threshold, reason, since, dueAt } = verdict
  const parts = [
    reason === null ? '' : standing === 'unknown' ? `unknown: ${reason}` : reason,
    value === null ? '' : `now ${value}`,
    threshold === '' ? '' : `threshold ${threshold}`,
    since === null || standing === 'clear' ? '' : `for ${formatAge(now - since)}`,
    dueAt === null ? '' : `in ${formatUntil(dueAt - now)}`,
    readingText(observed, now),
  ]
  return parts.filter((part) => part !== '').join(' · ')
}
