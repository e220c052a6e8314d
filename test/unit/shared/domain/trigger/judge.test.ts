import { describe, expect, it } from 'vitest'
import { judgeTrigger } from '#shared/domain/trigger/judge.ts'
import type { VoiceMinute } from '#shared/domain/voice/schema.ts'
import { planBook } from '#test/fixtures/playbook.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'

const NOW = Date.UTC(2026, 10, 21, 3, 0, 0)

const [plan] = planBook({
  plan: 'slow',
  match: ['alertname="Slow"'],
  service: 'checkout',
  triggers: [
    { satisfactionBelow: '80%' },
    { complaints: 3 },
    { noImprovementOf: 'x', within: '1m' },
  ],
}).plans.values()
if (!plan) throw new Error('no plan')

function verdicts(...minutes: readonly Partial<VoiceMinute>[]) {
  const voices = new Map(
    minutes.map((minute, index): [string, VoiceMinute] => [
      String(index),
      {
        service: 'checkout',
        minute: NOW - (index + 1) * 60_000,
        up: 0,
        down: 0,
        complaints: 0,
        tickets: 0,
        ...minute,
      },
    ]),
  )
  const judged = {
    incident: incidentWith({ id: 'i1' }),
    response: { firstActionAt: null },
    observed: undefined,
    voices,
    now: NOW,
  }
  return plan?.triggers.map((trigger) => judgeTrigger(trigger, { ...judged, plan })) ?? []
}

describe('a trigger on what customers say', () => {
  it('is unknown while nobody says anything', () => {
    const [satisfaction, complaints] = verdicts()
    expect(satisfaction).toMatchObject({ standing: 'unknown', threshold: 'below 80 %' })
    expect(complaints?.standing).toBe('unknown')
  })

  it('is judged by what they said of its service', () => {
    const [satisfaction, complaints] = verdicts(
      { up: 7, down: 5, complaints: 2 },
      { complaints: 1 },
    )
    expect(satisfaction).toMatchObject({ standing: 'crossed', value: '58.3 % of 12 ratings' })
    expect(complaints).toMatchObject({ standing: 'crossed', value: '3 complaints' })
    const [other] = verdicts({ service: 'search', up: 0, down: 50 })
    expect(other?.standing).toBe('unknown')
    expect(verdicts({ complaints: 1 })[1]?.value).toBe('1 complaint')
    expect(verdicts({ up: 19, down: 1, complaints: 1 }).map(({ standing }) => standing)).toEqual([
      'clear',
      'clear',
      'clear',
    ])
  })
})
