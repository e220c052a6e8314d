import type { Page } from 'playwright'
import { AlertsPage } from '#test/e2e/pages/alerts-page.ts'
import { tasksDuring, type PageTask } from '#test/e2e/page-tasks.ts'
import { measureCollectedPage, measurePage, type PageMemory } from './page-memory.ts'
import { processMemory, type ProcessMemory } from './process-figures.ts'
import { inScene, openCockpit } from './scene.ts'
import { median } from './stopwatch.ts'

/** Keys of words that many of the alerts hold; each is typed into an empty filter. */
const KEYS = ['a', 'c', 'd', 'e', 'h', 'k', 'o', 'p', 'r', 's', 't']
/** Frames in which the list is scrolled from its beginning to its end. */
const FRAMES = 150

/** One key pressed in the filter, ms since it was. */
interface Keystroke {
  /** Until the page held the filtered list. */
  readonly filteredMs: number
  /** Until it was on the screen. */
  readonly paintedMs: number
}

/** What a storm costs the cockpit. */
export interface StormFigures {
  readonly alerts: number
  readonly filteredMs: number
  readonly worstFilteredMs: number
  readonly paintedMs: number
  /** The task that worked longest while keys were pressed, and while the list was scrolled. */
  readonly filterTask: PageTask
  readonly scrollTask: PageTask
  /** After all of it was filtered and scrolled, as it is; and what of it is no garbage. */
  readonly page: PageMemory
  readonly collectedPage: PageMemory
  readonly engine: ProcessMemory
}

/** Measures the screen of all alerts with so many of them, polled all the while. */
export async function measureStorm(alerts: number): Promise<StormFigures> {
  const { figures } = await inScene(alerts, async (scene) => {
    const { page } = await openCockpit(scene)
    const screen = new AlertsPage(page)
    await screen.open()
    await untilAll(screen)
    // Once without counting: the first keys also load and compile.
    await typeKeys(page, screen)
    const keystrokes = await typeKeys(page, screen)
    await scrollToEnd(screen)
    // Before anything is traced: a trace is kept in the page's own process.
    const memory = {
      page: await measurePage(page),
      collectedPage: await measureCollectedPage(page),
      engine: processMemory(scene.engine.pid),
    }
    const filterTask = await longest(page, async () => {
      await typeKeys(page, screen)
    })
    const scrollTask = await longest(page, () => scrollToEnd(screen))
    const filtered = keystrokes.map(({ filteredMs }) => filteredMs)
    return {
      alerts,
      filteredMs: median(filtered),
      worstFilteredMs: Math.max(...filtered),
      paintedMs: median(keystrokes.map(({ paintedMs }) => paintedMs)),
      filterTask,
      scrollTask,
      ...memory,
    }
  })
  return figures

  async function longest(page: Page, run: () => Promise<void>): Promise<PageTask> {
    const browser = page.context().browser()
    const tasks = browser ? await tasksDuring(browser, page, run) : []
    const [first] = tasks
    if (!first) throw new Error('The trace shows no task of the page')
    return first
  }

  async function untilAll(screen: AlertsPage): Promise<void> {
    // Deckwatch may add alerts of its own, of a source that answers late.
    const most = new RegExp(`^${String(alerts).slice(0, -3)},00\\d alerts`)
    await screen.count(most).waitFor()
  }

  async function typeKeys(page: Page, screen: AlertsPage): Promise<readonly Keystroke[]> {
    const keystrokes: Keystroke[] = []
    for (const key of KEYS) {
      await screen.type('')
      await untilAll(screen)
      const timed = await watchFilter(page)
      await page.keyboard.press(key)
      keystrokes.push(await timed())
    }
    return keystrokes
  }
}

/** Waits for the next key, and for the list to have answered it. */
async function watchFilter(page: Page): Promise<() => Promise<Keystroke>> {
  const watch = await page.evaluateHandle(() => {
    const { promise, resolve } = Promise.withResolvers<{ filteredMs: number; paintedMs: number }>()
    const pressed = new AbortController()
    let pressedAt = NaN
    addEventListener(
      'keydown',
      ({ timeStamp }) => {
        pressedAt = timeStamp
        pressed.abort()
      },
      { capture: true, signal: pressed.signal },
    )
    const isFiltered = () =>
      document.querySelector('[role=grid]')?.getAttribute('aria-busy') === 'false' &&
      [...document.querySelectorAll('[role=status]')].some(({ textContent }) =>
        / of [\d,]+ alerts/.test(textContent),
      )
    const observer = new MutationObserver(() => {
      if (!pressed.signal.aborted || !isFiltered()) return
      observer.disconnect()
      const filteredMs = performance.now() - pressedAt
      requestAnimationFrame(() =>
        requestAnimationFrame(() =>
          resolve({ filteredMs, paintedMs: performance.now() - pressedAt }),
        ),
      )
    })
    observer.observe(document, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    })
    return { promise }
  })
  return () => watch.evaluate(({ promise }) => promise)
}

function scrollToEnd(screen: AlertsPage): Promise<void> {
  return screen.grid.evaluate(async (grid, frames) => {
    for (let frame = 0; frame <= frames; frame += 1) {
      grid.scrollTop = (grid.scrollHeight * frame) / frames
      await new Promise(requestAnimationFrame)
    }
  }, FRAMES)
}
