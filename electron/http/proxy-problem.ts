import type { SourceProblemCode } from '#shared/domain/source/schema.ts'
import { errorCode, failure, type Failure } from './failure.ts'
import type { Proxy } from './proxy.ts'
import { ProxyFailure, type ProxyFault } from './proxy-failure.ts'
import { isLost, noRoute, tlsProblem } from './transport-problem.ts'

type Words = readonly [code: SourceProblemCode, does: string, hint?: string]

interface Asked {
  /** Host and port of the server that was to be asked through it. */
  readonly host: string
  /** True when the head of an answer had arrived already. */
  readonly hasAnswer: boolean
}

/** Says what a proxy did, with its name and never its password, and where it is named. */
export function proxyProblem(error: unknown, proxy: Proxy, asked: Asked): Failure {
  const fault: ProxyFault = error instanceof ProxyFailure ? error.fault : { kind: 'no-proxy' }
  const [code, does, hint = 'Check its address, that it runs, and the VPN.'] = wordsOf(
    fault,
    errorCode(error),
    proxy,
    asked,
  )
  return failure(code, `The proxy ${proxy.label} ${does}.`, `${hint} ${namedWhere(proxy)}`)
}

/** Where a proxy is named, and how to do without it. */
export function namedWhere({ variable }: Proxy): string {
  return variable === null
    ? 'It is set by the proxy settings of this computer; NO_PROXY lists the exceptions.'
    : `It is set by the environment variable ${variable}; NO_PROXY lists the exceptions.`
}

function wordsOf(fault: ProxyFault, code: string, proxy: Proxy, { host, hasAnswer }: Asked): Words {
  switch (fault.kind) {
    case 'unreached':
      return unreached(code, host)
    case 'refused':
      return refused(fault.status, fault.signIns, proxy, host)
    case 'socks-sign-in':
      return signIn(proxy, [], '')
    case 'socks-refused':
      return socksRefused(fault.reply, host)
    case 'silent':
      return ['timeout', `did not open a way to ${host} in time`]
    case 'no-proxy':
      if (hasAnswer) return ['unreachable', `broke off in the middle of the answer of ${host}`]
      return isLost(code)
        ? ['unreachable', `closed the connection without an answer of ${host}`]
        : [
            'unreachable',
            `sent no valid response of a proxy, so ${host} was not reached`,
            'Check its port and its kind (http://, https:// or socks5://).',
          ]
  }
}

function unreached(code: string, host: string): Words {
  const asked = `so ${host} was not reached`
  const tls = tlsProblem(code)
  if (tls) return ['tls', `${tls[0]} (${code}), ${asked}`, 'Check its certificate, or its address.']
  const route = noRoute[code]
  if (route !== undefined) return ['unreachable', `${route}, ${asked}`]
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return ['unreachable', `cannot be found: its name cannot be resolved, ${asked}`]
  }
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') {
    return ['timeout', `did not accept the connection in time, ${asked}`]
  }
  return ['unreachable', `cannot be reached${code === '' ? '' : ` (${code})`}, ${asked}`]
}

function refused(status: number, signIns: readonly string[], proxy: Proxy, host: string): Words {
  const shown = ` (${String(status)})`
  if (status === 407) return signIn(proxy, signIns, shown)
  if (status === 403 || status === 405) {
    return [
      'forbidden',
      `does not let Deckwatch reach ${host}${shown}`,
      'Ask who runs the proxy to allow this address and its port.',
    ]
  }
  return [
    'unreachable',
    status >= 500 ? `could not reach ${host}${shown}` : `refused to connect to ${host}${shown}`,
    'Check the address and port in url, and whether the proxy may reach it.',
  ]
}

/** A proxy that wants to know who asks, in the place of its 407 too. */
export function signInProblem(proxy: Proxy, signIns: readonly string[]): Failure {
  const [code, does, hint] = signIn(proxy, signIns, ' (407)')
  return failure(code, `The proxy ${proxy.label} ${does}.`, `${hint ?? ''} ${namedWhere(proxy)}`)
}

function signIn(proxy: Proxy, signIns: readonly string[], shown: string): Words {
  if (signIns.length > 0 && !signIns.includes('basic')) {
    return [
      'unauthorised',
      `requires an authentication method that Deckwatch does not support: ${signIns.join(', ')}${shown}`,
      'It supports basic. A local proxy such as cntlm or px can add the others.',
    ]
  }
  return proxy.credentials() === null
    ? [
        'unauthorised',
        `requires a user name and a password${shown}`,
        'Put them into its address where Deckwatch is started: HTTPS_PROXY=http://user:password@host:port.',
      ]
    : [
        'unauthorised',
        `did not accept the user name and the password of its address${shown}`,
        'Check them: signs such as @ and : are written as %40 and %3A there.',
      ]
}

function socksRefused(reply: number, host: string): Words {
  if (reply === 2) return ['forbidden', `does not let Deckwatch reach ${host}`]
  const reasons: Readonly<Record<number, string>> = {
    3: 'there is no route to its network',
    4: 'it cannot be reached, or its name cannot be resolved',
    5: 'it refused the connection',
    6: 'it timed out',
    8: 'the proxy does not know this kind of address',
  }
  const reason = reasons[reply]
  return [
    'unreachable',
    `could not reach ${host}${reason === undefined ? '' : `: ${reason}`}`,
    'Check the address and port in url, and whether the proxy may reach it.',
  ]
}
