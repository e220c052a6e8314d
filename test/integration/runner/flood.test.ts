import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { FloodReport } from './flood-program.ts'

const program = fileURLToPath(new URL('./flood-program.ts', import.meta.url))
const MB = 1_000_000

async function flood(script: string): Promise<FloodReport> {
  const folder = mkdtempSync(join(tmpdir(), 'deckwatch-flood-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--expose-gc',
    '--disable-warning=ExperimentalWarning',
    program,
    script,
    folder,
  ])
  return JSON.parse(stdout) as FloodReport
}

describe.skipIf(process.platform === 'win32')('100 MB of output', () => {
  it.each([
    ['in lines', `yes 'a line that is printed again and again' | head -c 100000000`],
    ['in one line', `yes 'a line that never ends' | tr '\\n' ' ' | head -c 100000000`],
  ])('%s are read to the end, without being held', async (_, script) => {
    const report = await flood(script)
    expect(report.outcome).toEqual({ kind: 'exited', code: 0 })
    expect(report.bytes).toBeGreaterThan(99 * MB)
    expect(report.storedBytes).toBeLessThanOrEqual(10 * 1024 * 1024)
    expect(report.storedBytes).toBeGreaterThan(8 * MB)
    expect(report.tail.length).toBeGreaterThan(1_900)
    // What is kept lies on disk: a fraction of the 10 MiB that are recorded is held, not 100 MB.
    expect(report.heldBytes).toBeLessThan(20 * MB)
    expect(report.residentBytes).toBeLessThan(90 * MB)
    expect(report.turns).toBeGreaterThan(0)
    expect(report.liveLength).toBeLessThan(30 * MB)
  })
})
