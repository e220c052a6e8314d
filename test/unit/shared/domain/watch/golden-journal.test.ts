import { describe, expect, it } from 'vitest'
import { SNAPSHOT_VERSION } from '#electron/journal/snapshot.ts'
import { eventSchema, eventTypes } from '#shared/domain/watch/event.ts'
import { evolve } from '#shared/domain/watch/evolve.ts'
import {
  emptyWatch,
  fromSnapshot,
  toSnapshot,
  watchSnapshotSchema,
} from '#shared/domain/watch/state.ts'
import { readJournalLines, readStateFile } from '#test/fixtures/golden-files.ts'
import { goldenLines } from '#test/fixtures/golden-story.ts'

const lines = readJournalLines()
const events = lines.map((line) => eventSchema.parse(line))
const file = readStateFile()
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('the golden journal', () => {
  it('is read without losing a word', () => {
    expect(plain(events)).toMatchObject(lines)
  })

  it('is the story as far as it was written: see test/fixtures/golden-story.ts', () => {
    expect(lines).toEqual(plain(goldenLines))
  })

  it('has every type of event: add what is missing to the end of the story, and write it', () => {
    const occurring = new Set(events.map(({ body }) => body.type))
    expect(eventTypes.filter((type) => !occurring.has(type))).toEqual([])
  })

  it('adds up to the state of its file, or SNAPSHOT_VERSION is raised and the file written anew', () => {
    expect(file.snapshotVersion).toBe(SNAPSHOT_VERSION)
    expect(file.seq).toBe(events.length)
    expect(plain(toSnapshot(evolve(emptyWatch, events)))).toEqual(file.state)
  })

  it('adds up to the same one event after the other, and from a snapshot anywhere in it', () => {
    const whole = evolve(emptyWatch, events)
    let state = emptyWatch
    for (const [index, event] of events.entries()) {
      const stored = watchSnapshotSchema.parse(plain(toSnapshot(state)))
      expect(evolve(fromSnapshot(stored), events.slice(index))).toEqual(whole)
      state = evolve(state, [event])
    }
    expect(state).toEqual(whole)
  })
})
