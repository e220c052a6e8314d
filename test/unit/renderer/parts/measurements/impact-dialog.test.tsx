// @vitest-environment jsdom
import { act } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { Dialogs } from '#renderer/screens/frame/dialogs.tsx'
import { Palette } from '#renderer/screens/palette/palette.tsx'
import { ImpactLine } from '#renderer/parts/measurements/impact-line.tsx'
import { PendingOfIncident } from '#renderer/parts/pending/pending-of-incident.tsx'
import type { Right } from '#shared/domain/person/right.ts'
import type { Impact } from '#shared/domain/impact/schema.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { planBook } from '#test/fixtures/playbook.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'
import { AllProviders } from '../../all-providers.tsx'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

const by = { kind: 'person', id: 'grace', name: 'Grace' } as const

const said: Impact = {
  incidentId: 'i1',
  opening: null,
  said: {
    affectedUsers: 1_200,
    revenuePerMinute: { amount: 40, currency: 'EUR' },
    risks: null,
    sentence: 'Cards fail',
    reason: 'support counted',
    at: 3_000,
    by,
  },
  changes: 1,
}

interface Given {
  readonly impact?: Impact
  readonly incident?: Partial<Incident>
  readonly rights?: readonly Right[]
  readonly isPlanned?: boolean
}

function showImpact({ impact, incident, rights, isPlanned = true }: Given = {}) {
  const [plan] = planBook({
    plan: 'pay',
    match: ['alertname="Pay"'],
    impact: { says: 'About {money} a minute', values: { money: { value: 90, as: 'EUR' } } },
  }).plans.values()
  if (!plan) throw new Error('There is no plan')
  const response = {
    incidentId: 'i1',
    planId: plan.id,
    revision: plan.revision,
    severity: 'P1',
    appliedAt: 1_000,
    steps: {},
    criteria: {},
    firstActionAt: null,
    changes: 1,
  } as const
  const shown = showCockpit(
    <AllProviders>
      <ImpactLine incidentId="i1" />
      <PendingOfIncident incidentId="i1" />
      <Dialogs />
      <Palette />
    </AllProviders>,
    stateWith({
      incidents: [incidentWith({ id: 'i1', title: 'Pay', ...incident })],
      plans: [plan],
      responses: isPlanned ? [response] : [],
      impacts: impact ? [impact] : [],
    }),
    rights ? { you: { id: 'ada', name: 'Ada', rights: [...rights] } } : {},
  )
  act(() => shown.cockpit.actions.select('i1'))
  const { screen, user } = shown
  const open = async () => {
    await user.click(screen.getByRole('button', { name: 'Change impact…' }))
    await screen.findByLabelText('Affected users')
  }
  const fill = async (label: string, text: string) => {
    await user.clear(screen.getByLabelText(label))
    await user.type(screen.getByLabelText(label), text)
  }
  const press = (name: string) => user.click(screen.getByRole('button', { name }))
  const value = (label: string) => screen.getByLabelText<HTMLInputElement>(label).value
  return { ...shown, open, fill, press, value }
}

const REASON = 'Reason (required)'

describe('setting the impact of an incident', () => {
  it('records what was filled in, and why', async () => {
    const shown = showImpact()
    const { open, fill, press, asked, answer, value, until, cockpit } = shown
    await open()
    await until(() => document.activeElement === shown.screen.getByLabelText('Affected users'))
    // The currency is that of the plan.
    expect(value('Currency')).toBe('EUR')
    await fill('Affected users', '1,200')
    await fill('Revenue lost per minute', '12.50')
    await fill(REASON, 'support counted')
    await press('Set impact')
    expect(asked('impact.set')).toEqual([
      {
        incidentId: 'i1',
        affectedUsers: 1_200,
        revenuePerMinute: { amount: 12.5, currency: 'EUR' },
        risks: null,
        sentence: null,
        reason: 'support counted',
      },
    ])
    // Until it is recorded the form stays.
    expect(cockpit.ui.getState().dialog?.kind).toBe('impact')
    await answer('impact.set', { seq: 2 })
    await until(() => cockpit.ui.getState().dialog === null)
  })

  it('asks for a reason, and for anything to say, where the focus goes', async () => {
    const { user, screen, open, press, fill, asked } = showImpact()
    await open()
    await fill('In your words', 'Cards fail')
    await press('Set impact')
    expect(screen.getByText('Write why: it stands on the timeline.')).toBeTruthy()
    expect(document.activeElement).toBe(screen.getByLabelText(REASON))
    await user.keyboard('seen')
    expect(screen.queryByText('Write why: it stands on the timeline.')).toBeNull()
    await fill('In your words', ' ')
    await press('Set impact')
    expect(screen.getByText('Fill in at least one field.')).toBeTruthy()
    expect(asked('impact.set')).toEqual([])
  })

  it.each([
    ['Affected users', '1.5', 'Write a whole number, such as 1200.'],
    ['Affected users', 'many', 'Write a whole number, such as 1200.'],
    ['Affected users', '-3', 'Write a whole number, such as 1200.'],
    ['Revenue lost per minute', '12,5', 'Write a number, such as 1420 or 12.50.'],
  ])('takes no wrong number: %s %s', async (label, text, problem) => {
    const { screen, open, press, fill, asked } = showImpact()
    await open()
    await fill(label, text)
    await fill(REASON, 'seen')
    await press('Set impact')
    expect(screen.getByText(problem)).toBeTruthy()
    expect(document.activeElement).toBe(screen.getByLabelText(label))
    expect(asked('impact.set')).toEqual([])
  })

  it('takes no currency that is none', async () => {
    const { screen, open, press, fill, asked } = showImpact()
    await open()
    await fill('Revenue lost per minute', '5')
    await fill('Currency', 'euro')
    await fill(REASON, 'seen')
    await press('Set impact')
    expect(screen.getByText('Write three letters, such as USD.')).toBeTruthy()
    expect(asked('impact.set')).toEqual([])
  })

  it('keeps what was typed when it is refused', async () => {
    const { user, screen, open, fill, refuse, value } = showImpact()
    await open()
    await fill('Affected users', '7')
    await fill(REASON, 'seen')
    await user.keyboard('{Control>}{Enter}{/Control}')
    await refuse('impact.set', { code: 'not-allowed-now', message: 'This incident is closed.' })
    expect((await screen.findByRole('alert')).textContent).toBe('Refused: This incident is closed.')
    expect(value('Affected users')).toBe('7')
  })

  it('is told apart from what is computed, with who and why, and goes on with what was said', async () => {
    const { screen, open, value } = showImpact({ impact: said })
    expect(screen.getByText('Cards fail · 1,200 users affected · €40 a minute')).toBeTruthy()
    expect(screen.getByText(/^said by Grace at/).textContent).toContain('support counted')
    expect(screen.getByText('measured: About €90 a minute')).toBeTruthy()
    await open()
    expect(value('Affected users')).toBe('1200')
    expect(value('Revenue lost per minute')).toBe('40')
    expect(value('In your words')).toBe('Cards fail')
    expect(value(REASON)).toBe('')
  })

  it('is withdrawn with a reason', async () => {
    const { screen, open, press, fill, asked } = showImpact({ impact: said })
    await open()
    await press('Use measured values again')
    expect(document.activeElement).toBe(screen.getByLabelText(REASON))
    await fill(REASON, 'wrong table')
    await press('Use measured values again')
    expect(asked('impact.set')).toEqual([
      {
        incidentId: 'i1',
        affectedUsers: null,
        revenuePerMinute: null,
        risks: null,
        sentence: null,
        reason: 'wrong table',
      },
    ])
  })

  it('is queued while the engine is away, and what is queued is gone on with', async () => {
    const { screen, open, fill, press, lose, asked, until, cockpit, value } = showImpact()
    await lose()
    await open()
    expect(screen.queryByRole('button', { name: 'Use measured values again' })).toBeNull()
    await fill('Affected users', '7')
    await fill(REASON, 'seen')
    await press('Set impact')
    await until(() => cockpit.ui.getState().dialog === null)
    expect(asked('impact.set')).toEqual([])
    expect(screen.getByText('Set the impact')).toBeTruthy()
    expect(screen.getByText('7 users affected')).toBeTruthy()
    await open()
    expect(value('Affected users')).toBe('7')
    await fill(REASON, 'seen wrong')
    await press('Use measured values again')
    await screen.findByText('Use the measured impact again')
  })

  it('says why to who may only look', async () => {
    const { press, said: told, cockpit, screen } = showImpact({ rights: ['read'] })
    const button = screen.getByRole('button', { name: 'Change impact…' })
    expect(button.getAttribute('aria-disabled')).toBe('true')
    await press('Change impact…')
    expect(cockpit.ui.getState().dialog).toBeNull()
    expect(told.at(-1)?.text).toBe('Refused: Read-only access: this session cannot act.')
  })

  it('is offered where no plan says anything', () => {
    const { screen } = showImpact({ isPlanned: false })
    expect(screen.getByRole('button', { name: 'Set impact…' })).toBeTruthy()
  })

  it('is not offered once the incident is closed', () => {
    const closed = { at: 3_000, by }
    const { screen } = showImpact({ impact: said, incident: { status: 'closed', closed } })
    expect(screen.queryByRole('button', { name: 'Change impact…' })).toBeNull()
    expect(screen.getByText(/^said by Grace/)).toBeTruthy()
  })

  it('is an action of the palette', async () => {
    const { user, screen, cockpit, until } = showImpact()
    act(() => cockpit.actions.open({ kind: 'palette' }))
    await user.type(screen.getByRole('combobox'), 'affected users')
    await user.keyboard('{Enter}')
    await until(() => cockpit.ui.getState().dialog?.kind === 'impact')
  })
})
