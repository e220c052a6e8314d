import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { WatchState } from '#shared/domain/watch/state.ts'
import { eventually } from '#test/setup/eventually.ts'
import { reply } from '#test/unit/electron/http/stand-in-server.ts'
import { watchCase, type WatchedCase } from './alertmanager-case.ts'

let watched: WatchedCase
beforeEach(async () => {
  watched = await watchCase('C01')
})
afterEach(() => watched.stop())

const firstAlert = ({ alerts }: WatchState) => [...alerts.values()][0]
const pagesOf = ({ pages }: WatchState) => [...pages.values()]

/** The answer to each path of the case, with `change` made to the groups. */
async function answersWith(change: (groups: string) => string): Promise<Map<string, string>> {
  const file = new URL('../../fixtures/cases/C01.json', import.meta.url)
  const { routes } = JSON.parse(await readFile(file, 'utf8')) as {
    routes: Record<string, { json: unknown }>
  }
  return new Map(
    Object.entries(routes).map(([path, { json }]) => {
      const body = JSON.stringify(json)
      return [path, path.endsWith('/groups') ? change(body) : body]
    }),
  )
}

describe('an alert that Alertmanager mutes by a time interval', () => {
  it('is suppressed by the interval and pages nobody', async () => {
    const state = await watched.live.until((now) => now.alerts.size > 0)
    expect(firstAlert(state)).toMatchObject({
      labels: { alertname: 'BatchLate' },
      status: 'firing',
      suppression: [{ kind: 'mute', id: 'nights' }],
    })
    expect(pagesOf(state)).toEqual([])
    expect(watched.channel.calls).toEqual([])
  })

  it('pages when the interval ends', async () => {
    await watched.live.until((now) => now.alerts.size > 0)
    const answers = await answersWith((groups) =>
      groups.replace('"suppressed"', '"active"').replace('["nights"]', '[]'),
    )
    watched.server.handle((request, response) => {
      reply(200, answers.get(request.url ?? ''))(request, response)
    })
    const state = await watched.live.until((now) => now.pages.size > 0)
    expect(firstAlert(state)?.suppression).toEqual([])
    expect(pagesOf(state)).toHaveLength(1)
    await eventually(() => {
      expect(watched.channel.calls).toHaveLength(1)
    })
  })

  it('pages where the groups cannot be read, and the source says that mutes are not known', async () => {
    await watched.stop()
    watched = await watchCase('C01')
    const answers = await answersWith((groups) => groups)
    answers.delete('/api/v2/alerts/groups')
    watched.server.handle((request, response) => {
      const body = answers.get(request.url ?? '')
      reply(body === undefined ? 404 : 200, body)(request, response)
    })
    const state = await watched.live.until((now) => now.pages.size > 0)
    expect(firstAlert(state)?.suppression).toEqual([])
    expect(watched.remarks()).toMatchObject([{ code: 'mutes-unknown' }])
    expect(watched.remarks()[0]?.text).toMatch(/^Mutes are not known: /)
    expect(await watched.findings()).toContain(watched.remarks()[0]?.text)
  })
})
