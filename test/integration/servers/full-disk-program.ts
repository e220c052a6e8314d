import { statfsSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openJournal } from '#electron/journal/sqlite.ts'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { silentLogger } from '#test/fixtures/engine.ts'
import { createFakeChannel } from '#test/fixtures/fake-channel.ts'
import { startLiveEngine } from '#test/fixtures/live-engine.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

/**
 * A Deckwatch whose data lie on a disk of their own, which is filled to the last byte before nine P0
 * fire, and has room again afterwards. Says how things stood in between and at the end.
 */
const [, , directory] = process.argv
if (directory === undefined) throw new Error('Usage: full-disk-program.ts <data directory>')
const ballast = join(directory, 'ballast')

function fill(): void {
  const { bavail, bsize } = statfsSync(directory ?? '')
  writeFileSync(ballast, Buffer.alloc(bavail * bsize))
}

const journal = openJournal({
  directory,
  clock: createNodeClock(),
  logger: silentLogger,
  isNewAllowed: false,
})
if (!journal.ok) throw new Error(journal.error.message)
const source = createScriptedSource('am', { intervalMs: 1_000 })
const channel = createFakeChannel()
const live = startLiveEngine([source], { journal: journal.value, channels: [channel] })
await live.until(({ sources }) => sources.get('am')?.health === 'healthy')

fill()
source.show(
  Array.from({ length: 9 }, (_, index) =>
    signal({ alertname: 'HostDown', service: `db-${String(index + 1)}`, severity: 'critical' }),
  ),
)
// Some of it may still find room at first: what is asked for is what no list shows.
await live.run('source.poll', {})
await live.run('source.poll', {})
const { unrecorded } = live.engine.status.value()
const whileFull = {
  incidents: live.engine.state().incidents.size,
  code: unrecorded?.code,
  alerts: unrecorded?.alerts.map(({ severity }) => severity),
  notified: channel.sent.map(({ title }) => title),
}

truncateSync(ballast, 0)
const { incidents } = await live.until((state) => state.incidents.size === 9)
process.send?.({
  whileFull,
  afterwards: {
    incidents: incidents.size,
    isListed: live.engine.status.value().unrecorded !== undefined,
    isNoticeShown: channel.shown.has('notice:journal'),
  },
})
await live.stop()
process.disconnect()
