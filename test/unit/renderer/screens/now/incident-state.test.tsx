// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { IncidentState } from '#renderer/screens/now/incident-state.tsx'
import { noAlerts } from '#shared/domain/incident/counts.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { configurationSchema } from '#test/fixtures/configuration.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

const { growth: rule } = configurationSchema.parse({ sources: [{ type: 'drill' }] })
const by = { kind: 'person', id: 'grace', name: 'grace' } as const
const firing = (count: number) => ({ ...noAlerts.bySeverity, P2: count })
const counts = { ...noAlerts, firing: 3, bySeverity: firing(3) }
const baseline = { firing: firing(1), values: {} }
const acknowledged = { at: 2_000, by, severity: 'P2' } as const

function sentence(over: Partial<Incident>, growth: typeof rule = rule): string {
  const incident = incidentWith({ id: 'i1', counts, ...over })
  const { screen } = showCockpit(
    <IncidentState incident={incident} alerts={[]} />,
    stateWith({ incidents: [incident] }),
    { growth },
  )
  return screen.getByText(/./, { selector: 'p' }).textContent
}

describe('the status of an incident that grows', () => {
  it.each([
    ['acknowledged', { status: 'acknowledged', acknowledged }],
    ['snoozed', { snoozed: { at: 2_000, until: 9_000_000_000_000, by } }],
  ] as const)('does not say that one can grow that only informs and is %s', (_, over) => {
    const bySeverity = { ...noAlerts.bySeverity, P3: 3 }
    const informs = { ...noAlerts, firing: 3, bySeverity, informational: 3 }
    expect(sentence({ ...over, counts: informs, baseline })).not.toContain('grows')
  })

  it('says until when an acknowledgement holds, and what has joined since', () => {
    const said = sentence({ status: 'acknowledged', acknowledged, baseline })
    expect(said).toContain(
      'until it resolves, is raised or grows to 4 alerts firing (1 then); 2 more alerts since',
    )
  })

  it('says nothing of growth where it does not page', () => {
    const said = sentence({ status: 'acknowledged', acknowledged }, null)
    expect(said).toMatch(/until it resolves or is raised$/)
  })

  it('says until when a snooze holds', () => {
    const snoozed = { at: 2_000, until: 9_000_000_000_000, by }
    expect(sentence({ snoozed, baseline })).toContain(
      'or until its severity is raised or it grows to 4 alerts firing (1 then); 2 more alerts since',
    )
  })

  it('is as old as what fires, as its line says, until it is triggered again', () => {
    const triggeredAt = 1_699_999_990_000
    expect(sentence({ startedAt: 1_000, triggeredAt })).toMatch(
      /^Triggered, firing for 1\d{4}d .*, unacknowledged$/,
    )
  })

  const asksAgain = {
    at: 2_000,
    reason: 'grown',
    acknowledgedBy: by,
    growth: {
      severity: 'P2',
      firing: 2,
      was: 1,
      others: 1,
      noun: 'pod',
      fresh: [],
      since: 'acknowledged',
      by,
    },
  } satisfies Incident['asksAgain']

  it('says what has joined by now once that has triggered it', () => {
    expect(sentence({ asksAgain })).toMatch(
      /^Triggered .* ago: 2 more pods since grace acknowledged$/,
    )
  })

  it('no longer names a number once as few fire as before', () => {
    const over = { ...noAlerts, firing: 1, bySeverity: firing(1) }
    expect(sentence({ asksAgain, counts: over })).toContain(
      ': more alerts fired, which ends the acknowledgement by grace',
    )
  })
})
