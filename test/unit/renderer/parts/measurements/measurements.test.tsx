// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import type { IncidentMeasurements } from '#shared/domain/measurement/schema.ts'
import type { Observed } from '#shared/domain/measurement/observed.ts'
import type { Reading } from '#shared/domain/measurement/reading.ts'
import { CrossedTriggers } from '#renderer/parts/measurements/crossed-triggers.tsx'
import { CriterionLine } from '#renderer/parts/measurements/criterion-line.tsx'
import { ImpactLine } from '#renderer/parts/measurements/impact-line.tsx'
import { TriggerLines } from '#renderer/parts/measurements/trigger-lines.tsx'
import { planBook } from '#test/fixtures/playbook.ts'
import { eventOf, incidentWith } from '#test/fixtures/watch-entities.ts'
import { showCockpit, stateWith } from '#test/unit/renderer/shown-cockpit.tsx'

const [plan] = planBook({
  plan: 'pay',
  match: ['alertname="Pay"'],
  impact: {
    says: '{failing} of card payments fail, about {money} a minute',
    values: {
      failing: { promql: 'failing', as: 'percent' },
      money: { promql: 'money', as: 'USD' },
    },
  },
  triggers: [{ id: 'slow', promql: 'latency > 3000', for: '10m', to: 'role:senior' }],
  fixedWhen: [{ id: 'low', promql: 'failing < 0.01', for: '10m', text: 'Failures below 1 %' }],
}).plans.values()
if (!plan) throw new Error('no plan')
const [low] = plan.fixedWhen.filter((each) => each.kind === 'promql')
if (!low) throw new Error('no measured condition')
const criterion = low

const state = stateWith({
  incidents: [incidentWith({ id: 'i1' })],
  plans: [plan],
  responses: [
    {
      incidentId: 'i1',
      planId: plan.id,
      revision: plan.revision,
      severity: 'P0',
      appliedAt: 1_000,
      steps: {},
      criteria: {},
      firstActionAt: null,
      changes: 1,
    },
  ],
})

const observed = (reading: Reading, more: Partial<Observed> = {}): Observed => ({
  reading,
  holds: null,
  since: null,
  heldAt: null,
  baseline: null,
  before: null,
  ...more,
})

function show() {
  const shown = showCockpit(
    <>
      <CrossedTriggers incidentId="i1" />
      <ImpactLine incidentId="i1" />
      <TriggerLines incidentId="i1" />
      <CriterionLine incidentId="i1" criterion={criterion} />
    </>,
    state,
  )
  const now = shown.ports.wall()
  const measured = { source: 'prom-eu', at: now - 12_000, freshMs: 45_000 }
  const measure = (over: Partial<IncidentMeasurements>) =>
    shown.say({
      type: 'measurements',
      incidents: [{ incidentId: 'i1', values: {}, triggers: {}, criteria: {}, ...over }],
    })
  return { ...shown, now, measured, measure }
}

describe('what is measured on the screen', () => {
  it('is unknown before anything is measured, and somebody looks', () => {
    const { screen, asked } = show()
    expect(screen.getByText('numbers unknown: not measured yet')).toBeTruthy()
    expect(screen.getAllByText('Unknown')).toHaveLength(2)
    expect(asked('measurement.look')).toEqual([{ incidentId: 'i1' }])
  })

  it('says its numbers, where they come from and how old they are', async () => {
    const { screen, measured, measure } = show()
    await measure({
      values: {
        failing: observed({ kind: 'value', value: 0.36, ...measured }),
        money: observed({ kind: 'value', value: 1_420, ...measured }),
      },
    })
    expect(screen.getByText('36 % of card payments fail, about $1,420 a minute')).toBeTruthy()
    expect(screen.getByText('prom-eu, 12s ago')).toBeTruthy()
    await measure({
      values: {
        failing: observed({ kind: 'value', value: 0.36, ...measured }),
        money: observed({ kind: 'unknown', reason: 'no data', at: null, source: null }),
      },
    })
    expect(screen.getByText('failing: prom-eu, 12s ago · money: unknown: no data')).toBeTruthy()
  })

  it('says how a trigger and a condition stand, and what happens then', async () => {
    const { screen, now, measured, measure } = show()
    const bound = { operator: '>', value: 3_000 } as const
    await measure({
      triggers: {
        slow: observed(
          { kind: 'condition', holds: true, value: 3_400, bound, ...measured },
          { holds: true, since: now - 480_000, heldAt: now - 12_000 },
        ),
      },
      criteria: {
        low: observed(
          { kind: 'condition', holds: false, value: 0.36, bound: null, ...measured },
          {
            holds: false,
          },
        ),
      },
    })
    expect(screen.getByText('Pending')).toBeTruthy()
    expect(
      screen.getByText('latency > 3000 for 10m → then you escalate to role:senior'),
    ).toBeTruthy()
    expect(
      screen.getByText('now 3,400 · threshold > 3,000 · for 8m · in 2m · prom-eu, 12s ago'),
    ).toBeTruthy()
    expect(screen.getByText('Not met')).toBeTruthy()
  })

  it('says of a crossed trigger that a person has to act, at the head as well', async () => {
    const { screen, now, say } = show()
    const crossed = eventOf(2, {
      type: 'trigger.crossed',
      incidentId: 'i1',
      trigger: 'slow',
      text: 'latency > 3000 for 10m',
      value: '3,400',
      threshold: '> 3,000',
      heldMs: 600_000,
      then: 'escalate',
      to: 'role:senior',
    })
    await say({ type: 'delta', events: [{ ...crossed, at: now - 780_000 }] })
    const deed = 'crossed 13m ago: you escalate to role:senior. Deckwatch has notified nobody.'
    expect(screen.getByText(`latency > 3000 for 10m → ${deed}`)).toBeTruthy()
    expect(screen.getByRole('list', { name: 'Crossed triggers' }).textContent).toContain(deed)
  })

  it('is unknown again when the last measurement is too old', async () => {
    const { screen, measured, measure } = show()
    const old = { ...measured, at: measured.at - 60_000 }
    await measure({ values: { failing: observed({ kind: 'value', value: 0.36, ...old }) } })
    expect(screen.queryByText(/of card payments fail/)).toBeNull()
    expect(
      screen.getByText(/^numbers unknown: failing: the last measurement is too old · money: not/),
    ).toBeTruthy()
  })
})
