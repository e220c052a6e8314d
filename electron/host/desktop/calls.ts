import type { App } from './electron-api.ts'
import { findDeepLink } from './security/deep-link.ts'

/** Somebody calls the program from outside: with a link, or just to see it. */
export interface Call {
  readonly link: string | null
}

/** Calls from outside, kept until there is somebody to take them. */
export interface Calls {
  /** From now on calls are taken by this; those that waited come first. */
  take(answer: (call: Call) => void): void
}

/**
 * Listens for calls from the first moment: macOS sends the link that starts the program before the
 * program is ready.
 */
export function listenForCalls(app: App, first: Call | null): Calls {
  const waiting: Call[] = first ? [first] : []
  let answer: (call: Call) => void = (call) => void waiting.push(call)
  app.on('second-instance', (_event, argv) => {
    answer({ link: findDeepLink(argv) })
  })
  app.on('open-url', (event, url) => {
    event.preventDefault()
    answer({ link: url })
  })
  app.on('activate', () => {
    answer({ link: null })
  })
  return {
    take(next) {
      answer = next
      for (const call of waiting.splice(0)) next(call)
    },
  }
}
