import { describe, expect, it } from 'vitest'
import type { Alert } from '#shared/domain/alert/schema.ts'
import { expiryOf } from '#shared/domain/silence/expiry.ts'
import { alertWith } from '#test/fixtures/watch-entities.ts'

const silencedBy = (id: string) => ({
  kind: 'silence' as const,
  id,
  createdBy: null,
  comment: null,
  endsAt: null,
})

const silenced = (key: string, over: Partial<Alert> = {}) =>
  alertWith({ key, suppression: [silencedBy('s-1')], ...over })

describe('what fires again once a silence is expired', () => {
  it('is what nothing else suppresses, with whom its server notifies', () => {
    const seen = { presence: 'present' as const, startsAt: 1, generatorUrl: null, suppression: [] }
    const alerts = [
      silenced('down', {
        severity: 'P0',
        observations: { am: { ...seen, receivers: ['slack', 'payments-pager'] } },
      }),
      silenced('slow'),
      silenced('inhibited too', {
        suppression: [silencedBy('s-1'), { kind: 'mute', id: 'nights' }],
      }),
      silenced('in another realm', { realm: 'us' }),
      silenced('over', { status: 'resolved' }),
      alertWith({ key: 'firing' }),
    ]
    expect(expiryOf({ id: 's-1' }, alerts, '')).toEqual({
      alerts: 2,
      bySeverity: { P0: 1, P1: 0, P2: 1, P3: 0 },
      worst: 'P0',
      receivers: ['payments-pager', 'slack'],
    })
  })

  it('is nothing where another silence holds', () => {
    const both = silenced('slow', { suppression: [silencedBy('s-1'), silencedBy('s-2')] })
    expect(expiryOf({ id: 's-1' }, [both], '')).toMatchObject({ alerts: 0, worst: null })
  })
})
