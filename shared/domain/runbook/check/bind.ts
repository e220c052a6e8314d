import { fail, ok, type Result } from '../../result/result.ts'
import { textFor } from '../inputs/occurrence.ts'
import type { FilledInput } from '../inputs/schema.ts'
import type { Code } from '../schema.ts'
import { checkedFor, markText, type ValueOf, type ValuePlace } from './marked-text.ts'
import { readHttp } from './http.ts'
import { readDns, readTcp, readTls } from './one-line.ts'
import type { CheckKind, ServerCheck } from './schema.ts'

type Written = Pick<Code, 'run' | 'placeholders'>

/**
 * A check with its values in, or a sentence that says why there is none. The form of the check is
 * read before any value is in it, and each value has to be what its place wants: part of a host, a
 * port, part of a path. Pure.
 */
export function bindCheck(
  kind: CheckKind,
  written: Written,
  filled: readonly FilledInput[],
): Result<ServerCheck, string> {
  return read(kind, written, (placeholder, place) => {
    const value = textFor(placeholder, filled)
    return value === null
      ? fail(`The value of ${placeholder.name} is missing.`)
      : checkedFor(placeholder, value, place)
  })
}

/** What is wrong with a check as it is written, whatever its values are; null: nothing is. Pure. */
export function problemOfCheck(kind: CheckKind, written: Written): string | null {
  // A part of a name is a word, and one of an address a number.
  const asWords = read(kind, written, (_, place) => ok(anyValue(place, 'x')))
  if (asWords.ok || read(kind, written, (_, place) => ok(anyValue(place, '1'))).ok) return null
  return asWords.error
}

/** A value that may stand in a place. */
function anyValue(place: ValuePlace, part: string): string {
  if (place === 'port') return '1'
  return place === 'host-and-port' ? 'x:1' : place === 'host-part' ? part : 'x'
}

function read(kind: CheckKind, written: Written, valueOf: ValueOf): Result<ServerCheck, string> {
  const marked = markText(written, valueOf)
  if (!marked.ok) return marked
  const lines = marked.value.text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  const [line, ...more] = lines
  if (line === undefined) return fail('It says nothing.')
  if (kind === 'http') return readHttp(lines, marked.value)
  if (more.length > 0) return fail('It has more than one line: write one check a block.')
  const one = { dns: readDns, tcp: readTcp, tls: readTls }[kind]
  return one(line, marked.value)
}

/** A check as it is shown: what is asked, with the values in. */
export function checkText(check: ServerCheck): string {
  switch (check.kind) {
    case 'http': {
      const headers = check.headers.map(([name, value]) => `${name}: ${value}`)
      return [`${check.method} ${check.url}`, ...headers].join('\n')
    }
    case 'dns': {
      const { name, type, server } = check
      const at =
        server === null
          ? []
          : [`@${server.host}${server.port === 53 ? '' : `:${String(server.port)}`}`]
      return [name, type, ...at].join(' ')
    }
    case 'tcp':
      return serverText(check)
    case 'tls':
      return [serverText(check), ...(check.serverName === null ? [] : [check.serverName])].join(' ')
  }
}

/** `host:port` */
export function serverText({
  host,
  port,
}: {
  readonly host: string
  readonly port: number
}): string {
  return `${host}:${String(port)}`
}
