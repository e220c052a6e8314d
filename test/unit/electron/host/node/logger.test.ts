import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
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

// What every write to fails, as on a full disk.
const full = '/dev/full'

it.skipIf(!existsSync(full))('goes on where nothing can be written', () => {
  const logger = createLogger(full)
  for (let count = 0; count < 5_000; count += 1) {
    expect(() => {
      logger.error({ err: new Error('full') }, 'It could not be recorded')
    }).not.toThrow()
  }
})
