import type { Failure } from '#electron/http/failure.ts'
import type { PageAnswer, PageWish } from '#electron/http/page.ts'
import { runbookFormatOf, type RunbookFormat } from '#shared/domain/runbook/entry.ts'
import { isDowngrade, isNamedHost, isSameServer } from '#shared/domain/runbook/hosts.ts'
import { MAX_RUNBOOK_BYTES } from '#shared/domain/runbook/limits.ts'
import { rawAddressOf } from '#shared/domain/runbook/raw-address.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'

/** A page as a runbook. */
export interface FetchedPage {
  readonly text: string
  readonly format: RunbookFormat
}

/** Why there is none, as sentences. */
export interface FetchFailure {
  readonly why: string
  /** The server asks not to be asked again for this long, ms. */
  readonly retryAfterMs: number | null
}

/** Asks one address once. */
export type AskPage = (url: URL) => Promise<Result<PageAnswer, Failure>>

/** Whom a page may be asked of. */
export interface FetchRules {
  /** Hosts that the configuration names. */
  readonly hosts: readonly string[]
  /** True where a person asked for this very address: its server counts as named, this once. */
  readonly isConsented: boolean
}

/** Plain texts, and HTML, of which only is said that it is HTML. */
export const pageWish: PageWish = {
  types: ['text/markdown', 'text/x-markdown', 'text/plain', 'text/html'],
  maxBytes: MAX_RUNBOOK_BYTES,
}

/** So often a page may lead on to another address. */
const MAX_REDIRECTS = 5

const IS_HTML =
  'This page is HTML, which cannot be walked through; open it in the browser, or link to its text in Markdown.'

/** Fetches a page, from redirect to redirect by the same rule for each. */
export async function fetchPage(
  address: string,
  { hosts, isConsented }: FetchRules,
  ask: AskPage,
): Promise<Result<FetchedPage, FetchFailure>> {
  const given = URL.parse(address)
  if (!given) return failed('This is no address of a page.')
  const isAllowed = (url: URL) =>
    isNamedHost(url, hosts) || (isConsented && isSameServer(url, given))
  let url = given
  for (let turn = 0; turn <= MAX_REDIRECTS; turn += 1) {
    if (!isAllowed(url)) return failed(notNamed(url, turn > 0))
    const raw = rawAddressOf(url.href)
    const asked = raw === null ? url : new URL(raw)
    const answer = await ask(asked)
    if (!answer.ok) return failure(answer.error)
    switch (answer.value.kind) {
      case 'text':
        return readPage(asked, answer.value.type, answer.value.text)
      case 'other-type':
        return failed(
          `The page of ${hostOf(asked)} is of the type ${shown(answer.value.type)}: a runbook is Markdown or plain text.`,
        )
      case 'refused':
        return {
          ok: false,
          error: {
            why: refusal(asked, answer.value.status),
            retryAfterMs: answer.value.retryAfterMs,
          },
        }
      case 'redirect': {
        const next = nextOf(answer.value.location, asked)
        if (!next.ok) return failed(next.error)
        url = next.value
      }
    }
  }
  return failed(`${hostOf(given)} leads on and on: the page was not found at its end.`)
}

/** The address that a page leads on to, or why it is not followed. */
function nextOf(location: string, from: URL): Result<URL, string> {
  const next = URL.parse(location, from.href)
  if (!next || !/^https?:$/.test(next.protocol) || next.username !== '' || next.password !== '') {
    return fail(`${hostOf(from)} leads on to what is no plain web address; it was not followed.`)
  }
  next.hash = ''
  return isDowngrade(from, next)
    ? fail(
        `${hostOf(from)} leads on to ${hostOf(next)} without encryption (http); it was not followed.`,
      )
    : ok(next)
}

function readPage(url: URL, type: string, text: string): Result<FetchedPage, FetchFailure> {
  // Servers send HTML as plain text too, such as a page for signing in.
  const isHtml = type === 'text/html' || /^\s*<(?:!doctype\s+html|html[\s>])/i.test(text)
  if (isHtml) return failed(IS_HTML)
  if (text.trim() === '') return failed(`The page of ${hostOf(url)} is empty.`)
  // Unpacked and decoded, a byte may become three.
  if (Buffer.byteLength(text) > MAX_RUNBOOK_BYTES) {
    return failed(`The page of ${hostOf(url)} cannot be read as text in UTF-8.`)
  }
  return ok({ text, format: runbookFormatOf(url.pathname) })
}

function notNamed(url: URL, isRedirect: boolean): string {
  const host = hostOf(url)
  return isRedirect
    ? `The page leads on to ${host}, which runbooks.hosts in deckwatch.yaml does not name; it was not followed.`
    : `runbooks.hosts in deckwatch.yaml does not name ${host}: its pages are fetched only on request.`
}

function refusal(url: URL, status: number): string {
  const host = hostOf(url)
  switch (status) {
    case 401:
    case 403:
    case 407:
      return `${host} shows this page only to those who are signed in (${String(status)}); Deckwatch sends no credentials for runbooks.`
    case 404:
    case 410:
      return `${host} has no such page (${String(status)}).`
    case 429:
      return `${host} refuses so many requests (429).`
    default:
      return `${host} answered ${String(status)} instead of the page.`
  }
}

function failure({ problem, retryAfterMs }: Failure): Result<never, FetchFailure> {
  return fail({ why: problem.message, retryAfterMs })
}

function failed(why: string): Result<never, FetchFailure> {
  return fail({ why, retryAfterMs: null })
}

const hostOf = ({ host }: URL) => shown(host)
const shown = (text: string) => toPrintable(text, 100).replaceAll(/\s/g, ' ')
