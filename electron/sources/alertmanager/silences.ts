import { cleanText } from '#electron/sources/http/labels.ts'
import type { Comparison, Entry } from '#electron/sources/http/listing.ts'
import { parseTime } from '#electron/sources/http/times.ts'
import type { Suppression } from '#shared/domain/alert/schema.ts'
import { silenceSchema } from './schema.ts'

/** A silence as it is shown beside an alert. */
export type SilenceDetails = Extract<Suppression, { kind: 'silence' }>
/** Silences by id. One that is not in it is shown without its author. */
export type Silences = ReadonlyMap<string, SilenceDetails>

/** The suppression by a silence, with its author where that is known. */
export function silencedBy(id: string, silences: Silences): SilenceDetails {
  const shownId = cleanText(id)
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
export function silenceIds(listing: ReadonlyMap<string, Entry>): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const { signal } of listing.values()) {
    for (const reason of signal.suppression ?? []) if (reason.kind === 'silence') ids.add(reason.id)
  }
  return ids
}

/** Reads the wanted ones of an answer of `/api/v2/silences`; those it cannot read are left out. */
export function readSilences(items: readonly unknown[], wanted: ReadonlySet<string>): Silences {
  const silences = new Map<string, SilenceDetails>()
  for (const item of items) {
    const parsed = silenceSchema.safeParse(item)
    if (!parsed.success || !wanted.has(cleanText(parsed.data.id))) continue
    const { id, createdBy, comment, endsAt } = parsed.data
    silences.set(cleanText(id), {
      kind: 'silence',
      id: cleanText(id),
      createdBy: createdBy ? cleanText(createdBy) : null,
      comment: comment ? cleanText(comment) : null,
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

/** Brings the silences shown with the alerts of a comparison up to date; counts as a change. */
export function applySilences({ listing, changed }: Comparison, silences: Silences): void {
  for (const [place, entry] of listing) {
    const { suppression } = entry.signal
    if (!suppression?.some((s) => s.kind === 'silence' && !isSame(s, silencedBy(s.id, silences)))) {
      continue
    }
    const updated = suppression.map((s) => (s.kind === 'silence' ? silencedBy(s.id, silences) : s))
    listing.set(place, { ...entry, signal: { ...entry.signal, suppression: updated } })
    changed.add(place)
  }
}
