import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { failure, type Failure } from './failure.ts'
import { isLoopback, parseNoProxy } from './no-proxy.ts'
import { parsePacResult } from './pac-result.ts'
import { parseProxy, type Proxy } from './proxy.ts'

/** Ways to a server, in the order in which they are tried; null is the one without a proxy. */
export type Ways = readonly (Proxy | null)[]

/** Finds the ways to an address; a failure where a proxy is named that cannot be used. */
export type ProxyFinder = (url: URL) => Promise<Result<Ways, Failure>>

/**
 * What the settings of the system say of an address, as a PAC script would: `PROXY a:3128; DIRECT`.
 * Rejects when they cannot be asked.
 */
export type SystemProxies = (url: string) => Promise<string>

/** Where proxies are named. */
export interface ProxyPlaces {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Asked where the environment names no proxy at all; without it the way is straight. */
  readonly system?: SystemProxies
}

const straight: Ways = [null]

/** Without any proxy. */
export const noProxies: ProxyFinder = () => Promise.resolve(ok(straight))

/**
 * Finds proxies as programs of the command line do: `HTTP_PROXY` for http, `HTTPS_PROXY` for https,
 * `ALL_PROXY` for both, in small letters first; `NO_PROXY` and this machine itself go straight. Where
 * none of them names a proxy, the settings of the system are asked.
 */
export function createProxyFinder({ env, system }: ProxyPlaces): ProxyFinder {
  const variables = {
    'http:': namesOf(env, 'HTTP_PROXY', 'ALL_PROXY'),
    'https:': namesOf(env, 'HTTPS_PROXY', 'ALL_PROXY'),
  }
  const isSilent = Object.values(variables).every(([first]) => first === undefined)
  const isExempt = parseNoProxy(env['no_proxy'] || env['NO_PROXY'] || '')

  return async (url) => {
    if (isLoopback(url) || isExempt(url)) return ok(straight)
    const [variable] = variables[url.protocol === 'https:' ? 'https:' : 'http:']
    if (variable !== undefined) {
      const proxy = parseProxy(env[variable] ?? '', variable)
      return proxy ? ok([proxy]) : fail(unreadable(variable))
    }
    if (!isSilent || !system) return ok(straight)
    let said: string
    try {
      said = await system(url.href)
    } catch {
      // A system that cannot say it has no proxy that we could use.
      return ok(straight)
    }
    const ways = parsePacResult(said)
    return ways.length > 0 ? ok(ways) : fail(unusable)
  }
}

/** Those of the variables that are set, the first first; each in small letters before capitals. */
function namesOf(env: ProxyPlaces['env'], ...names: readonly string[]): readonly string[] {
  return names
    .flatMap((name) => [name.toLowerCase(), name])
    .filter((name) => (env[name] ?? '').trim() !== '')
}

/** Never quotes it: a password may stand in it. */
function unreadable(variable: string): Failure {
  return failure(
    'misconfigured',
    `The environment variable ${variable} is set, but not to the address of a proxy.`,
    'Write it as http://host:port, https://host:port or socks5://host:port, and start Deckwatch again. NO_PROXY lists the exceptions.',
  )
}

const unusable = failure(
  'misconfigured',
  'The proxy settings of this computer name a kind of proxy that Deckwatch cannot use.',
  'It can use HTTP, HTTPS and SOCKS 5. Set HTTPS_PROXY to such a one where Deckwatch is started, or NO_PROXY to what is reached without it.',
)
