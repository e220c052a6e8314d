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
  [{ ...requested, reason: 'asks' }, 'Paging {recipient}'],
  [{ ...requested, reason: 'repeat' }, 'Paging {recipient} again (unacknowledged)'],
  [
    { ...requested, reason: 'asks', incidentId: null, incidentIds: ['i', 'j'] },
    'Paging {recipient}, in a summary of 2 incidents',
  ],
  [{ type: 'page.sent', ...subject, channel: 'desktop', attempts: 1 }, 'Desktop notification sent'],
  [
    { type: 'page.sent', ...subject, channel: 'pager', attempts: 3 },
    'Pager notification sent (attempt 3)',
  ],
  [{ ...failed, isFinal: false }, 'Desktop notification failed: nobody there'],
  [{ ...failed, isFinal: true }, 'Desktop notification failed: nobody there No more retries.'],
  [
    { type: 'page.dropped', ...subject, channel: 'desktop', reason: 'spared' },
    'Desktop notification cancelled: held by quiet hours, do not disturb or focus',
  ],
  [
    { type: 'page.seen', ...subject, channel: 'desktop', how: 'dismissed' },
    'Notification dismissed',
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
    'Notification to {recipient} held: focus on another incident',
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
    'Notification to {recipient} held: do not disturb, until',
  ],
  [{ type: 'focus.started', incidentId: 'i' }, 'Focus started; other pages held'],
  [{ type: 'focus.ended', incidentId: 'i', reason: 'time' }, 'Focus ended after 4 hours'],
  [{ type: 'focus.ended', incidentId: 'i', reason: 'person' }, 'Focus ended'],
  [{ type: 'incident.retitled', incidentId: 'i', title: 'All fail' }, 'Title changed: All fail'],
  [{ type: 'quiet.started', until: 5 }, null],
  [{ type: 'quiet.ended', reason: 'time' }, null],
]

it.each(lines)('%#: what was told is on the timeline in words', (body, text) => {
  const entries = toTimeline([eventOf(1, body)])
  expect(entries.map((entry) => entry.text)).toEqual(text === null ? [] : [text])
})
