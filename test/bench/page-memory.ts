import type { Page } from 'playwright'
import { z } from 'zod'
import { processMemory } from './process-figures.ts'

/** What a page holds, bytes. */
export interface PageMemory {
  /** On its JavaScript heap, without a collection asked for. */
  readonly heap: number
  /** Of its process, its share of what Chromium's processes have in common included. */
  readonly pss: number
}

const metricsSchema = z.object({
  metrics: z.array(z.object({ name: z.string(), value: z.number() })),
})
const processesSchema = z.object({
  processInfo: z.array(z.object({ type: z.string(), id: z.number() })),
})

/** Measures a page; where Chromium keeps a spare process for pages, the larger one is the page's. */
export async function measurePage(page: Page): Promise<PageMemory> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const { metrics } = metricsSchema.parse(await session.send('Performance.getMetrics'))
  await session.detach()
  const browser = page.context().browser()
  if (!browser) throw new Error('The page belongs to no browser')
  const browserSession = await browser.newBrowserCDPSession()
  const { processInfo } = processesSchema.parse(
    await browserSession.send('SystemInfo.getProcessInfo'),
  )
  await browserSession.detach()
  const renderers = processInfo.filter(({ type }) => type === 'renderer')
  return {
    heap: metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? NaN,
    pss: Math.max(...renderers.map(({ id }) => processMemory(id).pss)),
  }
}

/** The same after a collection of garbage: what the page needs, not what it has let lie. */
export async function measureCollectedPage(page: Page): Promise<PageMemory> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  await session.detach()
  return measurePage(page)
}
