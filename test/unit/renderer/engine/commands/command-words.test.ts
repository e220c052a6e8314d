import { describe, expect, it } from 'vitest'
import {
  describeAsked,
  describeDone,
  describeRefusal,
} from '#renderer/engine/commands/command-words.ts'
import { timeFormat } from '#renderer/text/time.ts'
import { waitingCommand } from '../offline/fake-browser.ts'

describe('describeDone', () => {
  it('says what was done, until when, and of what', () => {
    expect(describeDone('incident.acknowledge', null, 0, 'Shop is down')).toBe(
      'Acknowledged: Shop is down',
    )
    const until = Date.UTC(2026, 10, 21, 8, 32)
    expect(describeDone('incident.snooze', until, until, '')).toBe(
      `Snoozed until ${timeFormat().minute(until, until)}`,
    )
  })
})

describe('the end of a snooze', () => {
  it('names its day where that is another one than today', () => {
    const until = Date.UTC(2026, 10, 21, 9)
    const now = until - 48 * 3_600_000
    const end = timeFormat().minute(until, now)
    expect(end).toContain('21 Nov')
    expect(describeDone('incident.snooze', until, now, '')).toBe(`Snoozed until ${end}`)
    const command = waitingCommand({ name: 'incident.snooze', input: { incidentId: 'a', until } })
    expect(describeAsked(command, now)).toBe(`Snooze until ${end}`)
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
