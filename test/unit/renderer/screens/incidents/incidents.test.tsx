// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { HistoryProvider } from '#renderer/screens/incidents/history-provider.tsx'
import { Incidents } from '#renderer/screens/incidents/incidents.tsx'
import type { InputOf, OutputOf } from '#shared/contract/contract.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import type { PastIncident } from '#shared/domain/history/schema.ts'
import { noAlerts } from '#shared/domain/incident/counts.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

type Page = OutputOf<'history.incidents'>

const nothing: Page = {
  incidents: [],
  total: 0,
  drills: 0,
  next: null,
  lag: { read: 7, recorded: 7 },
}
const behind = { read: 312_000, recorded: 1_000_000 }
const unavailable: ContractError = {
  code: 'history-unavailable',
  message: 'Past incidents cannot be looked up now.',
  hint: 'Try again in a few seconds.',
}

const past: PastIncident = {
  id: 'i1',
  seq: 1,
  title: 'Pod is crash looping',
  status: 'triggered',
  severity: 'P3',
  lastSeverity: 'P3',
  isDrill: false,
  group: { cluster: 'prod-eu1' },
  startedAt: 0,
  openedAt: 0,
  mitigated: null,
  isDeclared: false,
  verdict: null,
  mergedInto: null,
  cause: null,
  acknowledged: null,
  resolved: null,
  closed: null,
  returns: 0,
  objects: ['shop/cart-1', 'shop/cart-2', 'shop/cart-3'],
  alerts: 7,
  notes: 0,
}

const historyLine = (id: string) =>
  document.querySelector(`[data-incident="${id}"]`)?.textContent ?? ''

function showIncidents() {
  const shown = showCockpit(
    <HistoryProvider>
      <Incidents />
    </HistoryProvider>,
  )
  return {
    ...shown,
    load: (page: Partial<Page> = {}) => shown.answer('history.incidents', { ...nothing, ...page }),
    says: (text: string | RegExp) => shown.screen.queryByText(text) !== null,
  }
}

describe('the screen of past incidents', () => {
  it('tells an empty history from one that is still being read', async () => {
    const { load, says, until, asked, user, screen } = showIncidents()
    const lastSeverity = () =>
      (asked('history.incidents').at(-1) as InputOf<'history.incidents'>).severity?.length
    expect(says('Loading incidents…')).toBe(true)
    await load({ lag: behind })
    expect(says(/^Catching up: 312,000 of 1,000,000 events read\./)).toBe(true)
    expect(says(/open ones are in Now/)).toBe(true)
    expect(says('Reading the journal…')).toBe(true)
    expect(says('No incidents yet')).toBe(false)

    await user.click(screen.getByRole('button', { name: /^P0/ }))
    expect(says('No matching incidents so far')).toBe(true)
    await user.click(screen.getAllByRole('button', { name: 'Clear filter' })[0]!)

    await until(() => asked('history.incidents').length > 1 && lastSeverity() === 0)
    await load()
    expect(says('No incidents yet')).toBe(true)
    expect(says(/^Catching up/)).toBe(false)
  })

  it('leads to the search of what was learned, with the words of the filter', async () => {
    const { load, cockpit, screen, user } = showIncidents()
    await load({ incidents: [past], total: 1 })
    await user.type(screen.getByRole('textbox', { name: 'Words and labels' }), 'disk')
    await user.click(screen.getByRole('button', { name: 'Search knowledge' }))
    expect(cockpit.ui.getState().dialog).toEqual({ kind: 'palette', query: '? disk' })
  })

  it('offers to write down what was done in an incident that is over', async () => {
    const { load, cockpit, screen, user } = showIncidents()
    const by = { kind: 'person', id: 'ada', name: 'Ada' } as const
    const over: PastIncident = {
      ...past,
      status: 'resolved',
      verdict: 'false-alarm',
      cause: { text: 'The disk', at: 1, by },
    }
    await load({ incidents: [over], total: 1 })
    await user.click(screen.getByText('Pod is crash looping'))
    expect(screen.getByRole('region', { name: 'Facts' }).textContent).toMatch(
      /Verdictfalse alarm.*CauseThe disk/,
    )
    await user.click(screen.getByRole('button', { name: 'Write a runbook from this' }))
    expect(cockpit.ui.getState()).toMatchObject({
      screen: 'playbook',
      playbookRequest: { kind: 'learned', incidentId: 'i1', what: 'runbook' },
    })
    await user.click(screen.getByRole('button', { name: 'Write a plan from this' }))
    expect(cockpit.ui.getState().playbookRequest).toMatchObject({ what: 'plan' })
  })

  it('says what an incident was about, and calls it as the queue does', async () => {
    const { load, says, say } = showIncidents()
    await say({
      type: 'snapshot',
      state: stateWith({
        incidents: [
          incidentWith({
            id: 'i1',
            counts: { ...noAlerts, firing: 1, informational: 1 },
          }),
          incidentWith({ id: 'i3', counts: { ...noAlerts, firing: 1, suppressed: 1 } }),
        ],
      }),
    })
    const [second, held, over] = [
      { ...past, id: 'i2', seq: 2 },
      { ...past, id: 'i3', seq: 3 },
      { ...past, id: 'i4', seq: 4, status: 'resolved' as const },
    ]
    await load({ incidents: [past, second, held, over], total: 4 })
    expect(says('4 incidents, 1 of them informational')).toBe(true)
    expect(historyLine('i1')).toContain('Informational')
    expect(historyLine('i1')).toContain('shop/cart-1, shop/cart-2 and more · cluster=prod-eu1')
    expect(historyLine('i2')).toContain('Triggered')
    expect(historyLine('i3')).toContain('Suppressed')
    expect(historyLine('i3')).not.toContain('Triggered')
    expect(historyLine('i4')).toContain('Resolved')
  })

  it('says in the place of the list why nothing could be loaded, and tries again', async () => {
    const { load, refuse, says, user, screen } = showIncidents()
    await refuse('history.incidents', unavailable)
    const alert = screen.getByRole('alert')
    expect(alert.textContent).toContain(unavailable.message)
    expect(alert.textContent).toContain(unavailable.hint)
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    await load()
    expect(screen.queryByRole('alert')).toBeNull()
    expect(says('No incidents yet')).toBe(true)
  })

  it('keeps what was loaded when it cannot be read again, and says that it is old', async () => {
    const { load, refuse, says, until, asked, user, screen } = showIncidents()
    await load({ total: 3 })
    await user.click(screen.getByRole('button', { name: 'Triggered' }))
    await until(() => asked('history.incidents').length === 2)
    await refuse('history.incidents', unavailable)
    expect(screen.getByRole('alert').textContent).toContain(unavailable.message)
    expect(says(/it may not match the filter/)).toBe(true)
    expect(says('3 incidents')).toBe(true)
    expect(says('No matching incidents')).toBe(false)
  })

  it('shows where a filter is wrong, and that it is not applied', async () => {
    const { load, says, user, screen } = showIncidents()
    await load()
    const field = screen.getByRole('textbox', { name: 'Words and labels' })
    await user.click(field)
    await user.paste('cluster=~"(a"')
    expect(field.getAttribute('aria-invalid')).toBe('true')
    expect(says(/not applied, the list is unchanged/)).toBe(true)
    expect(screen.getByText('(a"', { selector: 'mark' })).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Clear the text' }))
    expect(says(/not applied/)).toBe(false)
    expect(document.activeElement).toBe(field)
  })
})

describe('an incident that is opened before it is known', () => {
  const showOpened = async () => {
    const shown = showIncidents()
    shown.cockpit.actions.showPast('i1')
    await shown.until(() => shown.asked('history.incident').length === 1)
    const heading = () => document.getElementById('past-incident-title')
    await shown.until(() => document.activeElement === heading())
    const come = () => shown.answer('history.incident', { incident: past, lag: nothing.lag })
    return { ...shown, heading, come }
  }

  it('has the focus when it comes', async () => {
    const { heading, come } = await showOpened()
    await come()
    expect(heading()?.textContent).toContain('Pod is crash looping')
    expect(document.activeElement).toBe(heading())
  })

  it('takes it from nobody who has gone elsewhere meanwhile', async () => {
    const { screen, come, heading } = await showOpened()
    const back = screen.getByRole('button', { name: /All incidents/ })
    back.focus()
    await come()
    expect(heading()?.textContent).toContain('Pod is crash looping')
    expect(document.activeElement).toBe(back)
  })
})
