// @vitest-environment jsdom
import { act } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { IncidentClocks } from '#renderer/parts/clocks/incident-clocks.tsx'
import { PendingOfIncident } from '#renderer/parts/pending/pending-of-incident.tsx'
import { Dialogs } from '#renderer/screens/frame/dialogs.tsx'
import { Palette } from '#renderer/screens/palette/palette.tsx'
import type { ClockKind, ResponseClock } from '#shared/domain/clock/schema.ts'
import type { Right } from '#shared/domain/person/right.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'
import { AllProviders } from '../../all-providers.tsx'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

const DUE = 1_700_000_600_000

function clock(kind: ClockKind, status: ResponseClock['status'] = 'running'): ResponseClock {
  return {
    kind,
    status,
    startedAt: DUE - 600_000,
    dueAt: DUE,
    warnAt: DUE - 120_000,
    severity: 'P0',
    rule: { set: 'by-priority', isPlans: false, text: '10m', calendar: null },
    since: {},
    warnedAt: null,
    expiredAt: null,
    ended: status === 'met' ? { at: DUE - 60_000, by: null, how: 'said' } : null,
  }
}

function showClocks(rights?: readonly Right[], plan = clock('plan')) {
  const clocks = { respond: clock('respond'), plan, escalate: clock('escalate') }
  const shown = showCockpit(
    <AllProviders>
      <IncidentClocks incidentId="i1" />
      <PendingOfIncident incidentId="i1" />
      <Dialogs />
      <Palette />
    </AllProviders>,
    stateWith({
      incidents: [incidentWith({ id: 'i1', title: 'Pay' })],
      clocks: [{ incidentId: 'i1', clocks, overAt: null, changes: 1 }],
    }),
    rights ? { you: { id: 'ada', name: 'Ada', rights: [...rights] } } : {},
  )
  act(() => shown.cockpit.actions.select('i1'))
  const { screen, user, cockpit } = shown
  const press = (name: string) => user.click(screen.getByRole('button', { name }))
  const isClosed = () => cockpit.ui.getState().dialog === null
  return { ...shown, press, isClosed }
}

describe('a clock that a word ends', () => {
  it('has a button, and no other clock has one', () => {
    const { screen } = showClocks()
    const list = screen.getByRole('list', { name: 'Response clocks' })
    expect(
      [...list.querySelectorAll('button')].map((each) => each.getAttribute('aria-label')),
    ).toEqual(['Done: Plan is made…', 'Done: Escalated…'])
  })

  it('has none once it is met', () => {
    const { screen } = showClocks(undefined, clock('plan', 'met'))
    expect(screen.queryByRole('button', { name: 'Done: Plan is made…' })).toBeNull()
  })

  it('is met with the plan of action, by keyboard alone', async () => {
    const { user, screen, asked, answer, until, isClosed } = showClocks()
    screen.getByRole('button', { name: 'Done: Plan is made…' }).focus()
    await user.keyboard('{Enter}')
    await screen.findByLabelText('Plan of action (optional)')
    await until(() => document.activeElement === screen.getByLabelText('Plan of action (optional)'))
    await user.keyboard('Roll back{Shift>}{Enter}{/Shift}then watch{Enter}')
    expect(asked('clock.meet')).toEqual([
      { incidentId: 'i1', kind: 'plan', text: 'Roll back\nthen watch' },
    ])
    await answer('clock.meet', { seq: 2 })
    await until(isClosed)
  })

  it('is met without a word more', async () => {
    const { press, asked, screen } = showClocks()
    await press('Done: Escalated…')
    await screen.findByLabelText('To whom (optional)')
    await press('Record the escalation')
    expect(asked('clock.meet')).toEqual([{ incidentId: 'i1', kind: 'escalate', text: null }])
  })

  it('keeps what was typed when it is refused', async () => {
    const { user, press, refuse, screen } = showClocks()
    await press('Done: Plan is made…')
    await user.type(await screen.findByLabelText('Plan of action (optional)'), 'Roll back')
    await press('Record the plan')
    const message = 'The plan of action was recorded already.'
    await refuse('clock.meet', { code: 'already-done', message })
    expect((await screen.findByRole('alert')).textContent).toBe(message)
    expect(screen.getByDisplayValue('Roll back')).toBeTruthy()
  })

  it('is queued once while the engine is away, and can be cancelled', async () => {
    const { user, press, lose, screen, until, isClosed, asked, said } = showClocks()
    await lose()
    await press('Done: Plan is made…')
    await screen.findByLabelText('Plan of action (optional)')
    await press('Record the plan')
    await until(isClosed)
    expect(asked('clock.meet')).toEqual([])
    expect(screen.getByText('Plan is made')).toBeTruthy()
    await press('Done: Plan is made…')
    expect(isClosed()).toBe(true)
    expect(said.at(-1)?.text).toBe('Refused: Already queued.')
    // The other clock is another matter.
    await press('Done: Escalated…')
    await user.type(await screen.findByLabelText('To whom (optional)'), 'Lea{Enter}')
    await until(isClosed)
    expect(screen.getByText('Lea')).toBeTruthy()
    await press('Cancel: Plan is made, Pay')
    await until(() => screen.queryByText('Plan is made') === null)
    await press('Done: Plan is made…')
    await screen.findByLabelText('Plan of action (optional)')
  })

  it('says why to who may only look', async () => {
    const { press, screen, said, isClosed } = showClocks(['read'])
    const button = screen.getByRole('button', { name: 'Done: Plan is made…' })
    expect(button.getAttribute('aria-disabled')).toBe('true')
    await press('Done: Plan is made…')
    expect(isClosed()).toBe(true)
    expect(said.at(-1)?.text).toBe('Refused: Read-only access: this session cannot act.')
  })

  it('is an action of the palette', async () => {
    const { user, screen, cockpit, until } = showClocks()
    act(() => cockpit.actions.open({ kind: 'palette' }))
    await user.type(screen.getByRole('combobox'), 'plan is made{Enter}')
    await until(() => {
      const { dialog } = cockpit.ui.getState()
      return dialog?.kind === 'clock' && dialog.clock === 'plan'
    })
  })
})
