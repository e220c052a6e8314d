import { fail, ok, type Result } from '../../result/result.ts'
import { readAuthority, shown } from './authority.ts'
import type { MarkedText } from './marked-text.ts'
import {
  recordTypes,
  type DnsCheck,
  type ServerPlace,
  type TcpCheck,
  type TlsCheck,
} from './schema.ts'

const DNS_PORT = 53

/** Reads `name [A|AAAA|CNAME|MX|TXT|SRV|NS] [@server]`. */
export function readDns(line: string, marked: MarkedText): Result<DnsCheck, string> {
  const [written = '', ...rest] = line.split(/\s+/)
  const name = readHost(written, marked)
  if (!name.ok) return name
  const [first] = rest
  const type = first?.startsWith('@') === false ? rest.shift()?.toUpperCase() : 'A'
  const known = recordTypes.find((each) => each === type)
  if (!known) {
    return fail(`${shown(type ?? '')} is none of the records ${recordTypes.join(', ')}.`)
  }
  const [at, ...more] = rest
  if (more.length > 0 || at?.startsWith('@') === false) {
    return fail('Write it as name A @server; the type and the server may be left out.')
  }
  if (at === undefined) return ok({ kind: 'dns', name: name.value, type: known, server: null })
  const server = readAuthority(marked, at.slice(1), 'maybe-a-port')
  if (!server.ok) return server
  const { host, port } = server.value
  return ok({
    kind: 'dns',
    name: name.value,
    type: known,
    server: { host, port: port ?? DNS_PORT },
  })
}

/** Reads `host:port`. */
export function readTcp(line: string, marked: MarkedText): Result<TcpCheck, string> {
  const place = readPlace(line, marked)
  return place.ok ? ok({ kind: 'tcp', ...place.value }) : place
}

/** Reads `host:port [servername]`. */
export function readTls(line: string, marked: MarkedText): Result<TlsCheck, string> {
  const [written = '', name, ...more] = line.split(/\s+/)
  if (more.length > 0) return fail('Write it as host:443; a name may stand behind it.')
  const place = readPlace(written, marked)
  if (!place.ok) return place
  const serverName = name === undefined ? ok(null) : readHost(name, marked)
  return serverName.ok
    ? ok({ kind: 'tls', ...place.value, serverName: serverName.value })
    : serverName
}

function readPlace(written: string, marked: MarkedText): Result<ServerPlace, string> {
  const read = readAuthority(marked, written, 'a-port')
  if (!read.ok) return read
  const { host, port } = read.value
  return port === null ? fail('A port is missing.') : ok({ host, port })
}

/** A host without a port. */
function readHost(written: string, marked: MarkedText): Result<string, string> {
  const read = readAuthority(marked, written, 'no-port')
  return read.ok ? ok(read.value.host) : read
}
