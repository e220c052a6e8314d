import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { findBinary, findMissing, requirements } from '../../setup/binaries.mjs'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deckwatch-path-'))
  vi.stubEnv('PATH', folder)
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

it('finds a program under any of its names, and only when it can be run', () => {
  expect(findBinary('alertmanager')).toBeNull()
  writeFileSync(join(folder, 'alertmanager'), '', { mode: 0o644 })
  expect(findBinary('alertmanager')).toBeNull()
  writeFileSync(join(folder, 'prometheus-alertmanager'), '', { mode: 0o755 })
  expect(findBinary('alertmanager')).toBe(join(folder, 'prometheus-alertmanager'))
  // Some lie in folders that are looked into whatever the path is.
  const elsewhere = ['sshd', 'postgresql']
  expect(findMissing().filter((name) => !elsewhere.includes(name))).toEqual(
    Object.keys(requirements).filter((name) => ![...elsewhere, 'alertmanager'].includes(name)),
  )
})
