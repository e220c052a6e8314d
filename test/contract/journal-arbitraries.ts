import fc from 'fast-check'
import type { Decision } from '#shared/domain/decision/schema.ts'
import type { EventBody, NewEvent } from '#shared/domain/watch/event.ts'

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '\u0000', 'ß😀', '\ud800', "'; --"),
)
const labels = fc.dictionary(text, text, { maxKeys: 4 })
const time = fc.oneof(
  fc.integer({ min: 0, max: 2_000_000_000_000 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)
const incidentId = fc.constantFrom('incident-a', 'incident-b', 'incident-c')

/** `-0` is written as `0` by JSON and by SQLite, and nobody can tell them apart in the domain. */
const at = time.map((value) => value + 0)

const bodies: fc.Arbitrary<EventBody> = fc.oneof(
  fc.record({ type: fc.constant('incident.noted' as const), incidentId, text }),
  fc.record({ type: fc.constant('incident.snoozed' as const), incidentId, until: at }),
  fc.record({
    type: fc.constant('incident.triggered' as const),
    incidentId,
    groupKey: text,
    group: labels,
    title: text,
    severity: fc.constantFrom('P0' as const, 'P3' as const),
    startedAt: at,
    decisions: fc.constant<Decision[]>([]),
  }),
  fc.record({
    type: fc.constant('source.added' as const),
    sourceId: fc.constantFrom('am-eu', 'am-us'),
    name: text,
    sourceType: text,
  }),
)

/** Any events, some of them more than once: few ids, so that batches repeat them. */
export const anyEvents: fc.Arbitrary<NewEvent[]> = fc.array(
  fc.record({
    id: fc.integer({ min: 1, max: 25 }).map((number) => `event-${String(number)}`),
    at,
    actor: fc.oneof(
      fc.record({
        kind: fc.constant('person' as const),
        id: fc.constantFrom('me', 'bo'),
        name: text,
      }),
      fc.record({
        kind: fc.constant('person' as const),
        id: fc.constantFrom('me', 'bo'),
        name: text,
        via: fc.constantFrom('cockpit', 'notification'),
        saidAt: at,
      }),
      fc.constant({ kind: 'deckwatch' as const }),
    ),
    body: bodies,
  }),
  { maxLength: 30 },
)

/** The same events cut into batches at the given places. */
export function inBatches<Item>(items: readonly Item[], cuts: readonly number[]): Item[][] {
  const places = [...new Set(cuts.map((cut) => cut % (items.length + 1)))].sort((a, b) => a - b)
  return [0, ...places].map((from, index) => items.slice(from, places[index] ?? items.length))
}
