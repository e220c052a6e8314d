import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Where Debian's package puts it. */
const PROMTOOL = '/usr/bin/promtool'

/** A series without labels: a value for each moment, ms since the epoch, UTC. */
export interface PastSeries {
  readonly metric: string
  readonly samples: Iterable<readonly [at: number, value: number]>
}

/** Writes series of the past as a Prometheus would have, into a new data directory of its own. */
export async function writePast(series: readonly PastSeries[]): Promise<{
  readonly dataDir: string
  remove(): Promise<void>
}> {
  const dir = await mkdtemp(join(tmpdir(), 'deckwatch-series-'))
  const lines = series.flatMap(({ metric, samples }) => [
    `# TYPE ${metric} gauge`,
    ...[...samples].map(
      ([at, value]) => `${metric} ${String(value)} ${String(Math.round(at / 1_000))}`,
    ),
  ])
  const file = join(dir, 'past.om')
  const dataDir = join(dir, 'data')
  await writeFile(file, `${lines.join('\n')}\n# EOF\n`)
  await run(PROMTOOL, ['tsdb', 'create-blocks-from', 'openmetrics', file, dataDir])
  return { dataDir, remove: () => rm(dir, { recursive: true, force: true }) }
}
