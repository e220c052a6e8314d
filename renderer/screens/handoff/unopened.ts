import type { Handoff } from '#shared/domain/handoff/schema.ts'
import { currentId, type Reader } from '#shared/domain/person/identity.ts'

/** The newest handoff that waits for a person who has not opened it yet. */
export function unopenedFor(
  handoffs: Iterable<Handoff>,
  reader: Pick<Reader, 'id' | 'owner'>,
): Handoff | undefined {
  return [...handoffs]
    .filter(
      ({ way, to, accepted, openedAt }) =>
        way === 'here' &&
        accepted === null &&
        openedAt === null &&
        to.id !== null &&
        currentId(to.id, reader) === currentId(reader.id, reader),
    )
    .toSorted((a, b) => b.sentAt - a.sentAt)[0]
}
