import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a series does: it stands at a value, or grows by so much a second. */
export type Movement = { readonly is: number } | { readonly perSecond: number }

/** Series by name with labels, as Prometheus's text format writes them: `up{job="a"}`. */
export type Movements = Readonly<Record<string, Movement>>

/** A service whose metrics really change: what is scraped follows from the time that went by. */
export interface MetricsTarget {
  /** `host:port`. */
  readonly address: string
  /** From now on these series move so; others go on as they do. A counter keeps what it has. */
  move(movements: Movements): void
  stop(): Promise<void>
}

interface Series {
  readonly base: number
  readonly perSecond: number
  /** Of the steady clock, ms. */
  readonly since: number
}

const valueOf = ({ base, perSecond, since }: Series, now: number) =>
  base + (perSecond * (now - since)) / 1_000

/** Starts it on the loopback address. */
export async function startMetricsTarget(movements: Movements): Promise<MetricsTarget> {
  const all = new Map<string, Series>()
  const move = (next: Movements) => {
    const now = performance.now()
    for (const [name, movement] of Object.entries(next)) {
      const known = all.get(name)
      all.set(
        name,
        'is' in movement
          ? { base: movement.is, perSecond: 0, since: now }
          : { base: known ? valueOf(known, now) : 0, perSecond: movement.perSecond, since: now },
      )
    }
  }
  move(movements)
  const server = createServer((_request, response) => {
    const now = performance.now()
    const lines = [...all].map(([name, series]) => `${name} ${String(valueOf(series, now))}\n`)
    response.setHeader('content-type', 'text/plain; version=0.0.4')
    response.end(lines.join(''))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    address: `127.0.0.1:${String(port)}`,
    move,
    async stop() {
      const closed = once(server, 'close')
      server.closeAllConnections()
      server.close()
      await closed
    },
  }
}
