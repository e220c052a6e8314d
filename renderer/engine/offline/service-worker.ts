import {
  answerAsset,
  answerFor,
  answerPage,
  forgetOldShells,
  keepShell,
  type Shell,
} from './shell.ts'

/** The little of a service worker's world that is used: its types exclude those of a page. */
interface WorkerScope {
  /** Written before this script by the host that serves it. */
  readonly deckwatchShell: Shell
  readonly location: { readonly origin: string }
  skipWaiting(): Promise<void>
  addEventListener(
    type: 'install' | 'activate',
    listener: (event: { waitUntil(work: Promise<unknown>): void }) => void,
  ): void
  addEventListener(
    type: 'fetch',
    listener: (event: {
      readonly request: Request
      respondWith(response: Promise<Response>): void
    }) => void,
  ): void
}

declare const self: WorkerScope

const shell = self.deckwatchShell
const ports = { caches, fetch: (...args: Parameters<typeof fetch>) => fetch(...args) }

self.addEventListener('install', (event) => {
  // Not waiting for older pages to close: their files stay kept, see forgetOldShells.
  event.waitUntil(keepShell(shell, ports).then(() => self.skipWaiting()))
})
self.addEventListener('activate', (event) => {
  event.waitUntil(forgetOldShells(shell, ports))
})
self.addEventListener('fetch', (event) => {
  const answer = answerFor(event.request, self.location.origin)
  if (answer === 'page') event.respondWith(answerPage(event.request, shell, ports))
  if (answer === 'asset') event.respondWith(answerAsset(event.request, ports))
})
