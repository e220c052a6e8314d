import { expect, it } from 'vitest'
import { formatAgo } from '#shared/domain/duration/ago.ts'

const NOW = Date.UTC(2026, 10, 21, 3)

it.each([
  [0, 'just now'],
  [-5_000, 'just now'],
  [400, 'just now'],
  [30_000, '30s ago'],
  [90_000, '1m30s ago'],
  [7_512_000, '2h5m ago'],
  [93_784_000, '1d2h ago'],
])('says of %i ms: %s', (ms, text) => {
  expect(formatAgo(NOW - ms, NOW)).toBe(text)
})
