import { makeProxy, type Proxy } from './proxy.ts'

const kinds: Readonly<Record<string, readonly [Proxy['scheme'], defaultPort: number]>> = {
  PROXY: ['http', 80],
  HTTP: ['http', 80],
  HTTPS: ['https', 443],
  SOCKS5: ['socks5', 1_080],
}

/**
 * Reads what a PAC script answers: `PROXY a:3128; SOCKS5 b:1080; DIRECT`, in the order in which they
 * are to be tried; null is "without a proxy". An answer without a word is DIRECT.
 *
 * @returns empty where only kinds are named that cannot be used (SOCKS 4).
 */
export function parsePacResult(text: string): readonly (Proxy | null)[] {
  const entries = text
    .split(';')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
  if (entries.length === 0) return [null]
  return entries.flatMap((entry) => {
    const [word = '', address = ''] = entry.split(/\s+/)
    if (word.toUpperCase() === 'DIRECT') return [null]
    const kind = kinds[word.toUpperCase()]
    const [, bracketed, plain, port] = /^(?:\[(.+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(address) ?? []
    const host = bracketed ?? plain
    if (!kind || host === undefined) return []
    const [scheme, defaultPort] = kind
    return [makeProxy(scheme, host, port === undefined ? defaultPort : Number(port), null)]
  })
}
