// @vitest-environment jsdom
import { act, fireEvent } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { noAlerts } from '#shared/domain/incident/counts.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { AttentionProvider } from '#renderer/screens/now/attention-provider.tsx'
import { Queue } from '#renderer/screens/now/queue.tsx'
import { alertWith, incidentWith, triggered } from '#test/fixtures/watch-entities.ts'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

function showQueue(incidents: readonly Incident[], over: Parameters<typeof stateWith>[0] = {}) {
  const shown = showCockpit(
    <AttentionProvider>
      <Queue />
    </AttentionProvider>,
    stateWith({ incidents: [...incidents], ...over }),
  )
  const row = (title: string) => shown.screen.getByRole('button', { name: new RegExp(title) })
  const titles = () =>
    shown.screen
      .getAllByRole('button')
      .filter((each) => each.dataset['incident'] !== undefined)
      .map((each) => each.dataset['incident'])
  return { ...shown, row, titles }
}

const byGrace = { by: { kind: 'person', id: 'grace', name: 'grace' }, at: 2_000 } as const

describe('a line of the queue', () => {
  it('says how bad it is, where, how many alerts it has and since when', () => {
    const { row, ports } = showQueue([
      incidentWith({
        id: 'i1',
        title: 'Shop is down',
        severity: 'P0',
        startedAt: new Date('2023-11-14T22:00:00Z').getTime(),
        counts: { ...noAlerts, firing: 3, suppressed: 1 },
      }),
    ])
    expect(ports.wall()).toBe(new Date('2023-11-14T22:13:20Z').getTime())
    const line = row('Shop is down')
    expect(line.textContent).toContain('P0critical')
    expect(line.textContent).toContain('checkout')
    expect(line.textContent).toContain('3 alerts, 1 suppressed')
    expect(line.textContent).toContain('13m')
  })

  it('names its rule and what it is about, however alike the titles are', () => {
    const looping = { alertname: 'KubePodCrashLooping', namespace: 'shop' }
    const { row } = showQueue(
      [
        incidentWith({
          id: 'pods',
          title: 'Pod is crash looping.',
          group: { alertname: 'KubePodCrashLooping', cluster: 'eu-1' },
          counts: { ...noAlerts, firing: 3 },
        }),
      ],
      {
        alerts: ['cart-1', 'cart-2', 'mail-1'].map((pod, index) =>
          alertWith({
            key: pod,
            incidentId: 'pods',
            startsAt: index,
            labels: { ...looping, pod, __alert_rule_uid__: 'ab12' },
          }),
        ),
      },
    )
    const line = row('Pod is crash looping')
    expect(line.textContent).toContain('shop/cart-1+2KubePodCrashLoopingeu-1')
    // There are as many alerts as pods: that is said already.
    expect(line.textContent).not.toContain('alerts')
    expect(line.textContent).not.toContain('ab12')
  })

  it('says of as many alerts as things only how many are suppressed', () => {
    const { row } = showQueue(
      [incidentWith({ id: 'pods', counts: { ...noAlerts, firing: 2, suppressed: 1 } })],
      {
        alerts: ['cart-1', 'mail-1'].map((pod) =>
          alertWith({ key: pod, incidentId: 'pods', labels: { namespace: 'shop', pod } }),
        ),
      },
    )
    const counts = row('').querySelector('[title="2 alerts, 1 suppressed"]')
    expect(counts?.textContent).toBe('1 suppressed')
  })

  it('begins with what sets it apart from others of its name, and says nothing twice', () => {
    const of = (cluster: string) => ({ alertname: 'EtcdDown', cluster, service: 'etcd' })
    const { screen } = showQueue(
      ['eu', 'us'].map((cluster) =>
        incidentWith({ id: cluster, title: 'etcd', group: of(cluster) }),
      ),
      {
        alerts: ['eu', 'us'].map((cluster) =>
          alertWith({ key: cluster, incidentId: cluster, labels: of(cluster) }),
        ),
      },
    )
    const lines = screen
      .getAllByRole('button')
      .filter((each) => each.dataset['incident'] !== undefined)
      .map((each) => each.textContent)
    expect(lines).toEqual([
      expect.stringMatching(/euetcdEtcdDown$/),
      expect.stringMatching(/usetcdEtcdDown$/),
    ])
  })

  it('says who has it, until when it is away and what to mistrust', async () => {
    const { row, screen, user } = showQueue(
      [
        incidentWith({
          id: 'taken',
          status: 'acknowledged',
          acknowledged: { ...byGrace, severity: 'P2' },
        }),
        incidentWith({ id: 'away', snoozed: { ...byGrace, until: 9_000_000_000_000 } }),
        incidentWith({ id: 'fires', status: 'resolved', resolved: byGrace }),
        incidentWith({ id: 'flaps' }),
        incidentWith({ id: 'asks' }),
      ],
      {
        alerts: [alertWith({ key: 'a', incidentId: 'flaps', flappingSince: 1_000 })],
        triggers: [
          {
            incidentId: 'asks',
            crossed: { slow: { at: 1_000, value: null, threshold: '5m' } },
            changes: 1,
          },
        ],
      },
    )
    expect(row('Incident taken').textContent).toContain('acknowledged by grace')
    expect(row('Incident flaps').textContent).toContain('flapping')
    expect(row('Incident asks').textContent).toContain('trigger crossed')
    expect(row('Incident flaps').textContent).not.toContain('trigger crossed')
    // What is put away is there when asked for.
    expect(screen.queryByText('Incident away')).toBeNull()
    await user.click(screen.getByRole('button', { name: /^Snoozed 1/ }))
    expect(row('Incident away').textContent).toContain('by grace')
    await user.click(screen.getByRole('button', { name: /^Resolved 1.*1 still firing/ }))
    expect(row('Incident fires').textContent).toContain('1 still firing,resolved by grace')
  })
})

describe('lines of two realms', () => {
  it('say which, where all else is equal', () => {
    const group = { alertname: 'HostDown', service: 'db' }
    const { screen } = showQueue(
      ['a', 'b'].map((id) => incidentWith({ id, title: 'Host is down', group })),
      {
        alerts: [
          alertWith({ key: 'a', incidentId: 'a', labels: group }),
          alertWith({ key: 'b', incidentId: 'b', labels: group, realm: 'am-us' }),
        ],
      },
    )
    const lines = screen
      .getAllByRole('button')
      .filter((each) => each.dataset['incident'] !== undefined)
      .map((each) => each.textContent)
    expect(lines[0]).toMatch(/defaultdbHostDown$/)
    expect(lines[1]).toMatch(/am-usdbHostDown$/)
  })
})

describe('the queue', () => {
  const three = [
    incidentWith({ id: 'a', severity: 'P0' }),
    incidentWith({ id: 'b', severity: 'P1' }),
    incidentWith({ id: 'c', severity: 'P2' }),
  ]

  it('stands in the order of urgency, its most urgent selected and the one stop of Tab', () => {
    const { titles, row } = showQueue(three.toReversed())
    expect(titles()).toEqual(['a', 'b', 'c'])
    expect(row('Incident a').getAttribute('aria-current')).toBe('true')
    expect([row('Incident a').tabIndex, row('Incident b').tabIndex]).toEqual([0, -1])
  })

  it('follows a move with the focus, where the focus is nowhere or in it', () => {
    const { cockpit, row } = showQueue(three)
    act(() => void cockpit.actions.move('next'))
    expect(document.activeElement).toBe(row('Incident b'))
    act(() => void cockpit.actions.move('last'))
    expect(document.activeElement).toBe(row('Incident c'))
  })

  it('never takes the focus from something else, unless it is asked for the queue itself', () => {
    const { cockpit, row } = showQueue(three)
    const field = document.body.appendChild(document.createElement('input'))
    field.focus()
    act(() => void cockpit.actions.move('next'))
    expect(document.activeElement).toBe(field)
    act(() => {
      cockpit.actions.returnToQueue()
    })
    expect(document.activeElement).toBe(field)
    act(() => {
      cockpit.actions.goToQueue()
    })
    expect(document.activeElement).toBe(row('Incident b'))
    field.remove()
  })

  it('keeps the selection, and the focus where it was, when something worse comes', async () => {
    const { cockpit, say, row, titles } = showQueue(three)
    act(() => void cockpit.actions.move('next'))
    await say({ type: 'delta', events: [triggered(2, 'worse', { severity: 'P0' })] })
    expect(titles()).toEqual(['a', 'worse', 'b', 'c'])
    expect(row('Incident b').getAttribute('aria-current')).toBe('true')
    expect(document.activeElement).toBe(row('Incident b'))
  })

  it('shows what is selected from elsewhere, also while a pointer holds the lines', async () => {
    const { cockpit, say, screen, titles, row } = showQueue(three)
    fireEvent.pointerMove(screen.getByRole('group', { name: 'Queue' }))
    await say({ type: 'delta', events: [triggered(2, 'worse', { severity: 'P0' })] })
    expect(titles()).toEqual(['a', 'b', 'c'])
    // A notification was pressed.
    await say({ type: 'open', incidentId: 'worse' })
    expect(cockpit.ui.getState().selectedId).toBe('worse')
    expect(titles()).toEqual(['a', 'worse', 'b', 'c'])
    expect(row('Incident worse').getAttribute('aria-current')).toBe('true')
  })

  it('holds its lines from the moment that one is pressed, also after a rest', async () => {
    const { say, titles, row } = showQueue(three)
    fireEvent.pointerDown(row('Incident b'))
    await say({ type: 'delta', events: [triggered(2, 'worse', { severity: 'P0' })] })
    expect(titles()).toEqual(['a', 'b', 'c'])
    fireEvent.pointerLeave(row('Incident b').closest('ul')!.parentElement!.parentElement!)
    expect(titles()).toEqual(['a', 'worse', 'b', 'c'])
  })

  it('selects by a press', async () => {
    const { user, cockpit, row } = showQueue(three)
    await user.click(row('Incident c'))
    expect(cockpit.ui.getState()).toMatchObject({
      selectedId: 'c',
      choice: { incidentId: 'c' },
    })
  })
})
