import { afterEach, describe, expect, it } from 'vitest'
import { createSecretReader } from '#electron/http/secrets.ts'
import { createAlertmanagerSource } from '#electron/vendors/alertmanager/source.ts'
import { alertmanagerConfigSchema } from '#test/fixtures/configuration.ts'
import { startLiveEngine } from '#test/fixtures/live-engine.ts'
import { createShiftedClock, ids } from '#test/unit/electron/http/world.ts'
import { answerCase, type AnsweredCase } from '../servers/answered-case.ts'

const SECRET = 'cf-geheim-4711'
const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function watch(options: object) {
  const server = await answerCase('C03')
  cleanups.push(() => server.close())
  const source = sourceOf(server, options)
  const live = startLiveEngine([source])
  cleanups.push(() => live.stop())
  return { live, server, source }
}

function sourceOf(server: AnsweredCase, options: object) {
  return createAlertmanagerSource(
    alertmanagerConfigSchema.parse({
      type: 'alertmanager',
      name: 'mimir',
      url: `${server.url}/alertmanager`,
      interval: '1s',
      ...options,
    }),
    {
      clock: createShiftedClock(),
      ids,
      secrets: createSecretReader({ env: { CF_SECRET: SECRET, PASSWORD: 'pw' } }),
    },
  )
}

describe('an Alertmanager of several tenants', () => {
  it('is watched with its tenant and what its gateway wants, which stays secret', async () => {
    const { live, server } = await watch({
      auth: { basic: { username: 'me', password: 'env:PASSWORD' } },
      headers: { 'X-Scope-OrgID': 'team-a', 'CF-Access-Client-Secret': 'env:CF_SECRET' },
    })
    const { alerts } = await live.until((state) => state.alerts.size === 1)
    expect([...alerts.values()]).toMatchObject([
      { status: 'firing', severity: 'P0', labels: { alertname: 'IngesterDown' } },
    ])
    expect(server.requests[0]?.headers).toMatchObject({
      'x-scope-orgid': 'team-a',
      'cf-access-client-secret': SECRET,
      authorization: expect.stringContaining('Basic'),
    })
    expect(JSON.stringify(live.engine.greeting())).not.toContain(SECRET)
  })

  it('that is asked without one says which header to set, and not to sign in', async () => {
    const { live, source } = await watch({})
    const { sources } = await live.until(
      (state) => state.sources.get('mimir')?.health === 'failing',
    )
    const problem = {
      code: 'unauthorised',
      hint: 'Set the tenant: the header X-Scope-OrgID, in headers.',
    }
    expect(sources.get('mimir')?.problem).toMatchObject(problem)
    expect(await source.test(new AbortController().signal)).toMatchObject({ problem })
  })
})
