import { alertsOf, briefOf, queueOf } from '#renderer/engine/watch/derived.ts'
import { apartBy } from '#renderer/engine/watch/look-alikes.ts'
import { applyMessage, emptyMirror, type Mirror } from '#renderer/engine/mirror/mirror.ts'
import { OWNER_ID } from '#shared/domain/person/schema.ts'
import type { EventBody } from '#shared/domain/watch/event.ts'
import { toSnapshot, emptyWatch, type WatchState } from '#shared/domain/watch/state.ts'
import { alertWith, eventOf, incidentWith } from '#test/fixtures/watch-entities.ts'
import { median, timed } from './stopwatch.ts'

const ALERTS_AN_INCIDENT = 20
const SELECTED = 'i0'
const TURNS = 30

/** What one change costs the cockpit, ms at the median. */
export interface OneChange {
  readonly type: EventBody['type']
  readonly ms: number
  /** The same where every list of the state is another object after each batch. */
  readonly copiedMs: number
}

const pageId = 'p'
const incidentId = SELECTED

/** Changes that come one at a time, each of another part of the state. */
const changes: readonly EventBody[] = [
  { type: 'page.sent', pageId, incidentId, channel: 'desktop', attempts: 1 },
  { type: 'incident.noted', incidentId, text: 'x' },
  {
    type: 'alert.changed',
    key: 'a0',
    alertId: 'a0 1',
    incidentId,
    sourceId: 'am',
    observation: {
      presence: 'present',
      startsAt: 1_000,
      generatorUrl: null,
      receivers: [],
      suppression: [],
    },
    annotations: { summary: 'worse' },
    suppression: [],
    decisions: [],
  },
]

function mirrorOf(alerts: number): Mirror {
  const incidents = Math.ceil(alerts / ALERTS_AN_INCIDENT)
  const state = {
    ...toSnapshot(emptyWatch),
    alerts: Array.from({ length: alerts }, (_, index) =>
      alertWith({ key: `a${index}`, incidentId: `i${index % incidents}` }),
    ),
    incidents: Array.from({ length: incidents }, (_, index) => incidentWith({ id: `i${index}` })),
    pages: [
      {
        id: pageId,
        at: 1_000,
        recipient: OWNER_ID,
        tag: 'incident',
        reason: 'asks' as const,
        severity: 'P2' as const,
        incidentIds: [incidentId],
        isSummary: false,
        deliveries: {},
        seen: null,
      },
    ],
  }
  return applyMessage(emptyMirror, { type: 'snapshot', state }, 0).mirror
}

/** The state as every batch left it once: equal, with each list copied once. */
function copied(watch: WatchState, before: WatchState): WatchState {
  return {
    ...watch,
    alerts: watch.alerts === before.alerts ? new Map(watch.alerts) : watch.alerts,
    incidents: watch.incidents === before.incidents ? new Map(watch.incidents) : watch.incidents,
    sources: watch.sources === before.sources ? new Map(watch.sources) : watch.sources,
    pages: watch.pages === before.pages ? new Map(watch.pages) : watch.pages,
  }
}

/** What the Now screen asks of each state. */
function look(watch: WatchState): void {
  queueOf(watch.incidents)
  alertsOf(watch, SELECTED)
  briefOf(watch, SELECTED)
  const incident = watch.incidents.get(SELECTED)
  if (incident) apartBy(watch.incidents, incident)
}

/** The mirror and what the Now screen derives from it, for one event after the other. */
async function cost(
  mirror: Mirror,
  body: EventBody,
  after: (watch: WatchState, before: WatchState) => WatchState,
): Promise<number> {
  let now = mirror.watch ?? emptyWatch
  const turns: number[] = []
  look(now)
  for (let turn = 0; turn < TURNS; turn += 1) {
    turns.push(
      await timed(() => {
        const events = [eventOf(now.seq + 1, body)]
        const delta = { type: 'delta', events } as const
        const { watch } = applyMessage({ ...mirror, watch: now }, delta, turn).mirror
        if (!watch || watch === now) throw new Error('The delta was not taken in')
        now = after(watch, now)
        look(now)
      }),
    )
  }
  return median(turns)
}

/** Measures each kind of change with so many alerts in the mirror. */
export async function measureOneChange(alerts: number): Promise<readonly OneChange[]> {
  const mirror = mirrorOf(alerts)
  const figures: OneChange[] = []
  for (const body of changes) {
    const copiedMs = await cost(mirror, body, copied)
    figures.push({ type: body.type, copiedMs, ms: await cost(mirror, body, (watch) => watch) })
  }
  return figures
}
