import { EnvHttpProxyAgent, request, type Dispatcher } from 'undici'
import type { LinkAnswer } from '#shared/domain/audit/link.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'

/** Most addresses that are asked for in one go, and how many at a time. */
const MAX_ASKED = 1_000
const AT_A_TIME = 4
const TIMEOUT_MS = 10_000
const MAX_REDIRECTS = 5
/** As much of a page as is read for its anchors, bytes. */
const MAX_PAGE_BYTES = 2 * 1_048_576

/** How links are asked for over the network. */
export interface Online {
  /** Hosts that may be asked, with a port where it is not the usual one: a rule may name any address. */
  readonly hosts: ReadonlySet<string>
  /** Called after each answer. */
  readonly onAnswer: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

const unchecked = (why: string): LinkAnswer => ({ status: 'unchecked', why })

/** Fetches web pages, without any credentials, at the hosts that are allowed and at no other. */
export async function askOnline(
  links: readonly string[],
  { hosts, onAnswer, signal }: Online,
): Promise<ReadonlyMap<string, LinkAnswer>> {
  const answers = new Map<string, LinkAnswer>()
  const asked = links.filter((link) => {
    const url = URL.parse(link)
    if (url && hosts.has(url.host)) return true
    answers.set(link, unchecked('its host is not named by --online'))
    return false
  })
  for (const link of asked.splice(MAX_ASKED)) {
    answers.set(link, unchecked(`only ${String(MAX_ASKED)} addresses are asked for in one go`))
  }
  const agent = new EnvHttpProxyAgent({ connectTimeout: TIMEOUT_MS })
  const total = asked.length
  let done = 0
  async function work(): Promise<void> {
    for (let link = asked.shift(); link !== undefined; link = asked.shift()) {
      answers.set(link, await askOne(link, hosts, agent, signal))
      done += 1
      onAnswer(done, total)
    }
  }
  try {
    await Promise.all(Array.from({ length: AT_A_TIME }, work))
  } finally {
    await agent.destroy()
  }
  return answers
}

async function askOne(
  link: string,
  hosts: ReadonlySet<string>,
  dispatcher: Dispatcher,
  signal: AbortSignal | undefined,
): Promise<LinkAnswer> {
  const limit = AbortSignal.timeout(TIMEOUT_MS)
  const way = { dispatcher, signal: signal ? AbortSignal.any([limit, signal]) : limit }
  let url = new URL(link)
  const anchor = url.hash.slice(1)
  try {
    for (let turn = 0; turn <= MAX_REDIRECTS; turn += 1) {
      const answer = await look(url, anchor, way)
      if (answer === 'found') {
        return isSamePage(url, link)
          ? { status: 'found' }
          : { status: 'moved', to: toPrintable(withoutCredentials(url).href, 500) }
      }
      if (!('to' in answer)) return answer
      const next = URL.parse(answer.to, url.href)
      if (!next || !/^https?:$/.test(next.protocol)) return unchecked('it leads to no web address')
      if (!hosts.has(next.host)) {
        const host = toPrintable(next.host, 100)
        return unchecked(`it leads on to ${host}, which --online does not name`)
      }
      url = next
    }
    return unchecked('it leads on and on')
  } catch {
    return unchecked(limit.aborted ? 'its server takes too long' : 'its server cannot be reached')
  }
}

/** What one address answers: the page, where it leads on to, or why not. */
async function look(
  url: URL,
  anchor: string,
  way: { readonly dispatcher: Dispatcher; readonly signal: AbortSignal },
): Promise<LinkAnswer | 'found' | { readonly to: string }> {
  const { statusCode, headers, body } = await request(withoutCredentials(url), {
    ...way,
    headers: { 'user-agent': 'deckwatch', accept: 'text/html, */*' },
  })
  try {
    const to = headers['location']
    if (statusCode >= 300 && statusCode < 400 && typeof to === 'string') return { to }
    if (statusCode === 404 || statusCode === 410) {
      return { status: 'missing', why: `the server says ${String(statusCode)}`, hint: null }
    }
    if (statusCode !== 200) return unchecked(`the server says ${String(statusCode)}`)
    if (anchor === '' || hasAnchor(await textOf(body), anchor)) return 'found'
    const why = `the page is there, and has no place #${toPrintable(anchor, 100)}`
    return { status: 'missing', why, hint: null }
  } finally {
    // What is left of it is not wanted, and that is no error.
    body.on('error', () => undefined).destroy()
  }
}

function withoutCredentials(url: URL): URL {
  const bare = new URL(url)
  bare.username = ''
  bare.password = ''
  return bare
}

/** A slash at the end, and whether it is encrypted, make no other page. */
function isSamePage(url: URL, link: string): boolean {
  const plain = (each: URL) => `${each.host}${each.pathname.replace(/\/+$/, '')}${each.search}`
  return plain(url) === plain(new URL(link))
}

async function textOf(body: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk as Uint8Array)
    chunks.push(bytes)
    length += bytes.length
    if (length >= MAX_PAGE_BYTES) break
  }
  return Buffer.concat(chunks).toString('utf8')
}

function hasAnchor(html: string, anchor: string): boolean {
  const wanted = [anchor, decoded(anchor)]
  const places = html.matchAll(/\s(?:id|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))/gi)
  for (const [, double, single, bare] of places) {
    if (wanted.includes(double ?? single ?? bare ?? '')) return true
  }
  return false
}

function decoded(anchor: string): string {
  try {
    return decodeURIComponent(anchor)
  } catch {
    return anchor
  }
}
