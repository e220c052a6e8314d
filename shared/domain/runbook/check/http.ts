import { fail, ok, type Result } from '../../result/result.ts'
import { hasMark, readAuthority, shown } from './authority.ts'
import { MARK } from '../marks.ts'
import type { MarkedText } from './marked-text.ts'
import type { HttpCheck } from './schema.ts'

/** Most headers of a check. */
const MAX_HEADERS = 20
/** Longest address, in UTF-16 units. */
const MAX_URL = 2_000

const requestLine = /^([A-Za-z]+)[ \t]+(\S+)(?:[ \t]+HTTP\/\d(?:\.\d)?)?$/
const address = /^(https?):\/\/([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/i
const header = /^([!$%&'*+.^_`|~0-9A-Za-z-]+):(.*)$/
const pathCharacters = new RegExp(`^(?:[\\w.~!$&'()*+,;=:@%/-]|${MARK})*$`)
const queryCharacters = new RegExp(`^(?:[\\w.~!$&()*+,;=:@%/?-]|${MARK})*$`)

/** Names of headers and of parameters that carry what signs somebody in. */
const secretName =
  /auth|cookie|token|secret|passw|api-?key|access-?key|credential|session|csrf|signature/i
const secretParameter =
  /^(?:(?:access|auth|id|refresh)?[_-]?token|api[_-]?key|key|secret|client[_-]?secret|password|passwd|pwd|sig|signature|x-amz-.*)$/i
/** Headers that say how and to whom a request is sent: the client's own. */
const ownNames = new Set(
  (
    'host connection content-length content-type content-encoding transfer-encoding te trailer ' +
    'upgrade expect keep-alive proxy-connection accept-encoding forwarded via ' +
    'http2-settings alt-used'
  ).split(' '),
)

/** Reads `GET https://host/path` and the lines `Header: value` behind it. */
export function readHttp(lines: readonly string[], marked: MarkedText): Result<HttpCheck, string> {
  const [first = '', ...rest] = lines
  const [, method = '', written = ''] = requestLine.exec(first) ?? []
  if (written === '') return fail('Write it as GET https://host/path.')
  if (method !== 'GET' && method !== 'HEAD') {
    return fail(`A check sends GET and HEAD alone, which change nothing, and not ${shown(method)}.`)
  }
  const url = readUrl(written, marked)
  if (!url.ok) return url
  const headers = readHeaders(rest, marked)
  return headers.ok ? ok({ kind: 'http', method, url: url.value, headers: headers.value }) : headers
}

function readUrl(written: string, marked: MarkedText): Result<string, string> {
  const [, scheme, authority = '', path = '', query = '', fragment] = address.exec(written) ?? []
  if (scheme === undefined) return fail('The address has to begin with https:// or http://.')
  if (authority.includes('@')) {
    return fail('There is a user in the address: no secret stands in a runbook.')
  }
  if (fragment !== undefined) return fail('What stands behind # is not sent to a server.')
  const place = readAuthority(marked, authority, 'maybe-a-port')
  if (!place.ok) return place
  const badPath = unreadable(path, pathCharacters) ?? unreadable(query, queryCharacters)
  if (badPath !== null) return fail(badPath)
  const secret = query
    .slice(1)
    .split('&')
    .map((each) => each.split('=', 1)[0] ?? '')
    .find((name) => secretParameter.test(name))
  if (secret !== undefined) {
    return fail(`The address has ${shown(secret)} in it: no secret stands in a runbook.`)
  }
  const filledPath = marked.fill(path === '' ? '/' : path, 'url-part')
  if (!filledPath.ok) return filledPath
  const filledQuery = marked.fill(query, 'url-part')
  if (!filledQuery.ok) return filledQuery
  // `/a/../b` is another path than it looks like.
  if (filledPath.value.split('/').some((part) => /^(?:\.|%2e){1,2}$/i.test(part))) {
    return fail('There is . or .. between the slashes of the address.')
  }
  const { host, port } = place.value
  const server = `${host}${port === null ? '' : `:${String(port)}`}`
  const url = `${scheme.toLowerCase()}://${server}${filledPath.value}${filledQuery.value}`
  return url.length > MAX_URL ? fail('The address is too long.') : ok(url)
}

/** Why a part of an address cannot be sent as it is written; null where it can. */
function unreadable(part: string, characters: RegExp): string | null {
  if (!characters.test(part)) {
    return `${shown(part)} has a character that has to be written as %XX in an address.`
  }
  // A value behind a `%` would be another character than it looks like.
  return /%(?![0-9A-Fa-f]{2})/.test(part) ? `${shown(part)} has a % without two digits.` : null
}

function readHeaders(
  lines: readonly string[],
  marked: MarkedText,
): Result<HttpCheck['headers'], string> {
  if (lines.length > MAX_HEADERS) return fail(`It has more than ${String(MAX_HEADERS)} headers.`)
  const headers: (readonly [string, string])[] = []
  for (const line of lines) {
    const [, name = '', written = ''] = header.exec(line) ?? []
    if (name === '' || hasMark(name)) {
      return fail(`${shown(line)} is no header, and a check sends nothing else. Write Name: value.`)
    }
    const known = name.toLowerCase()
    if (secretName.test(name) || /^\s*(?:bearer|basic|digest|negotiate)\s/i.test(written)) {
      return fail(`The header ${name} may sign somebody in: no secret stands in a runbook.`)
    }
    if (ownNames.has(known)) return fail(`The header ${name} cannot be set by a check.`)
    if (headers.some(([each]) => each.toLowerCase() === known)) {
      return fail(`The header ${name} stands there twice.`)
    }
    const value = marked.fill(written.trim(), 'header')
    if (!value.ok) return value
    if (!/^[\x20-\x7e]{0,1000}$/.test(value.value)) {
      return fail(`The value of the header ${name} has a character that cannot be sent.`)
    }
    headers.push([name, value.value])
  }
  return ok(headers)
}
