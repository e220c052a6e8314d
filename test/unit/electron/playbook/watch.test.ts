import { describe, expect, it, vi } from 'vitest'
import { eventually } from '#test/setup/eventually.ts'
import type { Clock } from '#electron/engine/ports/clock.ts'
import { startWatch, watchTimes, type Look, type OpenWatch } from '#electron/playbook/watch.ts'

const ROOT = { path: '/playbook', id: '1:1' }

/** A watch whose looks and reports are made by hand. */
function byHand(looks: Partial<Look> = {}) {
  const planned: { readonly ms: number; readonly run: () => void }[] = []
  const opened = new Map<string, { report: () => void; end: () => void }>()
  const closed: string[] = []
  let time = 0
  const clock: Clock = {
    now: () => time,
    monotonic: () => time,
    after(ms, run) {
      const each = { ms, run }
      planned.push(each)
      return () => {
        const index = planned.indexOf(each)
        if (index !== -1) planned.splice(index, 1)
      }
    },
  }
  const openWatch: OpenWatch = (folder, { onEvent, onEnd }) => {
    opened.set(folder, { report: onEvent, end: onEnd })
    return { close: () => closed.push(folder) }
  }
  const answer = { folders: [ROOT], hasLinks: false, isUnsettled: false, ...looks }
  const look = vi.fn((): Promise<Look> => Promise.resolve(answer))
  const end = startWatch(look, { clock, openWatch })
  /** Makes the look that is planned; returns after how long the next one is. */
  const next = async () => {
    planned.shift()?.run()
    await eventually(() => {
      expect(planned).toHaveLength(1)
    })
    return planned[0]?.ms
  }
  const pass = (ms: number) => (time += ms)
  return { planned, opened, closed, look, next, end, answer, pass }
}

describe('the watch of a folder', () => {
  it('looks seldom while changes are reported, once it has looked under the watch', async () => {
    const { next, opened } = byHand()
    expect(await next()).toBe(watchTimes.settle)
    expect([...opened.keys()]).toEqual(['/playbook'])
    expect(await next()).toBe(watchTimes.idle)
  })

  it('looks soon after a report, once for several', async () => {
    const { next, opened, planned } = byHand()
    await next()
    await next()
    opened.get('/playbook')?.report()
    opened.get('/playbook')?.report()
    expect(planned.map(({ ms }) => ms)).toEqual([watchTimes.debounce])
  })

  it('looks again where a report came while it looked', async () => {
    const { next, opened, look, answer } = byHand()
    await next()
    look.mockImplementationOnce(() => {
      opened.get('/playbook')?.report()
      return Promise.resolve(answer)
    })
    expect(await next()).toBe(watchTimes.debounce)
  })

  it.each<[string, Partial<Look>]>([
    ['there is no folder', { folders: [] }],
    ['there are links', { hasLinks: true }],
    ['something is changing', { isUnsettled: true }],
  ])('looks often while %s', async (_name, looks) => {
    const { next } = byHand(looks)
    await next()
    expect(await next()).toBe(watchTimes.settle)
  })

  it('looks often once a watch has ended', async () => {
    const { next, opened } = byHand()
    await next()
    await next()
    opened.get('/playbook')?.end()
    expect(await next()).toBe(watchTimes.settle)
  })

  it('watches the folder that is there now, also under the same name', async () => {
    const { next, closed, answer } = byHand()
    await next()
    answer.folders = [{ ...ROOT, id: '1:2' }]
    expect(await next()).toBe(watchTimes.settle)
    expect(closed).toEqual(['/playbook'])
  })

  it.each([
    [200, 4_000],
    // On a busy machine: who changed a file waits for it.
    [1_000, watchTimes.idle],
    [60_000, watchTimes.idle],
  ])('takes a small part of the time: after a look of %i ms it rests %i', async (ms, rest) => {
    const { next, look, answer, pass } = byHand({ isUnsettled: true })
    await next()
    look.mockImplementationOnce(() => {
      pass(ms)
      return Promise.resolve(answer)
    })
    expect(await next()).toBe(rest)
  })

  it('ends when told, with nothing left waiting or watched', async () => {
    const { next, end, planned, closed } = byHand()
    await next()
    end()
    expect([planned, closed]).toEqual([[], ['/playbook']])
  })
})
