import type { Source, SourceReport } from '#electron/engine/ports/source.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import type { ClusterBook } from '#electron/polling/cluster-book.ts'
import { createAlertmanagerSource } from '#electron/vendors/alertmanager/source.ts'
import { alertmanagerConfigSchema } from '#test/fixtures/configuration.ts'
import {
  reply,
  startStandIn,
  type Handler,
  type StandInServer,
} from '../../http/stand-in-server.ts'
import { createShiftedClock, ids, type ShiftedClock } from '../../http/world.ts'

/** What a stand-in for Alertmanager answers: a value from JSON, a refusal, or nothing there. */
export type Answer = object | Handler | undefined

/** An Alertmanager whose answers a test writes. */
export interface StandInAlertmanager {
  readonly server: StandInServer
  readonly clock: ShiftedClock
  /** By path; each may be replaced at any time. */
  readonly answers: Record<string, Answer>
  /** Makes a source that asks it. */
  source(options?: object, clusters?: ClusterBook): Source
  /** How often a path was asked, with the query that it begins with. */
  asked(path: string): number
  close(): Promise<void>
}

/** Starts one that lists nothing. */
export async function startStandInAlertmanager(): Promise<StandInAlertmanager> {
  const answers: Record<string, Answer> = {
    '/api/v2/alerts': [],
    '/api/v2/silences': [],
    '/api/v2/receivers': [{ name: 'oncall' }],
  }
  const clock = createShiftedClock()
  const sources: Source[] = []
  const server = await startStandIn((request, response) => {
    const path = request.url ?? ''
    const answer = answers[path] ?? answers[path.split('?')[0] ?? '']
    if (typeof answer === 'function') answer(request, response)
    else reply(answer ? 200 : 404, answer && JSON.stringify(answer))(request, response)
  })
  return {
    server,
    clock,
    answers,
    source(options = {}, clusters) {
      const config = {
        type: 'alertmanager',
        name: 'am',
        url: server.url,
        timeout: '5s',
        ...options,
      }
      const source = createAlertmanagerSource(alertmanagerConfigSchema.parse(config), {
        clock,
        ids,
        secrets: createSecretReader({ env: {} }),
        ...(clusters ? { clusters } : {}),
      })
      sources.push(source)
      return source
    },
    asked: (path) =>
      server.requests.filter((request) => (request.path.split('?')[0] ?? '') === path).length,
    async close() {
      await Promise.all(sources.map((source) => source.close()))
      await server.close()
    },
  }
}

/** Polls and accepts; throws with the problem when it fails. */
export async function poll(source: Source): Promise<SourceReport> {
  const result = await source.poll(new AbortController().signal)
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  source.accept()
  return result.value
}

/** A status of a process that began long ago, with a configuration and whatever else is given. */
export function statusOf(original: string | undefined, over: object = {}): object {
  return {
    uptime: '2026-11-20T07:00:00.000Z',
    versionInfo: { version: '0.29.0' },
    config: { original },
    cluster: { status: 'disabled', peers: [] },
    ...over,
  }
}

/** An alert as Alertmanager lists it; its name is its fingerprint. */
export function listed(name: string, labels: object = {}, status: object = {}): object {
  return {
    fingerprint: name,
    labels: { alertname: name, ...labels },
    annotations: {},
    startsAt: '2026-11-21T03:00:00.000Z',
    status: { state: 'active', silencedBy: [], inhibitedBy: [], mutedBy: [], ...status },
  }
}
