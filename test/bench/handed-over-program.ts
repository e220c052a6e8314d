// Started by handed-over.ts: the engine with a source over HTTP and a channel that only stamps. Each
// poll brings one new critical alert.
import { subscribe } from 'node:diagnostics_channel'
import { z } from 'zod'
import type { Channel } from '#electron/engine/ports/channel.ts'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { createNodeIds } from '#electron/host/node/ids.ts'
import { createAlertmanagerSource } from '#electron/vendors/alertmanager/source.ts'
import { ALERTS_PATH } from '#electron/vendors/alertmanager/read-alerts.ts'
import { alertmanagerConfigSchema } from '#test/fixtures/configuration.ts'
import { ok } from '#shared/domain/result/result.ts'
import { alertmanagerBody, newcomer } from './alertmanager-body.ts'
import { createBenchEngine, createPoller, SOURCE_ID } from './stand.ts'
import { timed } from './stopwatch.ts'

const [directory = '', url = '', alertCount = ''] = process.argv.slice(2)
const alerts = Number(alertCount)
const WARM_UP = 4
const ROUNDS = 15

/** When the last byte of the newest list of alerts was received. */
let receivedAt = NaN
const requestSchema = z.object({ request: z.object({ path: z.string() }) })
subscribe('undici:request:trailers', (message) => {
  const { request } = requestSchema.parse(message)
  if (request.path.startsWith(ALERTS_PATH)) receivedAt = performance.now()
})

const handedOverAt = new Map<string, number>()
let notice: () => void = () => undefined
const channel: Channel = {
  name: 'desktop',
  failing: 'Notifications cannot be shown',
  takes: ['page'],
  capabilities: [],
  send(message) {
    handedOverAt.set(message.title, performance.now())
    notice()
    return Promise.resolve(ok(undefined))
  },
  withdraw: () => undefined,
  listen: () => () => undefined,
  describe: () => Promise.resolve([]),
  close: () => Promise.resolve(),
}

async function handedOver(title: string): Promise<number> {
  for (;;) {
    for (const [said, at] of handedOverAt) if (said.includes(title)) return at
    await new Promise<void>((resolve) => {
      notice = resolve
    })
  }
}

const clock = createNodeClock()
const ids = createNodeIds()
const config = alertmanagerConfigSchema.parse({
  type: 'alertmanager',
  name: SOURCE_ID,
  url,
  // Only what the bench asks for is polled.
  interval: '1h',
})
const secrets = () => Promise.reject(new Error('The bench has no secrets'))
const source = createAlertmanagerSource(config, { clock, ids, secrets })
const { engine } = createBenchEngine(directory, { clock, source, channels: [channel] })
const poll = createPoller(engine)
engine.start()
await poll()
if (engine.state().alerts.size !== alerts) throw new Error('The first answer was not taken in')

const times: number[] = []
const ratios: number[] = []
for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
  const body = alertmanagerBody(alerts, round + 1, round + 1)
  const parseMs = await timed(() => JSON.parse(body) as unknown)
  const isThere = handedOver(newcomer(round).title)
  await poll()
  const tookMs = (await isThere) - receivedAt
  if (round < WARM_UP) continue
  times.push(tookMs)
  ratios.push(tookMs / parseMs)
}
await engine.stop()
process.stdout.write(JSON.stringify({ times, ratios }))
