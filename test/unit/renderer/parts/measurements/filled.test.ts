import { describe, expect, it } from 'vitest'
import { fillDraft } from '#renderer/parts/measurements/filled-draft.ts'
import { showLabels } from '#renderer/parts/measurements/shown-labels.ts'
import { planBook } from '#test/fixtures/playbook.ts'

describe('a label that a plan leaves open', () => {
  const text = 'up{service="{{ $labels.service }}"} > 3'

  it('is what the alerts say of it', () => {
    expect(showLabels(text, [{ labels: { service: 'shop' } }])).toBe('up{service="shop"} > 3')
    expect(showLabels('$labels.toString', [{ labels: {} }])).toBe('[toString]')
  })

  it('is named where they say nothing, or not the same', () => {
    expect(showLabels(text, [])).toBe('up{service="[service]"} > 3')
    const different = [{ labels: { service: 'a' } }, { labels: { service: 'b' } }]
    expect(showLabels(text, different)).toBe('up{service="[service]"} > 3')
  })
})

describe('a draft', () => {
  it('has the numbers that are known, and marks what is not', () => {
    const [plan] = planBook({
      plan: 'pay',
      match: ['alertname="Pay"'],
      impact: {
        says: '{share} fail',
        values: { share: { promql: 'share', as: 'percent' }, money: { promql: 'money' } },
      },
    }).plans.values()
    if (!plan) throw new Error('no plan')
    const reading = { kind: 'value', value: 0.36, source: 'p', at: 1_000, freshMs: 9_000 } as const
    const rest = { holds: null, since: null, heldAt: null, baseline: null, before: null }
    const measured = {
      incidentId: 'i',
      values: { share: { reading, ...rest } },
      triggers: {},
      criteria: {},
    }
    const text = '{share} fail since {time}, {money} a minute. {Name} leads.'
    expect(fillDraft(text, { plan, measured }, 2_000)).toBe(
      '36 % fail since [time], [money] a minute. [your name] leads.',
    )
  })
})
