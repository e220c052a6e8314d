import type { Page } from 'playwright'
import { vi } from 'vitest'

/** How long a page may take to come to what is waited for, ms. */
const PATIENCE_MS = 30_000
/** Between two looks at the page, ms. */
const INTERVAL_MS = 50

/**
 * Waits until a predicate that runs in the page says true. It may be asynchronous, which Playwright's
 * `waitForFunction` takes for true at once: a promise is not false.
 *
 * @throws when the predicate has not said true within half a minute, or with its last error.
 */
export async function untilInPage(
  page: Page,
  isSo: () => boolean | Promise<boolean>,
): Promise<void> {
  await vi.waitFor(
    async () => {
      // Evaluated again after a navigation, which takes a running predicate with it.
      if (!(await page.evaluate(isSo))) throw new Error(`Not so in the page: ${isSo.toString()}`)
    },
    { timeout: PATIENCE_MS, interval: INTERVAL_MS },
  )
}
