import type { Budget } from '#electron/http/budget.ts'
import type { HttpClient } from '#electron/http/client.ts'
import type { Failure } from '#electron/http/failure.ts'
import { isPassing } from '#electron/http/passing.ts'
import { isRecord } from '#electron/polling/labels.ts'
import type { Labels } from '#shared/domain/alert/schema.ts'
import type { PrometheusConfig } from './kind.ts'
import { ok, type Result } from '#shared/domain/result/result.ts'
import {
  alertRelabellingOf,
  noRelabelling,
  readConfigBlock,
  type AlertRelabelling,
} from './alerting-config.ts'
import { ask } from './api.ts'
import { configSchema } from './schema.ts'

const CONFIG_PATH = '/api/v1/status/config'
/** The server's configuration is looked at again after so many polls. */
const REFRESH_EVERY_POLLS = 240

/** What a Prometheus makes of the labels of an alert before it sends it to an Alertmanager. */
export interface Outgoing {
  /** Added where an alert has no label of that name. */
  readonly externalLabels: Labels
  readonly relabelling: AlertRelabelling
}

/** What is known of a server that does not show its configuration. */
const asItIs: Outgoing = { externalLabels: {}, relabelling: noRelabelling }

/** Knows the labels that a Prometheus adds to what it sends, and how it changes them. */
export interface ExternalLabels {
  /**
   * The labels, asked for seldom. Fails only while they were never known and the server is in
   * trouble: to guess here would give every alert another identity later. A server that does not
   * show its configuration has none as far as can be told.
   */
  current(budget: Budget): Promise<Result<Outgoing, Failure>>
}

/**
 * Takes the labels from the source's configuration: they are then what Alertmanager gets, and nothing
 * is relabelled. Without, from the server's.
 */
export function createExternalLabels(
  configured: PrometheusConfig['externalLabels'],
  client: HttpClient,
): ExternalLabels {
  let known: Outgoing | null = configured ? toOutgoing(configured) : null
  let wait = 0
  return {
    async current(budget) {
      wait -= 1
      if (configured || (known && wait > 0)) return ok(known ?? asItIs)
      const asked = await readOutgoing(client, budget)
      if (asked.ok) {
        known = asked.value
      } else if (!known) {
        if (isPassing(asked.error)) return asked
        known = asItIs
      }
      wait = REFRESH_EVERY_POLLS
      return ok(known)
    },
  }
}

/** The labels that a person set: they are added, and nothing is relabelled. */
export function toOutgoing(configured: Labels): Outgoing {
  return { externalLabels: configured, relabelling: noRelabelling }
}

/** Asks the server for what its configuration makes of labels. */
export async function readOutgoing(
  client: HttpClient,
  budget: Budget,
): Promise<Result<Outgoing, Failure>> {
  const config = await ask(client, CONFIG_PATH, configSchema, budget)
  if (!config.ok) return config
  const { yaml } = config.value.value
  return ok({ externalLabels: externalLabelsOf(yaml), relabelling: alertRelabellingOf(yaml) })
}

/** The `external_labels` of a configuration as Prometheus prints it; none when there are none. */
export function externalLabelsOf(yaml: string): Labels {
  const global = readConfigBlock(yaml, 'global')
  const labels = isRecord(global) ? global['external_labels'] : undefined
  if (!isRecord(labels)) return {}
  const texts = Object.entries(labels).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  )
  return Object.fromEntries(texts)
}
