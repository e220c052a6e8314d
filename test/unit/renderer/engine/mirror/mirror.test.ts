import { emptyWatch, toSnapshot } from '#shared/domain/watch/state.ts'
import { describe, expect, it } from 'vitest'
import {
  applyMessage,
  disconnected,
  emptyMirror,
  type Mirror,
} from '#renderer/engine/mirror/mirror.ts'
import { LOST_AFTER_MS, type PushMessage } from '#shared/contract/messages.ts'
import { incidentOf, wordsOf, type Event } from '#shared/domain/watch/event.ts'
import { goldenEvents } from '#test/fixtures/golden-story.ts'
import { triggered } from '#test/fixtures/watch-entities.ts'

const snapshot = (seq: number): PushMessage => ({
  type: 'snapshot',
  state: { ...toSnapshot(emptyWatch), seq },
})
const delta = (...events: Event[]): PushMessage => ({ type: 'delta', events })

function mirrorAt(seq: number): Mirror {
  return applyMessage(emptyMirror, snapshot(seq), 0).mirror
}

describe('applyMessage', () => {
  it('ignores events before the first snapshot', () => {
    const applied = applyMessage(emptyMirror, delta(triggered(1, 'a')), 0)
    expect(applied).toEqual({ mirror: emptyMirror, events: [], needsSync: false })
  })

  it('applies the events that follow', () => {
    const { mirror, events, needsSync } = applyMessage(
      mirrorAt(5),
      delta(triggered(6, 'a'), triggered(7, 'b')),
      0,
    )
    expect([...(mirror.watch?.incidents.keys() ?? [])]).toEqual(['a', 'b'])
    expect(mirror.watch?.seq).toBe(7)
    expect(events).toHaveLength(2)
    expect(needsSync).toBe(false)
  })

  it('skips events that it has, and applies the rest', () => {
    const { mirror, events } = applyMessage(
      mirrorAt(6),
      delta(triggered(5, 'old'), triggered(6, 'old'), triggered(7, 'new')),
      0,
    )
    expect([...(mirror.watch?.incidents.keys() ?? [])]).toEqual(['new'])
    expect(events.map(({ seq }) => seq)).toEqual([7])
  })

  it('does nothing for a delta that it has wholly', () => {
    const before = mirrorAt(6)
    expect(applyMessage(before, delta(triggered(6, 'old')), 0).mirror).toBe(before)
  })

  it('asks once for a snapshot after a gap and ignores events until it comes', () => {
    const gap = applyMessage(mirrorAt(5), delta(triggered(7, 'late')), 1_000)
    expect(gap.needsSync).toBe(true)
    expect(gap.mirror.watch?.incidents.size).toBe(0)

    const next = applyMessage(gap.mirror, delta(triggered(8, 'later')), 1_001)
    expect(next.needsSync).toBe(false)
    expect(next.mirror.watch?.seq).toBe(5)

    const { mirror } = applyMessage(next.mirror, snapshot(8), 1_002)
    const after = applyMessage(mirror, delta(triggered(9, 'new')), 1_003)
    expect(after.mirror.watch?.incidents.has('new')).toBe(true)
  })

  it('recognises a gap within a delta', () => {
    const gap = applyMessage(mirrorAt(5), delta(triggered(6, 'a'), triggered(8, 'b')), 0)
    expect(gap.needsSync).toBe(true)
    expect(gap.mirror.watch?.seq).toBe(5)
  })

  it('takes what the engine leaves out for no gap', () => {
    const covering = (from: number, through: number, ...events: Event[]): PushMessage => ({
      type: 'delta',
      events,
      covers: { from, through },
    })
    const first = applyMessage(mirrorAt(5), covering(6, 9, triggered(7, 'a')), 0)
    expect(first.needsSync).toBe(false)
    expect(first.mirror.watch?.seq).toBe(9)
    expect([...(first.mirror.watch?.incidents.keys() ?? [])]).toEqual(['a'])
    // All of it may be left out.
    const second = applyMessage(first.mirror, covering(10, 12), 0)
    expect(second.mirror.watch?.seq).toBe(12)
    const next = applyMessage(second.mirror, delta(triggered(13, 'b')), 0)
    expect(next.mirror.watch?.seq).toBe(13)
    // What is known wholly changes nothing; a gap is one.
    expect(applyMessage(next.mirror, covering(10, 12, triggered(11, 'x')), 0).mirror).toBe(
      next.mirror,
    )
    expect(applyMessage(next.mirror, covering(15, 16), 0).needsSync).toBe(true)
  })

  it('takes a snapshot that is older: the journal may be another one', () => {
    const { mirror } = applyMessage(mirrorAt(90), snapshot(3), 0)
    expect(mirror.watch?.seq).toBe(3)
  })

  it('asks again when the engine lives and the snapshot does not come', () => {
    const pulse: PushMessage = { type: 'pulse', now: 0, pulses: [] }
    const gap = applyMessage(mirrorAt(5), delta(triggered(7, 'late')), 1_000).mirror
    expect(applyMessage(gap, pulse, 1_000 + LOST_AFTER_MS - 1).needsSync).toBe(false)
    const overdue = applyMessage(gap, pulse, 1_000 + LOST_AFTER_MS)
    expect(overdue.needsSync).toBe(true)
    expect(applyMessage(overdue.mirror, pulse, 1_001 + LOST_AFTER_MS).needsSync).toBe(false)
  })

  it('keeps pulses with the moment of their arrival', () => {
    const pulse = {
      sourceId: 'am',
      ageMs: 40,
      latencyMs: 3,
      alerts: 2,
      intervalMs: 5_000,
      isPolling: false,
      pausedMs: null,
      remarks: [],
    }
    const { mirror } = applyMessage(mirrorAt(1), { type: 'pulse', now: 99, pulses: [pulse] }, 7)
    expect(mirror.pulses.get('am')).toEqual({ value: pulse, receivedAt: 7 })
    expect(mirror.engineClock).toEqual({ value: 99, receivedAt: 7 })
  })
})

describe('the last event of an incident', () => {
  it('is another one after whatever stands on its timeline', () => {
    let mirror: Mirror = { ...emptyMirror, watch: emptyWatch, awaitingSince: null }
    const missed = new Set<string>()
    for (const event of goldenEvents) {
      const id = incidentOf(event.body)
      mirror = applyMessage(mirror, { type: 'delta', events: [event] }, 0).mirror
      if (id === null || wordsOf(event.body) === null) continue
      if (mirror.recorded.get(id) !== event.seq) missed.add(event.body.type)
    }
    expect([...missed]).toEqual([])
    // A silence belongs to none of them alone, and stands on the timelines of several.
    const silenced = goldenEvents.findLast(({ body }) => body.type.startsWith('silence.'))
    const until = goldenEvents.slice(0, silenced?.seq ?? 0)
    const then = until.reduce<Mirror>(
      (state, event) => applyMessage(state, delta(event), 0).mirror,
      { ...emptyMirror, watch: emptyWatch, awaitingSince: null },
    )
    expect(then.recorded.get('checkout')).toBe(silenced?.seq)
  })
})

describe('disconnected', () => {
  it('waits for a snapshot and keeps what was known', () => {
    const before = applyMessage(mirrorAt(5), delta(triggered(6, 'a')), 0).mirror
    const lost = disconnected(before, 2_000)
    const applied = applyMessage(lost, delta(triggered(7, 'b')), 2_001)
    expect(applied.needsSync).toBe(false)
    expect([...(applied.mirror.watch?.incidents.keys() ?? [])]).toEqual(['a'])
  })
})
