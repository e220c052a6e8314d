import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reply } from '#test/unit/electron/http/stand-in-server.ts'
import { eventually } from '#test/setup/eventually.ts'
import { watchCase, type WatchedCase } from './alertmanager-case.ts'

let watched: WatchedCase
beforeEach(async () => {
  watched = await watchCase('C13')
})
afterEach(() => watched.stop())

const told = (code: string) => watched.remarks().find((remark) => remark.code === code)?.text

/** The case with one word in its answers replaced. */
async function answerWith(word: string, other: string) {
  const file = new URL('../../fixtures/cases/C13.json', import.meta.url)
  const { routes } = JSON.parse(await readFile(file, 'utf8')) as {
    routes: Record<string, { json: unknown }>
  }
  watched.server.handle((request, response) => {
    const route = routes[(request.url ?? '').split('?')[0] ?? '']
    const body = route ? JSON.stringify(route.json).replaceAll(word, other) : ''
    reply(route ? 200 : 404, body)(request, response)
  })
}

describe('an Alertmanager that is one of three replicas', () => {
  it('says that the others are not asked, and proposes a heartbeat', async () => {
    await eventually(() => {
      expect(told('replicas-not-asked')).toContain(
        'one of 3 in its cluster, the others are not asked',
      )
    })
    expect(told('replicas-not-asked')).toContain('Set a heartbeat')
    expect(await watched.findings()).toContain(told('replicas-not-asked'))
  })

  it.each(['settling', 'disabled'])('says that its cluster is %s', async (status) => {
    await watched.stop()
    watched = await watchCase('C13')
    await answerWith('"ready"', `"${status}"`)
    const findings = await watched.findings()
    expect(findings.some((text) => text.includes(status))).toBe(true)
    expect(findings.some((text) => text.includes('one of 3'))).toBe(true)
  })
})
