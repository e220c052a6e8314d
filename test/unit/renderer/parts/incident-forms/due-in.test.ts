import { describe, expect, it } from 'vitest'
import { dueInHint, dueInText, readDueIn } from '#renderer/parts/incident-forms/due-in.ts'

const NOW = 1_000_000

describe('the time until something is due', () => {
  it.each([
    ['', { kind: 'none' }],
    ['  ', { kind: 'none' }],
    ['30m', { kind: 'at', at: NOW + 1_800_000 }],
    ['2h', { kind: 'at', at: NOW + 7_200_000 }],
    ['1h30m', { kind: 'at', at: NOW + 5_400_000 }],
    ['45', { kind: 'at', at: NOW + 2_700_000 }],
    ['45 minutes', { kind: 'at', at: NOW + 2_700_000 }],
    ['45 min', { kind: 'at', at: NOW + 2_700_000 }],
    ['1 minute', { kind: 'at', at: NOW + 60_000 }],
    ['2 hours', { kind: 'at', at: NOW + 7_200_000 }],
    ['1 Hour and 30 mins', { kind: 'at', at: NOW + 5_400_000 }],
    ['1 h 30 min', { kind: 'at', at: NOW + 5_400_000 }],
    ['1h 30m', { kind: 'at', at: NOW + 5_400_000 }],
    ['1 day', { kind: 'at', at: NOW + 86_400_000 }],
    ['2 hoursmin', { kind: 'invalid' }],
    ['3 moons', { kind: 'invalid' }],
    ['1 30m', { kind: 'invalid' }],
    ['0', { kind: 'invalid' }],
    ['0m', { kind: 'invalid' }],
    ['soon', { kind: 'invalid' }],
    ['-5m', { kind: 'invalid' }],
  ])('reads %j', (text, due) => {
    expect(readDueIn(text, NOW)).toEqual(due)
  })

  it('says what it comes to, or how it is written', () => {
    expect(dueInHint(readDueIn('30m', NOW), NOW)).toMatch(/^At \d\d:\d\d$/)
    expect(dueInHint(readDueIn('', NOW), NOW)).toBe('Such as 30m or 2h; empty for none')
  })

  it('is written as it is typed, whole minutes, while it is still to come', () => {
    expect(dueInText(NOW + 5_400_000, NOW)).toBe('1h30m')
    expect(dueInText(NOW + 20_000, NOW)).toBe('1m')
    expect(dueInText(NOW, NOW)).toBe('')
    expect(dueInText(null, NOW)).toBe('')
  })
})
