// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { useMirror } from '#renderer/engine/cockpit/context.ts'
import { IncidentActions } from '#renderer/screens/now/incident-actions.tsx'
import { useSnoozeDigits } from '#renderer/parts/incident-actions/use-snooze-digits.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

const byAda = { by: { kind: 'person', id: 'ada', name: 'ada' }, at: 2_000 } as const

function Actions() {
  useSnoozeDigits()
  const incident = useMirror(({ watch }) => watch?.incidents.get('i1'))
  return incident ? <IncidentActions incident={incident} alerts={[]} /> : null
}

function showActions(over: Partial<Incident> = {}) {
  const shown = showCockpit(
    <Actions />,
    stateWith({ incidents: [incidentWith({ id: 'i1', title: 'Shop is down', ...over })] }),
  )
  const button = (name: string) =>
    shown.screen.getByRole('button', { name: new RegExp(`^${name}`) })
  return { ...shown, button }
}

describe('the actions of an incident', () => {
  it('are those that apply, with their keys, the obvious next one marked', () => {
    const { screen, button } = showActions()
    const names = screen.getAllByRole('button').map((each) => each.firstChild?.textContent)
    expect(names.slice(0, 3)).toEqual(['Acknowledge', 'Snooze', 'Resolve'])
    expect(button('Acknowledge').getAttribute('aria-keyshortcuts')).toBe('A')
    expect(button('Acknowledge').dataset['tone']).toBe('primary')
    expect(button('Snooze').dataset['tone']).toBe('plain')
  })

  it('are pending until the engine has recorded them, once at a time, and said when done', async () => {
    const { user, button, asked, answer, said } = showActions()
    await user.click(button('Acknowledge'))
    expect(button('Acknowledge').getAttribute('aria-busy')).toBe('true')
    await user.click(button('Acknowledge'))
    expect(asked('incident.acknowledge')).toEqual([{ incidentId: 'i1' }])
    await answer('incident.acknowledge', { seq: 2 })
    expect(button('Acknowledge').getAttribute('aria-busy')).toBe('false')
    expect(said.at(-1)?.text).toBe('Acknowledged: Shop is down')
  })

  it('show why they were refused until that is put away', async () => {
    const { user, screen, button, refuse } = showActions()
    await user.click(button('Acknowledge'))
    await refuse('incident.acknowledge', {
      code: 'not-allowed-now',
      message: 'Grace was faster.',
      hint: 'Ask her.',
    })
    expect(screen.getByText('Grace was faster. Ask her.')).toBeTruthy()
    await user.click(button('Dismiss'))
    expect(screen.queryByText(/Grace was faster/)).toBeNull()
  })

  it('say why one cannot be used, also to who presses it', async () => {
    const { user, screen, button, asked } = showActions({
      status: 'resolved',
      resolved: byAda,
    })
    expect(button('Close').getAttribute('aria-disabled')).toBe('true')
    await user.click(button('Close'))
    expect(asked('incident.close')).toEqual([])
    expect(screen.getByText(/are still firing/)).toBeTruthy()
  })

  it('ask back before what still fires is resolved', async () => {
    const { user, cockpit, button, refuse, said } = showActions()
    await user.click(button('Resolve'))
    const error = { code: 'alerts-still-firing', message: '1 alert still fires.' } as const
    await refuse('incident.resolve', error)
    expect(cockpit.ui.getState().dialog).toEqual({
      kind: 'resolve',
      incidentId: 'i1',
      refusal: error,
    })
    // What becomes a question is read out as a question.
    expect(said).toEqual([])
  })

  it('are kept while the engine is lost, and can be taken back', async () => {
    const { user, screen, button, lose, asked } = showActions()
    await lose()
    await user.click(button('Acknowledge'))
    await screen.findByText(/^queued/)
    expect(asked('incident.acknowledge')).toEqual([])
    expect(button('Acknowledge').title).toBe('Already queued.')
    await user.click(button('Cancel: Acknowledge, Shop is down'))
    await screen.findByRole('button', { name: /^Acknowledge/ })
    expect(screen.queryByText(/^queued/)).toBeNull()
  })
})

describe('the snooze menu', () => {
  it('offers times with digits, the first with the focus', async () => {
    const { user, screen, button, asked, ports } = showActions()
    await user.click(button('Snooze'))
    const choices = screen.getAllByRole('menuitem')
    expect(choices.map((each) => each.textContent)).toEqual([
      '15 minutes1',
      '1 hour2',
      '4 hours3',
      expect.stringMatching(/^Until .*4$/),
    ])
    await user.keyboard('2')
    expect(screen.queryByRole('menu')).toBeNull()
    expect(asked('incident.snooze')).toEqual([
      { incidentId: 'i1', until: ports.wall() + 3_600_000 },
    ])
  })

  it('takes a press as well, and asks the queue to take the focus back', async () => {
    const { user, screen, cockpit, button, asked } = showActions()
    await user.click(button('Snooze'))
    await user.click(screen.getByRole('menuitem', { name: /^15 minutes/ }))
    expect(asked('incident.snooze')).toHaveLength(1)
    expect(cockpit.ui.getState()).toMatchObject({
      dialog: null,
      queueRequest: { kind: 'refocus' },
    })
  })

  it('is left by Escape, and a digit then means nothing here', async () => {
    const { user, screen, button, asked } = showActions()
    await user.click(button('Snooze'))
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('menu')).toBeNull()
    await user.keyboard('1')
    expect(asked('incident.snooze')).toEqual([])
  })

  it('is the end of the snooze where it is snoozed', async () => {
    const { user, screen, button, asked } = showActions({
      acknowledged: { ...byAda, severity: 'P2' },
      status: 'acknowledged',
      snoozed: { ...byAda, until: 9_000_000_000_000 },
    })
    expect(screen.queryByRole('button', { name: /^Snooze/ })).toBeNull()
    await user.click(button('Unsnooze'))
    expect(asked('incident.unsnooze')).toEqual([{ incidentId: 'i1' }])
  })
})
