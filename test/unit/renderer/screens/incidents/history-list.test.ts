import { describe, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createHistoryList } from '#renderer/screens/incidents/history-list.ts'
import { emptyMirror } from '#renderer/engine/mirror/mirror.ts'
import type { MirrorState } from '#renderer/engine/mirror/mirror-store.ts'
import type { InputOf, OutputOf } from '#shared/contract/contract.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import type { PastIncident } from '#shared/domain/history/schema.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { emptyWatch } from '#shared/domain/watch/state.ts'

type Answer = Result<OutputOf<'history.incidents'>, ContractError>

function past(number: number): PastIncident {
  return {
    id: `past-${String(number)}`,
    seq: number,
    title: 'Slow',
    status: 'closed',
    severity: 'P1',
    lastSeverity: 'P1',
    isDrill: false,
    group: {},
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
    objects: [],
    alerts: 1,
    notes: 0,
  }
}

/** An engine with that many incidents, whose answers come when the test says so. */
function stage(count = 1_000) {
  const asked: InputOf<'history.incidents'>[] = []
  const waiting: (() => void)[] = []
  const timers = new Set<() => void>()
  const engine = { count, error: null as ContractError | null, read: 7 }
  const mirror = createStore<MirrorState>(() => ({
    ...emptyMirror,
    connection: { phase: 'open' },
    watch: emptyWatch,
  }))
  const answer = ({ cursor, limit }: InputOf<'history.incidents'>): Answer => {
    if (engine.error) return fail(engine.error)
    const newest = Math.min(engine.count, (cursor ?? Infinity) - 1)
    const length = Math.min(limit ?? 100, newest)
    const incidents = Array.from({ length }, (_, index) => past(newest - index))
    const last = newest - length + 1
    return ok({
      incidents,
      total: engine.count,
      drills: 0,
      next: last > 1 ? last : null,
      lag: { read: engine.read, recorded: 7 },
    })
  }
  const list = createHistoryList({
    client: {
      request: (_name: string, input: unknown) => {
        const wanted = input as InputOf<'history.incidents'>
        asked.push(wanted)
        return new Promise((resolve) => {
          waiting.push(() => {
            resolve(answer(wanted))
          })
        })
      },
    } as never,
    mirror,
    engineNow: () => 5_000,
    after: (_ms, callback) => {
      timers.add(callback)
      return () => timers.delete(callback)
    },
  })
  const settle = async () => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
  }
  return {
    list,
    engine,
    mirror,
    asked,
    timers,
    shown: () => list.store.getState().incidents?.map(({ seq }) => seq) ?? null,
    answerAll: async () => {
      while (waiting.length > 0) {
        waiting.shift()?.()
        await settle()
      }
    },
    answerLast: async () => {
      waiting.pop()?.()
      await settle()
    },
    fire: () => {
      const due = [...timers]
      timers.clear()
      for (const callback of due) callback()
    },
  }
}

describe('the list of past incidents', () => {
  it('loads what holds, however soon a mistake is typed', async () => {
    const { list, asked, fire, answerAll, shown } = stage(3)
    list.attach()
    list.setFilter({ text: 'slow' })
    list.setFilter({ text: 'slow "' })
    expect(list.store.getState().problem).not.toBeNull()
    fire()
    await answerAll()
    expect(asked.at(-1)?.text).toBe('slow')
    expect(shown()).toEqual([3, 2, 1])
    expect(list.store.getState().isLoading).toBe(false)
  })

  it('has those of drills while the drill runs, until a person says otherwise', () => {
    const { list, mirror } = stage()
    const drill = { isPaused: false, speed: 1, at: 0, length: 1, scene: 'Calm' }
    mirror.setState({ status: { drill } as never })
    const detach = list.attach()
    expect(list.store.getState().filter.drills).toBe('with')
    list.setFilter({ drills: 'without' })
    detach()
    list.attach()
    expect(list.store.getState().filter.drills).toBe('without')
  })

  it('loads the first page when it is shown, and the next ones as they are wanted', async () => {
    const { list, answerAll, shown, asked } = stage(250)
    list.attach()
    expect(shown()).toBeNull()
    await answerAll()
    expect(shown()).toHaveLength(100)
    list.loadMore()
    list.loadMore()
    expect(asked).toHaveLength(2)
    await answerAll()
    list.loadMore()
    await answerAll()
    expect(shown()).toEqual(Array.from({ length: 250 }, (_, index) => 250 - index))
    list.loadMore()
    expect(asked).toHaveLength(3)
  })

  it('loads all that is left on the way to the end, and goes there', async () => {
    const { list, answerAll, shown } = stage(1_700)
    list.attach()
    await answerAll()
    list.goToEnd()
    await answerAll()
    expect(shown()).toHaveLength(1_700)
    expect(list.store.getState()).toMatchObject({ activeId: 'past-1', move: { id: 'past-1' } })
  })

  it('stops going to the end when the reader goes elsewhere', async () => {
    const { list, answerAll, shown } = stage(5_000)
    list.attach()
    await answerAll()
    list.goToEnd()
    list.goTo('past-4990')
    await answerAll()
    expect(shown()).toHaveLength(600)
    expect(list.store.getState().activeId).toBe('past-4990')
  })

  it('reads again what is shown when incidents change, and keeps older pages', async () => {
    const { list, engine, mirror, answerAll, fire, shown } = stage(900)
    list.attach()
    await answerAll()
    list.goToEnd()
    await answerAll()
    engine.count = 902
    mirror.setState({ watch: { ...emptyWatch, incidents: new Map() } })
    fire()
    await answerAll()
    expect(shown()).toEqual(Array.from({ length: 902 }, (_, index) => 902 - index))
    expect(list.store.getState()).toMatchObject({ total: 902, next: null })
  })

  it('asks once for all that changes within a second', async () => {
    const { list, mirror, answerAll, timers } = stage()
    list.attach()
    await answerAll()
    for (let count = 0; count < 5; count += 1) {
      mirror.setState({ watch: { ...emptyWatch, incidents: new Map() } })
    }
    expect(timers.size).toBe(1)
  })

  it('asks again while history catches up', async () => {
    const { list, engine, answerAll, fire, timers, asked } = stage()
    engine.read = 3
    list.attach()
    await answerAll()
    expect(list.store.getState().lag).toEqual({ read: 3, recorded: 7 })
    engine.read = 7
    fire()
    await answerAll()
    expect(asked).toHaveLength(2)
    expect(timers.size).toBe(0)
  })

  it('shows nothing of an answer that was overtaken by another filter', async () => {
    const { list, answerAll, answerLast, fire, asked, engine, shown } = stage(50)
    list.attach()
    await answerAll()
    list.setFilter({ severity: ['P0'] })
    fire()
    list.setFilter({ severity: ['P1'] })
    fire()
    engine.count = 2
    await answerLast()
    engine.count = 40
    await answerAll()
    expect(shown()).toEqual([2, 1])
    expect(asked.at(-1)?.severity).toEqual(['P1'])
  })

  it('keeps the list while a text is not understood', async () => {
    const { list, answerAll, timers, shown } = stage(3)
    list.attach()
    await answerAll()
    list.setFilter({ text: '"open' })
    expect(list.store.getState().problem).toMatchObject({ offset: 0 })
    expect(timers.size).toBe(0)
    expect(shown()).toEqual([3, 2, 1])
    list.setFilter({ text: 'open' })
    expect(list.store.getState().problem).toBeNull()
  })

  it('keeps what was loaded while the engine is away, and reads it again when it is back', async () => {
    const { list, mirror, answerAll, asked, shown } = stage(3)
    list.attach()
    await answerAll()
    mirror.setState({ connection: { phase: 'lost', lastHeard: null, isTrying: false } })
    list.loadMore()
    list.retry()
    expect(asked).toHaveLength(1)
    expect(shown()).toEqual([3, 2, 1])
    mirror.setState({ connection: { phase: 'open' } })
    expect(asked).toHaveLength(2)
    await answerAll()
    expect(list.store.getState().isLoading).toBe(false)
  })

  it('says why it could not be read, until it could', async () => {
    const { list, engine, answerAll } = stage(3)
    engine.error = { code: 'history-unavailable', message: 'Not now.' }
    list.attach()
    await answerAll()
    expect(list.store.getState().error).toEqual(engine.error)
    engine.error = null
    list.retry()
    await answerAll()
    expect(list.store.getState().error).toBeNull()
  })

  it('opens an incident, and comes back to its line', async () => {
    const { list, answerAll } = stage(3)
    list.attach()
    await answerAll()
    list.open('past-2')
    expect(list.store.getState()).toMatchObject({ openId: 'past-2', activeId: 'past-2' })
    list.back()
    expect(list.store.getState()).toMatchObject({ openId: null, move: { id: 'past-2' } })
  })

  it('asks nothing any more once it is left', async () => {
    const { list, mirror, answerAll, asked, timers } = stage(3)
    const leave = list.attach()
    await answerAll()
    leave()
    mirror.setState({ watch: { ...emptyWatch, incidents: new Map() } })
    expect([asked.length, timers.size]).toEqual([1, 0])
  })
})
