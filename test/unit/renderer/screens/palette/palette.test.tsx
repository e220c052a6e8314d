// @vitest-environment jsdom
import { act } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { useAlertsModel, type AlertsModel } from '#renderer/screens/alerts/alerts-model.ts'
import { useHistoryList } from '#renderer/screens/incidents/history-context.ts'
import type { HistoryList } from '#renderer/screens/incidents/history-list.ts'
import { Palette } from '#renderer/screens/palette/palette.tsx'
import { runbookFileWith } from '#test/fixtures/runbook-entries.ts'
import { alertWith, incidentWith } from '#test/fixtures/watch-entities.ts'
import { AllProviders } from '../../all-providers.tsx'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

let model: AlertsModel
let history: HistoryList

function Page() {
  model = useAlertsModel()
  history = useHistoryList()
  return (
    <>
      <input aria-label="Elsewhere" />
      <Palette />
    </>
  )
}

function showPalette(over: Partial<Incident> = {}) {
  const shown = showCockpit(
    <AllProviders>
      <Page />
    </AllProviders>,
    stateWith({
      incidents: [
        incidentWith({ id: 'shop', title: 'Shop is down', severity: 'P0', ...over }),
        incidentWith({ id: 'disk', title: 'Disk will be full', group: { service: 'search' } }),
      ],
      alerts: [
        alertWith({
          key: 'a',
          incidentId: 'disk',
          labels: { alertname: 'Slow', service: 'checkout', pod: 'search-b7' },
        }),
      ],
    }),
  )
  const { cockpit, screen, user } = shown
  const open = () => {
    act(() => {
      cockpit.actions.open({ kind: 'palette' })
    })
  }
  const search = () => screen.getByRole('combobox')
  const options = () => screen.queryAllByRole('option').map((each) => each.textContent)
  const groups = () =>
    screen.getAllByRole('group').map((each) => each.getAttribute('aria-label') ?? '')
  const type = async (text: string) => {
    await user.clear(search())
    await user.type(search(), text)
  }
  open()
  return { ...shown, open, search, options, groups, type }
}

const isClosed = ({ cockpit }: ReturnType<typeof showPalette>) =>
  cockpit.ui.getState().dialog === null

describe('a runbook in the palette', () => {
  it('is found by its title and its file, and opened', async () => {
    const { cockpit, type, options, user } = showPalette()
    const entry = runbookFileWith('payments/switch.md', '# Turn over the processor')
    act(() => {
      cockpit.runbooks.state.setState({
        list: { revision: 1, more: 0, listedAt: 1, entries: [entry], byId: new Map() },
      })
    })
    await type('turn over')
    expect(options()).toEqual(['Turn over the processorrunbooks/payments/switch.md'])
    await user.keyboard('{Enter}')
    expect(cockpit.ui.getState()).toMatchObject({
      screen: 'runbooks',
      dialog: null,
      runbookRequest: { id: entry.id, fragment: null, incidentId: null },
    })
  })
})

describe('labels in the palette', () => {
  it('lead to the incidents that have them, and to the alerts', async () => {
    const shown = showPalette()
    const { type, options, user, cockpit, until } = shown
    await type('pod=search-b')
    expect(options()[0]).toContain('Disk will be full')
    expect(options()[0]).toContain('pod=search-b7, P2, triggered')
    expect(options()[1]).toContain('pod="search-b7"in 1 incident')
    await user.keyboard('{ArrowDown}{Enter}')
    await until(() => cockpit.ui.getState().screen === 'alerts')
    expect(model.screen.store.getState().text).toBe('pod="search-b7"')
  })
})

describe('the palette', () => {
  it('is a combobox whose active option the arrows move, round and round', async () => {
    const { screen, search, user } = showPalette()
    const active = () => search().getAttribute('aria-activedescendant')
    const selected = () => screen.getAllByRole('option', { selected: true }).map(({ id }) => id)
    expect(document.activeElement).toBe(search())
    expect(selected()).toEqual([active()])
    const first = active()
    await user.keyboard('{ArrowDown}{ArrowDown}')
    expect(active()).not.toBe(first)
    expect(selected()).toEqual([active()])
    await user.keyboard('{ArrowUp}{ArrowUp}{ArrowUp}')
    const last = screen.getAllByRole('option').at(-1)
    expect(active()).toBe(last?.id)
  })

  it('knows of plans: whoever has none may write one', async () => {
    const { options, type, user, cockpit } = showPalette()
    act(() => {
      cockpit.actions.goTo('disk')
      cockpit.actions.open({ kind: 'palette' })
    })
    await type('plan')
    expect(options()[0]).toContain('Write a plan for this alert')
    await user.keyboard('{Enter}')
    expect(cockpit.ui.getState().playbookRequest).toEqual({ kind: 'draft', alertKey: 'a' })
  })

  it.each([
    ['dnd', 'Do not disturb: For 30 minutes'],
    ['mute', 'Do not disturb: For 30 minutes'],
    ['silence', 'Snooze'],
    ['quiet', /Until 08:00 (today|tomorrow)/],
    ['filter', /^Filter: /],
    ['slack', 'Copy text for a chat'],
    ['download json', 'Export timeline as JSON'],
    ['audit html', 'Export evidence as HTML'],
    ['settings notif', 'Settings: Notifications'],
  ])('knows what people call things: %s', async (query, title) => {
    const { options, type } = showPalette()
    await type(query)
    const found = options().join('\n')
    if (typeof title === 'string') expect(found).toContain(title)
    else expect(options().some((each) => title.test(each))).toBe(true)
  })

  it('finds an incident by a label, and goes there from another screen', async () => {
    const shown = showPalette()
    act(() => {
      shown.cockpit.actions.show('settings')
    })
    shown.open()
    await shown.type('service=search disk')
    expect(shown.options()).toHaveLength(1)
    await shown.user.keyboard('{Enter}')
    expect(isClosed(shown)).toBe(true)
    expect(shown.cockpit.ui.getState()).toMatchObject({ screen: 'now', selectedId: 'disk' })
  })

  it('acts on the incident that is on the screen, once it is closed', async () => {
    const shown = showPalette()
    await shown.type('acknowl')
    expect(shown.groups()[0]).toBe('This incident')
    await shown.user.keyboard('{Enter}')
    expect(shown.asked('incident.acknowledge')).toEqual([{ incidentId: 'shop' }])
    expect(isClosed(shown)).toBe(true)
  })

  it('takes along the past incident that is open, and only that', () => {
    const shown = showPalette()
    act(() => {
      shown.cockpit.actions.show('incidents')
    })
    shown.open()
    expect(shown.groups()).not.toContain('This incident')
    act(() => {
      shown.cockpit.actions.closeDialog()
      history.open('long-ago')
    })
    shown.open()
    expect(shown.groups()[0]).toBe('This incident')
    expect(shown.options().slice(0, 6).join()).toBe(
      'Copy text for a chatY,Export timeline as MarkdownX,Export timeline as HTML;,' +
        'Export timeline as JSONZ,' +
        'Export evidence as MarkdownG,Export evidence as HTMLH',
    )
  })

  it('silences the alerts that are selected on Alerts', async () => {
    const shown = showPalette()
    act(() => {
      shown.cockpit.actions.show('alerts')
    })
    const stop = model.screen.attach()
    act(() => {
      model.screen.select(new Set(['a']))
    })
    shown.open()
    await shown.type('silence selected')
    await shown.user.keyboard('{Enter}')
    stop()
    expect(shown.cockpit.ui.getState().dialog).toEqual({
      kind: 'silence',
      target: { kind: 'alerts', keys: ['a'] },
    })
  })

  it('acts on no incident that is not seen: none on the settings, that of the line on Alerts', () => {
    const shown = showPalette()
    for (const screen of ['settings', 'alerts'] as const) {
      act(() => {
        shown.cockpit.actions.show(screen)
      })
      shown.open()
      expect(shown.options()[0]).toContain('Now')
      expect(shown.groups().join()).not.toMatch(/This incident|Incident of/)
    }
    const stop = model.screen.attach()
    act(() => {
      shown.cockpit.actions.closeDialog()
      model.screen.activate('a')
    })
    shown.open()
    expect(shown.options()[0]).toContain('Now')
    expect(shown.groups()).toContain('Incident of the selected line')
    act(() => {
      shown.cockpit.actions.closeDialog()
      model.screen.showPanel(true)
    })
    shown.open()
    expect(shown.groups()).toContain('This incident')
    stop()
  })

  it('selects the first that can be done, says why an incident cannot be focused, and shows no empty key', async () => {
    const by = { kind: 'person', id: 'ada', name: 'ada' } as const
    const { cockpit, open, screen, search, type, user } = showPalette({
      status: 'resolved',
      resolved: { at: 1, by },
    })
    act(() => {
      cockpit.actions.closeDialog()
      cockpit.actions.select('shop')
    })
    open()
    await type('focus')
    const [focus] = screen.getAllByRole('option')
    expect(focus?.textContent).toContain('This incident is resolved: focus needs an open one.')
    await user.clear(search())
    const [close] = screen.getAllByRole('option')
    expect(close?.getAttribute('aria-disabled')).toBe('true')
    const [selected] = screen.getAllByRole('option', { selected: true })
    expect(selected?.textContent).toContain('Reopen')
    const keys = [...document.querySelectorAll('kbd')].map((key) => key.textContent)
    expect(keys).not.toContain('')
  })

  it('says why something cannot be done, and stays open', async () => {
    const shown = showPalette()
    await shown.type('end do not disturb')
    const [option] = shown.screen.getAllByRole('option')
    expect(option?.getAttribute('aria-disabled')).toBe('true')
    expect(option?.textContent).toContain('Do not disturb is off')
    await shown.user.keyboard('{Enter}')
    expect(shown.said.at(-1)?.text).toBe('Not now: Do not disturb is off')
    expect(isClosed(shown)).toBe(false)
    await shown.type('no such thing anywhere')
    await shown.until(() =>
      JSON.stringify(shown.asked('knowledge.search').at(-1) ?? null).includes('thing anywhere"'),
    )
    await shown.answer('knowledge.search', {
      ...{ hits: [], hasAllWords: true, corrected: [] },
      ...{ runbooks: { searched: 0, listed: 0 }, lag: { read: 1, recorded: 1 } },
    })
    expect(shown.screen.getByText(/No results/)).toBeTruthy()
    expect(shown.screen.getByText('0 results')).toBeTruthy()
    await shown.user.keyboard('{Enter}')
    expect(isClosed(shown)).toBe(false)
  })

  it('asks the engine for what it stands for', async () => {
    const shown = showPalette()
    await shown.type('disturb 1 hour')
    await shown.user.keyboard('{Enter}')
    expect(shown.asked('quiet.start')).toEqual([{ until: shown.ports.wall() + 3_600_000 }])
    shown.open()
    await shown.type('ask all sources')
    expect(shown.screen.getAllByRole('option')[0]?.textContent).toContain('No sources')
  })

  it('gives the focus back to where it was', async () => {
    const shown = showPalette()
    act(() => {
      shown.cockpit.actions.closeDialog()
    })
    const elsewhere = shown.screen.getByRole('textbox', { name: 'Elsewhere' })
    await shown.user.click(elsewhere)
    shown.open()
    expect(document.activeElement).toBe(shown.search())
    await shown.user.keyboard('{Escape}')
    expect(isClosed(shown)).toBe(true)
    expect(document.activeElement).toBe(elsewhere)
  })
})
