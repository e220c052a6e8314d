import { execFileSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { Client } from 'pg'
import { binary } from '#test/setup/requirements.ts'
import type { Certificate } from './certificates.ts'
import { freePort, startProcess } from './server-process.ts'

/** Who may do all on a server of a test. */
export const OWNER = 'owner'
/** Its password. */
export const PASSWORD = 'correct-horse-battery'

/** Debian's account that owns nothing: PostgreSQL refuses to run as root. */
const NOBODY = 65_534

/** A PostgreSQL of a test, with nothing in it. */
export interface Postgresql {
  readonly port: number
  /** Asks it as its owner. */
  sql(text: string): Promise<readonly (readonly unknown[])[]>
  stop(): Promise<void>
}

/** Starts Debian's PostgreSQL on a port of the loopback address, in a folder that is thrown away. */
export async function startPostgresql(certificate: Certificate): Promise<Postgresql> {
  const folder = mkdtempSync(join(tmpdir(), 'deckwatch-postgresql-'))
  const isRoot = userInfo().uid === 0
  const own = (path: string) => {
    if (isRoot) chownSync(path, NOBODY, NOBODY)
  }
  const write = (name: string, text: string) => {
    const path = join(folder, name)
    writeFileSync(path, text, { mode: 0o600 })
    own(path)
    return path
  }
  own(folder)
  const programs = dirname(binary('postgresql'))
  const asNobody = (program: string, args: readonly string[]): [string, readonly string[]] => {
    const path = join(programs, program)
    const drop = [`--reuid=${String(NOBODY)}`, `--regid=${String(NOBODY)}`, '--clear-groups']
    return isRoot ? ['setpriv', [...drop, path, ...args]] : [path, args]
  }
  const data = join(folder, 'data')
  const [initdb, initArgs] = asNobody('initdb', [
    ...['--pgdata', data, '--username', OWNER, '--pwfile', write('password', PASSWORD)],
    ...['--auth', 'scram-sha-256', '--no-sync', '--locale=C', '--encoding=UTF8'],
  ])
  execFileSync(initdb, initArgs, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  const port = await freePort()
  const settings = [
    ...['ssl=on', `ssl_cert_file=${write('cert.pem', certificate.cert)}`],
    ...[`ssl_key_file=${write('key.pem', certificate.key)}`, 'fsync=off', 'max_connections=20'],
    ...['listen_addresses=127.0.0.1', 'unix_socket_directories=', `port=${String(port)}`],
  ]
  const [postgres, args] = asNobody('postgres', [
    ...['-D', data],
    ...settings.flatMap((each) => ['-c', each]),
  ])
  const sql = async (text: string) => {
    const client = new Client({
      ...{ host: '127.0.0.1', port, user: OWNER, password: PASSWORD },
      ...{ database: 'postgres', ssl: false },
    })
    await client.connect()
    try {
      const { rows } = await client.query<unknown[]>({ text, rowMode: 'array' })
      return rows
    } finally {
      await client.end()
    }
  }
  const server = await startProcess(
    postgres,
    args,
    async () => (await sql('select 1')).length === 1,
  )
  return {
    port,
    sql,
    async stop() {
      // Asked like this it waits for nobody who is still connected.
      process.kill(server.pid, 'SIGINT')
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
