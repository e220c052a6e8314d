import { describe, expect, it } from 'vitest'
import { keptCommandSchema, keptNames } from '#renderer/engine/offline/kept-command.ts'

const row = (name: string, input: unknown) => ({
  id: '00000000',
  order: 1,
  name,
  input,
  title: 'Checkout is failing',
  givenAt: 1,
  state: 'waiting',
  sender: null,
  wasSent: false,
  rejection: null,
})

describe('the commands that are kept', () => {
  it('are those of which the contract says so', () => {
    expect(keptNames.toSorted()).toEqual([
      'clock.meet',
      'impact.set',
      'incident.acknowledge',
      'incident.close',
      'incident.note',
      'incident.reopen',
      'incident.resolve',
      'incident.snooze',
      'incident.unacknowledge',
      'incident.unsnooze',
      'plan.criterion',
      'plan.step',
      'walkthrough.answer',
      'walkthrough.step',
    ])
  })

  it.each(keptNames)('can be read back: %s', (name) => {
    const plan = { step: 's', state: 'done', criterion: 'c', isMet: true, kind: 'plan' }
    const impact = { says: 'x', reason: 'x', values: {} }
    const onStep = { runbook: 'playbook:a.md', title: 'A', hash: 'a'.repeat(64), words: 'x' }
    const answer = { decision: 0, answer: 'yes' }
    const input = { incidentId: 'i', until: 2, text: 'x', ...plan, ...impact, ...onStep, ...answer }
    expect(keptCommandSchema.parse(row(name, input))).toMatchObject({
      name,
      input: { incidentId: 'i' },
    })
    expect(keptCommandSchema.safeParse(row(name, {})).success).toBe(false)
  })

  it('has each with its own input, defaults filled in', () => {
    const { input } = keptCommandSchema.parse(row('incident.resolve', { incidentId: 'i' }))
    expect(input).toEqual({ incidentId: 'i', evenIfFiring: false })
    expect(keptCommandSchema.safeParse(row('incident.snooze', { incidentId: 'i' })).success).toBe(
      false,
    )
  })

  it('are none of those that are given for now', () => {
    for (const name of ['quiet.start', 'focus.start', 'settings.write', 'toString']) {
      expect(keptCommandSchema.safeParse(row(name, { incidentId: 'i', until: 2 })).success).toBe(
        false,
      )
    }
  })
})
