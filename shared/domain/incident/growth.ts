import { isIncidentOver } from './status.ts'
import { saidAt } from '../actor/schema.ts'
import { isActive, type Alert, type Labels } from '../alert/schema.ts'
import { compareSeverity, severities, type Severity } from '../severity/schema.ts'
import { toPrintable } from '../text/printable.ts'
import { wasThereAt } from './baseline.ts'
import type { Baseline, Growth, GrowthRule } from './growth-schema.ts'
import { nounOf, objectLabelNames } from './object-label.ts'
import { isInformational, type AlertCounts, type Incident } from './schema.ts'

/** New values of labels that are named; there may be many more. */
const MAX_FRESH = 2
/** A label's value is cut to this, in UTF-16 units. */
const MAX_VALUE = 80

/** What is known of how an incident grows: by which rule, and whether it has by now. */
export interface GrowthFacts {
  /** Null: growth does not page. */
  readonly rule: GrowthRule | null
  readonly grown: Growth | null
}

/**
 * How many alerts have to fire for an incident to page again by their number alone. Measured at the
 * severity that it has.
 *
 * @param was alerts at least as severe that fired when it was acknowledged or snoozed.
 */
export function growthLimit(rule: GrowthRule, severity: Severity, was: number): number {
  if (pagesAtFirst(rule, severity)) return was + 1
  return Math.ceil(Math.max(was * rule.times, was + rule.more))
}

/** True for a severity of which one more alert pages. */
export function pagesAtFirst({ first }: GrowthRule, severity: Severity): boolean {
  return first !== null && compareSeverity(severity, first) <= 0
}

/** Alerts at least as severe as this one. */
export function atLeastAsSevere(firing: Baseline['firing'], severity: Severity): number {
  return severities.reduce(
    (sum, each) => sum + (compareSeverity(each, severity) <= 0 ? firing[each] : 0),
    0,
  )
}

/** The worst severity among the alerts that nothing suppresses; null when there is none. */
export function askingSeverity({ bySeverity }: AlertCounts): Severity | null {
  return severities.find((severity) => bySeverity[severity] > 0) ?? null
}

/**
 * Whether so much more fires than when a person acknowledged or snoozed the incident that they have
 * to be paged again; null when not. Only alerts as severe as the incident count: what is milder is
 * covered as long as something worse is being worked on. An alert that flaps makes nothing grow; one
 * that was there is still one of those that were. What only informs does not grow. Pure; costs what the incident has of alerts.
 *
 * @param alerts of this incident.
 */
export function judgeGrowth(
  incident: Incident,
  alerts: Iterable<Alert>,
  rule: GrowthRule,
): Growth | null {
  const { baseline, acknowledged, snoozed, counts } = incident
  const isOver = isIncidentOver(incident)
  const by = snoozed?.by ?? acknowledged?.by
  const severity = askingSeverity(counts)
  if (!baseline || !by || isOver || severity === null || isInformational(incident)) return null
  const since = putAsideAt(incident)
  const news = newsOf(baseline, rule)
  const isFirst = pagesAtFirst(rule, severity)
  const counted: Labels[] = []
  const fresh = new Map<string, string>()
  let firing = 0
  let others = 0
  const known = { steady: 0, flapping: 0 }
  for (const alert of alerts) {
    if (!isActive(alert) || alert.severity !== severity || alert.suppression.length > 0) continue
    firing += 1
    const found = news.find(alert.labels)
    const wasThere = wasThereAt(alert, since) ?? found === null
    if (wasThere) known[alert.flappingSince === null ? 'steady' : 'flapping'] += 1
    if (alert.flappingSince !== null) continue
    counted.push(alert.labels)
    if (!found) continue
    others += 1
    for (const [name, value] of found) if (!fresh.has(name)) fresh.set(name, value)
  }
  const was = atLeastAsSevere(baseline.firing, severity)
  // Those that were there count also while they flap, but never for more than there were.
  const stillThere = Math.min(known.flapping, Math.max(0, was - known.steady))
  const isMore = counted.length + stillThere >= growthLimit(rule, severity, was)
  if (!isMore && fresh.size === 0 && !(isFirst && others > 0)) return null
  return {
    severity,
    firing,
    was,
    others,
    noun: nounOf(counted),
    fresh: rule.labels
      .flatMap((name) => {
        const value = fresh.get(name)
        return value === undefined ? [] : [{ name, value: toPrintable(value, MAX_VALUE) }]
      })
      .slice(0, MAX_FRESH),
    since: snoozed ? 'snoozed' : 'acknowledged',
    by,
  }
}

/** When a person last put it aside, ms since the epoch, UTC: what its baseline is of. */
function putAsideAt({ acknowledged, snoozed }: Incident): number {
  return Math.max(
    ...[acknowledged, snoozed].map((each) => (each ? saidAt(each.by, each.at) : -Infinity)),
  )
}

/**
 * The growth that triggered an incident again, with what fires by now; null for an incident that
 * does not stand there for that, or no longer has more alerts than it had.
 */
export function growthNow({
  asksAgain,
  counts,
}: Pick<Incident, 'asksAgain' | 'counts'>): Growth | null {
  const growth = asksAgain?.growth
  // Other alerts, and not more: the number says nothing of it.
  if (!growth || growth.firing <= growth.was) return growth ?? null
  const firing = atLeastAsSevere(counts.bySeverity, growth.severity)
  return firing > growth.was ? { ...growth, firing } : null
}

/** What an alert has that none had before, of the labels that say "another problem". */
type Found = readonly (readonly [name: string, value: string])[]

/**
 * Finds what the alerts of a baseline did not have. Labels never change, so each set of them is
 * looked at once: an incident of 10,000 alerts is judged with each one that joins.
 */
class News {
  readonly #values: Baseline['values']
  readonly #sets = new Map<string, ReadonlySet<string>>()
  /** The labels that are looked at; true for those that say "another problem". */
  readonly #isTelling: ReadonlyMap<string, boolean>
  readonly #known = new WeakMap<Labels, Found | null>()

  constructor({ values }: Baseline, { labels }: GrowthRule) {
    this.#values = values
    this.#isTelling = new Map([
      ...objectLabelNames.map((name) => [name, false] as const),
      ...labels.map((name) => [name, true] as const),
    ])
  }

  /** Null for labels without anything new; an empty list where only the object is another one. */
  find(labels: Labels): Found | null {
    const known = this.#known.get(labels)
    if (known !== undefined) return known
    const found = this.#look(labels)
    this.#known.set(labels, found)
    return found
  }

  #look(labels: Labels): Found | null {
    let found: (readonly [string, string])[] | null = null
    for (const name of Object.keys(labels)) {
      const isTelling = this.#isTelling.get(name)
      const value = labels[name]
      if (isTelling === undefined || !value || this.#has(name, value)) continue
      found ??= []
      if (isTelling) found.push([name, value])
    }
    return found
  }

  #has(name: string, value: string): boolean {
    const known = this.#sets.get(name)
    if (known) return known.has(value)
    const listed = Object.hasOwn(this.#values, name) ? this.#values[name] : undefined
    // Too many to remember, so none is known to be new.
    if (listed?.length === 0) return true
    this.#sets.set(name, new Set(listed))
    return this.#has(name, value)
  }
}

const known = new WeakMap<Baseline, WeakMap<GrowthRule, News>>()

/** The same as long as neither the baseline nor the rule is another one. */
function newsOf(baseline: Baseline, rule: GrowthRule): News {
  const byRule = known.get(baseline) ?? new WeakMap<GrowthRule, News>()
  known.set(baseline, byRule)
  const news = byRule.get(rule) ?? new News(baseline, rule)
  byRule.set(rule, news)
  return news
}

/** At how many firing alerts an incident that was put aside pages again, and how many fired then. */
export interface GrowthTarget {
  readonly limit: number
  readonly was: number
}

/** Null for an incident that nothing is measured from, and for one that does not grow. */
export function growthTarget(
  { baseline, counts }: Pick<Incident, 'baseline' | 'counts'>,
  rule: GrowthRule | null,
): GrowthTarget | null {
  const severity = askingSeverity(counts)
  if (!rule || !baseline || severity === null || isInformational({ counts })) return null
  const was = atLeastAsSevere(baseline.firing, severity)
  return { limit: growthLimit(rule, severity, was), was }
}
