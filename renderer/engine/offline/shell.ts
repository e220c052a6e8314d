/** What the host tells its worker: the files of this build, and a name for their sum. */
export interface Shell {
  readonly version: string
  /** Paths of all assets; their names hold their hashes. */
  readonly assets: readonly string[]
}

/** The page's own address. Whatever is asked besides is not the page. */
const PAGE = '/'
const CACHE_PREFIX = 'deckwatch-shell-'
/** A host that takes longer than this, ms, to hand out the page: the kept one is shown. */
export const PAGE_TIMEOUT_MS = 2_000

/** What the shell needs of a worker's world. */
export interface ShellPorts {
  readonly caches: CacheStorage
  readonly fetch: (request: Request | string, init?: RequestInit) => Promise<Response>
}

const cacheName = ({ version }: Shell) => `${CACHE_PREFIX}${version}`

/**
 * Fetches the page and all its files of one build into one cache. Rejects, and keeps nothing, unless
 * all of them came.
 */
export async function keepShell(shell: Shell, { caches, fetch }: ShellPorts): Promise<void> {
  const fetched = await Promise.all(
    [PAGE, ...shell.assets].map(async (path) => {
      const response = await fetch(path, { cache: path === PAGE ? 'no-store' : 'default' })
      if (response.status !== 200 || response.redirected) {
        throw new Error(`${path} was answered with ${String(response.status)}`)
      }
      return [path, response] as const
    }),
  )
  const cache = await caches.open(cacheName(shell))
  for (const [path, response] of fetched) await cache.put(path, response)
}

/**
 * Removes the shells of older builds but the newest of them: a page of that build may still be open
 * and want a file that it has not needed so far.
 */
export async function forgetOldShells(shell: Shell, { caches }: ShellPorts): Promise<void> {
  const others = (await caches.keys()).filter(
    (name) => name.startsWith(CACHE_PREFIX) && name !== cacheName(shell),
  )
  // Caches are listed in the order in which they were made.
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)))
}

/**
 * How a request of the page is answered: null leaves it to the browser, as all is but the page
 * itself and the files of the build, which are the same for everybody. Nothing else is ever kept.
 */
export function answerFor(
  request: Pick<Request, 'method' | 'mode' | 'url'>,
  origin: string,
): 'page' | 'asset' | null {
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== origin || url.search !== '') return null
  if (request.mode === 'navigate') return url.pathname === PAGE ? 'page' : null
  return url.pathname.startsWith('/assets/') ? 'asset' : null
}

/**
 * The page from its host: there it is newest. The kept one when the host is gone or too slow. Rejects,
 * as without a worker, when there is neither.
 */
export async function answerPage(
  request: Request,
  shell: Shell,
  { caches, fetch }: ShellPorts,
): Promise<Response> {
  const fresh = fetch(request, { signal: AbortSignal.timeout(PAGE_TIMEOUT_MS) })
  try {
    return await fresh
  } catch (error) {
    const cache = await caches.open(cacheName(shell))
    const kept = await cache.match(PAGE)
    if (kept) return kept
    throw error
  }
}

/** A file of this or an older build, kept or from the host. Its name holds its hash: it never ages. */
export async function answerAsset(
  request: Request,
  { caches, fetch }: ShellPorts,
): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request)
}
