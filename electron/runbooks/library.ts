import { isDeepStrictEqual } from 'node:util'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type { RunbookLibrary, RunbookList } from '#electron/engine/ports/runbook-library.ts'
import { hashOf } from '#electron/files/text-hash.ts'
import { startBudget } from '#electron/http/budget.ts'
import { askPage } from '#electron/http/page.ts'
import type { ProxyFinder } from '#electron/http/proxy-finder.ts'
import type { ContractError } from '#shared/contract/index.ts'
import type { RunbookEntry, RunbookState } from '#shared/domain/runbook/entry.ts'
import { isNamedHost } from '#shared/domain/runbook/hosts.ts'
import { runbookAddressOf } from '#shared/domain/runbook/id.ts'
import { MAX_RUNBOOKS } from '#shared/domain/runbook/limits.ts'
import { makingRoom, type Room } from '#shared/domain/runbook/room.ts'
import { runbookSettingSchema, type RunbookSetting } from '#shared/domain/runbook/setting.ts'
import { runbookNameOf, runbookTitle } from '#shared/domain/runbook/title.ts'
import { fail, ok } from '#shared/domain/result/result.ts'
import { fetchPage, pageWish, type AskPage } from './fetch-page.ts'
import { createPageStore, type PageFacts } from './page-store.ts'

/** A runbook of the playbook, as it is in effect. */
export interface PlaybookRunbook {
  readonly entry: RunbookEntry
  /** Null while no version of it ever could be read. */
  readonly text: string | null
}

/** What a library needs. */
export interface RunbookLibraryOptions {
  /** Where pages are kept, absolute: nobody else's. */
  readonly directory: string
  readonly clock: Clock
  readonly logger: Logger
  /** The runbooks of the playbook; asked each time. */
  readonly playbook: () => readonly PlaybookRunbook[]
  readonly proxies?: ProxyFinder
  /** A fresh random fraction in [0, 1), for jitter. */
  readonly random: () => number
  /** Both replaced where tests need less. */
  readonly room?: Room
  readonly askPage?: typeof askPage
}

/** How much is kept of pages. */
export const pageRoom: Room = { pages: 200, bytes: 32 * 1_048_576 }

/** Pages that are fetched at a time. */
const AT_A_TIME = 3
/** For one page with all its redirects, ms. */
const TIMEOUT_MS = 15_000
/** Waits after so many failures in a row, ms; half of each is random. */
const BACK_OFF_MS = [60_000, 5 * 60_000, 15 * 60_000, 60 * 60_000] as const
/** Longest time until it is looked again what is due, ms. */
const LONGEST_LOOK_MS = 60 * 60_000

/** What is known of a page. Times in ms since the epoch, UTC. */
interface Page {
  readonly kept: PageFacts | null
  readonly lastTriedAt: number | null
  readonly problem: string | null
  /** In a row. */
  readonly failures: number
  /** Not fetched by itself before, ms on the steady clock. */
  readonly notBefore: number
}

const unknownPage: Page = {
  kept: null,
  lastTriedAt: null,
  problem: null,
  failures: 0,
  notBefore: -Infinity,
}

/** Opens the library with what is kept. Does not fail. */
export async function openRunbookLibrary(options: RunbookLibraryOptions): Promise<RunbookLibrary> {
  const { clock, directory, logger, playbook, proxies, random, room = pageRoom } = options
  const askOne = options.askPage ?? askPage
  const store = createPageStore(directory, logger)
  const pages = new Map<string, Page>()
  for (const kept of await store.load()) {
    const { lastTriedAt, problem } = kept
    pages.set(kept.id, { ...unknownPage, kept, lastTriedAt, problem })
  }
  const running = new Map<string, Promise<void>>()
  const closing = new AbortController()
  let linked: ReadonlySet<string> = new Set()
  /** Pages that are fetched without asking, as many as are kept: plans' before alerts'. */
  let followed: ReadonlySet<string> = new Set()
  let setting: RunbookSetting = runbookSettingSchema.parse(undefined)
  let isStarted = false
  let changed: (revision: number) => void = () => undefined
  let cancelLook: () => void = () => undefined
  let shown = entries()
  let revision = clock.now()
  // What is written to disk is written in turn, so that room is counted once.
  let writing: Promise<unknown> = Promise.resolve()

  function pageOf(id: string): Page {
    return pages.get(id) ?? unknownPage
  }

  function isNamed(id: string): boolean {
    // The usual case, also where alerts lead to thousands of pages.
    if (setting.hosts.length === 0) return false
    const url = URL.parse(runbookAddressOf(id) ?? '')
    return url !== null && isNamedHost(url, setting.hosts)
  }

  /** What is wrong with a page, also before it was asked for. */
  function problemOf(id: string): string | null {
    const { kept, problem } = pageOf(id)
    if (problem !== null || kept || !isNamed(id) || followed.has(id)) return problem
    return `Alerts and plans lead to more than ${String(room.pages)} pages: this one is fetched once somebody asks for it.`
  }

  function stateOf(id: string): RunbookState {
    if (pageOf(id).kept) return 'kept'
    if (problemOf(id) !== null) return 'failed'
    return isNamed(id) ? 'not-fetched' : 'needs-consent'
  }

  function entryOf(id: string): RunbookEntry {
    const { kept, lastTriedAt } = pageOf(id)
    const problem = problemOf(id)
    const address = runbookAddressOf(id) ?? ''
    return {
      id,
      title: kept?.title ?? runbookNameOf(address),
      format: kept?.format ?? 'markdown',
      origin: { kind: 'url', address, fetchedAt: kept?.fetchedAt ?? null, lastTriedAt, problem },
      state: stateOf(id),
      size: kept?.size ?? null,
      hash: kept?.hash ?? null,
    }
  }

  /** Of too many, what is here goes before what alerts only name: they can name anything. */
  function entries(): Omit<RunbookList, 'revision'> {
    const files = playbook()
    const ids = new Set<string>()
    for (const [id, { kept }] of pages) if (kept) ids.add(id)
    for (const id of linked) if (runbookAddressOf(id) !== null) ids.add(id)
    const room = Math.max(0, MAX_RUNBOOKS - files.length)
    const ofFiles = files.slice(0, MAX_RUNBOOKS).map(({ entry }) => entry)
    const ofPages = [...ids].slice(0, room).map(entryOf)
    const listed = [...ofFiles, ...ofPages]
    return {
      entries: listed.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      more: files.length + ids.size - listed.length,
    }
  }

  /** Tells of what is different now. */
  function tell(): void {
    const now = entries()
    if (isDeepStrictEqual(now, shown)) return
    shown = now
    revision = Math.max(revision + 1, clock.now())
    changed(revision)
  }

  function isDue(id: string): boolean {
    const { kept, notBefore } = pageOf(id)
    const isFresh = kept !== null && clock.now() - kept.fetchedAt < setting.maxAge
    return !isFresh && clock.monotonic() >= notBefore && !running.has(id)
  }

  function follow(): void {
    followed = new Set([...linked].filter(isNamed).slice(0, room.pages))
  }

  /** Starts what is due, and looks again when something may be. */
  function look(): void {
    cancelLook()
    if (!isStarted || closing.signal.aborted) return
    const wanted = [...followed]
    for (const id of wanted) {
      if (running.size >= AT_A_TIME) break
      if (isDue(id)) void fetchOnce(id, { isConsented: false, signal: closing.signal })
    }
    const waits = wanted.flatMap((id) => {
      const { kept, notBefore } = pageOf(id)
      if (running.has(id)) return []
      const stale = kept ? kept.fetchedAt + setting.maxAge - clock.now() : 0
      const wait = Math.max(stale, notBefore - clock.monotonic())
      // One that is due waits for another to end, which looks again.
      return wait > 0 && Number.isFinite(wait) ? [wait] : []
    })
    const next = Math.min(LONGEST_LOOK_MS, ...waits)
    cancelLook = waits.length === 0 ? () => undefined : clock.after(Math.max(next, 1_000), look)
  }

  /** Fetches a page; one that is under way is waited for instead. Never rejects. */
  function fetchOnce(
    id: string,
    how: { readonly isConsented: boolean; readonly signal: AbortSignal },
  ): Promise<void> {
    const known = running.get(id)
    if (known) return known
    const work = fetchNow(id, how)
      .catch((error: unknown) => {
        logger.error({ err: error }, 'A runbook could not be fetched: this is a bug')
        noteFailure(id, 'Fetching it failed inside Deckwatch: see the log.', null)
      })
      .finally(() => {
        running.delete(id)
        tell()
        look()
      })
    running.set(id, work)
    return work
  }

  async function fetchNow(
    id: string,
    { isConsented, signal }: { readonly isConsented: boolean; readonly signal: AbortSignal },
  ): Promise<void> {
    const budget = startBudget(clock, TIMEOUT_MS, AbortSignal.any([signal, closing.signal]))
    const ask: AskPage = (url) => askOne(url, pageWish, { clock, proxies }, budget)
    const address = runbookAddressOf(id) ?? ''
    try {
      const fetched = await fetchPage(address, { hosts: setting.hosts, isConsented }, ask)
      if (closing.signal.aborted) return
      if (!fetched.ok) {
        noteFailure(id, fetched.error.why, fetched.error.retryAfterMs)
        return
      }
      const { text, format } = fetched.value
      const now = clock.now()
      const facts: PageFacts = {
        id,
        title: runbookTitle(text, format, address),
        format,
        size: Buffer.byteLength(text),
        hash: hashOf(text),
        fetchedAt: now,
        lastTriedAt: now,
        problem: null,
      }
      await inTurn(() => keep(facts, text))
    } finally {
      budget.end()
    }
  }

  async function keep(facts: PageFacts, text: string): Promise<void> {
    const written = await store.keep(facts, text)
    if (!written.ok) {
      noteFailure(facts.id, `It was fetched and cannot be kept: ${written.error}.`, null)
      return
    }
    pages.set(facts.id, { ...unknownPage, kept: facts, lastTriedAt: facts.lastTriedAt })
    const all = [...pages.values()].flatMap(({ kept }) => (kept ? [kept] : []))
    for (const id of makingRoom(all, (each) => linked.has(each), room)) {
      await store.remove(id)
      // Fetched again by itself it would take the place of the next, and so on without end.
      const problem = 'It was removed to make room for newer pages.'
      pages.set(id, { ...pageOf(id), kept: null, problem, notBefore: Infinity })
    }
    forgetUnlinked()
  }

  function noteFailure(id: string, problem: string, retryAfterMs: number | null): void {
    const page = pageOf(id)
    const step = BACK_OFF_MS[page.failures] ?? BACK_OFF_MS.at(-1) ?? 0
    const wait = Math.max(step * (0.5 + random() / 2), retryAfterMs ?? 0)
    const lastTriedAt = clock.now()
    const kept = page.kept && { ...page.kept, lastTriedAt, problem }
    pages.set(id, {
      kept,
      lastTriedAt,
      problem,
      failures: page.failures + 1,
      notBefore: clock.monotonic() + wait,
    })
    if (kept) void inTurn(() => noteKept(id, kept.hash))
  }

  /** It may have been fetched or removed since. */
  async function noteKept(id: string, hash: string): Promise<void> {
    const { kept } = pageOf(id)
    if (kept?.hash === hash) await store.note(kept)
  }

  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = writing.then(work)
    writing = done.catch(() => undefined)
    return done
  }

  /** What nothing leads to and of which nothing is kept is forgotten. */
  function forgetUnlinked(): void {
    for (const [id, { kept }] of pages) {
      if (kept === null && !linked.has(id) && !running.has(id)) pages.delete(id)
    }
  }

  return {
    start(onChange) {
      isStarted = true
      changed = onChange
      look()
    },
    revision: () => revision,
    list() {
      tell()
      return { revision, ...shown }
    },
    async read(id) {
      const file = playbook().find(({ entry }) => entry.id === id)
      if (file) {
        const { entry, text } = file
        return text === null ? fail(noText(entry)) : ok({ entry, text })
      }
      if (!isKnown(id)) return fail(unknownRunbook(id))
      const { kept } = pageOf(id)
      if (!kept) return fail(noText(entryOf(id)))
      const text = await store.text(kept)
      if (text !== null) return ok({ entry: entryOf(id), text })
      // It may have been fetched anew, and in place of what was asked for, meanwhile.
      const now = pageOf(id).kept
      const newer = now && now.hash !== kept.hash ? await store.text(now) : null
      if (newer !== null) return ok({ entry: entryOf(id), text: newer })
      lose(id, kept.hash)
      return fail(noText(entryOf(id)))
    },
    async fetch(id, signal) {
      if (runbookAddressOf(id) === null) {
        return playbook().some(({ entry }) => entry.id === id)
          ? fail(isFile)
          : fail(unknownRunbook(id))
      }
      if (!isKnown(id)) return fail(unknownRunbook(id))
      await fetchOnce(id, { isConsented: true, signal })
      return ok(entryOf(id))
    },
    linked(ids) {
      linked = ids
      follow()
      forgetUnlinked()
      tell()
      look()
    },
    configure(next) {
      setting = next
      follow()
      tell()
      look()
    },
    async close() {
      cancelLook()
      closing.abort()
      await Promise.all(running.values())
      await writing
    },
  }

  function isKnown(id: string): boolean {
    return runbookAddressOf(id) !== null && (linked.has(id) || pageOf(id).kept !== null)
  }

  /** The text of a page is damaged on disk, or was taken away. */
  function lose(id: string, hash: string): void {
    const page = pageOf(id)
    if (page.kept?.hash !== hash) return
    const problem = 'The copy that was kept is damaged or gone.'
    pages.set(id, { ...page, kept: null, problem, notBefore: -Infinity })
    void inTurn(() => store.remove(id))
    tell()
    look()
  }
}

function unknownRunbook(id: string): ContractError {
  return runbookAddressOf(id) === null
    ? {
        code: 'not-found',
        message: 'The playbook has no such runbook.',
        hint: 'It may have been renamed or removed: look in the list of runbooks.',
      }
    : {
        code: 'not-found',
        message: 'No active alert and no plan leads to this page, and nothing of it is kept.',
        hint: 'Open the link in the browser.',
      }
}

const isFile: ContractError = {
  code: 'not-allowed-now',
  message: 'This runbook is a file of the playbook: there is nothing to fetch.',
  hint: 'It is read again whenever the file changes.',
}

function noText({ state, origin }: RunbookEntry): ContractError {
  const code = 'not-allowed-now'
  if (origin.problem !== null) {
    const hint = origin.kind === 'url' ? 'Fetch it again, or open the link in the browser.' : FIX
    return { code, message: `There is no copy of this runbook: ${origin.problem}`, hint }
  }
  return state === 'needs-consent'
    ? {
        code,
        message: 'This page has not been fetched: the configuration does not name its host.',
        hint: 'Fetch it now, or name the host under runbooks.hosts in deckwatch.yaml.',
      }
    : {
        code,
        message: 'This page has not been fetched yet.',
        hint: 'It is fetched by itself; or fetch it now.',
      }
}

const FIX = 'Fix the file.'
