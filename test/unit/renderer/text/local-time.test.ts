import { expect, it } from 'vitest'
import { localTime } from '#renderer/text/local-time.ts'

const at = Date.UTC(2026, 10, 29, 3, 12, 8)

it('says the time where the reader is, with its zone', () => {
  expect(localTime(at, 'Europe/Berlin')).toBe('29 Nov 2026, 04:12:08 CET')
  expect(localTime(at, 'Asia/Kolkata')).toBe('29 Nov 2026, 08:42:08 GMT+5:30')
  expect(localTime(at, 'Europe/London')).toBe('29 Nov 2026, 03:12:08 GMT')
})

it('says nothing where that is UTC', () => {
  expect(localTime(at, 'UTC')).toBeNull()
  expect(localTime(at, 'Etc/GMT')).toBeNull()
})
