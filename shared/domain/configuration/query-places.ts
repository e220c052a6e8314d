import { z } from 'zod'
import type { PlaceQueryKind } from '../runbook/query/schema.ts'
import { isIndexList } from '../runbook/query/elasticsearch.ts'
import {
  fieldValueSchema,
  secretReferenceSchema,
  type Auth,
  type Tls,
} from '../source-kind/field-value.ts'
import { sourceSchemaOf } from '../source-kind/config.ts'
import type { Field } from '../source-kind/field.ts'
import { originOf } from '../source-kind/secrets.ts'
import type { Headers } from '../source-kind/headers.ts'

const placeName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/,
    'use letters, digits, dots, dashes and underscores (at most 63)',
  )

const word = z.string().min(1).max(63)

/** A database of PostgreSQL. */
export interface PostgresqlPlace {
  readonly type: 'postgresql'
  readonly name: string
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  /** By reference; undefined: the server asks for none. */
  readonly password?: string | undefined
  /** `verify`: TLS, and the certificate has to be right. `unverified`: TLS with any certificate. */
  readonly encryption: 'verify' | 'unverified' | 'off'
  readonly tls?: Tls
}

/** How a place is reached over HTTP. */
interface HttpPlace {
  readonly name: string
  readonly url: string
  readonly auth?: Auth
  readonly tls?: Tls
  readonly headers?: Headers | undefined
}

/** A Loki. */
export interface LokiPlace extends HttpPlace {
  readonly type: 'loki'
}

/** An Elasticsearch, or an OpenSearch. */
export interface ElasticsearchPlace extends HttpPlace {
  readonly type: 'elasticsearch'
  /** What is searched where a query names no indices; undefined: all. */
  readonly index?: string | undefined
}

/** Where queries of runbooks may be sent. Secrets are named. */
export type QueryPlace = PostgresqlPlace | LokiPlace | ElasticsearchPlace

const tls = { kind: 'tls', label: 'TLS', place: 'more' } as const satisfies Field

const postgresql = z
  .strictObject({
    type: z.literal('postgresql'),
    name: placeName,
    host: z
      .string()
      .regex(
        /^[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9_.])?$|^[0-9a-fA-F:.]{2,45}$/,
        'name a host or an address, without a port',
      ),
    port: z.number().int().min(1).max(65_535).default(5_432),
    database: word,
    user: word,
    password: secretReferenceSchema.optional(),
    encryption: z.enum(['verify', 'unverified', 'off']).default('verify'),
    tls: fieldValueSchema(tls) as z.ZodType<Tls>,
  })
  .refine((place) => place.encryption !== 'off' || place.tls === undefined, {
    error: 'tls says nothing where encryption is off',
    path: ['tls'],
  })

const overHttp = {
  url: { kind: 'address', label: 'Address', place: 'main' },
  auth: { kind: 'auth', label: 'Authentication', place: 'main' },
  headers: { kind: 'headers', label: 'HTTP headers', place: 'more' },
  tls,
} as const satisfies Record<string, Field>

const kindOver = <const Type extends string, const More extends Record<string, Field>>(
  type: Type,
  label: string,
  more: More,
) =>
  ({
    type,
    label,
    standardName: null,
    isEditable: false,
    fields: { ...overHttp, ...more },
  }) as const

const loki = sourceSchemaOf(kindOver('loki', 'Loki', {}))
const elasticsearch = sourceSchemaOf(
  kindOver('elasticsearch', 'Elasticsearch', {
    index: { kind: 'text', label: 'Indices', place: 'main' },
  }),
).refine((place) => !('index' in place) || isIndexList(String(place.index)), {
  error: 'name indices, such as logs-*',
  path: ['index'],
})

/** The places that queries of runbooks may be sent to, and nowhere else. Written by hand in the file. */
export const queryPlacesSchema = z
  .array(z.discriminatedUnion('type', [postgresql, loki, elasticsearch]))
  .max(50)
  .superRefine((places, context) => {
    const seen = new Map<unknown, number>()
    for (const [index, { name }] of places.entries()) {
      const first = seen.get(name)
      seen.set(name, first ?? index)
      if (first === undefined) continue
      context.addIssue({
        code: 'custom',
        path: [index, 'name'],
        message: `place ${String(first + 1)} has the name ${JSON.stringify(name)} already`,
      })
    }
  }) as unknown as z.ZodType<readonly QueryPlace[]>

/** The type of place that answers queries of a kind. */
export const placeTypes: Readonly<Record<PlaceQueryKind, QueryPlace['type']>> = {
  sql: 'postgresql',
  logql: 'loki',
  elasticsearch: 'elasticsearch',
}

/** What places of a type are called. */
export const placeTypeNames: Readonly<Record<QueryPlace['type'], string>> = {
  postgresql: 'PostgreSQL',
  loki: 'Loki',
  elasticsearch: 'Elasticsearch',
}

/** Where a place is, for people: the host, and the database. Never a secret. */
export function placeWhere(place: QueryPlace): string {
  if (place.type !== 'postgresql')
    return (originOf(place.url) ?? place.url).replace(/^https?:\/\//, '')
  const { host, port, database } = place
  const shown = host.includes(':') ? `[${host}]` : host
  return `${shown}${port === 5_432 ? '' : `:${String(port)}`}/${database}`
}
