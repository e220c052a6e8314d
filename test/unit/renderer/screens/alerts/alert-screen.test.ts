import { describe, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createAlertScreen } from '#renderer/screens/alerts/alert-screen.ts'
import { createPreferences } from '#renderer/screens/alerts/alert-preferences.ts'
import { emptyMirror } from '#renderer/engine/mirror/mirror.ts'
import type { MirrorState } from '#renderer/engine/mirror/mirror-store.ts'
import type { Alert } from '#shared/domain/alert/schema.ts'
import { emptyWatch } from '#shared/domain/watch/state.ts'
import { alertWith, incidentWith } from '#test/fixtures/watch-entities.ts'
import { MemoryStorage } from '../../memory-storage.ts'

/** A screen whose slices last as long as the test wants: `stepMs` is what each step costs. */
function onScreen(alerts: readonly Alert[], stepMs = 0) {
  const mirror = createStore<MirrorState>(() => ({ ...emptyMirror, connection: { phase: 'open' } }))
  const know = (list: readonly Alert[]) => {
    mirror.setState({
      watch: {
        ...emptyWatch,
        alerts: new Map(list.map((alert) => [alert.key, alert])),
        incidents: new Map([['i1', incidentWith({ id: 'i1' })]]),
      },
    })
  }
  const tasks: (() => void)[] = []
  let now = 0
  const preferences = createPreferences(new MemoryStorage())
  const screen = createAlertScreen({
    mirror,
    preferences,
    engineNow: () => 0,
    steady: () => (now += stepMs),
    later: (task) => tasks.push(task),
  })
  know(alerts)
  const detach = screen.attach()
  const keys = () => screen.store.getState().shown.map(({ key }) => key)
  return { screen, mirror, know, keys, tasks, preferences, detach }
}

const three = [
  alertWith({ key: 'a', startsAt: 3 }),
  alertWith({ key: 'b', startsAt: 2 }),
  alertWith({ key: 'c', startsAt: 1 }),
]
const worse = alertWith({ key: 'worse', severity: 'P0' })

describe('the alerts screen', () => {
  it('follows what is known while nothing holds it', () => {
    const { know, keys } = onScreen(three)
    expect(keys()).toEqual(['a', 'b', 'c'])
    know([...three, worse])
    expect(keys()).toEqual(['worse', 'a', 'b', 'c'])
  })

  it('holds its lines for as long as any reason lasts, each showing what is true now', () => {
    const { screen, know, keys } = onScreen(three)
    screen.hold('pointer')
    screen.hold('focus')
    know([worse, ...three.slice(0, 2).map((each) => ({ ...each, status: 'resolved' as const }))])
    expect(keys()).toEqual(['a', 'b', 'c'])
    const { shown, news } = screen.store.getState()
    expect(shown.map(({ alert, isGone }) => [alert.status, isGone])).toEqual([
      ['resolved', false],
      ['resolved', false],
      ['firing', true],
    ])
    expect(news).toMatchObject({ added: [{ key: 'worse' }], gone: 1 })
    screen.release('pointer')
    expect(keys()).toEqual(['a', 'b', 'c'])
    screen.release('focus')
    expect(keys()).toEqual(['worse', 'a', 'b'])
    expect(screen.store.getState().news).toBeNull()
  })

  it('shows the news when asked, and holds the lines that are then there', () => {
    const { screen, know, keys } = onScreen(three)
    screen.hold('focus')
    know([...three, worse])
    screen.showNews()
    expect(keys()).toEqual(['worse', 'a', 'b', 'c'])
    know(three)
    expect(keys()).toEqual(['worse', 'a', 'b', 'c'])
  })

  it('does nothing for what changes no alert and no incident', () => {
    const { screen, mirror } = onScreen(three)
    const before = screen.store.getState()
    const { watch } = mirror.getState()
    if (!watch) throw new Error('nothing is known')
    mirror.setState({ watch: { ...watch, seq: watch.seq + 1, pages: new Map() } })
    expect(screen.store.getState()).toBe(before)
    mirror.setState({ watch: { ...watch, incidents: new Map(watch.incidents) } })
    expect(screen.store.getState()).not.toBe(before)
  })

  it('takes what the reader chooses at once, held or not', () => {
    const { screen, keys, preferences } = onScreen(three)
    screen.hold('pointer')
    const before = screen.store.getState().listing
    preferences.change(() => ({ sort: { column: 'since', isReversed: true } }))
    expect(keys()).toEqual(['c', 'b', 'a'])
    screen.setFilter('@severity=P0')
    expect(keys()).toEqual([])
    screen.setFilter('')
    expect(keys()).toEqual(['c', 'b', 'a'])
    const { listing } = screen.store.getState()
    expect(listing).not.toBe(before)
    expect(listing).toEqual({ text: '', sort: { column: 'since', isReversed: true } })
  })

  it('keeps what the last valid filter let through while there is a mistake', () => {
    const { screen, keys, know } = onScreen([...three, worse])
    screen.setFilter('@severity=P0')
    const { listing } = screen.store.getState()
    for (const text of ['@severity=P', '@severity=P0 pod=~"(a', 'pod=~"(" alertname="Slow"']) {
      screen.setFilter(text)
      expect(keys()).toEqual(['worse'])
      expect(screen.store.getState()).toMatchObject({ text, appliedText: '@severity=P0' })
      expect(screen.store.getState().problem).not.toBeNull()
    }
    // It goes on with what changes, and a mistake that is taken back moves nothing.
    know([...three, worse, { ...worse, key: 'worse-2' }])
    expect(keys()).toEqual(['worse', 'worse-2'])
    screen.setFilter('@severity=P0')
    expect(screen.store.getState().problem).toBeNull()
    expect(screen.store.getState().listing).toBe(listing)
  })

  it('lists all where no filter was valid before', () => {
    const { screen, keys } = onScreen([...three, worse])
    screen.setFilter('severity="critical')
    expect(keys()).toHaveLength(4)
    expect(screen.store.getState()).toMatchObject({ appliedText: '', problem: { offset: 9 } })
  })

  it('says what no alert is called where a filter lets nothing through', () => {
    const { screen, know, keys } = onScreen(three)
    screen.setFilter('alertnam="Slow"')
    expect(screen.store.getState().doubts).toEqual([
      {
        message: 'No alert has the label "alertnam".',
        instead: { shown: 'alertname', text: 'alertname="Slow"' },
      },
    ])
    screen.setFilter('alertname="Slwo"')
    expect(screen.store.getState().doubts).toEqual([
      {
        message: 'No alert’s alertname is "Slwo".',
        instead: { shown: 'Slow', text: 'alertname="Slow"' },
      },
    ])
    // Once there is one, it was no slip.
    know([...three, alertWith({ key: 'd', labels: { alertname: 'Slwo' } })])
    expect(keys()).toEqual(['d'])
    expect(screen.store.getState().doubts).toEqual([])
  })

  it('keeps the last filter that was understood while there is a mistake', () => {
    const { screen, keys } = onScreen([...three, worse])
    screen.setFilter('@severity=P0')
    screen.setFilter('@severity=P0 pod=~"("')
    expect(keys()).toEqual(['worse'])
    expect(screen.store.getState()).toMatchObject({
      appliedText: '@severity=P0',
      problem: { offset: 19 },
    })
    screen.setFilter('')
    expect(screen.store.getState().problem).toBeNull()
  })

  it('gives the page room while it works on many, and drops work that was overtaken', () => {
    const many = Array.from({ length: 1_000 }, (_, index) =>
      alertWith({ key: `k${String(index)}` }),
    )
    const { screen, tasks, keys } = onScreen(many, 5)
    const runAll = () => {
      for (let task = tasks.shift(); task; task = tasks.shift()) task()
    }
    expect(screen.store.getState().isWorking).toBe(true)
    expect(keys()).toEqual([])
    runAll()
    expect(keys()).toHaveLength(1_000)
    screen.setFilter('nothing-has-this')
    screen.setFilter('alertname="Slow"')
    runAll()
    expect(screen.store.getState()).toMatchObject({ isWorking: false, matching: 1_000 })
  })

  it('forgets the choice of what is gone, and lets the lines go with the last of it', () => {
    const { screen, know, keys } = onScreen(three)
    screen.select(new Set(['a', 'b']))
    know(three.slice(1))
    expect([...screen.store.getState().selected]).toEqual(['b'])
    expect(screen.chosen().map(({ key }) => key)).toEqual(['b'])
    expect(keys()).toEqual(['a', 'b', 'c'])
    screen.select(new Set())
    expect(keys()).toEqual(['b', 'c'])
  })

  it('forgets the choice of what a filter, an order or the news takes off the list', () => {
    const { screen, know, keys, preferences } = onScreen([...three, worse])
    const reasons: string[] = []
    screen.listenChoice((_selected, reason) => reasons.push(reason))
    const chosen = () => [...screen.store.getState().selected]
    screen.select(new Set(['a', 'worse']))
    screen.setFilter('@severity=P0')
    expect([keys(), chosen()]).toEqual([['worse'], ['worse']])
    expect(screen.chosen().map(({ key }) => key)).toEqual(['worse'])
    expect(reasons).toEqual(['selected', 'listed'])
    // Another order, and the news, take away what no longer passes the filter but was held.
    const milder = { ...worse, severity: 'P3' as const }
    know([...three, milder])
    expect([keys(), chosen()]).toEqual([['worse'], ['worse']])
    preferences.change(() => ({ sort: { column: 'since', isReversed: true } }))
    expect([keys(), chosen()]).toEqual([[], []])
    know([...three, worse])
    screen.select(new Set(['worse']))
    know([...three, milder])
    screen.showNews()
    expect([keys(), chosen()]).toEqual([[], []])
    // With nothing chosen the lines are let go.
    know([...three, worse])
    expect(keys()).toEqual(['worse'])
  })

  it('chooses nothing that is not listed, such as the start of a range from before a filter', () => {
    const { screen } = onScreen([...three, worse])
    screen.setFilter('@severity=P0')
    screen.select(new Set(['a', 'worse']))
    expect([...screen.store.getState().selected]).toEqual(['worse'])
    screen.select(new Set(['a']))
    expect(screen.store.getState().selected.size).toBe(0)
  })

  it('is on no line where the list no longer has that of the keyboard', () => {
    const { screen, know } = onScreen([...three, worse])
    expect(screen.active()).toBeUndefined()
    screen.moveTo('a')
    expect(screen.active()?.key).toBe('a')
    screen.setFilter('@severity=P0')
    expect(screen.active()).toBeUndefined()
    // The place is kept for when the filter lets it through again.
    screen.setFilter('')
    expect(screen.active()?.key).toBe('a')
    screen.hold('focus')
    know([worse])
    expect(screen.active()).toMatchObject({ key: 'a', isGone: true })
  })

  it('stands still while another screen is shown', () => {
    const { screen, know, keys, detach } = onScreen(three)
    detach()
    know([])
    expect(keys()).toEqual(['a', 'b', 'c'])
    screen.attach()
    expect(keys()).toEqual([])
  })

  it('counts what the alerts have, for suggestions', () => {
    const { screen } = onScreen(three)
    screen.countValues()
    expect(screen.store.getState().values.get('alertname')).toEqual(new Map([['Slow', 3]]))
  })
})
