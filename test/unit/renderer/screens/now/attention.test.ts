import { describe, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createAttention } from '#renderer/screens/now/attention.ts'
import { emptyMirror } from '#renderer/engine/mirror/mirror.ts'
import type { MirrorState } from '#renderer/engine/mirror/mirror-store.ts'
import { emptyWatch } from '#shared/domain/watch/state.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'
import { MemoryStorage } from '../../memory-storage.ts'
import { ada, personsOf } from '#test/fixtures/persons.ts'

const HOUR = 3_600_000
const status = {
  ...personsOf(ada),
  version: '1',
  startedAt: 0,
  config: { path: '', isPresent: true, loadedAt: 0, problems: [] },
  groupBy: [],
  drill: null,
  problems: [],
} satisfies Partial<MirrorState['status']>

/** A page that a person comes to and leaves. */
function onPage(storage = new MemoryStorage()) {
  const world = { now: 10 * HOUR, hasFocus: true }
  const mirror = createStore<MirrorState>(() => ({
    ...emptyMirror,
    connection: { phase: 'connecting' },
  }))
  const told: boolean[] = []
  const focus = new Set<() => void>()
  const timers = new Set<() => void>()
  const listenTo = (set: Set<() => void>) => (listener: () => void) => {
    set.add(listener)
    return () => set.delete(listener)
  }
  const attention = createAttention({
    client: { tellPresence: (hasFocus) => told.push(hasFocus) },
    mirror,
    storage,
    engineNow: () => world.now,
    hasFocus: () => world.hasFocus,
    listenFocus: listenTo(focus),
    every: (_, callback) => listenTo(timers)(callback),
  })
  const detach = attention.attach()
  const connect = (triggeredAt = 0) => {
    const incidents = new Map([['a', incidentWith({ id: 'a', triggeredAt })]])
    mirror.setState({
      watch: { ...emptyWatch, incidents },
      status: { ...mirror.getInitialState().status, ...status } as MirrorState['status'],
      connection: { phase: 'open' },
    })
  }
  const setFocus = (hasFocus: boolean) => {
    world.hasFocus = hasFocus
    for (const listener of focus) listener()
  }
  const tick = () => {
    for (const timer of timers) timer()
  }
  const digest = () => attention.digest.getState()
  return { world, attention, told, connect, setFocus, tick, digest, detach, storage, mirror }
}

describe('attention', () => {
  it('tells the engine whether somebody looks', () => {
    const { told, setFocus } = onPage()
    setFocus(false)
    setFocus(true)
    expect(told).toEqual([true, false, true])
  })

  it('has nothing to say to who comes for the first time', () => {
    const { connect, digest } = onPage()
    connect(9 * HOUR)
    expect(digest()).toBeNull()
  })

  it('says what happened when somebody comes back to the page', () => {
    const { world, connect, setFocus, digest, attention } = onPage()
    connect()
    setFocus(false)
    world.now += HOUR
    connect(world.now - 1_000)
    setFocus(true)
    expect(digest()?.triggered.map(({ id }) => id)).toEqual(['a'])
    attention.dismiss()
    expect(digest()).toBeNull()
    setFocus(false)
    setFocus(true)
    expect(digest()).toBeNull()
  })

  it('says what happened while the page was closed, once it is known', () => {
    const first = onPage()
    first.connect()
    first.world.now += HOUR
    first.tick()
    first.detach()
    const again = onPage(first.storage)
    again.world.now = first.world.now + HOUR
    expect(again.digest()).toBeNull()
    again.connect(again.world.now - 1_000)
    expect(again.digest()?.from).toBe(first.world.now)
  })

  it('counts what was seen in another tab as seen', () => {
    const here = onPage()
    here.connect()
    here.setFocus(false)
    const there = onPage(here.storage)
    there.world.now += HOUR
    there.connect()
    here.world.now = there.world.now + 1_000
    here.connect(here.world.now - HOUR / 2)
    here.setFocus(true)
    expect(here.digest()).toBeNull()
  })

  it('waits for the engine where that is away on the return', () => {
    const { world, connect, setFocus, mirror, digest } = onPage()
    connect()
    setFocus(false)
    mirror.setState({ connection: { phase: 'lost', lastHeard: null, isTrying: false } })
    world.now += HOUR
    setFocus(true)
    expect(digest()).toBeNull()
    connect(world.now - 1_000)
    expect(digest()).not.toBeNull()
  })

  it('works where the browser keeps nothing, or has something else under that name', () => {
    const forbidden = new MemoryStorage()
    forbidden.isForbidden = true
    const { connect, digest } = onPage(forbidden)
    connect()
    expect(digest()).toBeNull()
    const odd = new MemoryStorage()
    odd.values.set('deckwatch.seen', '{"at":"yesterday"}')
    const page = onPage(odd)
    page.connect()
    expect(page.digest()).toBeNull()
  })
})
