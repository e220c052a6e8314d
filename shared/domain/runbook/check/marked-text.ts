import { z } from 'zod'
import { fail, ok, type Result } from '../../result/result.ts'
import { markPlaceholders } from '../marks.ts'
import type { Code, Placeholder } from '../schema.ts'
import { checkUrlPart, checkValue } from '../values.ts'

/** Where in a check a value stands, which decides what it may be. */
export type ValuePlace =
  /** A part of the name of a host. */
  | 'host-part'
  /** The whole host. */
  | 'host'
  /** The host with its port. */
  | 'host-and-port'
  | 'port'
  /** In the path or the query of an address. */
  | 'url-part'
  /** In the value of a header. */
  | 'header'

/** The value of a placeholder, or a sentence that says why it has none. */
export type ValueOf = (placeholder: Placeholder, place: ValuePlace) => Result<string, string>

/** Text of a check, with one character in the place of each placeholder. */
export interface MarkedText {
  readonly text: string
  /** A stretch of the text with the values in. */
  fill(stretch: string, place: ValuePlace): Result<string, string>
}

/**
 * Marks the placeholders of a check, so that its form is read before any value is in it: a value
 * can never become another host, another header or another line.
 */
export function markText(
  { run, placeholders }: Pick<Code, 'run' | 'placeholders'>,
  valueOf: ValueOf,
): Result<MarkedText, string> {
  const marked = markPlaceholders({ run, placeholders })
  if (!marked.ok) return marked
  const { text, placeholderOf } = marked.value
  return ok({
    text,
    fill(stretch, place) {
      let filled = ''
      for (const char of stretch) {
        const placeholder = placeholderOf(char)
        if (!placeholder) {
          filled += char
          continue
        }
        const value = valueOf(placeholder, place)
        if (!value.ok) return value
        filled += value.value
      }
      return ok(filled)
    },
  })
}

/** Whether a value may stand in a place: what would become more than a part of it there is refused. */
export function checkedFor(
  placeholder: Pick<Placeholder, 'name'>,
  value: string,
  place: ValuePlace,
): Result<string, string> {
  const checked = checkValue(placeholder, value)
  if (!checked.ok) return checked
  const refused = (what: string) => fail(`The value of ${placeholder.name} has to be ${what}.`)
  switch (place) {
    case 'host-part':
      return hostPart.test(value) ? checked : refused('a part of the name of a host')
    case 'host':
      if (isBareIPv6(value)) return ok(`[${value}]`)
      return isHost(value) ? checked : refused('the name or the address of a host')
    case 'host-and-port':
      return readServer(value) ? checked : refused('a host and a port, such as shop.example:443')
    case 'port':
      return isPort(value) ? checked : refused('the number of a port, from 1 to 65535')
    case 'url-part':
      return checkUrlPart(placeholder, value)
    case 'header':
      return checked
  }
}

const hostPart = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?$/
const hostName = /^(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(?:\.(?!$)|\.?$))+$/

/** Whether a text is a host: a name, an IPv4 address, or an IPv6 address in brackets. */
export function isHost(text: string): boolean {
  if (text.startsWith('[')) return text.endsWith(']') && isBareIPv6(text.slice(1, -1))
  if (text.length > 253 || !hostName.test(text)) return false
  // `2130706433`, `0x7f.1` and `127.1` are other spellings of an address: a person sees no address
  // in them, and a client connects to it.
  const isNumeric = /(?:^|\.)(?:\d+|0[xX][0-9A-Fa-f]*)\.?$/.test(text)
  return !isNumeric || z.ipv4().safeParse(text).success
}

function isBareIPv6(text: string): boolean {
  return text.includes(':') && z.ipv6().safeParse(text).success
}

/** Whether a text is the number of a port. */
export function isPort(text: string): boolean {
  return /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65_535
}

/** A host and a port, as `host:port`; null for anything else. */
export function readServer(text: string): { readonly host: string; readonly port: number } | null {
  const [, host = '', port = ''] = /^(.+):(\d+)$/.exec(text) ?? []
  return isHost(host) && isPort(port) ? { host, port: Number(port) } : null
}
