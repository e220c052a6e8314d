import type { Alert } from '../alert/schema.ts'
import type { Matcher } from '../matcher/matcher.ts'
import { hiddenBy } from './hidden-by.ts'
import { isSubset } from './matchers.ts'
import type { SilencePreview } from './preview.ts'
import type { Silence, Unlisted } from './schema.ts'

/** A silence longer than this, ms, outlives who remembers it. */
export const LONG_MS = 24 * 3_600_000
/** An existing silence that ends within this, ms, is about to end. */
export const SOON_MS = 30 * 60_000

/** Alerts that a warning names; the rest are counted. */
const MAX_NAMED = 2

/** What a person should know before they silence. Stable: tests and the cockpit go by the codes. */
export type SilenceWarning =
  | { readonly code: 'hides-p0'; readonly alerts: number }
  | { readonly code: 'hides-everything'; readonly alerts: number }
  | {
      readonly code: 'hides-others'
      readonly alerts: number
      readonly incidents: number
      /** The worst few of them. */
      readonly named: readonly Alert[]
    }
  | { readonly code: 'hides-unlisted'; readonly unlisted: Unlisted }
  | { readonly code: 'unlisted-unknown' }
  | { readonly code: 'hides-nothing' }
  | { readonly code: 'misses-selected'; readonly alerts: number }
  | { readonly code: 'long' }
  | { readonly code: 'duplicate'; readonly silence: Silence }
  | { readonly code: 'existing-ends-soon'; readonly silence: Silence }

/** What the warnings are about. Times in ms since the epoch, UTC. */
export interface WarningContext {
  readonly preview: SilencePreview
  readonly matchers: readonly Matcher[]
  readonly endsAt: number
  /** Keys of the alerts that were selected; empty where nothing was. */
  readonly selected: ReadonlySet<string>
  /** The silences that the servers have now. */
  readonly existing: readonly Silence[]
  /** What the silence hides beside what the sources list; null where that could not be found out. */
  readonly unlisted: Unlisted | null
  readonly now: number
}

/** Warns of a silence that is too broad, too narrow, too long or not needed. The gravest first. */
export function silenceWarnings(context: WarningContext): readonly SilenceWarning[] {
  const { preview, selected, endsAt, unlisted, now } = context
  const { hidden, bySeverity, incidentIds, known } = preview
  const warnings: SilenceWarning[] = []
  if (bySeverity.P0 > 0) warnings.push({ code: 'hides-p0', alerts: bySeverity.P0 })
  // Where all alerts are of one incident, silencing that incident is no slip.
  const isEverything = hidden.length === known && incidentIds.length > 1
  if (isEverything) warnings.push({ code: 'hides-everything', alerts: known })
  if (unlisted === null) warnings.push({ code: 'unlisted-unknown' })
  else if (unlisted.alerts > 0) warnings.push({ code: 'hides-unlisted', unlisted })
  if (hidden.length === 0) warnings.push({ code: 'hides-nothing' })
  if (selected.size > 0 && hidden.length > 0) {
    const others = hidden.filter(({ key }) => !selected.has(key))
    if (others.length > 0 && !isEverything) {
      warnings.push({
        code: 'hides-others',
        alerts: others.length,
        incidents: new Set(others.map(({ incidentId }) => incidentId)).size,
        named: others.slice(0, MAX_NAMED),
      })
    }
    const missed = selected.size - (hidden.length - others.length)
    if (missed > 0) warnings.push({ code: 'misses-selected', alerts: missed })
  }
  if (endsAt - now > LONG_MS) warnings.push({ code: 'long' })
  const covering = findCovering(context)
  if (covering) {
    const isSoon = covering.endsAt - now <= SOON_MS && covering.endsAt < endsAt
    warnings.push({ code: isSoon ? 'existing-ends-soon' : 'duplicate', silence: covering })
  }
  return warnings
}

/**
 * The active silence that hides all of it already, the one that lasts longest; null when there is
 * none. It covers by its matchers, or because it hides every alert that is known now.
 */
function findCovering({ existing, matchers, preview }: WarningContext): Silence | null {
  const covers = (silence: Silence) =>
    isSubset(silence.matchers, matchers) ||
    (preview.hidden.length > 0 && preview.hidden.every(hiddenBy(silence)))
  return existing
    .filter((silence) => silence.state === 'active' && covers(silence))
    .reduce<Silence | null>(
      (longest, each) => (longest && longest.endsAt >= each.endsAt ? longest : each),
      null,
    )
}
