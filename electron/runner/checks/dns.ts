import { lookup, Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { Clock } from '#electron/engine/ports/clock.ts'
import { within, type Budget } from '#electron/http/budget.ts'
import { errorCode } from '#electron/http/failure.ts'
import type { DnsCheck, RecordType, ServerPlace } from '#shared/domain/runbook/check/schema.ts'
import { counted, failed, late, took, tenths, type Found } from './found.ts'
import { bare } from './tcp.ts'

/** How long one question waits for its answer before it is asked again, ms. */
const ASK_AGAIN_MS = 2_000
/** Records that are shown. */
const MAX_RECORDS = 50

/** Name servers that do not do what they are for, by c-ares' codes. */
const refusals: Readonly<Record<string, string>> = {
  ESERVFAIL: 'could not find it out (SERVFAIL)',
  EREFUSED: 'refused the question (REFUSED)',
  ENOTIMP: 'does not know this kind of question (NOTIMP)',
  EFORMERR: 'did not understand the question (FORMERR)',
  ECONNREFUSED: 'cannot be reached: nobody listens there',
  EBADRESP: 'gave an answer that cannot be read',
}

/** Asks name servers for the records of a name, as it is written: no search domain is added. */
export async function checkDns(
  { name, type, server }: DnsCheck,
  { clock }: { readonly clock: Clock },
  budget: Budget,
): Promise<Found> {
  const address = server === null ? null : await addressOf(server, budget)
  if (address?.found) return address.found
  const timeout = Math.min(ASK_AGAIN_MS, budget.limitMs)
  const resolver = new Resolver({ timeout, tries: 4 })
  if (address) resolver.setServers([address.text])
  const asked = address ? address.shown : listed(resolver.getServers())
  const began = clock.monotonic()
  const answer = ask(resolver, name, type)
  // What comes after the time is nobody's.
  answer.catch(() => undefined)
  try {
    const records = await within(budget, answer)
    if (records === null) {
      resolver.cancel()
      return late(`${asked} did not answer within ${took(budget.limitMs)}.`)
    }
    return answered({ name, type, asked, records, ms: clock.monotonic() - began })
  } catch (error) {
    const code = errorCode(error)
    const ms = clock.monotonic() - began
    if (code === 'ENOTFOUND' || code === 'ENODATA') {
      const says =
        code === 'ENOTFOUND'
          ? `${name} does not exist (NXDOMAIN)`
          : `${name} has no ${type} records`
      return answered({ name, type, asked, records: [], ms, says })
    }
    if (code === 'ETIMEOUT') return late(`${asked} did not answer within ${took(ms)}.`)
    const what = Object.hasOwn(refusals, code) ? refusals[code] : `failed${code && ` (${code})`}`
    return failed(`${asked} ${what ?? ''}.`)
  }
}

interface Answered {
  readonly name: string
  readonly type: RecordType
  readonly asked: string
  readonly records: readonly string[]
  readonly ms: number
  /** Instead of records. */
  readonly says?: string
}

function answered({ name, type, asked, records, ms, says }: Answered): Found {
  const values = records.length
  const shown = records.slice(0, MAX_RECORDS)
  const [first = ''] = records
  const more = values - 1
  const summary = says ?? (more > 0 ? `${first} and ${String(more)} more` : first)
  return {
    kind: 'answered',
    summary: `${summary}, ${took(ms)}`,
    lines: [
      says ?? `${counted(values, `${type} record`)} of ${name}`,
      ...shown,
      ...(values > shown.length ? [`… and ${String(values - shown.length)} more`] : []),
      `${asked} answered after ${took(ms)}.`,
    ],
    numbers: { values, ms: tenths(ms) },
  }
}

/** The records as lines, in an order that does not change from answer to answer. */
async function ask(resolver: Resolver, name: string, type: RecordType): Promise<readonly string[]> {
  const inOrder = (records: readonly string[]) => records.toSorted()
  switch (type) {
    case 'A':
      return inOrder((await resolver.resolve4(name, { ttl: true })).map(withTtl))
    case 'AAAA':
      return inOrder((await resolver.resolve6(name, { ttl: true })).map(withTtl))
    case 'CNAME':
      return inOrder(await resolver.resolveCname(name))
    case 'NS':
      return inOrder(await resolver.resolveNs(name))
    case 'TXT':
      return inOrder(
        (await resolver.resolveTxt(name)).map((parts) => JSON.stringify(parts.join(''))),
      )
    case 'MX':
      return (await resolver.resolveMx(name))
        .toSorted((a, b) => a.priority - b.priority || (a.exchange < b.exchange ? -1 : 1))
        .map(({ priority, exchange }) => `${String(priority)} ${exchange}`)
    case 'SRV':
      return (await resolver.resolveSrv(name))
        .toSorted((a, b) => a.priority - b.priority || b.weight - a.weight)
        .map(
          (each) =>
            `${String(each.priority)} ${String(each.weight)} ${each.name}:${String(each.port)}`,
        )
  }
}

const withTtl = ({ address, ttl }: { readonly address: string; readonly ttl: number }) =>
  `${address}  (for ${String(ttl)} s)`

type NameServer =
  | { readonly found: Found }
  | { readonly found?: never; readonly text: string; readonly shown: string }

/** A name server by its address: its own name is looked up as this machine does. */
async function addressOf({ host, port }: ServerPlace, budget: Budget): Promise<NameServer> {
  const name = bare(host)
  const written = (address: string) =>
    `${isIP(address) === 6 ? `[${address}]` : address}:${String(port)}`
  if (isIP(name) !== 0) return { text: written(name), shown: written(name) }
  try {
    const looked = lookup(name)
    looked.catch(() => undefined)
    const found = await within(budget, looked)
    if (found === null) return { found: late(`The name server ${name} was not found in time.`) }
    const text = written(found.address)
    return { text, shown: `${name} (${text})` }
  } catch {
    return { found: failed(`The name of the name server ${name} cannot be resolved.`) }
  }
}

const listed = (servers: readonly string[]) =>
  servers.length === 0 ? 'No name server' : servers.slice(0, 3).join(' or ')
