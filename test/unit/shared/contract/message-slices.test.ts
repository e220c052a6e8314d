import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  serverMessageSchema,
  SliceJoiner,
  sliceMessage,
  type PushMessage,
} from '#shared/contract/index.ts'
import { readSlice } from '#shared/contract/snapshot-slices.ts'
import {
  emptyWatch,
  listNames,
  toSnapshot,
  watchSnapshotSchema,
} from '#shared/domain/watch/state.ts'
import { readStateFile } from '#test/fixtures/golden-files.ts'
import { alertWith, incidentWith, triggered } from '#test/fixtures/watch-entities.ts'

const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index))
const snapshotOf = (alerts: number, incidents: number): PushMessage => ({
  type: 'snapshot',
  state: {
    ...toSnapshot(emptyWatch),
    seq: 9,
    alerts: numbers(alerts).map((key) => alertWith({ key })),
    incidents: numbers(incidents).map((id) => incidentWith({ id })),
  },
})
const deltaOf = (count: number): PushMessage => ({
  type: 'delta',
  events: numbers(count).map((id, index) => triggered(index + 1, id)),
})

function joined(message: PushMessage, size: number) {
  const joiner = new SliceJoiner()
  return sliceMessage(message, size).map((slice) => {
    const parsed = serverMessageSchema.parse(JSON.parse(JSON.stringify(slice)))
    if (parsed.type === 'response') throw new Error('no answer was sent')
    return joiner.join(parsed)
  })
}

describe('a message in slices', () => {
  it('is whole with the last one, and as it was', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.nat(30), fc.integer({ min: 1, max: 12 }), (a, b, size) => {
        for (const message of [snapshotOf(a, b), deltaOf(a)]) {
          const results = joined(message, size)
          expect(results.slice(0, -1).every((result) => result === null)).toBe(true)
          expect(results.at(-1)).toEqual(message)
        }
      }),
    )
  })

  it('carries every list of the state, and what is none', () => {
    const { state } = readStateFile()
    const golden = watchSnapshotSchema.parse(state)
    for (const name of listNames) expect(golden[name], name).not.toEqual([])
    const message: PushMessage = { type: 'snapshot', state: golden }
    for (const size of [1, 3, 1_000]) expect(joined(message, size).at(-1)).toEqual(message)
  })

  it('has no more in one than it may', () => {
    const slices = sliceMessage(snapshotOf(5, 8), 4)
    expect(
      slices.map((slice) =>
        slice.type === 'snapshot' ? slice.state.alerts.length + slice.state.incidents.length : -1,
      ),
    ).toEqual([4, 4, 4, 1])
  })

  it('is one where it is small, and the same object where it is never large', () => {
    expect(sliceMessage(snapshotOf(1, 1))).toEqual([snapshotOf(1, 1)])
    const pulse: PushMessage = { type: 'pulse', now: 1, pulses: [] }
    expect(sliceMessage(pulse)).toEqual([pulse])
    expect(new SliceJoiner().join(pulse)).toBe(pulse)
  })
})

describe('readSlice', () => {
  it('takes what is not named as empty, and refuses what it does not understand', () => {
    expect(readSlice({ seq: 4 })).toEqual({ ...toSnapshot(emptyWatch), seq: 4 })
    expect(readSlice({ seq: 4, incidents: [{ id: 'half' }] })).toBeNull()
  })
})
