import { describe, expect, it } from 'vitest'
import { OWNER_ID } from '#shared/domain/person/schema.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'
import { explainPaging } from '#shared/domain/page/explain.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import type { Page, PageDelivery } from '#shared/domain/page/schema.ts'

const AT = Date.UTC(2026, 10, 21, 3, 2)
const problem = { code: 'unavailable', message: 'nobody there', hint: 'start it' } as const

function pageWith(delivery: Partial<PageDelivery>, over: Partial<Page> = {}): Page {
  return {
    id: 'p',
    at: AT,
    recipient: OWNER_ID,
    tag: 'incident:i',
    reason: 'asks',
    severity: 'P0',
    incidentIds: ['i'],
    isSummary: false,
    deliveries: {
      desktop: { state: 'sent', at: AT, attempts: 1, problem: null, ...delivery },
    },
    seen: null,
    ...over,
  }
}

const told = { kind: 'notified', at: AT, next: AT + 300_000 } as const
const textOf = (
  facts: Partial<Parameters<typeof explainPaging>[0]>,
  incident: Partial<Incident> = {},
) => {
  const { outcome, reason } = explainPaging(
    { verdict: told, channels: ['desktop'], page: undefined, ...facts },
    incidentWith({ id: 'i', ...incident }),
  )
  return `${outcome}: ${reason}`
}

const by = { kind: 'person', id: 'bo', name: 'bo' } as const

describe('was I paged, and if not, why not?', () => {
  it.each([
    [
      { page: pageWith({}) },
      'notified: Desktop notification sent at 2026-11-21 03:02 UTC. Repeats at 2026-11-21 03:07 UTC or later if still unacknowledged.',
    ],
    [
      { page: pageWith({}, { isSummary: true, seen: { at: AT, how: 'opened' } }), channels: [] },
      'notified: Desktop notification sent at 2026-11-21 03:02 UTC in a summary, opened at 2026-11-21 03:02 UTC. No repeat: no notification channel is configured.',
    ],
    [
      { page: pageWith({ state: 'waiting' }) },
      'notification pending: Desktop notification queued. Deckwatch retries.',
    ],
    [
      { page: pageWith({ state: 'waiting', problem }) },
      'notification pending: Desktop notification failed so far (nobody there). Deckwatch retries.',
    ],
    [
      { page: pageWith({ state: 'failed', problem }) },
      'notification pending: Desktop notification failed (nobody there). Deckwatch retries.',
    ],
    [
      {
        page: pageWith({ state: 'failed', problem: { ...problem, message: 'No bus was found.' } }),
      },
      'notification pending: Desktop notification failed (No bus was found). Deckwatch retries.',
    ],
    [
      {
        page: pageWith({ state: 'dropped', dropped: 'replaced' }),
        verdict: { kind: 'no-page-needed' },
      },
      'no page needed: its alerts are suppressed. Desktop notification cancelled: replaced by a newer page.',
    ],
    [{ verdict: { kind: 'due', reason: 'asks' } }, 'notification pending: due now.'],
    [
      { verdict: { kind: 'due', reason: 'asks' }, channels: [] },
      'not notified: no notification channel is configured: shown in the cockpit only.',
    ],
    [
      { verdict: { kind: 'held', by: 'focus', until: null } },
      'not notified: focus on another incident.',
    ],
    [
      { verdict: { kind: 'held', by: 'quiet-hours', until: AT } },
      'not notified: quiet hours until 2026-11-21 03:02 UTC.',
    ],
    [
      { verdict: { kind: 'held', by: 'quiet-hours', until: AT }, channels: [] },
      'not notified: no notification channel is configured: shown in the cockpit only.',
    ],
    [
      { verdict: { ...told, at: AT + 1 }, page: pageWith({}, { deliveries: {} }) },
      /^notified: no page needed/,
    ],
  ] as const)('%#', (facts, expected) => {
    if (typeof expected === 'string') expect(textOf(facts)).toBe(expected)
    else expect(textOf(facts)).toMatch(expected)
  })

  it.each([
    [{ status: 'resolved' }, 'the incident is resolved'],
    [{ status: 'closed' }, 'the incident is closed'],
    [{ snoozed: { at: 1, until: 2, by } }, 'the incident is snoozed'],
    [
      { status: 'acknowledged', acknowledged: { at: 1, by, severity: 'P0' } },
      'the incident is acknowledged',
    ],
  ] as const)('says which state needs no page: %o', (incident, reason) => {
    expect(textOf({ verdict: { kind: 'no-page-needed' } }, incident)).toBe(
      `no page needed: ${reason}.`,
    )
  })
})
