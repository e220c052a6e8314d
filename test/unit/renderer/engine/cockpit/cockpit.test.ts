import { emptyWatch, toSnapshot } from '#shared/domain/watch/state.ts'
import { describe, expect, it } from 'vitest'
import { SocketClient } from '#renderer/engine/bridge/socket-client.ts'
import type { Announcement } from '#renderer/engine/cockpit/announcements.ts'
import { createCockpit } from '#renderer/engine/cockpit/cockpit.ts'
import { LOST_AFTER_MS } from '#shared/contract/messages.ts'
import { emptySnapshot, FakePorts, pulseAt } from '../bridge/fake-engine.ts'
import { eventOf, incidentWith, triggered } from '#test/fixtures/watch-entities.ts'

function onWatch() {
  const ports = new FakePorts()
  const cockpit = createCockpit(new SocketClient(ports), ports)
  const said: Announcement[] = []
  cockpit.announcements.add((announcement) => said.push(announcement))
  ports.greet()
  return { ports, cockpit, said }
}

describe('the selection', () => {
  it('starts with the most urgent incident', () => {
    const { ports, cockpit } = onWatch()
    ports.say({
      type: 'delta',
      events: [triggered(1, 'low', { severity: 'P3' }), triggered(2, 'high', { severity: 'P1' })],
    })
    expect(cockpit.ui.getState().selectedId).toBe('high')
  })

  it('stays where it is when something worse comes', () => {
    const { ports, cockpit } = onWatch()
    ports.say({ type: 'delta', events: [triggered(1, 'mine')] })
    ports.say({ type: 'delta', events: [triggered(2, 'worse', { severity: 'P0' })] })
    expect(cockpit.ui.getState().selectedId).toBe('mine')
  })

  it('keeps an incident on the screen that the engine let go of', () => {
    const { ports, cockpit } = onWatch()
    const incident = incidentWith({ id: 'mine' })
    const state = { ...toSnapshot(emptyWatch), seq: 3, incidents: [incident] }
    ports.say({ type: 'snapshot', state })
    cockpit.actions.select('mine')
    ports.say({ type: 'snapshot', state: { ...state, seq: 4, incidents: [] } })
    expect(cockpit.ui.getState()).toMatchObject({ selectedId: 'mine', departed: incident })
    ports.say({ type: 'snapshot', state: { ...state, seq: 5 } })
    expect(cockpit.ui.getState().departed).toBeNull()
  })

  it('goes on to what is real when a drill leaves with its incidents', () => {
    const { ports, cockpit } = onWatch()
    const state = {
      ...toSnapshot(emptyWatch),
      seq: 3,
      incidents: [
        incidentWith({ id: 'practice', isDrill: true, status: 'closed' }),
        incidentWith({ id: 'real' }),
      ],
    }
    ports.say({ type: 'snapshot', state })
    cockpit.actions.select('practice')
    ports.say({
      type: 'snapshot',
      state: { ...state, seq: 4, incidents: state.incidents.slice(1) },
    })
    expect(cockpit.ui.getState()).toMatchObject({ selectedId: 'real', departed: null })
  })
})

describe('the queue', () => {
  it('is asked to follow a move and a way to an incident, each time anew', () => {
    const { ports, cockpit } = onWatch()
    ports.say({ type: 'delta', events: [triggered(1, 'a'), triggered(2, 'b')] })
    expect(cockpit.ui.getState()).toMatchObject({ queueRequest: null, choice: null })
    cockpit.actions.goTo('b')
    const first = cockpit.ui.getState()
    expect(first).toMatchObject({ queueRequest: { kind: 'follow' }, choice: { incidentId: 'b' } })
    cockpit.actions.goTo('b')
    const second = cockpit.ui.getState()
    expect(second.queueRequest).not.toBe(first.queueRequest)
    expect(second.choice).not.toBe(first.choice)
  })

  it('follows whoever comes to Now, and is entered on request', () => {
    const { cockpit } = onWatch()
    cockpit.actions.show('now')
    expect(cockpit.ui.getState().queueRequest).toBeNull()
    cockpit.actions.show('alerts')
    cockpit.actions.show('now')
    expect(cockpit.ui.getState().queueRequest).toEqual({ kind: 'follow' })
    cockpit.actions.goToQueue()
    expect(cockpit.ui.getState().queueRequest).toEqual({ kind: 'enter' })
    cockpit.actions.closeMenu()
    expect(cockpit.ui.getState().queueRequest).toEqual({ kind: 'enter' })
    cockpit.actions.open({ kind: 'snooze', incidentId: 'a' })
    cockpit.actions.closeMenu()
    expect(cockpit.ui.getState().queueRequest).toEqual({ kind: 'refocus' })
  })
})

describe('adding a source', () => {
  it('is asked for on the settings, from whatever screen', () => {
    const { cockpit } = onWatch()
    cockpit.actions.open({ kind: 'palette' })
    cockpit.actions.addSource()
    const first = cockpit.ui.getState()
    expect(first).toMatchObject({ screen: 'settings', dialog: null })
    cockpit.actions.addSource()
    expect(cockpit.ui.getState().addSourceRequest).not.toBe(first.addSourceRequest)
  })
})

describe('an incident that Deckwatch closed while it was selected', () => {
  const closedBy = (kind: 'deckwatch' | 'person') => {
    const actor = kind === 'person' ? { kind, id: 'ada', name: 'ada' } : { kind }
    return { ...eventOf(2, { type: 'incident.closed', incidentId: 'drill' }), actor }
  }
  const onClosed = (kind: 'deckwatch' | 'person' = 'deckwatch') => {
    const watch = onWatch()
    watch.ports.say({ type: 'delta', events: [triggered(1, 'drill')] })
    return { ...watch, close: () => watch.ports.say({ type: 'delta', events: [closedBy(kind)] }) }
  }
  const others = (seq: number) => ({
    type: 'delta' as const,
    events: [triggered(seq, 'low', { severity: 'P3' }), triggered(seq + 1, 'high')],
  })

  it('makes room for what needs somebody, once one comes back to Now', () => {
    const { ports, cockpit, close } = onClosed()
    close()
    ports.say(others(3))
    // Not while it is looked at.
    expect(cockpit.ui.getState().selectedId).toBe('drill')
    cockpit.actions.show('alerts')
    cockpit.actions.show('now')
    expect(cockpit.ui.getState().selectedId).toBe('high')
  })

  it('is left at once while another screen is shown', () => {
    const { ports, cockpit, close } = onClosed()
    cockpit.actions.show('settings')
    close()
    expect(cockpit.ui.getState().selectedId).toBeNull()
    ports.say(others(3))
    expect(cockpit.ui.getState().selectedId).toBe('high')
  })

  it('stays where a person has chosen it since, or closed it', () => {
    const chosen = onClosed()
    chosen.close()
    chosen.ports.say(others(3))
    chosen.cockpit.actions.select('drill')
    chosen.cockpit.actions.show('alerts')
    chosen.cockpit.actions.show('now')
    expect(chosen.cockpit.ui.getState().selectedId).toBe('drill')

    const closed = onClosed('person')
    closed.cockpit.actions.show('alerts')
    closed.close()
    closed.ports.say(others(3))
    expect(closed.cockpit.ui.getState().selectedId).toBe('drill')
  })
})

describe('a move after the selected incident has left those that wait', () => {
  it('goes on from where it was', () => {
    const { ports, cockpit } = onWatch()
    ports.say({
      type: 'delta',
      events: [
        triggered(1, 'a', { severity: 'P0' }),
        triggered(2, 'b', { severity: 'P1' }),
        triggered(3, 'c', { severity: 'P2' }),
      ],
    })
    cockpit.actions.move('next')
    ports.say({
      type: 'delta',
      events: [eventOf(4, { type: 'incident.acknowledged', incidentId: 'b' })],
    })
    expect(cockpit.ui.getState()).toMatchObject({ selectedId: 'b', leftWaiting: 'b' })
    expect(cockpit.actions.move('next')).toBe('c')
    // From here on it is an ordinary walk: what is acknowledged comes after what waits.
    expect(cockpit.actions.move('next')).toBe('b')
    expect(cockpit.actions.move('previous')).toBe('c')
  })
})

describe('the engine', () => {
  it('is lost and found, and what was seen stays', () => {
    const { ports, cockpit, said } = onWatch()
    ports.say({ type: 'delta', events: [triggered(1, 'a')] })
    ports.pass(LOST_AFTER_MS)
    expect(cockpit.mirror.getState().connection.phase).toBe('lost')
    expect(cockpit.mirror.getState().watch?.incidents.has('a')).toBe(true)
    ports.pass(1_000)
    ports.greet()
    expect(cockpit.mirror.getState().connection.phase).toBe('open')
    expect(said.map(({ text }) => text)).toEqual([
      expect.stringContaining('New incident'),
      expect.stringContaining('lost'),
      expect.stringContaining('back'),
    ])
  })

  it('is asked for a snapshot after a gap', () => {
    const { ports } = onWatch()
    ports.say({ type: 'delta', events: [triggered(3, 'late')] })
    ports.say({ type: 'delta', events: [triggered(4, 'later')] })
    expect(ports.socket.sent).toEqual([{ type: 'sync' }])
  })

  it('is asked once when it says what cannot be read', () => {
    const { ports, cockpit } = onWatch()
    ports.socket.handlers.received('{}')
    ports.socket.handlers.received('{}')
    expect(ports.socket.sent).toEqual([{ type: 'sync' }])
    expect(cockpit.ui.getState().unreadable).not.toBeNull()
  })

  it('ignores events after a hole until a snapshot, and asks again with restraint', () => {
    const { ports, cockpit } = onWatch()
    const hole = () => {
      ports.socket.handlers.received('{"type":"delta","events":[{"seq":"of a newer engine"}]}')
    }
    const asked = () => ports.socket.sent.filter(({ type }) => type === 'sync').length
    hole()
    ports.say({ type: 'delta', events: [triggered(1, 'a')] })
    expect([asked(), cockpit.mirror.getState().watch?.incidents.size]).toEqual([1, 0])
    for (let times = 0; times < 20; times += 1) {
      ports.say(emptySnapshot)
      hole()
    }
    expect(asked()).toBe(1)
    ports.say(emptySnapshot)
    hole()
    for (let beat = 1; beat <= 3; beat += 1) {
      ports.pass(LOST_AFTER_MS / 3)
      ports.say(emptySnapshot)
      hole()
    }
    expect(asked()).toBe(2)
    // One of a kind that is not known is no hole.
    ports.say(emptySnapshot)
    ports.socket.handlers.received('{"type":"riddle"}')
    ports.say({ type: 'delta', events: [triggered(1, 'a')] })
    expect([asked(), cockpit.mirror.getState().watch?.incidents.size]).toEqual([2, 1])
  })

  it('lends its clock, counted on from its last pulse', () => {
    const { ports, cockpit } = onWatch()
    ports.say(pulseAt(5_000))
    ports.pass(1_500)
    ports.wallOffset += 3_600_000
    expect(cockpit.engineNow()).toBe(6_500)
  })
})

describe('commands', () => {
  const answer = (ports: FakePorts, id: string, outcome: object) =>
    ports.socket.handlers.received(JSON.stringify({ type: 'response', id, outcome }))

  it('are pending until recorded, and change nothing by themselves', async () => {
    const { ports, cockpit } = onWatch()
    ports.say({ type: 'delta', events: [triggered(1, 'a')] })
    const done = cockpit.actions.acknowledge('a')
    expect(cockpit.ui.getState().work.get('a')?.pending.has('incident.acknowledge')).toBe(true)
    answer(ports, 'request-1', { ok: true, value: { seq: 2 } })
    await done
    expect(cockpit.ui.getState().work.has('a')).toBe(false)
    expect(cockpit.mirror.getState().watch?.incidents.get('a')?.status).toBe('triggered')
    ports.say({
      type: 'delta',
      events: [eventOf(2, { type: 'incident.acknowledged', incidentId: 'a' })],
    })
    expect(cockpit.mirror.getState().watch?.incidents.get('a')?.status).toBe('acknowledged')
  })

  it('are sent once however often the key is pressed', () => {
    const { ports, cockpit } = onWatch()
    void cockpit.actions.acknowledge('a')
    void cockpit.actions.acknowledge('a')
    expect(ports.socket.sent).toHaveLength(1)
  })

  it('keep their refusal until it is dismissed', async () => {
    const { ports, cockpit } = onWatch()
    const done = cockpit.actions.close('a')
    const error = { code: 'not-allowed-now', message: 'Only a resolved incident can be closed.' }
    answer(ports, 'request-1', { ok: false, error })
    await done
    expect(cockpit.ui.getState().work.get('a')?.refusal).toEqual({ name: 'incident.close', error })
    cockpit.actions.dismissRefusal('a')
    expect(cockpit.ui.getState().work.has('a')).toBe(false)
  })

  it('are said to who cannot see them, done or refused', async () => {
    const { ports, cockpit, said } = onWatch()
    ports.say({ type: 'delta', events: [triggered(1, 'a')] })
    const done = cockpit.actions.acknowledge('a')
    answer(ports, 'request-1', { ok: true, value: { seq: 2 } })
    await done
    cockpit.actions.refuse('a', 'incident.close', 'Resolve it first.')
    expect(said.slice(1)).toEqual([
      { politeness: 'polite', text: 'Acknowledged: Incident a' },
      { politeness: 'polite', text: 'Refused: Resolve it first.' },
    ])
  })

  it('forget that the engine was not there once it is', () => {
    const { ports, cockpit } = onWatch()
    cockpit.actions.refuse('a', 'incident.close', 'Resolve it first.')
    ports.pass(LOST_AFTER_MS)
    cockpit.actions.refuse('b', 'incident.acknowledge', 'The engine is lost.')
    expect(cockpit.ui.getState().work.has('b')).toBe(true)
    ports.pass(1_000)
    ports.greet()
    expect([...cockpit.ui.getState().work.keys()]).toEqual(['a'])
  })

  it('ask before resolving what still fires', async () => {
    const { ports, cockpit } = onWatch()
    const done = cockpit.actions.resolve('a')
    const error = { code: 'alerts-still-firing', message: '2 alerts of this incident still fire.' }
    answer(ports, 'request-1', { ok: false, error })
    await done
    expect(cockpit.ui.getState().dialog).toEqual({
      kind: 'resolve',
      incidentId: 'a',
      refusal: error,
    })
    expect(cockpit.ui.getState().work.has('a')).toBe(false)
  })

  it('keep a note as a draft until it is recorded', async () => {
    const { ports, cockpit } = onWatch()
    cockpit.actions.setDraft('a', 'restarted the pods')
    const failed = cockpit.actions.sendNote('a')
    answer(ports, 'request-1', { ok: false, error: { code: 'journal-full', message: 'Full.' } })
    await failed
    expect(cockpit.ui.getState().drafts.get('a')).toBe('restarted the pods')
    const sent = cockpit.actions.sendNote('a')
    answer(ports, 'request-2', { ok: true, value: { seq: 9 } })
    await sent
    expect(cockpit.ui.getState().drafts.has('a')).toBe(false)
  })

  it('do not lose what was written while the note before was on its way', async () => {
    const { ports, cockpit } = onWatch()
    cockpit.actions.setDraft('a', 'first')
    const sent = cockpit.actions.sendNote('a')
    cockpit.actions.setDraft('a', 'first, and then')
    answer(ports, 'request-1', { ok: true, value: { seq: 9 } })
    await sent
    expect(cockpit.ui.getState().drafts.get('a')).toBe('first, and then')
  })

  it('leave out an empty note', async () => {
    const { ports, cockpit } = onWatch()
    cockpit.actions.setDraft('a', '  \n ')
    await cockpit.actions.sendNote('a')
    expect(ports.socket.sent).toEqual([])
  })
})
