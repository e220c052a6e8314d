import { describe, expect, it } from 'vitest'
import { explainPaging } from '#shared/domain/page/explain.ts'
import type { Page, PageDelivery } from '#shared/domain/page/schema.ts'

const AT = Date.UTC(2026, 10, 21, 3, 2)
const problem = { code: 'unavailable', message: 'nobody there', hint: 'start it' } as const

function pageWith(delivery: Partial<PageDelivery>, over: Partial<Page> = {}): Page {
  return {
    id: 'p',
    at: AT,
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
const textOf = (facts: Partial<Parameters<typeof explainPaging>[0]>) => {
  const { outcome, reason } = explainPaging({
    verdict: told,
    channels: ['desktop'],
    page: undefined,
    ...facts,
  })
  return `${outcome}: ${reason}`
}

describe('was I told, and if not, why not?', () => {
  it.each([
    [
      { page: pageWith({}) },
      'told: Told on the desktop at 2026-11-21 03:02 UTC. Told again at 2026-11-21 03:07 UTC at the earliest, if nobody takes it.',
    ],
    [
      { page: pageWith({}, { isSummary: true, seen: { at: AT, how: 'opened' } }), channels: [] },
      'told: Told on the desktop at 2026-11-21 03:02 UTC in a summary, opened at 2026-11-21 03:02 UTC. Not told again: no channel is set up.',
    ],
    [
      { page: pageWith({ state: 'waiting' }) },
      'not told yet: The desktop is next. It is tried until it works.',
    ],
    [
      { page: pageWith({ state: 'waiting', problem }) },
      'not told yet: The desktop could not be reached yet (nobody there). It is tried until it works.',
    ],
    [
      { page: pageWith({ state: 'failed', problem }) },
      'not told yet: The desktop could not be reached (nobody there). It is tried until it works.',
    ],
    [
      {
        page: pageWith({ state: 'dropped', dropped: 'replaced' }),
        verdict: { kind: 'no-page-needed' },
      },
      'tells nobody now: it asks for nobody. Not sent to the desktop, as a newer call took its place.',
    ],
    [{ verdict: { kind: 'due', reason: 'asks' } }, 'about to be told: it is due.'],
    [
      { verdict: { kind: 'due', reason: 'asks' }, channels: [] },
      'not told: no channel is set up: it is shown in the cockpit only.',
    ],
    [
      { verdict: { kind: 'held', by: 'focus', until: null } },
      'not told: somebody is awake and stays on another incident.',
    ],
    [
      { verdict: { kind: 'held', by: 'quiet-hours', until: AT } },
      'not told: it is quiet hours until 2026-11-21 03:02 UTC.',
    ],
    [
      { verdict: { kind: 'held', by: 'quiet-hours', until: AT }, channels: [] },
      'not told: no channel is set up: it is shown in the cockpit only.',
    ],
    [
      { verdict: { ...told, at: AT + 1 }, page: pageWith({}, { deliveries: {} }) },
      /^told: it was known/,
    ],
  ] as const)('%#', (facts, expected) => {
    if (typeof expected === 'string') expect(textOf(facts)).toBe(expected)
    else expect(textOf(facts)).toMatch(expected)
  })
})
