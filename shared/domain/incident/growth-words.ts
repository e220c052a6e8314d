import { formatDuration } from '../duration/format-duration.ts'
import type { GrowthTarget } from './growth.ts'
import type { Growth, GrowthRule } from './growth-schema.ts'

/** `10 more hosts`, or `1 other host` where as many resolved as joined. */
export function growthCount({ firing, was, others, noun }: Growth): string {
  const more = firing - was
  const count = more > 0 ? more : others
  return `${String(count)} ${more > 0 ? 'more' : 'other'} ${noun}${count === 1 ? '' : 's'}`
}

/**
 * What is new, as a sentence without its end: `10 more hosts since Ada acknowledged`.
 *
 * @param who acknowledged or snoozed, as the reader calls them.
 */
export function growthText(growth: Growth, who: string): string {
  const since = growth.since === 'snoozed' ? `while snoozed by ${who}` : `since ${who} acknowledged`
  const fresh = growth.fresh.map(({ name, value }) => `${name}=${value}`).join(', ')
  return `${growthCount(growth)} ${since}${fresh === '' ? '' : `, new: ${fresh}`}`
}

/** `grows to 4 alerts firing (1 then)`. */
export function growthTargetText({ limit, was }: GrowthTarget): string {
  return `grows to ${String(limit)} ${limit === 1 ? 'alert' : 'alerts'} firing (${String(was)} then)`
}

/** The rule in sentences, each about one part of it. */
export function growthRuleTexts(rule: GrowthRule | null): readonly string[] {
  if (rule === null) {
    return ['Off: alerts that join an acknowledged or snoozed incident do not page.']
  }
  const { times, more, first, withinMs, labels } = rule
  const many = `${times === 2 ? 'twice' : `${String(times)} times`} as many alerts fire as when it was acknowledged or snoozed, and at least ${String(more)} more`
  return [
    first === null
      ? `Pages again once ${many}.`
      : `${first === 'P0' ? 'P0' : `${first} and worse`}: pages again at the first alert more. Others: once ${many}.`,
    ...(labels.length === 0
      ? []
      : [`Pages again at the first alert with a new value of ${labels.join(', ')}.`]),
    'Only alerts as severe as the incident count, and neither suppressed nor flapping ones. An incident with only informational alerts (info, none) does not grow.',
    ...(withinMs === 0
      ? []
      : [
          `One incident pages for growth at most once in ${formatDuration(withinMs)}; what joins in between is in the next page.`,
        ]),
  ]
}
