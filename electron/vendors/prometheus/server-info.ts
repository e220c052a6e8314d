import type { Budget } from '#electron/http/budget.ts'
import type { HttpClient } from '#electron/http/client.ts'
import type { Failure } from '#electron/http/failure.ts'
import { ok, type Result } from '#shared/domain/result/result.ts'
import { ask } from './api.ts'
import { buildInfoSchema, runtimeInfoSchema } from './schema.ts'

/** Go's word for no time. */
const ZERO_TIME = '0001-01-01T00:00:00Z'
/** What servers write in the place of a version that they do not know. */
const noVersions = new Set(['', 'n/a', 'unknown', '(unknown)', '(devel)'])

/** When the process started, as the server writes it; null when it says that it does not know. */
export async function readStartTime(
  client: HttpClient,
  budget: Budget,
): Promise<Result<string | null, Failure>> {
  const info = await ask(client, '/api/v1/status/runtimeinfo', runtimeInfoSchema, budget)
  if (!info.ok) return info
  const { startTime } = info.value.value
  return ok(startTime === '' || startTime === ZERO_TIME ? null : (startTime ?? null))
}

/** What a server says of the program that it is; null for what it does not say. */
export interface Build {
  /** Its name, as `Grafana Mimir`; Prometheus does not say one. */
  readonly product: string | null
  readonly version: string | null
}

/** Asks for the program and its version. Failing is no failure: then neither is known. */
export async function readBuild(client: HttpClient, budget: Budget): Promise<Build> {
  const build = await ask(client, '/api/v1/status/buildinfo', buildInfoSchema, budget)
  if (!build.ok) return { product: null, version: null }
  const { application, version } = build.value.value
  const isTold = !noVersions.has(version.trim().toLowerCase())
  return { product: application?.trim() || null, version: isTold ? version.trim() : null }
}
