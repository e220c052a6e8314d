import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { MAX_LOG_BYTES, openLogStream } from '#electron/host/node/log-file.ts'
import { createLogger } from '#electron/host/node/logger.ts'
import { hasModes, unlookedModes } from '#test/fixtures/owner-only.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deckwatch-log-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

it(`writes a log for its owner alone, also in a folder of others${unlookedModes}`, () => {
  const path = join(folder, 'deckwatch.log')
  createLogger(path).info({}, 'begun')
  expect(statSync(path).size).toBeGreaterThan(0)
  if (hasModes) expect(statSync(path).mode & 0o077).toBe(0)
})

it('gives way to a new file before it is too large, and keeps the one before', () => {
  const path = join(folder, 'deckwatch.log')
  writeFileSync(path, 'x'.repeat(MAX_LOG_BYTES - 10), { mode: 0o644 })
  const logger = createLogger(path)
  if (hasModes) expect(statSync(path).mode & 0o077).toBe(0)
  for (const message of ['one', 'two', 'three']) logger.info({}, message)
  expect(statSync(`${path}.1`).size).toBe(MAX_LOG_BYTES - 10)
  const lines = readFileSync(path, 'utf8').trim().split('\n')
  expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
    'one',
    'two',
    'three',
  ])
  if (hasModes) expect(statSync(path).mode & 0o077).toBe(0)
})

it('stays bounded however much is said', () => {
  const path = join(folder, 'deckwatch.log')
  const stream = openLogStream(path)
  const line = `${'x'.repeat(131_071)}\n`
  for (let count = 0; count < 280; count += 1) stream.write(line)
  expect(readdirSync(folder).sort()).toEqual(['deckwatch.log', 'deckwatch.log.1'])
  for (const name of readdirSync(folder)) {
    expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(MAX_LOG_BYTES)
  }
  expect(statSync(path).size).toBe(40 * line.length)
})

// What every write to fails, as on a full disk.
const full = '/dev/full'

it.skipIf(!existsSync(full))('goes on where nothing can be written', () => {
  const logger = createLogger(full)
  for (let count = 0; count < 5_000; count += 1) {
    expect(() => {
      logger.error({ err: new Error('full') }, `It could not be recorded: ${String(count)}`)
    }).not.toThrow()
  }
})
