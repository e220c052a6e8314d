import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import type { CheckEnd } from '#electron/engine/ports/checks.ts'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { noProxies } from '#electron/http/proxy-finder.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import { createPlaceQueries } from '#electron/runner/queries/place-queries.ts'
import { queryPlacesSchema } from '#shared/domain/configuration/query-places.ts'
import { bindSql, sqlPlaceholders } from '#shared/domain/runbook/query/sql.ts'
import { ok } from '#shared/domain/result/result.ts'
import { hostileValues } from '#test/fixtures/hostile-values.ts'
import { silentLogger } from '#test/fixtures/engine.ts'
import { eventually } from '#test/setup/eventually.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { createAuthority } from '../servers/certificates.ts'
import { OWNER, PASSWORD, startPostgresql, type Postgresql } from '../servers/postgresql.ts'

const LONG_MS = 60_000

describeWith('postgresql', 'queries to PostgreSQL', () => {
  const authority = createAuthority()
  const folder = mkdtempSync(join(tmpdir(), 'deckwatch-queries-'))
  let server: Postgresql

  beforeAll(async () => {
    writeFileSync(join(folder, 'ca.pem'), authority.cert)
    writeFileSync(join(folder, 'other.pem'), createAuthority().cert)
    server = await startPostgresql(authority.issue())
    await server.sql(`
      create table orders (id integer primary key, state text, note text);
      insert into orders values (1, 'stuck', E'two\\nlines'), (2, 'done', null);
      create table secrets (token text);
      create role reader login password '${PASSWORD}';
      grant select on orders to reader;
      create sequence numbers;
      create function sneaky() returns integer language plpgsql as
        $$ begin perform set_config('transaction_read_only', 'off', true); insert into orders values (9); return 1; end $$;
    `)
  })
  afterAll(async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  interface Given {
    readonly values?: readonly string[]
    readonly place?: object
    readonly env?: Readonly<Record<string, string>>
    readonly timeoutMs?: number
    readonly signal?: AbortSignal
  }

  /** Asks as the owner, who may do all: what is refused then is not refused for want of rights. */
  function ask(text: string, given: Given = {}): Promise<CheckEnd> {
    const { values = [], env = { PASSWORD }, timeoutMs = LONG_MS, signal } = given
    const [place] = queryPlacesSchema.parse([
      {
        ...{ type: 'postgresql', name: 'orders', host: '127.0.0.1', port: server.port },
        ...{ database: 'postgres', user: OWNER, password: 'env:PASSWORD', tls: { ca: 'ca.pem' } },
        ...given.place,
      },
    ])
    if (!place) throw new Error('no place')
    const queries = createPlaceQueries({
      clock: createNodeClock(),
      logger: silentLogger,
      secrets: createSecretReader({ env }),
      proxies: noProxies,
      random: () => 0.5,
      folder,
    })
    return queries.run(
      { place, query: { kind: 'sql', text, values } },
      { timeoutMs, signal: signal ?? new AbortController().signal },
    )
  }
  const refused = async (text: string, given?: Given) => {
    const { outcome } = await ask(text, given)
    return outcome.kind === 'not-started' ? outcome.message : outcome.kind
  }

  it('show rows as a table, and say the first value where it is a number', async () => {
    expect(await ask('select * from orders order by id')).toMatchObject({
      outcome: { kind: 'answered' },
      text:
        'id  state  note\n--  -----  ----------\n' +
        '1   stuck  two\\nlines\n2   done   NULL\n(2 rows)',
      summary: '2 rows',
      numbers: { lines: 2, values: 2, value: 1 },
    })
    expect(
      await ask('select count(*) as stuck from orders where state = $1', { values: ['stuck'] }),
    ).toMatchObject({
      summary: 'stuck 1',
      numbers: { value: 1 },
    })
    expect(await ask('select state from orders where id = 1')).toMatchObject({
      numbers: { values: 1 },
    })
    expect(await ask('select id from orders where false')).toMatchObject({
      text: 'id\n--\n(0 rows)',
      numbers: { lines: 0, values: 0 },
    })
    expect((await ask('explain select 1')).text).toContain('Result')
    expect((await ask('show transaction_read_only')).text).toContain('on')
  })

  it('read a thousand rows and no more', async () => {
    const { text, summary, numbers } = await ask('select g from generate_series(1, 100000000) g')
    expect(summary).toBe('the first 1,000 rows, and there are more')
    expect(text.split('\n')).toHaveLength(1_003)
    expect(numbers).toEqual({ lines: 1_000, values: 1_000, value: 1 })
    expect(await ask('select g from generate_series(1, 1000) g')).toMatchObject({
      summary: '1,000 rows',
    })
  })

  it('carry values as values, whatever they hold', async () => {
    // A text of PostgreSQL has no U+0000, and half a character is none.
    const values = hostileValues.filter(
      (each) => each.length < 10_000 && !/\0|\p{Surrogate}/u.test(each),
    )
    for (let from = 0; from < values.length; from += 40) {
      const some = values.slice(from, from + 40)
      const run = `select ${some.map((_, index) => `md5('<v${String(index)}>'::text)`).join(', ')}`
      const bound = bindSql({ run, placeholders: sqlPlaceholders(run) }, ({ name }) =>
        ok(some[Number(name.slice(1))] ?? ''),
      )
      if (!bound.ok) throw new Error(bound.error)
      const { text } = await ask(bound.value.text, { values: bound.value.values })
      const sums = some.map((each) => createHash('md5').update(each).digest('hex'))
      expect(text.split('\n')[2]).toBe(sums.join('  '))
    }
  })

  it.each([
    ['select 1; drop table orders', 'multiple commands'],
    ['drop table orders', 'read-only transaction'],
    ["insert into orders values (3, 'x', null)", 'would change something'],
    ['with d as (delete from orders returning 1) select * from d', 'read-only transaction'],
    ['select * from orders for update', 'read-only transaction'],
    ["select nextval('numbers')", 'read-only transaction'],
    ['select sneaky()', 'must be set before any query'],
    ['explain analyze delete from orders', 'read-only transaction'],
    ['create table x ()', 'read-only transaction'],
  ])('change nothing, also where the text is not looked at: %s', async (text, reason) => {
    expect(await refused(text)).toContain(reason)
    expect(await server.sql('select count(*)::int from orders')).toEqual([[2]])
  })

  it('keep nothing behind, also where a statement ends the transaction', async () => {
    await ask('commit')
    await ask('set default_transaction_read_only = off')
    expect(await server.sql('select count(*)::int from orders')).toEqual([[2]])
  })

  it('say what the server says, and where', async () => {
    expect(await ask('select nothing from orders')).toMatchObject({
      outcome: { message: 'PostgreSQL says: column "nothing" does not exist. (42703)' },
      text: expect.stringContaining('At character 8 of the query.') as string,
    })
    expect(await refused('select * from secrets', { place: { user: 'reader' } })).toContain(
      'may not do this: permission denied for table secrets.',
    )
    expect(await refused('select 1', { place: { database: 'nowhere' } })).toContain(
      'has no such database',
    )
  })

  it('end when the time is over, also at the server', async () => {
    const end = await ask('select pg_sleep(600), 4711', { timeoutMs: 500 })
    expect(end).toMatchObject({ outcome: { kind: 'timed-out' } })
    await eventually(async () => {
      expect(await sleeping(4711)).toBe(0)
    })
  })

  it('end when somebody gives up, also at the server', async () => {
    const abort = new AbortController()
    const ended = ask('select pg_sleep(600), 4712', { signal: abort.signal })
    await eventually(async () => {
      expect(await sleeping(4712)).toBe(1)
    })
    abort.abort()
    expect(await ended).toMatchObject({ outcome: { kind: 'cancelled' }, text: '' })
    await eventually(async () => {
      expect(await sleeping(4712)).toBe(0)
    })
  })

  const sleeping = async (mark: number) => {
    const [row] = await server.sql(
      `select count(*)::int from pg_stat_activity where query like '%sleep(600), ${String(mark)}%' and pid <> pg_backend_pid() and state = 'active'`,
    )
    return row?.[0]
  }

  it('read no more than fits', async () => {
    expect(await refused("select repeat('x', 20000000)")).toContain('over 16 MiB')
  })

  it('sign in with the secret that is named, and never show it', async () => {
    expect(await refused('select 1', { env: {} })).toBe(
      'The password of orders is missing: the environment variable PASSWORD is not set.',
    )
    expect(await refused('select 1', { env: { PASSWORD: 'wrong' } })).toContain(
      'did not accept the user or the password',
    )
    expect(await refused('select 1', { place: { password: undefined } })).toContain('password')
    expect((await ask(`select '${PASSWORD}' as shown`)).text).not.toContain(PASSWORD)
  })

  it('encrypt the connection, and look at whose it is', async () => {
    const text = 'select ssl from pg_stat_ssl where pid = pg_backend_pid()'
    expect((await ask(text)).summary).toBe('ssl t')
    const tls = (place: object) => refused(text, { place })
    expect(await tls({ tls: { ca: 'other.pem' } })).toContain('not trusted here')
    expect(await tls({ tls: { ca: 'ca.pem', serverName: 'elsewhere.example' } })).toContain(
      'another host name',
    )
    expect(await tls({ tls: { ca: 'ca.pem', serverName: 'localhost' } })).toBe('answered')
    expect(await tls({ tls: { ca: 'missing.pem' } })).toContain('cannot be read')
    expect((await ask(text, { place: { tls: undefined, encryption: 'unverified' } })).summary).toBe(
      'ssl t',
    )
    expect((await ask(text, { place: { tls: undefined, encryption: 'off' } })).summary).toBe(
      'ssl f',
    )
  })

  it('say where nobody answers, or somebody else', async () => {
    const listener = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => socket.end('N'))
    })
    await new Promise<void>((resolve) => {
      listener.listen(0, '127.0.0.1', resolve)
    })
    onTestFinished(() => void listener.close())
    const { port } = listener.address() as AddressInfo
    expect(await refused('select 1', { place: { port } })).toContain('does not encrypt connections')
    expect(
      await refused('select 1', { place: { port, tls: undefined, encryption: 'off' } }),
    ).toMatch(/closed the connection|could not be polled/)
    expect(await refused('select 1', { place: { port: 1 } })).toContain('refused the connection')
    expect(await refused('select 1', { place: { host: 'nowhere.invalid' } })).toContain('resolved')
  })
})
