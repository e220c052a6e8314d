import { errorCode, failure, type Failure } from './failure.ts'

/** Ways in which no connection comes about, by Node's codes, as what the host does. */
export const noRoute: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection',
  EHOSTUNREACH: 'cannot be reached: there is no route to the host',
  ENETUNREACH: 'cannot be reached: there is no route to its network',
  ENETDOWN: 'cannot be reached: the network is down',
  EHOSTDOWN: 'cannot be reached: the host is down',
  EADDRNOTAVAIL: 'cannot be reached from this machine',
}

/** TLS failures by OpenSSL's and Node's codes: what is wrong, and which option helps. */
const tlsProblems: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  CERT_HAS_EXPIRED: [
    'shows an expired certificate',
    'Renew the certificate on the server. If it is in date, check the clock of this machine.',
  ],
  CERT_NOT_YET_VALID: [
    'shows a certificate that is not valid yet',
    'Check the clock of this machine and the dates of the certificate on the server.',
  ],
  CERT_REVOKED: ['shows a revoked certificate', 'Replace the certificate on the server.'],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'shows a certificate that was made for another host name',
    'Use the name of the certificate in url, or set tls.serverName to it.',
  ],
  UNKNOWN_AUTHORITY: [
    'shows a certificate of an authority that is not trusted here',
    'Set tls.ca to the PEM file of the authority that signed it.',
  ],
  NOT_TLS: [
    'does not speak TLS on this port',
    'Use http:// in url, or the port that serves https.',
  ],
  CLIENT_CERTIFICATE: [
    'did not accept the client certificate, or got none',
    'Set tls.cert and tls.key to a certificate that the server trusts.',
  ],
  OTHER: [
    'could not agree on an encrypted connection',
    'Check the TLS versions and the certificate of the server.',
  ],
}

const unknownAuthority = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_UNTRUSTED',
  'CERT_SIGNATURE_FAILURE',
  'INVALID_CA',
])

const notTls = new Set([
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_HTTP_REQUEST',
  'ERR_SSL_UNKNOWN_PROTOCOL',
])

const clientCertificate =
  /^ERR_SSL_.*ALERT_(CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNKNOWN_CA|HANDSHAKE_FAILURE|CERTIFICATE_(EXPIRED|UNKNOWN|REVOKED)|UNSUPPORTED_CERTIFICATE|ACCESS_DENIED)$/

/** What a failure of TLS means and which option helps; undefined for any other failure. */
export function tlsProblem(code: string): readonly [string, string] | undefined {
  const known = tlsProblems[code]
  if (known) return known
  if (unknownAuthority.has(code)) return tlsProblems['UNKNOWN_AUTHORITY']
  if (notTls.has(code)) return tlsProblems['NOT_TLS']
  if (clientCertificate.test(code)) return tlsProblems['CLIENT_CERTIFICATE']
  return code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || code.startsWith('CERT_')
    ? tlsProblems['OTHER']
    : undefined
}

/** True for a connection that was closed under us, as happens to one kept open across a restart. */
export function isConnectionLost(error: unknown): boolean {
  return isLost(errorCode(error))
}

/** The same, by the error's code. */
export function isLost(code: string): boolean {
  return ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(code)
}

/**
 * True for an error of connecting: nothing of the request can have reached the server. A server that
 * closes the connection may have read it.
 */
export function isNeverSent(error: unknown): boolean {
  const code = errorCode(error)
  return (
    Object.hasOwn(noRoute, code) ||
    ['ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'].includes(code) ||
    tlsProblem(code) !== undefined
  )
}

/** undici's parser names its error but gives it no code for a server of another protocol. */
function isNotHttp(error: unknown, code: string): boolean {
  return (
    code.startsWith('HPE_') ||
    code === 'UND_ERR_HEADERS_OVERFLOW' ||
    (error instanceof Error && error.name === 'HTTPParserError')
  )
}

/** What was asked, and how far it got. */
export interface Asked {
  /** Host and port. */
  readonly host: string
  readonly isTls: boolean
  /** True when the head of an answer had arrived already. */
  readonly hasAnswer: boolean
}

/**
 * Says why no answer came at all, by the error's code. The error's own text is never shown: it may
 * hold what was sent.
 */
export function transportProblem(error: unknown, { host, isTls, hasAnswer }: Asked): Failure {
  const code = errorCode(error)
  const tls = tlsProblem(code)
  if (tls) return failure('tls', `${host} ${tls[0]} (${code}).`, tls[1])
  const route = noRoute[code]
  if (route) {
    return failure(
      'unreachable',
      `${host} ${route}.`,
      'Check that the server runs, the address and port in url, and the VPN.',
    )
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return failure(
      'unreachable',
      `The name of ${host} cannot be resolved.`,
      'Check the spelling in url, the VPN and the name service.',
    )
  }
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') {
    return failure(
      'timeout',
      `${host} did not accept the connection in time.`,
      'Check the address and port in url, the VPN and firewalls.',
    )
  }
  if (isNotHttp(error, code)) {
    return failure(
      'unreachable',
      `What answers at ${host} does not speak HTTP as it should.`,
      'Check the port in url; use https:// where the server expects TLS.',
    )
  }
  if (isConnectionLost(error) || code.startsWith('UND_ERR_RES')) {
    return failure(
      'unreachable',
      hasAnswer
        ? `${host} closed the connection in the middle of its answer.`
        : `${host} closed the connection without an answer.`,
      isTls && !hasAnswer
        ? 'It may be restarting, or want a client certificate: then set tls.cert and tls.key.'
        : 'It may be restarting, or a proxy before it gives up. It is polled again at the next interval.',
    )
  }
  return failure(
    'unreachable',
    `${host} could not be polled${code === '' ? '' : ` (${code})`}.`,
    'Check the address in url and the network.',
  )
}
