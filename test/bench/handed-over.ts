import { once } from 'node:events'
import { createServer } from 'node:http'
import { z } from 'zod'
import { alertmanagerBody } from './alertmanager-body.ts'
import { inChild } from './in-child.ts'
import { createDataDirectory } from './stand.ts'
import { median } from './stopwatch.ts'

/** From the last byte of an answer until the notification of the new alert in it is handed over. */
export interface HandedOverFigures {
  readonly alerts: number
  readonly medianMs: number
  readonly worstMs: number
  /** By `JSON.parse` of the same body, as the median of each round's ratio. */
  readonly ratio: number
}

const figuresSchema = z.object({ times: z.array(z.number()), ratios: z.array(z.number()) })

/**
 * Measures an engine in a process of its own, with its journal on the disk and so many active
 * alerts, that asks a server here: each answer after the first lists one more critical alert.
 */
export async function measureHandedOver(alerts: number): Promise<HandedOverFigures> {
  const directory = createDataDirectory()
  const server = await serveAlerts(alerts)
  try {
    const args = [directory.path, server.url, String(alerts)]
    const { times, ratios } = await inChild('handed-over', args, figuresSchema)
    return {
      alerts,
      medianMs: median(times),
      worstMs: Math.max(...times),
      ratio: median(ratios),
    }
  } finally {
    await server.close()
    directory.remove()
  }
}

async function serveAlerts(alerts: number) {
  let answers = 0
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json')
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
    if (pathname === '/api/v2/alerts') {
      response.end(alertmanagerBody(alerts, answers, answers))
      answers += 1
    } else {
      response.end(
        JSON.stringify({
          uptime: '2026-01-15T00:00:00.000Z',
          versionInfo: { version: '0.28.1' },
          cluster: { status: 'disabled' },
          // No time intervals: its groups need not be asked for what they mute.
          config: { original: 'route:\n  receiver: oncall\nreceivers:\n- name: oncall\n' },
        }),
      )
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port was assigned')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
