import { expect, it } from 'vitest'
import { limitRate, MAX_LINES } from '#electron/host/node/log-rate.ts'

function setUp() {
  const lines: string[] = []
  const write = (level: string) => (fields: object, message: string) => {
    lines.push(`${level} ${message} ${JSON.stringify(fields)}`)
  }
  let now = 0
  const logger = limitRate(
    { info: write('info'), warn: write('warn'), error: write('error') },
    () => now,
  )
  return { lines, logger, pass: (ms: number) => (now += ms) }
}

it('writes a message a few times a minute, and how many were left out', () => {
  const { lines, logger, pass } = setUp()
  for (let count = 0; count < 1_000; count += 1) logger.warn({ count }, 'A request was refused')
  expect(lines).toHaveLength(MAX_LINES)
  logger.error({}, 'Something else')
  expect(lines.at(-1)).toBe('error Something else {}')
  pass(60_000)
  logger.info({}, 'Later')
  expect(lines.slice(-2)).toEqual([
    'warn A request was refused (more of these were left out) {"left":980}',
    'info Later {}',
  ])
  logger.warn({}, 'A request was refused')
  expect(lines.at(-1)).toBe('warn A request was refused {}')
})

it('remembers few messages, also where each is another one', () => {
  const { lines, logger } = setUp()
  for (let count = 0; count < 5_000; count += 1) logger.warn({}, `The file ${String(count)}`)
  expect(lines).toHaveLength(5_000)
})
