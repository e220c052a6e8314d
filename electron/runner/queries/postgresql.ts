import { checkServerIdentity, type PeerCertificate } from 'node:tls'
import { Client } from 'pg'
import Cursor from 'pg-cursor'
import type { Clock } from '#electron/engine/ports/clock.ts'
import { within, type Budget } from '#electron/http/budget.ts'
import { loadTlsContext } from '#electron/http/tls-context.ts'
import type { PostgresqlPlace } from '#shared/domain/configuration/query-places.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { SqlQuery } from '#shared/domain/runbook/query/schema.ts'
import { failed, late, took, type Found } from '../checks/found.ts'
import { countOf, numberOf } from './numbers.ts'
import { postgresqlProblem } from './postgresql-problem.ts'
import { toTextTable } from './text-table.ts'

/** Most rows that are read. */
export const MAX_ROWS = 1_000
/** Rows that are asked for at a time. */
const ROWS_AT_ONCE = 100
/** Most that is received of an answer, bytes: one row alone may have a gigabyte. */
const MAX_BYTES = 16 * 1_048_576
/** For ending a query at the server, ms. */
const CANCEL_WITHIN_MS = 5_000

type Row = readonly (string | null)[]

interface Rows {
  readonly columns: readonly string[]
  readonly rows: readonly Row[]
  readonly hasMore: boolean
}

/** How far a question got. */
interface State {
  isConnected: boolean
  isTooLarge: boolean
  /** The process of the server that answers; null before it is known. */
  pid: number | null
}

/** What asking needs. */
interface Deps {
  readonly clock: Clock
  /** Already read; empty for none. */
  readonly password: string
}

/**
 * Asks once, over a connection of its own, in a transaction that only reads and is rolled back. The
 * extended protocol carries one statement and its values apart from it.
 */
export async function askPostgresql(
  place: PostgresqlPlace,
  query: SqlQuery,
  { clock, password }: Deps,
  budget: Budget,
): Promise<Found> {
  const ssl = await sslOf(place)
  if (!ssl.ok) return failed(ssl.error)
  const open = () => openClient(place, password, ssl.value)
  const session = open()
  const state: State = { isConnected: false, isTooLarge: false, pid: null }

  async function ask(): Promise<Rows> {
    await session.connect()
    state.isConnected = true
    let received = 0
    session.connection.stream.on('data', (chunk: Uint8Array) => {
      received += chunk.length
      if (received <= MAX_BYTES) return
      state.isTooLarge = true
      session.connection.stream.destroy()
    })
    state.pid = await beginReading(session, budget.limitMs)
    const rows = await readRows(session, query)
    await session.query('ROLLBACK')
    await session.end()
    return rows
  }

  try {
    const rows = await within(budget, ask())
    if (rows !== null) return toFound(rows)
    if (state.pid !== null) void cancelAtServer(open(), state.pid, clock)
    return late(`${place.name} did not answer within ${took(budget.limitMs)}.`)
  } catch (error) {
    if (state.isTooLarge) {
      return failed('The answer is over 16 MiB and was not read: select fewer columns or rows.')
    }
    return postgresqlProblem(error, place, state.isConnected)
  } finally {
    // The server rolls back what it has lost the connection of.
    session.connection.stream.destroy()
  }
}

function openClient(place: PostgresqlPlace, password: string, ssl: Ssl): Client {
  const { host, port, database, user } = place
  const client = new Client({
    host,
    port,
    database,
    user,
    // A function, so that neither the environment nor a file of passwords stands in for it.
    password: () => password,
    ssl,
    application_name: 'deckwatch',
    types: { getTypeParser: () => asWritten },
  })
  // One that comes behind the end is nobody's, and must not end Deckwatch.
  client.on('error', () => undefined)
  return client
}

const asWritten = (value: unknown): unknown => value

/**
 * Begins the transaction; resolves to the process that serves it. All settings end with it, so that
 * whoever gets the connection of a pool next finds none of them. The first query fixes that the
 * transaction only reads.
 */
async function beginReading(client: Client, timeoutMs: number): Promise<number> {
  await client.query('BEGIN READ ONLY')
  const settings = [
    ['default_transaction_read_only', 'on'],
    ['standard_conforming_strings', 'on'],
    ['statement_timeout', `${String(Math.ceil(timeoutMs))}ms`],
    ['idle_in_transaction_session_timeout', `${String(Math.ceil(timeoutMs) + 1_000)}ms`],
  ] as const
  const set = settings.map((_, index) => {
    const at = index * 2
    return `set_config($${String(at + 1)}, $${String(at + 2)}, true)`
  })
  const { rows } = await client.query<string[]>({
    text: `SELECT pg_backend_pid(), ${set.join(', ')}`,
    values: settings.flat(),
    rowMode: 'array',
  })
  return Number(rows[0]?.[0])
}

async function readRows(client: Client, { text, values }: SqlQuery): Promise<Rows> {
  const cursor = client.query(
    new Cursor<Row>(text, [...values], {
      rowMode: 'array',
      types: { getTypeParser: () => asWritten },
    }),
  )
  const rows: Row[] = []
  let columns: readonly string[] = []
  for (;;) {
    const page = await readPage(cursor)
    columns = page.columns
    rows.push(...page.rows)
    if (page.rows.length < ROWS_AT_ONCE || rows.length > MAX_ROWS) break
  }
  await cursor.close()
  return { columns, rows: rows.slice(0, MAX_ROWS), hasMore: rows.length > MAX_ROWS }
}

function readPage(cursor: Cursor<Row>): Promise<Pick<Rows, 'columns' | 'rows'>> {
  return new Promise((resolve, reject) => {
    cursor.read(ROWS_AT_ONCE, (error, rows, result) => {
      if (error) reject(error)
      else resolve({ rows, columns: result.fields.map(({ name }) => name) })
    })
  })
}

/** Ends a query whose connection is gone, which its server may not notice before it has an answer. */
async function cancelAtServer(client: Client, pid: number, clock: Clock): Promise<void> {
  const cancelTimer = clock.after(CANCEL_WITHIN_MS, () => {
    client.connection.stream.destroy()
  })
  try {
    await client.connect()
    await client.query('SELECT pg_cancel_backend($1)', [pid])
    await client.end()
  } catch {
    // The server's own time-out ends it.
    client.connection.stream.destroy()
  } finally {
    cancelTimer()
  }
}

type Ssl = false | Record<string, unknown>

async function sslOf({ encryption, tls }: PostgresqlPlace): Promise<Result<Ssl, string>> {
  if (encryption === 'off') return ok(false)
  const context = await loadTlsContext(tls ?? {})
  if (!context.ok) return fail(context.error.problem.message)
  const name = tls?.serverName
  return ok({
    secureContext: context.value,
    rejectUnauthorized: encryption === 'verify',
    // The library sets the name of the host, whatever is given here.
    ...(name === undefined
      ? {}
      : {
          checkServerIdentity: (_host: string, certificate: PeerCertificate) =>
            checkServerIdentity(name, certificate),
        }),
  })
}

function toFound({ columns, rows, hasMore }: Rows): Found {
  const count = rows.length
  const value = numberOf(rows[0]?.[0])
  const said = hasMore
    ? `the first ${countOf(count, 'row')}, and there are more`
    : countOf(count, 'row')
  const only = count === 1 && columns.length === 1 ? rows[0]?.[0] : undefined
  return {
    kind: 'answered',
    summary: only === undefined ? said : `${columns[0] ?? ''} ${only ?? 'NULL'}`,
    lines: [...toTextTable(columns, rows), `(${said})`],
    numbers: { lines: count, values: count, ...(value === undefined ? {} : { value }) },
  }
}
