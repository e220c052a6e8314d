import type { Budget } from '#electron/http/budget.ts'
import type { HttpClient } from '#electron/http/client.ts'
import type { Failure } from '#electron/http/failure.ts'
import { isPassing } from '#electron/http/passing.ts'
import { isRecord } from '#electron/polling/labels.ts'
import type { Labels } from '#shared/domain/alert/schema.ts'
import type { PrometheusConfig } from './kind.ts'
import { ok, type Result } from '#shared/domain/result/result.ts'
import { parse } from 'yaml'
import { ask } from './api.ts'
import { configSchema } from './schema.ts'

const CONFIG_PATH = '/api/v1/status/config'
/** The server's configuration is looked at again after so many polls. */
const REFRESH_EVERY_POLLS = 240

/** Knows the labels that a Prometheus adds to what it sends. */
export interface ExternalLabels {
  /**
   * The labels, asked for seldom. Fails only while they were never known and the server is in
   * trouble: to guess here would give every alert another identity later. A server that does not
   * show its configuration has none as far as can be told.
   */
  current(budget: Budget): Promise<Result<Labels, Failure>>
}

/** Takes the labels from the source's configuration or, without, from the server's. */
export function createExternalLabels(
  configured: PrometheusConfig['externalLabels'],
  client: HttpClient,
): ExternalLabels {
  let known: Labels | null = configured ?? null
  let wait = 0
  return {
    async current(budget) {
      wait -= 1
      if (configured || (known && wait > 0)) return ok(known ?? {})
      const asked = await readExternalLabels(client, budget)
      if (asked.ok) {
        known = asked.value
      } else if (!known) {
        if (isPassing(asked.error)) return asked
        known = {}
      }
      wait = REFRESH_EVERY_POLLS
      return ok(known)
    },
  }
}

/** Asks the server for the external labels of its configuration. */
export async function readExternalLabels(
  client: HttpClient,
  budget: Budget,
): Promise<Result<Labels, Failure>> {
  const config = await ask(client, CONFIG_PATH, configSchema, budget)
  return config.ok ? ok(externalLabelsOf(config.value.value.yaml)) : config
}

/**
 * The `external_labels` of a configuration as Prometheus prints it; none when there are none. Only
 * the `global` block is parsed: a whole configuration can have megabytes.
 */
export function externalLabelsOf(yaml: string): Labels {
  const block = /^global:[^\n]*(?:\n(?:[ \t][^\n]*)?)*/m.exec(yaml)
  if (!block) return {}
  let root: unknown
  try {
    // In the failsafe schema every scalar is a text, as labels are.
    root = parse(block[0], { schema: 'failsafe', maxAliasCount: 0, logLevel: 'silent' })
  } catch {
    return {}
  }
  const global = isRecord(root) ? root['global'] : undefined
  const labels = isRecord(global) ? global['external_labels'] : undefined
  if (!isRecord(labels)) return {}
  const texts = Object.entries(labels).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  )
  return Object.fromEntries(texts)
}
