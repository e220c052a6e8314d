import { describe, expect, it, vi } from 'vitest'
import {
  answerAsset,
  answerFor,
  answerPage,
  forgetOldShells,
  keepShell,
  PAGE_TIMEOUT_MS,
} from '#renderer/engine/offline/shell.ts'

const origin = 'http://127.0.0.1:7373'
const shell = { version: 'two', assets: ['/assets/app-1.js', '/assets/app-1.css'] }
const pathOf = (asked: Request | string) =>
  typeof asked === 'string' ? asked : new URL(asked.url).pathname

/** The little of a browser's caches that is used. */
class FakeCaches {
  readonly all = new Map<string, Map<string, Response>>()
  readonly open = (name: string) => {
    const cache = this.all.get(name) ?? new Map<string, Response>()
    this.all.set(name, cache)
    return Promise.resolve({
      put: (path: string, response: Response) => Promise.resolve(void cache.set(path, response)),
      match: (path: string) => Promise.resolve(cache.get(path)?.clone()),
    })
  }
  readonly keys = () => Promise.resolve([...this.all.keys()])
  readonly delete = (name: string) => Promise.resolve(this.all.delete(name))
  readonly match = (request: Request | string) => {
    for (const cache of this.all.values()) {
      const found = cache.get(pathOf(request))
      if (found) return Promise.resolve(found.clone())
    }
    return Promise.resolve(undefined)
  }
}

function world(host: (path: string, init?: RequestInit) => Promise<Response>) {
  const caches = new FakeCaches()
  const asked: string[] = []
  const ports = {
    caches: caches as unknown as CacheStorage,
    fetch: (request: Request | string, init?: RequestInit) => {
      asked.push(pathOf(request))
      return host(pathOf(request), init)
    },
  }
  return { caches, asked, ports }
}
const serving = (path: string) => Promise.resolve(new Response(`host ${path}`))
const gone = () => Promise.reject(new TypeError('Failed to fetch'))
const page = () => new Request(`${origin}/`)

describe('answerFor', () => {
  const request = (path: string, over: Partial<Request> = {}) => ({
    method: 'GET',
    mode: 'navigate' as const,
    url: new URL(path, origin).href,
    ...over,
  })

  it('answers the page and the files of the build', () => {
    expect(answerFor(request('/'), origin)).toBe('page')
    expect(answerFor(request('/assets/app-1.js', { mode: 'cors' }), origin)).toBe('asset')
  })

  it.each([
    ['a key in the address', request('/?key=secret')],
    ['a file asked for with a key', request('/assets/app-1.js?key=secret', { mode: 'cors' })],
    ['the question whether the key is valid', request('/', { method: 'HEAD', mode: 'cors' })],
    ['what is asked of the page by a script', request('/', { mode: 'cors' })],
    ['another page', request('/elsewhere')],
    ['another origin', request('http://127.0.0.1:8080/')],
    ['what is sent', request('/', { method: 'POST' })],
  ])('leaves %s to the browser', (_what, asked) => {
    expect(answerFor(asked, origin)).toBeNull()
  })
})

describe('the shell', () => {
  it('is kept whole', async () => {
    const { caches, ports } = world(serving)
    await keepShell(shell, ports)
    expect([...(caches.all.get('deckwatch-shell-two')?.keys() ?? [])]).toEqual([
      '/',
      '/assets/app-1.js',
      '/assets/app-1.css',
    ])
  })

  it.each([401, 404, 500])('is not kept at all when a file is answered with %i', async (status) => {
    const { caches, ports } = world((path) =>
      path.endsWith('.css') ? Promise.resolve(new Response('no', { status })) : serving(path),
    )
    await expect(keepShell(shell, ports)).rejects.toThrow(String(status))
    expect(caches.all.size).toBe(0)
  })

  it('of an older build goes, but for the one whose pages may be open', async () => {
    const { caches, ports } = world(serving)
    for (const name of ['deckwatch-shell-zero', 'deckwatch-shell-one', 'of somebody else']) {
      await caches.open(name)
    }
    await keepShell(shell, ports)
    await forgetOldShells(shell, ports)
    expect([...caches.all.keys()]).toEqual([
      'deckwatch-shell-one',
      'of somebody else',
      'deckwatch-shell-two',
    ])
  })
})

describe('the page', () => {
  it('is that of the host while it is there, also when it refuses the key', async () => {
    const { ports } = world((path) =>
      Promise.resolve(new Response(`host ${path}`, { status: 401 })),
    )
    const response = await answerPage(page(), shell, ports)
    expect([response.status, await response.text()]).toEqual([401, 'host /'])
  })

  it('is the kept one when the host is gone', async () => {
    const { caches, ports } = world(gone)
    await (await caches.open('deckwatch-shell-two')).put('/', new Response('kept'))
    expect(await (await answerPage(page(), shell, ports)).text()).toBe('kept')
  })

  it('is the kept one when the host is too slow', async () => {
    vi.useFakeTimers()
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      const abort = new AbortController()
      setTimeout(() => {
        abort.abort()
      }, ms)
      return abort.signal
    })
    const { caches, ports } = world(
      (_path, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener('abort', () => {
            reject(new Error('aborted'))
          })
        }),
    )
    await (await caches.open('deckwatch-shell-two')).put('/', new Response('kept'))
    const answer = answerPage(page(), shell, ports)
    await vi.advanceTimersByTimeAsync(PAGE_TIMEOUT_MS)
    expect(await (await answer).text()).toBe('kept')
    timeout.mockRestore()
    vi.useRealTimers()
  })

  it('fails as without a worker when there is neither', async () => {
    const { ports } = world(gone)
    await expect(answerPage(page(), shell, ports)).rejects.toThrow('Failed to fetch')
  })
})

describe('a file of a build', () => {
  it('is kept for good, also that of the build before', async () => {
    const { caches, asked, ports } = world(serving)
    await (await caches.open('deckwatch-shell-one')).put('/assets/old.js', new Response('old'))
    const response = await answerAsset(new Request(`${origin}/assets/old.js`), ports)
    expect(await response.text()).toBe('old')
    expect(asked).toEqual([])
    await answerAsset(new Request(`${origin}/assets/new.js`), ports)
    expect(asked).toEqual(['/assets/new.js'])
  })
})
