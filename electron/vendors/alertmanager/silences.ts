import { toPrintable } from '#shared/domain/text/printable.ts'
import type { Comparison, Listing } from '#electron/polling/listing.ts'
import { parseTime } from '#electron/polling/times.ts'
import type { Suppression } from '#shared/domain/alert/schema.ts'
import { silenceSchema } from './schema.ts'

/** A silence as it is shown beside an alert. */
export type SilenceDetails = Extract<Suppression, { kind: 'silence' }>
/** Silences by id. One that is not in it is shown without its author. */
export type Silences = ReadonlyMap<string, SilenceDetails>

/** The suppression by a silence, with its author where that is known. */
export function silencedBy(id: string, silences: Silences): SilenceDetails {
  const shownId = toPrintable(id)
  return (
    silences.get(shownId) ?? {
      kind: 'silence',
      id: shownId,
      createdBy: null,
      comment: null,
      endsAt: null,
    }
  )
}

/** Ids of all silences that hold back an alert of this answer. */
export function silenceIds({ entries }: Listing): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const { signal } of entries.values()) {
    for (const reason of signal.suppression ?? []) if (reason.kind === 'silence') ids.add(reason.id)
  }
  return ids
}

/** Reads the wanted ones of an answer of `/api/v2/silences`; those it cannot read are left out. */
export function readSilences(items: readonly unknown[], wanted: ReadonlySet<string>): Silences {
  const silences = new Map<string, SilenceDetails>()
  for (const item of items) {
    const parsed = silenceSchema.safeParse(item)
    if (!parsed.success || !wanted.has(toPrintable(parsed.data.id))) continue
    const { id, createdBy, comment, endsAt } = parsed.data
    silences.set(toPrintable(id), {
      kind: 'silence',
      id: toPrintable(id),
      createdBy: createdBy ? toPrintable(createdBy) : null,
      comment: comment ? toPrintable(comment) : null,
      endsAt: parseTime(endsAt),
    })
  }
  return silences
}

function isSame(a: Suppression, b: SilenceDetails): boolean {
  return (
    a.kind === 'silence' &&
    a.createdBy === b.createdBy &&
    a.comment === b.comment &&
    a.endsAt === b.endsAt
  )
}

/** A comparison with the silences shown beside its alerts up to date; that counts as a change. */
export function applySilences(comparison: Comparison, silences: Silences): Comparison {
  const { entries, isClean } = comparison.listing
  const outdated = (reason: Suppression) =>
    reason.kind === 'silence' && !isSame(reason, silencedBy(reason.id, silences))
  if (![...entries.values()].some(({ signal }) => signal.suppression?.some(outdated))) {
    return comparison
  }
  // A copy: the entries may be those of the basis.
  const updated = new Map(entries)
  const changed = new Set(comparison.changed)
  for (const [place, entry] of entries) {
    const { suppression } = entry.signal
    if (!suppression?.some(outdated)) continue
    const reasons = suppression.map((s) => (s.kind === 'silence' ? silencedBy(s.id, silences) : s))
    updated.set(place, { ...entry, signal: { ...entry.signal, suppression: reasons } })
    changed.add(place)
  }
  return { ...comparison, listing: { entries: updated, isClean }, changed }
}
