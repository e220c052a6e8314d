import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { opened, temporaryFolder } from '#test/contract/journal-fixtures.ts'
import { createFakeChannel } from '#test/fixtures/fake-channel.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

const program = fileURLToPath(new URL('servers/full-disk-program.ts', import.meta.url))
const nineP0 = Array.from({ length: 9 }, () => 'P0')

describe('nine new P0s on a full disk', () => {
  it('are shown and notified as not recorded, and recorded when there is room', async () => {
    const folder = temporaryFolder()
    const journal = opened(folder.path, { maxPages: 60 })
    const source = createScriptedSource('am')
    const channel = createFakeChannel()
    const test = startTestEngine([source], { journal, channels: [channel] })
    await test.clock.advance(0)
    // SQLite itself says that it is full, down to what one page holds.
    for (const size of [8_000, 800]) {
      for (let number = 0; ; number += 1) {
        const key = `ballast ${String(size)} ${String(number)}`
        journal.marks.write(key, 'x'.repeat(size))
        if (journal.marks.read(key) === null) break
      }
    }

    source.show(
      nineP0.map((_, index) =>
        signal({ alertname: 'HostDown', service: `db-${String(index + 1)}`, severity: 'critical' }),
      ),
    )
    await test.clock.advance(60_000)
    const { unrecorded } = test.engine.status.value()
    expect(test.engine.state().incidents.size).toBe(0)
    expect(unrecorded).toMatchObject({ code: 'journal-full', bySource: { am: 9 } })
    expect(unrecorded?.alerts.map(({ severity }) => severity)).toEqual(nineP0)
    expect(channel.sent.map(({ title }) => title)).toEqual([
      '9 alerts not recorded, worst P0 critical',
    ])

    for (let number = 0; number < 8; number += 1) {
      journal.marks.write(`ballast 8000 ${String(number)}`, '')
    }
    await test.clock.advance(60_000)
    expect(test.engine.state().incidents.size).toBe(9)
    expect(test.engine.status.value().unrecorded).toBeUndefined()
    expect(channel.shown.has('notice:journal')).toBe(false)
    expect(channel.shown.has('summary')).toBe(true)
    await test.engine.stop()
    folder.remove()
  })
})

/** A disk of its own in the memory, for one process: a new user and mount namespace, else as root. */
const mounting = ['unshare', '--user', '--map-root-user', '--mount'] as const
const canMount =
  process.platform === 'linux' &&
  spawnSync(mounting[0], [...mounting.slice(1), 'mount', '-t', 'tmpfs', 'none', '/mnt']).status ===
    0

describe.skipIf(!canMount)(
  `nine new P0s on a full tmpfs${canMount ? '' : ' (skipped: none can be mounted here)'}`,
  () => {
    it('are shown and notified as not recorded, and recorded when there is room', async () => {
      const folder = temporaryFolder()
      const directory = join(folder.path, 'data')
      mkdirSync(directory)
      const mount = 'mount -t tmpfs -o size=3m,mode=700 none "$1" && exec "$0" "$2" "$3" "$1"'
      const node = [process.execPath, directory, '--disable-warning=ExperimentalWarning', program]
      const child = spawn(mounting[0], [...mounting.slice(1), 'sh', '-c', mount, ...node], {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      })
      const ended = once(child, 'close')
      const reports: unknown[] = []
      child.on('message', (report) => reports.push(report))
      expect(await ended).toEqual([0, null])
      expect(reports).toEqual([
        {
          whileFull: {
            incidents: 0,
            code: 'journal-full',
            alerts: nineP0,
            notified: ['9 alerts not recorded, worst P0 critical'],
          },
          afterwards: { incidents: 9, isListed: false, isNoticeShown: false },
        },
      ])
      folder.remove()
    })
  },
)
