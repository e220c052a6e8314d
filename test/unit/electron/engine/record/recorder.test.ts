import { describe, expect, it } from 'vitest'
import type { Journal } from '#electron/engine/ports/journal.ts'
import { createRecorder } from '#electron/engine/record/recorder.ts'
import { createNodeIds } from '#electron/host/node/ids.ts'
import type { EventBody } from '#shared/domain/watch/event.ts'
import { silentLogger, startTestEngine } from '#test/fixtures/engine.ts'
import { createFakeClock } from '#test/fixtures/fake-clock.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

const deckwatch = { kind: 'deckwatch' } as const

function startRecorder(journal = createMemoryJournal()) {
  const clock = createFakeClock()
  const snapshots: number[] = []
  const warnings: string[] = []
  const counted: Journal = {
    ...journal,
    append: (...batch) => journal.append(...batch),
    writeSnapshot: (state) => {
      const written = journal.writeSnapshot(state)
      if (written.ok) snapshots.push(state.seq)
      return written
    },
  }
  const logger = { ...silentLogger, warn: (_: object, message: string) => warnings.push(message) }
  const recorder = createRecorder({
    clock,
    ids: createNodeIds(),
    journal: counted,
    logger,
    followUps: [],
    guarded: (_doing, step) => step(),
  })
  let at = 0
  const record = (count: number) =>
    recorder.record(
      Array.from({ length: count }, (): EventBody => {
        at += 1
        return { type: 'source.identified', sourceId: 'am', instance: String(at) }
      }),
      deckwatch,
    )
  recorder.record(
    [{ type: 'source.added', sourceId: 'am', name: 'am', sourceType: 'alertmanager' }],
    deckwatch,
  )
  return { clock, journal, recorder, record, snapshots, warnings }
}

describe('snapshots', () => {
  it('are written two seconds after 5,000 events, once for a burst', async () => {
    const { clock, recorder, record, snapshots } = startRecorder()
    record(4_998)
    await clock.advance(60_000)
    expect(snapshots).toEqual([])
    record(1)
    await clock.advance(1_000)
    record(5_000)
    await clock.advance(999)
    expect(snapshots).toEqual([])
    await clock.advance(1)
    expect(snapshots).toEqual([10_000])
    await clock.advance(60_000)
    recorder.close()
    expect(snapshots).toEqual([10_000])
  })

  it('are written at the end when anything happened since, and never after it', async () => {
    const { clock, recorder, record, snapshots } = startRecorder()
    record(6_000)
    recorder.close()
    expect(snapshots).toEqual([6_001])
    await clock.advance(60_000)
    expect(snapshots).toEqual([6_001])
  })

  it('are tried again after one that could not be written; the events are safe', async () => {
    const journal = createMemoryJournal()
    const { clock, recorder, record, snapshots, warnings } = startRecorder(journal)
    record(5_000)
    journal.failWith({ code: 'journal-full', message: 'full', hint: 'space' })
    await clock.advance(2_000)
    expect(warnings).toHaveLength(1)
    expect(snapshots).toEqual([])
    const { seq } = recorder.state()
    expect(record(1).ok).toBe(false)
    expect(recorder.state().seq).toBe(seq)
    journal.failWith(null)
    record(1)
    await clock.advance(2_000)
    expect(snapshots).toEqual([5_002])
  })

  it('plus the tail are where the next start goes on', async () => {
    const source = createScriptedSource('am')
    source.show([signal({ alertname: 'A' })])
    const journal = createMemoryJournal()
    const test = startTestEngine([source], { journal })
    await test.clock.advance(0)
    await test.engine.stop()
    expect(journal.load().tail).toEqual([])
    const again = startTestEngine([source], { journal, clock: test.clock })
    expect([...again.engine.state().alerts.values()]).toEqual([
      ...test.engine.state().alerts.values(),
    ])
    await test.clock.advance(0)
    expect(journal.load().tail.length).toBeGreaterThan(0)
  })

  it('cost nothing where nothing is recorded', () => {
    const { recorder, journal } = startRecorder()
    const { length } = journal.events
    expect(recorder.record([], deckwatch)).toEqual({ ok: true, value: [] })
    expect(journal.events).toHaveLength(length)
  })
})
