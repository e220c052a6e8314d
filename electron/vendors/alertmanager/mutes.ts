import type { Comparison, Entry } from '#electron/polling/listing.ts'
import { isRecord } from '#electron/polling/labels.ts'
import type { Suppression } from '#shared/domain/alert/schema.ts'
import { mutesOf, type Mutes } from './groups.ts'

/** What is said of an alert that is suppressed without a reason, as newer versions may do. */
const REASON_NOT_GIVEN = 'reason not given'

/**
 * The reasons with the time intervals that mute the alert. One that its server calls suppressed is
 * never shown as active, even if no reason is given.
 *
 * @param reasons why it is suppressed besides
 * @param ids sorted
 */
export function withMutes(
  reasons: readonly Suppression[],
  ids: readonly string[],
  state: unknown,
): readonly Suppression[] {
  const mutes = ids.map((id) => ({ kind: 'mute' as const, id }))
  const all = mutes.length === 0 ? reasons : [...reasons, ...mutes]
  return all.length === 0 && state === 'suppressed' ? [{ kind: 'mute', id: REASON_NOT_GIVEN }] : all
}

/** A comparison with the mutes shown beside its alerts up to date; that counts as a change. */
export function applyMutes(comparison: Comparison, mutes: Mutes): Comparison {
  const { entries } = comparison.listing
  let updated: Map<string, Entry> | null = null
  const changed = new Set(comparison.changed)
  for (const [place, entry] of entries) {
    const ids = mutes.get(entry.key)
    const suppression = entry.signal.suppression ?? []
    if (!ids && !suppression.some(isMute)) continue
    const wanted = suppressionWith(suppression, entry.raw, ids)
    if (isSame(suppression, wanted)) continue
    // A copy: the entries may be those of the basis.
    updated ??= new Map(entries)
    updated.set(place, { ...entry, signal: { ...entry.signal, suppression: wanted } })
    changed.add(place)
  }
  if (!updated) return comparison
  return { ...comparison, listing: { ...comparison.listing, entries: updated }, changed }
}

function suppressionWith(
  known: readonly Suppression[],
  raw: unknown,
  ids: readonly string[] = [],
): readonly Suppression[] {
  const status = isRecord(raw) ? raw['status'] : null
  const all = [...new Set([...mutesOf(raw), ...ids])].sort()
  const others = known.filter((reason) => !isMute(reason))
  return withMutes(others, all, isRecord(status) ? status['state'] : null)
}

const isMute = ({ kind }: Suppression) => kind === 'mute'

/** Of two lists with the same other reasons: whether their mutes are the same. */
function isSame(a: readonly Suppression[], b: readonly Suppression[]): boolean {
  return (
    a.length === b.length && a.every(({ kind, id }, at) => b[at]?.kind === kind && b[at].id === id)
  )
}
