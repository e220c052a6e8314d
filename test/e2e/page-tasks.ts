import type { Browser, Page } from 'playwright'
import { z } from 'zod'

/** One piece of work that the page did without a pause. */
export interface PageTask {
  /** By the clock, ms: longer when the machine was busy with something else meanwhile. */
  readonly wall: number
  /** What the page's main thread worked, ms. */
  readonly cpu: number
}

const traceSchema = z.object({
  traceEvents: z.array(
    z.object({
      name: z.string(),
      pid: z.number(),
      tid: z.number(),
      ph: z.string(),
      dur: z.number().optional(),
      tdur: z.number().optional(),
      args: z.object({ name: z.unknown() }).partial().optional(),
    }),
  ),
})

/**
 * What the page's main thread did while something ran, task by task, the longest first. A long task
 * by the clock may be one that the machine did not let go on; how long it worked tells these apart.
 */
export async function tasksDuring(
  browser: Browser,
  page: Page,
  run: () => Promise<void>,
): Promise<readonly PageTask[]> {
  await browser.startTracing(page, { categories: ['toplevel'] })
  await run()
  const { traceEvents } = traceSchema.parse(JSON.parse((await browser.stopTracing()).toString()))
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${String(pid)} ${String(tid)}`),
  )
  return traceEvents
    .filter(({ name, ph }) => name === 'ThreadControllerImpl::RunTask' && ph === 'X')
    .filter(({ pid, tid }) => mains.has(`${String(pid)} ${String(tid)}`))
    .map(({ dur = 0, tdur = 0 }) => ({ wall: dur / 1_000, cpu: tdur / 1_000 }))
    .sort((a, b) => b.cpu - a.cpu)
}
