import { describe, expect, it } from 'vitest'
import { remediationFileSchema } from '#shared/domain/remediation/file.ts'
import { measuredFor, policyOf } from '#shared/domain/remediation/policy.ts'

const entry = (change: object = {}) => {
  const { remediations } = remediationFileSchema.parse({
    remediations: [
      {
        name: 'restart',
        when: { plan: 'slow', promql: 'memory > 0.9' },
        do: { runbook: 'a.md', step: 'restart' },
        atMost: { times: 1, within: '1h' },
        ...change,
      },
    ],
  })
  const [first] = remediations
  if (!first) throw new Error('no entry')
  return first
}
const policy = (change: object = {}) => {
  const made = policyOf(entry(change))
  if (!made) throw new Error('no policy')
  return made
}

describe('the condition of a remediation', () => {
  it.each([
    [
      { promql: 'x > 1', for: '5m', source: 'eu' },
      { kind: 'promql', promql: 'x > 1', forMs: 300_000, source: 'eu' },
    ],
    [
      { promql: 'x', aboveBaseline: '15%', for: '1m' },
      { kind: 'baseline', promql: 'x', above: 0.15, forMs: 60_000, source: null },
    ],
    [
      { value: 'failing', above: '5%', for: '1m' },
      {
        kind: 'value',
        value: 'failing',
        comparison: 'above',
        bound: 0.05,
        per: null,
        forMs: 60_000,
      },
    ],
    [
      { value: 'orders', below: 10, per: 'hour' },
      { kind: 'value', value: 'orders', comparison: 'below', bound: 10, per: 'hour', forMs: 0 },
    ],
    [{ unresolvedFor: '30m' }, { kind: 'unresolved', forMs: 1_800_000 }],
    [{ unacknowledgedFor: '5m' }, { kind: 'unacknowledged', forMs: 300_000 }],
    [{ alerts: 3 }, { kind: 'alerts', atLeast: 3 }],
  ])('is that of a trigger: %j', (when, condition) => {
    expect(policy({ when: { plan: 'slow', ...when } }).when).toEqual({
      kind: 'plan',
      plan: 'slow',
      condition,
    })
  })

  it('may be a breach after a deployment', () => {
    const when = {
      change: 'deployment',
      service: 'checkout',
      within: '30m',
      breach: { promql: 'errors > 1', for: '2m' },
    }
    expect(policy({ when }).when).toEqual({
      kind: 'deployment',
      service: 'checkout',
      withinMs: 1_800_000,
      condition: { kind: 'promql', promql: 'errors > 1', forMs: 120_000, source: null },
    })
  })

  it('is measured for the incidents of its plan, and so is what shows that it helped', () => {
    const improves = { promql: 'memory < 0.5' }
    const policies = [
      policy(),
      policy({ name: 'more', afterwards: { improves } }),
      policy({ name: 'other', when: { plan: 'other', alerts: 1 } }),
    ]
    expect(measuredFor(policies, 'slow').map(({ id }) => id)).toEqual([
      'remediation restart',
      'remediation more',
      'remediation more improves',
    ])
  })

  it('leads to nothing where its runbook is none', () => {
    expect(policyOf(entry({ do: { runbook: 'not a runbook', step: 'x' } }))).toBeNull()
  })
})

it.each([
  [{ when: { plan: 'slow', value: 'x', above: '5 percent' } }, 'write a share'],
  [{ when: { plan: 'slow', promql: 'x', aboveBaseline: 15 } }, 'this is a share'],
  [{ atMost: { times: 0, within: '1h' } }, '>=1'],
  [{ atMost: { times: 1, within: '1s' } }, 'must be between'],
])('says what is wrong: %j', (change, message) => {
  expect(() => entry(change)).toThrow(message)
})
