import { STATUS_CODES } from 'node:http'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Budget } from '#electron/http/budget.ts'
import { probe, type ProbeAnswer } from '#electron/http/probe.ts'
import type { ProxyFinder } from '#electron/http/proxy-finder.ts'
import type { HttpCheck } from '#shared/domain/runbook/check/schema.ts'
import { failed, late, took, tenths, type Found } from './found.ts'

/** Most that is read of a body, bytes: what is longer is not needed to see that it answers. */
const MAX_BODY_BYTES = 1_048_576
/** As much of a body as is shown, in characters. */
const MAX_SHOWN = 2_000

/** Headers that say something to whoever looks for a fault. */
const shownHeaders = [
  ...['location', 'content-type', 'server', 'via', 'date', 'age', 'cache-control', 'retry-after'],
]

/** Asks an address once: follows nothing, and signs in nowhere. */
export async function checkHttp(
  { method, url: address, headers }: HttpCheck,
  deps: { readonly clock: Clock; readonly proxies: ProxyFinder },
  budget: Budget,
): Promise<Found> {
  const url = new URL(address)
  const asked = await probe({ method, url, headers, maxBytes: MAX_BODY_BYTES }, deps, budget)
  if (!asked.ok) {
    const { problem, connectedMs } = asked.error
    const lines = connectedMs === null ? [] : [`Connected after ${took(connectedMs)}.`]
    return budget.isTimeOver() ? late(problem.message, lines) : failed(problem.message, lines)
  }
  const { status, totalMs } = asked.value
  const what = `${String(status)} ${STATUS_CODES[status] ?? ''}`.trim()
  const location = one(asked.value.headers['location'])
  const leads = status >= 300 && status < 400 && location !== undefined
  return {
    kind: 'answered',
    summary: `${what}${leads ? `, leads on to ${location}` : ''}, ${took(totalMs)}`,
    lines: [
      what,
      ...factsOf(asked.value, leads),
      ...headersOf(asked.value),
      ...bodyOf(asked.value),
    ],
    numbers: { status, ms: tenths(totalMs) },
  }
}

function factsOf(answer: ProbeAnswer, leads: boolean): readonly string[] {
  const { connectedMs, firstByteMs, totalMs, bytes, isWhole, proxy } = answer
  const size = `${bytes.toLocaleString('en-GB')} bytes`
  return [
    ...(leads ? ['It leads on to another address, which was not followed.'] : []),
    [
      ...(connectedMs === null ? [] : [`connected after ${took(connectedMs)}`]),
      `first byte after ${took(firstByteMs)}`,
      `all after ${took(totalMs)}`,
      isWhole ? size : `the first ${size}, the rest was not read`,
    ].join(', '),
    ...(proxy === null ? [] : [`through the proxy ${proxy}`]),
  ]
}

function headersOf({ headers }: ProbeAnswer): readonly string[] {
  return shownHeaders.flatMap((name) => {
    const value = one(headers[name])
    return value === undefined ? [] : [`${name}: ${value.slice(0, 500)}`]
  })
}

function bodyOf({ bodyStart, bytes }: ProbeAnswer): readonly string[] {
  if (bytes === 0) return []
  if (bodyStart === '') return ['', 'The body is packed in a way that is not read here.']
  const shown = Array.from(bodyStart.slice(0, MAX_SHOWN * 2))
    .slice(0, MAX_SHOWN)
    .join('')
  return ['', shown.length < bodyStart.length ? `${shown}…` : shown]
}

const one = (value: string | string[] | undefined) => [value].flat()[0]
