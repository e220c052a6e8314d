import { z } from 'zod'
import type { Budget } from '#electron/http/budget.ts'
import type { ConnectionConfig, HttpClient } from '#electron/http/client.ts'
import { configuredServer } from '#electron/polling/configured-server.ts'
import type { Kin } from '#shared/domain/realm/kin.ts'
import { addressText, hostNumber, serverAddress } from '#electron/http/server-address.ts'
import { ask } from './api.ts'

const ALERTMANAGERS_PATH = '/api/v1/alertmanagers'
/** The Alertmanagers are asked for again after so many polls. */
const REFRESH_EVERY_POLLS = 20
/** Most that are looked at; nobody sends to as many. */
const MAX_ALERTMANAGERS = 100

/** `GET /api/v1/alertmanagers`: only what is used. */
export const alertmanagersSchema = z.object({
  activeAlertmanagers: z
    .array(z.object({ url: z.string() }))
    .nullish()
    .transform((list) => (list ?? []).slice(0, MAX_ALERTMANAGERS).map(({ url }) => url)),
})

/** Knows which Alertmanagers a Prometheus sends to. */
export interface SentTo {
  /** Asks where it is time; a failure leaves what was known and fails no poll. */
  bringUpToDate(budget: Budget): Promise<void>
  kin(): Kin
}

/** Starts without knowledge. */
export function createSentTo(config: ConnectionConfig, client: HttpClient): SentTo {
  let urls: readonly string[] = []
  let wait = 0
  return {
    async bringUpToDate(budget) {
      wait -= 1
      if (wait > 0) return
      wait = REFRESH_EVERY_POLLS
      const asked = await readAlertmanagers(client, budget)
      if (asked !== null) urls = asked
    },
    kin: () => kinOf(urls, config),
  }
}

/** The addresses that a Prometheus sends to; null when it does not say. */
export async function readAlertmanagers(
  client: HttpClient,
  budget: Budget,
): Promise<readonly string[] | null> {
  const asked = await ask(client, ALERTMANAGERS_PATH, alertmanagersSchema, budget)
  return asked.ok ? asked.value.value.activeAlertmanagers : null
}

/** @param urls as the Prometheus of this configuration sees them. */
export function kinOf(urls: readonly string[], config: ConnectionConfig): Kin {
  const own = serverAddress(config.url)
  const sendsTo = urls.flatMap((url) => {
    const address = serverAddress(url, own)
    if (!address) return []
    const host = hostNumber(address)
    return host === null ? [addressText(address)] : [addressText(address), host]
  })
  return { members: [configuredServer(config)], addresses: [], sendsTo: [...new Set(sendsTo)] }
}
