import { resolve } from 'node:path'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type { PlacedQuery, PlaceQueries } from '#electron/engine/ports/place-queries.ts'
import { startBudget, within, type Budget } from '#electron/http/budget.ts'
import { createHttpClient, type HttpClient } from '#electron/http/client.ts'
import type { ProxyFinder } from '#electron/http/proxy-finder.ts'
import type { SecretReader } from '#electron/http/secrets.ts'
import type {
  ElasticsearchPlace,
  LokiPlace,
  QueryPlace,
} from '#shared/domain/configuration/query-places.ts'
import type { Tls } from '#shared/domain/source-kind/field-value.ts'
import { answerEnd } from '../checks/answer-end.ts'
import { failed, late, took, type Found } from '../checks/found.ts'
import { askElasticsearch, elasticsearchError } from './elasticsearch.ts'
import { askLoki } from './loki.ts'
import { lineOf } from './numbers.ts'
import { askPostgresql } from './postgresql.ts'

/** Largest answer over HTTP that is read, in MiB. */
const MAX_BODY_MIB = 16

/** What asking needs. */
export interface PlaceQueriesOptions {
  readonly clock: Clock
  readonly logger: Logger
  readonly secrets: SecretReader
  /** The proxies of this machine, for HTTP. */
  readonly proxies: ProxyFinder
  /** A fresh random fraction in [0, 1). */
  readonly random: () => number
  /** Folder that relative paths of the configuration start from. */
  readonly folder: string
}

/** Asks the places of the configuration, each question over a connection of its own. */
export function createPlaceQueries(options: PlaceQueriesOptions): PlaceQueries {
  const { clock, logger, folder } = options
  return {
    async run(placed, { timeoutMs, signal }) {
      const began = clock.monotonic()
      const budget = startBudget(clock, timeoutMs, signal)
      // What was read to sign in must not stand in what is shown.
      const known: string[] = []
      const secrets: SecretReader = async (reference) => {
        const secret = await options.secrets(reference)
        known.push(secret)
        return secret
      }
      const place = fromFolder(placed.place, folder)
      const found = await ask({ ...placed, place }, { ...options, secrets }, budget).catch(
        (error: unknown) => {
          // Not the error itself: it may hold what was sent.
          const name = error instanceof Error ? error.name : 'unknown'
          logger.error(
            { place: place.name, error: name },
            'A query could not be sent: this is a bug',
          )
          return failed('The query could not be sent.')
        },
      )
      budget.end()
      const isCancelled = found.kind !== 'answered' && budget.signal.aborted && !budget.isTimeOver()
      return answerEnd(isCancelled ? 'cancelled' : found, clock.monotonic() - began, known)
    },
  }
}

function ask(
  { query, place }: PlacedQuery,
  options: PlaceQueriesOptions,
  budget: Budget,
): Promise<Found> {
  if (query.kind === 'sql' && place.type === 'postgresql') {
    return withPassword(place.password, place.name, options, budget, (password) =>
      askPostgresql(place, query, { clock: options.clock, password }, budget),
    )
  }
  if (query.kind === 'logql' && place.type === 'loki') {
    return withClient(place, options, lokiError, (client) =>
      askLoki(client, query, options.clock, budget),
    )
  }
  if (query.kind === 'elasticsearch' && place.type === 'elasticsearch') {
    return withClient(place, options, elasticsearchError, (client) =>
      askElasticsearch(client, query, place, budget),
    )
  }
  return Promise.resolve(failed(`${place.name} takes no queries of this kind.`))
}

async function withPassword(
  reference: string | undefined,
  name: string,
  { secrets }: PlaceQueriesOptions,
  budget: Budget,
  work: (password: string) => Promise<Found>,
): Promise<Found> {
  if (reference === undefined) return work('')
  try {
    // A file on a disk that does not answer must not take longer than the server may.
    const password = await within(budget, secrets(reference))
    return password === null
      ? late(`The password of ${name} could not be read within ${took(budget.limitMs)}.`)
      : await work(password)
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it cannot be read'
    return failed(`The password of ${name} is missing: ${why}.`)
  }
}

async function withClient(
  place: LokiPlace | ElasticsearchPlace,
  { clock, random, secrets, proxies }: PlaceQueriesOptions,
  readError: (bodyStart: string) => string | null,
  work: (client: HttpClient) => Promise<Found>,
): Promise<Found> {
  const { url, auth, tls, headers } = place
  const client = createHttpClient(
    {
      url,
      timeout: 10_000,
      maxBodyMiB: MAX_BODY_MIB,
      headers,
      readError,
      ...(auth ? { auth } : {}),
      ...(tls ? { tls } : {}),
    },
    { clock, random, secrets, proxies },
  )
  try {
    return await work(client)
  } finally {
    await client.close()
  }
}

/** Loki says in plain words what is wrong with a query. */
function lokiError(bodyStart: string): string | null {
  const [line = ''] = bodyStart.trim().split('\n')
  return line === '' || line.startsWith('<') ? null : lineOf(line, 300)
}

/** Paths of certificates as a person means them: beside the configuration. */
function fromFolder<Place extends QueryPlace>(place: Place, folder: string): Place {
  const { tls } = place
  if (!tls) return place
  const path = (file: string | undefined) => (file === undefined ? file : resolve(folder, file))
  const resolved: Tls = { ...tls, ca: path(tls.ca), cert: path(tls.cert), key: path(tls.key) }
  return { ...place, tls: resolved }
}
