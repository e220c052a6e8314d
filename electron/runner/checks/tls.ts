import type { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { checkServerIdentity, connect, type TLSSocket } from 'node:tls'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Budget } from '#electron/http/budget.ts'
import { errorCode } from '#electron/http/failure.ts'
import { loadTlsContext } from '#electron/http/tls-context.ts'
import { tlsProblem, transportProblem } from '#electron/http/transport-problem.ts'
import { serverText } from '#shared/domain/runbook/check/bind.ts'
import type { TlsCheck } from '#shared/domain/runbook/check/schema.ts'
import { counted, failed, late, took, tenths, type Found } from './found.ts'
import { bare, openSocket } from './tcp.ts'

const DAY_MS = 86_400_000
/** Names of a certificate that are shown. */
const MAX_NAMES = 20

/**
 * Looks at the certificate that a server shows. It connects whatever the certificate is, so that one
 * that is out of date can be described; nothing is sent over that connection. No proxy is used.
 */
export async function checkTls(
  check: TlsCheck,
  { clock }: { readonly clock: Clock },
  budget: Budget,
): Promise<Found> {
  const context = await loadTlsContext({})
  if (!context.ok) return failed(context.error.problem.message)
  const began = clock.monotonic()
  const opened = await openSocket(check, budget)
  if (opened.kind !== 'open') return opened
  const { socket } = opened
  const connectedMs = clock.monotonic() - began
  const wanted = check.serverName ?? bare(check.host)
  const where = serverText(check)
  return new Promise((resolve) => {
    const secure = connect({
      socket,
      secureContext: context.value,
      // A name of a host alone may be sent, and no address.
      servername: isIP(wanted) === 0 ? wanted.replace(/\.$/, '') : '',
      rejectUnauthorized: false,
      // Looked at by itself: without it `authorizationError` is about the authorities alone.
      checkServerIdentity: () => undefined,
    })
    const settle = (found: Found) => {
      budget.signal.removeEventListener('abort', giveUp)
      secure.destroy()
      socket.destroy()
      resolve(found)
    }
    const giveUp = () => {
      const lines = [`Connected after ${took(connectedMs)}.`]
      settle(
        late(`The TLS handshake with ${where} timed out after ${took(budget.limitMs)}.`, lines),
      )
    }
    secure.on('error', (error) => {
      const code = errorCode(error)
      const known = tlsProblem(code)
      settle(
        failed(
          known
            ? `${where} ${known[0]} (${code}).`
            : transportProblem(error, { host: where, isTls: true, hasAnswer: false }).problem
                .message,
        ),
      )
    })
    secure.once('secureConnect', () => {
      settle(describe(secure, { wanted, now: clock.now(), ms: clock.monotonic() - began }))
    })
    if (budget.signal.aborted) giveUp()
    else budget.signal.addEventListener('abort', giveUp, { once: true })
  })
}

interface Asked {
  /** The name that the certificate has to be for. */
  readonly wanted: string
  /** Ms since the epoch, UTC. */
  readonly now: number
  readonly ms: number
}

function describe(socket: TLSSocket, { wanted, now, ms }: Asked): Found {
  const certificate = socket.getPeerX509Certificate()
  if (!certificate) return failed('The server shows no certificate.')
  const until = certificate.validToDate.getTime()
  const from = certificate.validFromDate.getTime()
  const days = Math.floor((until - now) / DAY_MS)
  const isNamed = checkServerIdentity(wanted, certificate.toLegacyObject()) === undefined
  const refusal = socket.authorized ? null : trustProblem(socket)
  const when =
    until <= now
      ? `expired ${daysText(-days - 1)} ago`
      : from > now
        ? `not valid before ${day(from)}`
        : `valid for ${daysText(days)}`
  const problems = [
    ...(isNamed ? [] : [`not for ${wanted}`]),
    // That it is out of date says it already.
    ...(refusal === null || until <= now || from > now ? [] : [`not trusted: ${refusal}`]),
  ]
  const earliest = chainOf(certificate)
    .slice(1)
    .find((each) => each.validToDate.getTime() < until)
  return {
    kind: 'answered',
    summary: [when, ...problems].join(', '),
    lines: [
      `Certificate ${when}, until ${day(until)}`,
      `Subject: ${nameText(certificate.subject)}`,
      `Names: ${namesOf(certificate)}`,
      `Issuer: ${nameText(certificate.issuer)}`,
      `Valid: ${day(from)} to ${day(until)}`,
      `Trusted by this machine: ${refusal === null ? 'yes' : `no, ${refusal}`}`,
      `For ${wanted}: ${isNamed ? 'yes' : 'no'}`,
      ...(earliest
        ? [
            `${nameText(earliest.subject)} above it ends sooner: ${day(earliest.validToDate.getTime())}`,
          ]
        : []),
      `Protocol: ${socket.getProtocol() ?? 'unknown'}, ${socket.getCipher().name}`,
      `SHA-256 fingerprint: ${certificate.fingerprint256}`,
      `TLS was agreed on after ${took(ms)}.`,
    ],
    numbers: { days, ms: tenths(ms) },
  }
}

/** `1 day`, `20 days` */
const daysText = (days: number) => (days <= 0 ? 'less than a day' : counted(days, 'day'))

/** Why a chain of certificates is not trusted, by OpenSSL's codes. */
const untrusted: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'it, or one above it, has expired',
  CERT_NOT_YET_VALID: 'it, or one above it, is not valid yet',
  CERT_REVOKED: 'it was revoked',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its authority is not known here',
  UNABLE_TO_GET_ISSUER_CERT: 'its authority is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'its authority is not known here, or the server leaves a certificate out',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its authority is not known here, or the server leaves a certificate out',
}

/** Why the authorities of this machine do not vouch for it. */
function trustProblem(socket: TLSSocket): string {
  // Node types it as an error and has the code of one there.
  const error: unknown = socket.authorizationError
  const code = typeof error === 'string' ? error : errorCode(error)
  const words = Object.hasOwn(untrusted, code) ? untrusted[code] : undefined
  return `${words ?? 'it cannot be verified'} (${code})`
}

/** The certificate and those above it, as the server sends them. */
function chainOf(leaf: X509Certificate): readonly X509Certificate[] {
  const chain: X509Certificate[] = []
  for (
    let each: X509Certificate | undefined = leaf;
    each &&
    chain.length < 10 &&
    !chain.some((known) => known.fingerprint256 === each?.fingerprint256);
    each = each.issuerCertificate
  ) {
    chain.push(each)
  }
  return chain
}

/** `C=DE\nO=Shop` in one line. */
const nameText = (name: string) =>
  name === '' ? 'nothing' : name.split('\n').join(', ').slice(0, 500)

function namesOf({ subjectAltName }: X509Certificate): string {
  if (subjectAltName === undefined) return 'none'
  const names = subjectAltName.split(', ').map((name) => name.replace(/^DNS:/, ''))
  const more = names.length - MAX_NAMES
  const shown = names.slice(0, MAX_NAMES).join(', ')
  return more > 0 ? `${shown} and ${String(more)} more` : shown
}

/** `2026-11-30 14:05 UTC` */
const day = (ms: number) => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`
