import { describe, expect, it } from 'vitest'
import { describeDone, describeRefusal } from '#renderer/state/deeds.ts'
import { timeFormat } from '#renderer/text/time.ts'

describe('describeDone', () => {
  it('says what was done, until when, and of what', () => {
    expect(describeDone('incident.acknowledge', null, 'Shop is down')).toBe(
      'Acknowledged: Shop is down',
    )
    const until = Date.UTC(2026, 10, 21, 8, 32)
    expect(describeDone('incident.snooze', until, '')).toBe(
      `Snoozed until ${timeFormat().minute(until, until)}`,
    )
  })
})

describe('describeRefusal', () => {
  it('says why, and what to do where that is known', () => {
    expect(describeRefusal({ code: 'not-allowed-now', message: 'No.' })).toBe('Refused: No.')
    expect(describeRefusal({ code: 'journal-full', message: 'Full.', hint: 'Make room.' })).toBe(
      'Refused: Full. Make room.',
    )
  })
})
