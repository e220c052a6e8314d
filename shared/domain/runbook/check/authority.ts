import { fail, ok, type Result } from '../../result/result.ts'
import { MARK } from '../marks.ts'
import { isHost, isPort, type MarkedText } from './marked-text.ts'

const onlyMark = new RegExp(`^${MARK}$`)
const anyMark = new RegExp(MARK)

/** A host, and its port where it has one. */
export interface Authority {
  readonly host: string
  readonly port: number | null
}

/**
 * Reads `host` or `host:port` with the values in. A placeholder that stands for all of it may have a
 * port with it, as an `instance` has.
 *
 * @param wanted whether there may be a port.
 */
export function readAuthority(
  marked: MarkedText,
  written: string,
  wanted: 'a-port' | 'maybe-a-port' | 'no-port',
): Result<Authority, string> {
  if (wanted !== 'no-port' && onlyMark.test(written)) {
    const both = marked.fill(written, 'host-and-port')
    if (both.ok || wanted === 'a-port') return both.ok ? split(both.value) : both
  }
  const [, host = '', port] = /^(\[[^\]]*\]|[^:[\]]*)(?::(.*))?$/.exec(written) ?? []
  if (host === '') return fail(`${shown(written)} is no host.`)
  const filled = marked.fill(host, onlyMark.test(host) ? 'host' : 'host-part')
  if (!filled.ok) return filled
  if (!isHost(filled.value))
    return fail(`${shown(filled.value)} is not the name or the address of a host.`)
  if (port === undefined) {
    return wanted === 'a-port'
      ? fail(`A port is missing behind ${shown(filled.value)}, such as :443.`)
      : ok({ host: filled.value, port: null })
  }
  if (wanted === 'no-port') return fail(`A host is wanted, and ${shown(written)} has a port.`)
  const number = marked.fill(port, 'port')
  if (!number.ok) return number
  return isPort(number.value)
    ? ok({ host: filled.value, port: Number(number.value) })
    : fail(`${shown(number.value)} is no port: it is a number from 1 to 65535.`)
}

/** Only what was found to be a host and a port. */
function split(text: string): Result<Authority, string> {
  const colon = text.lastIndexOf(':')
  return ok({ host: text.slice(0, colon), port: Number(text.slice(colon + 1)) })
}

/** A piece of a text for a sentence; what stands for a placeholder is an ellipsis. */
export function shown(text: string): string {
  const cut = text.length > 60 ? `${text.slice(0, 60)}…` : text
  return JSON.stringify(cut.replace(new RegExp(MARK, 'g'), '…'))
}

/** Whether a text has a placeholder in it. */
export function hasMark(text: string): boolean {
  return anyMark.test(text)
}
