import { describe, expect, it } from 'vitest'
import {
  decideEntry,
  MAX_AHEAD_MS,
  MAX_BEFORE_MS,
  type EntryCommand,
  type EntryContext,
} from '#shared/domain/entry/decide.ts'

const now = 1_700_000_000_000
const known: EntryContext = { now, isKnown: true, entry: { written: 'as it was' } }
const add = (happenedAt: number): EntryCommand => ({
  type: 'entry.add',
  incidentId: 'i',
  entryId: 'e',
  text: 'Customers called.',
  happenedAt,
})
const correct: EntryCommand = { type: 'entry.correct', incidentId: 'i', entry: 3, text: 'right' }
const star: EntryCommand = { type: 'entry.star', incidentId: 'i', entry: 3, isStarred: true }
const image = {
  imageId: 'image',
  name: 'a.png',
  mediaType: 'image/png' as const,
  size: 1,
  hash: 'a'.repeat(64),
  caption: '',
}

describe('what people do with a timeline', () => {
  it('adds what happened within 30 days, and no more than a minute ahead', () => {
    for (const happenedAt of [now, now + MAX_AHEAD_MS, now - MAX_BEFORE_MS]) {
      expect(decideEntry(add(happenedAt), known)).toEqual({
        ok: true,
        value: [
          {
            type: 'entry.added',
            incidentId: 'i',
            entryId: 'e',
            text: 'Customers called.',
            happenedAt,
          },
        ],
      })
    }
    expect(decideEntry(add(now + MAX_AHEAD_MS + 1), known)).toMatchObject({
      error: { code: 'invalid-input', message: expect.stringContaining('in the future') },
    })
    expect(decideEntry(add(now - MAX_BEFORE_MS - 1), known)).toMatchObject({
      error: { code: 'invalid-input', message: 'This time is more than 30 days ago.' },
    })
  })

  it('does not find too old what waited for the engine', () => {
    const happenedAt = now - MAX_BEFORE_MS - 1
    expect(decideEntry(add(happenedAt), { ...known, saidAt: now - 60_000 }).ok).toBe(true)
    // A cockpit whose clock is ahead wins nothing.
    expect(decideEntry(add(happenedAt), { ...known, saidAt: now + 60_000 }).ok).toBe(false)
  })

  it('corrects what a person wrote, and nothing else', () => {
    expect(decideEntry(correct, known)).toEqual({
      ok: true,
      value: [{ type: 'entry.corrected', incidentId: 'i', entry: 3, text: 'right' }],
    })
    expect(decideEntry(correct, { ...known, entry: { written: null } })).toMatchObject({
      error: { code: 'not-allowed-now' },
    })
    expect(decideEntry(correct, { ...known, entry: null })).toMatchObject({
      error: { code: 'not-found' },
    })
  })

  it('stars whatever stands on the timeline', () => {
    expect(decideEntry(star, { ...known, entry: { written: null } })).toEqual({
      ok: true,
      value: [{ type: 'entry.starred', incidentId: 'i', entry: 3, isStarred: true }],
    })
    expect(decideEntry(star, { ...known, entry: null })).toMatchObject({
      error: { code: 'not-found' },
    })
  })

  it('records an image with what is known of it', () => {
    expect(decideEntry({ type: 'image.add', incidentId: 'i', image }, known)).toEqual({
      ok: true,
      value: [{ type: 'image.added', incidentId: 'i', ...image }],
    })
  })

  it.each([add(now), correct, star])(
    'refuses $type for an incident that nobody knows',
    (command) => {
      expect(decideEntry(command, { ...known, isKnown: false })).toMatchObject({
        error: { code: 'not-found', message: 'This incident is not known.' },
      })
    },
  )
})
