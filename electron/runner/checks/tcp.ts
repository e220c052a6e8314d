import { connect, type Socket } from 'node:net'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Budget } from '#electron/http/budget.ts'
import { attemptTimeoutMs } from '#electron/http/dial.ts'
import { transportProblem } from '#electron/http/transport-problem.ts'
import { serverText } from '#shared/domain/runbook/check/bind.ts'
import type { ServerPlace, TcpCheck } from '#shared/domain/runbook/check/schema.ts'
import { failed, late, took, tenths, type Found } from './found.ts'

/** Connects and hangs up: whether somebody listens there. No proxy is used. */
export async function checkTcp(
  check: TcpCheck,
  { clock }: { readonly clock: Clock },
  budget: Budget,
): Promise<Found> {
  const began = clock.monotonic()
  const opened = await openSocket(check, budget)
  if (opened.kind !== 'open') return opened
  const ms = clock.monotonic() - began
  const { remoteAddress = '' } = opened.socket
  opened.socket.destroy()
  const address = remoteAddress === bare(check.host) ? '' : `, at ${remoteAddress}`
  const summary = `${serverText(check)} accepts connections${address}, ${took(ms)}`
  return { kind: 'answered', summary, lines: [summary], numbers: { ms: tenths(ms) } }
}

/** A connection; whoever gets one closes it. */
export function openSocket(
  place: ServerPlace,
  budget: Budget,
): Promise<Found | { readonly kind: 'open'; readonly socket: Socket }> {
  const where = serverText(place)
  return new Promise((resolve) => {
    const socket = connect({
      host: bare(place.host),
      port: place.port,
      autoSelectFamilyAttemptTimeout: attemptTimeoutMs(budget.limitMs),
    })
    const settle = (found: Awaited<ReturnType<typeof openSocket>>) => {
      budget.signal.removeEventListener('abort', giveUp)
      if (found.kind !== 'open') socket.destroy()
      resolve(found)
    }
    const giveUp = () => {
      settle(late(`${where} did not accept the connection within ${took(budget.limitMs)}.`))
    }
    // An error behind the end is nobody's, and must not end Deckwatch.
    socket.on('error', (error) => {
      const { message } = transportProblem(error, {
        host: where,
        isTls: false,
        hasAnswer: false,
      }).problem
      settle(failed(message))
    })
    socket.once('connect', () => {
      settle({ kind: 'open', socket })
    })
    if (budget.signal.aborted) giveUp()
    else budget.signal.addEventListener('abort', giveUp, { once: true })
  })
}

/** A host as the system's own functions want it: IPv6 without brackets. */
export function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '')
}
