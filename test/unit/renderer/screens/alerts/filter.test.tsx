// @vitest-environment jsdom
import { act } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { useAlertsModel, type AlertsModel } from '#renderer/screens/alerts/alerts-model.ts'
import { Alerts } from '#renderer/screens/alerts/alerts.tsx'
import { alertWith, incidentWith } from '#test/fixtures/watch-entities.ts'
import { AllProviders } from '../../all-providers.tsx'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

const alert = (key: string, labels: Readonly<Record<string, string>>, incidentId = 'i1') =>
  alertWith({ key, incidentId, labels: { alertname: key, ...labels } })

let model: AlertsModel

function Page() {
  model = useAlertsModel()
  return <Alerts />
}

function showAlerts() {
  const shown = showCockpit(
    <AllProviders>
      <Page />
    </AllProviders>,
    stateWith({
      incidents: [incidentWith({ id: 'i1' })],
      alerts: [
        alert('CheckoutDown', { severity: 'critical', service: 'checkout' }),
        alert('PodRestarts', { severity: 'warning', service: 'search', pod: 'search-a' }),
        alert('SlowSearch', { severity: 'warning', service: 'search', pod: 'search-b' }),
      ],
    }),
  )
  const { screen, user } = shown
  const filter = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'Filter' })
  const type = async (text: string) => {
    await user.clear(filter())
    // What stands in brackets would be read as keys.
    await user.click(filter())
    await user.paste(text)
  }
  const lines = () =>
    screen
      .getAllByRole('row')
      .map((each) => each.dataset['alert'])
      .filter((key) => key !== undefined)
  const suggestions = () => screen.queryAllByRole('option').map((each) => each.textContent)
  return { ...shown, filter, type, lines, suggestions }
}

describe('the filter of the alerts', () => {
  it('completes a label and its value by keyboard', async () => {
    const { user, filter, lines, suggestions, until } = showAlerts()
    await user.type(filter(), 'seve')
    await until(() => suggestions().length > 0)
    await user.keyboard('{ArrowDown}{Enter}')
    await until(() => suggestions().some((each) => each.includes('warning')))
    await user.keyboard('{ArrowDown}{Enter}')
    expect(filter().value).toMatch(/^severity="(warning|critical)" $/)
    expect(lines().length).toBeLessThan(3)
    expect(document.activeElement).toBe(filter())
  })

  it('says what is wrong with a mistake, where, and what holds meanwhile', async () => {
    const { screen, type, filter, lines, user } = showAlerts()
    await type('severity="warn')
    expect(screen.getByText(/not applied, all alerts are listed/)).toBeTruthy()
    expect(lines()).toHaveLength(3)
    await type('severity="warning"')
    await user.paste(' pod=~"(a"')
    expect(filter().getAttribute('aria-invalid')).toBe('true')
    expect(screen.getByText(/missing closing \)/)).toBeTruthy()
    expect(screen.getByText('severity="warning"', { selector: 'code' })).toBeTruthy()
    expect(lines()).toHaveLength(2)
  })

  it('keeps the focus on Enter while it is invalid, so that what is typed next does nothing', async () => {
    const { user, screen, filter, type, said, asked, cockpit } = showAlerts()
    await type('severity="warn')
    await user.keyboard('{Enter}')
    expect(document.activeElement).toBe(filter())
    expect(said.at(-1)?.text).toMatch(/^Invalid filter: ./)
    await user.keyboard('am')
    expect(filter().value).toBe('severity="warnam')
    expect(asked('incident.acknowledge')).toEqual([])
    expect(cockpit.ui.getState().dialog).toBeNull()
    await type('service="search"')
    await user.keyboard('{Enter}')
    expect(document.activeElement).toBe(screen.getAllByRole('row')[1])
  })

  it('asks before a key acts on what was selected under another one', async () => {
    const { type, lines } = showAlerts()
    act(() => model.screen.select(new Set(lines())))
    expect(model.screen.isChoiceOlder()).toBe(false)
    await type('service="search"')
    expect(model.screen.store.getState().selected.size).toBe(2)
    expect(model.screen.isChoiceOlder()).toBe(true)
    act(() => model.screen.select(new Set(lines())))
    expect(model.screen.isChoiceOlder()).toBe(false)
  })

  it('has the way back under the focus where a P0 would be acknowledged among others', async () => {
    const { screen, say, lines } = showAlerts()
    await say({
      type: 'snapshot',
      state: stateWith({
        incidents: [incidentWith({ id: 'i1', severity: 'P0' }), incidentWith({ id: 'i2' })],
        alerts: [alert('CheckoutDown', {}, 'i1'), alert('SlowSearch', {}, 'i2')],
      }),
    })
    act(() => {
      model.screen.select(new Set(lines()))
      model.bulk.start('acknowledge')
    })
    expect(screen.getByText('2 incidents, worst P0 critical')).toBeTruthy()
    expect(document.activeElement?.textContent).toBe('Cancel')
  })

  it('leaves the same of a mistake whether it is typed or pasted', async () => {
    const { user, screen, type, filter, lines } = showAlerts()
    await user.type(filter(), 'sever=~"(a"')
    expect(screen.getByText(/not applied, all alerts are listed/)).toBeTruthy()
    expect(lines()).toHaveLength(3)
    await type('search')
    await user.type(filter(), ' pod=~"(a"')
    expect(screen.getByText('search', { selector: 'code' })).toBeTruthy()
    expect(lines()).toHaveLength(2)
    // A whole word that was meant is none on its way.
    await type('search')
    await user.paste(' pod=~"(a"')
    expect(lines()).toHaveLength(2)
  })

  it('asks back where it lets nothing through for a slip of the pen', async () => {
    const { user, screen, type, filter, lines, until } = showAlerts()
    await type('severity="warnin"')
    await until(() => screen.queryByText(/No alert’s severity is "warnin"/) !== null)
    await user.click(screen.getByRole('button', { name: 'warning' }))
    expect(filter().value).toBe('severity="warning"')
    expect(lines()).toHaveLength(2)
  })

  it('counts what it leaves, and each condition can be taken away', async () => {
    const { user, screen, type, filter } = showAlerts()
    expect(screen.getByText('3 alerts')).toBeTruthy()
    await type('service="search" pod="search-a"')
    expect(screen.getByText('1 of 3 alerts')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Remove pod="search-a"' }))
    expect(screen.getByText('2 of 3 alerts')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Clear filter' }))
    expect(filter().value).toBe('')
  })

  it('takes a label that is pressed, and with Alt against it', async () => {
    const { user, screen, filter } = showAlerts()
    await user.click(screen.getAllByTitle(/^service="search"/)[0]!)
    await user.keyboard('{Alt>}')
    await user.click(screen.getAllByTitle(/^pod="search-a"/)[0]!)
    await user.keyboard('{/Alt}')
    expect(filter().value).toBe('service="search" pod!="search-a"')
  })

  it('stands in the address, and Escape leaves it step by step', async () => {
    const { user, type, filter } = showAlerts()
    await type('@state=suppressed')
    expect(location.hash).toBe('#/alerts?filter=%40state%3Dsuppressed')
    // Suggestions first, then the text.
    await user.keyboard('{Escape}{Escape}')
    expect(filter().value).toBe('')
    history.replaceState(null, '', '/')
  })

  it('comes back after Escape or the cross, by key and by press', async () => {
    const { user, type, filter, lines, screen } = showAlerts()
    await type('service="search"')
    await user.keyboard('{Escape}{Escape}')
    expect(filter().value).toBe('')
    expect(lines()).toHaveLength(3)
    await user.keyboard('{Control>}z{/Control}')
    expect(filter().value).toBe('service="search"')
    expect(lines()).toHaveLength(2)
    await user.click(screen.getByRole('button', { name: 'Clear filter' }))
    await user.click(screen.getByRole('button', { name: /^Undo/ }))
    expect(filter().value).toBe('service="search"')
    expect(document.activeElement).toBe(filter())
    // Something else was written: that is what is undone from then on.
    await user.click(screen.getByRole('button', { name: 'Clear filter' }))
    await type('pod')
    await user.clear(filter())
    expect(screen.queryByText(/Filter cleared/)).toBeNull()
  })

  it('gets the focus with all of its text when it is called for, each time', async () => {
    const { filter, user, screen, type } = showAlerts()
    await type('search')
    for (let times = 0; times < 2; times += 1) {
      await user.click(screen.getByRole('button', { name: 'Saved filters' }))
      expect(document.activeElement).not.toBe(filter())
      await user.keyboard('{Escape}')
      act(() => {
        model.screen.callFilter()
      })
      expect(document.activeElement).toBe(filter())
      expect([filter().selectionStart, filter().selectionEnd]).toEqual([0, 'search'.length])
    }
  })
})

describe('saved filters', () => {
  it('are kept under a name, renamed, picked and thrown away', async () => {
    const { user, screen, type, filter, until } = showAlerts()
    await type('service=search')
    const open = () => user.click(screen.getByRole('button', { name: /^Saved filters/ }))
    await open()
    await user.type(screen.getByRole('textbox', { name: 'Name for the filter' }), 'Search team')
    await user.keyboard('{Enter}')
    await user.click(screen.getByRole('button', { name: 'Rename Search team' }))
    await user.tripleClick(screen.getByDisplayValue('Search team'))
    await user.keyboard('Finders{Enter}')
    await user.click(screen.getByRole('button', { name: /^Suppressed/ }))
    expect(filter().value).toBe('@state=suppressed')
    await open()
    await user.click(screen.getByRole('button', { name: /^Finders/ }))
    expect(filter().value).toBe('service=search')
    await open()
    await user.click(screen.getByRole('button', { name: 'Delete Finders' }))
    await until(() => screen.queryByText('Finders') === null)
    expect(localStorage.getItem('deckwatch.alerts')).not.toContain('Finders')
  })
})
