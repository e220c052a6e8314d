import type { Page } from 'playwright'

/** What a queue must show, or show no longer. Null stands for any incident. */
export interface Sight {
  readonly title: string | null
  readonly isThere: boolean
}

/** What does not come within this, ms, is an error: the measurement would never end. */
const PATIENCE_MS = 60_000

/**
 * Begins to watch "Triggered" for a row in view that holds this title, or for the end of it. Returns
 * what resolves to when that was on the screen: in the first task after an animation frame, since the
 * frame's own callbacks come before it is painted; ms since the epoch, UTC. It rejects after a minute.
 */
export async function watchQueue(page: Page, sight: Sight): Promise<() => Promise<number>> {
  const watch = await page.evaluateHandle(
    ({ title, isThere, patienceMs }) => {
      const { promise, resolve, reject } = Promise.withResolvers<number>()
      const isMet = () => {
        const rows = document.querySelectorAll('[data-incident][data-section=triggered]')
        const isShown = [...rows].some((row) => {
          if (title !== null && !row.textContent.includes(title)) return false
          const { top, bottom } = row.getBoundingClientRect()
          return bottom > 0 && top < innerHeight
        })
        return isShown === isThere
      }
      const finish = () => {
        observer.disconnect()
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => resolve(Date.now())
          port2.postMessage(null)
        })
      }
      const observer = new MutationObserver(() => {
        if (isMet()) finish()
      })
      observer.observe(document, {
        subtree: true,
        childList: true,
        attributes: true,
        characterData: true,
      })
      if (isMet()) finish()
      const wish = `${title ?? 'Any incident'} ${isThere ? 'on' : 'off'} the screen`
      setTimeout(() => reject(new Error(`${wish}: waited in vain`)), patienceMs)
      // A promise by itself would be waited for here.
      return { promise }
    },
    { ...sight, patienceMs: PATIENCE_MS },
  )
  return () => watch.evaluate(({ promise }) => promise)
}
