import { expect, it } from 'vitest'
import { OWNER_ID } from '#shared/domain/person/schema.ts'
import { toTimeline } from '#shared/domain/timeline/timeline.ts'
import type { EventBody } from '#shared/domain/watch/event.ts'
import { eventOf } from '#test/fixtures/watch-entities.ts'

const subject = { pageId: 'p', incidentId: 'i' }
const requested = {
  type: 'page.requested' as const,
  ...subject,
  recipient: OWNER_ID,
  tag: 'incident:i',
  severity: 'P0' as const,
  incidentIds: ['i'],
  channels: ['desktop'],
}
const failed = {
  type: 'page.failed',
  ...subject,
  channel: 'desktop',
  attempts: 1,
  problem: { code: 'unavailable', message: 'nobody there', hint: '' },
} as const

const lines: readonly (readonly [EventBody, string | null])[] = [
  [{ ...requested, reason: 'asks' }, 'calls for a person'],
  [{ ...requested, reason: 'repeat' }, 'calls again: nobody has taken it'],
  [
    { ...requested, reason: 'asks', incidentId: null, incidentIds: ['i', 'j'] },
    'calls for a person, in a summary of 2',
  ],
  [{ type: 'page.sent', ...subject, channel: 'desktop', attempts: 1 }, 'told on the desktop'],
  [{ type: 'page.sent', ...subject, channel: 'pager', attempts: 3 }, 'told on pager at attempt 3'],
  [{ ...failed, isFinal: false }, 'could not be told on the desktop: nobody there'],
  [{ ...failed, isFinal: true }, 'could not be told on the desktop: nobody there Given up.'],
  [
    { type: 'page.dropped', ...subject, channel: 'desktop', reason: 'spared' },
    'not told on the desktop: by then it was to be held back',
  ],
  [
    { type: 'page.seen', ...subject, channel: 'desktop', how: 'dismissed' },
    'notification dismissed',
  ],
  [
    {
      type: 'page.held',
      recipient: OWNER_ID,
      incidentId: 'i',
      incidentIds: ['i'],
      by: 'focus',
      until: null,
    },
    'not told: somebody is awake and stays on another incident',
  ],
  [
    {
      type: 'page.held',
      recipient: OWNER_ID,
      incidentId: 'i',
      incidentIds: ['i'],
      by: 'do-not-disturb',
      until: 5,
    },
    'not told: “do not disturb” is on, until',
  ],
  [{ type: 'focus.started', incidentId: 'i' }, 'awake and on this: pages of others wait'],
  [
    { type: 'focus.ended', incidentId: 'i', reason: 'time' },
    'no longer on this: four hours are over',
  ],
  [{ type: 'focus.ended', incidentId: 'i', reason: 'person' }, 'no longer only on this'],
  [
    { type: 'incident.retitled', incidentId: 'i', title: 'All fail' },
    'the worst of it is now: All fail',
  ],
  [{ type: 'quiet.started', until: 5 }, null],
  [{ type: 'quiet.ended', reason: 'time' }, null],
]

it.each(lines)('%#: what was told is on the timeline in words', (body, text) => {
  const entries = toTimeline([eventOf(1, body)])
  expect(entries.map((entry) => entry.text)).toEqual(text === null ? [] : [text])
})
