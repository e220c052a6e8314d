import { afterEach, describe, expect, it } from 'vitest'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { createNodeIds } from '#electron/host/node/ids.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import { createAlertmanagerSource } from '#electron/vendors/alertmanager/source.ts'
import { needsResponse } from '#shared/domain/incident/schema.ts'
import { alertmanagerConfigSchema } from '#test/fixtures/configuration.ts'
import { createFakeChannel } from '#test/fixtures/fake-channel.ts'
import { startLiveEngine } from '#test/fixtures/live-engine.ts'
import { answerCase } from '../servers/answered-case.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

/** One host is down; after `grow` ten more are. */
async function startCase() {
  const server = await answerCase('C14')
  cleanups.push(() => server.close())
  const source = createAlertmanagerSource(
    alertmanagerConfigSchema.parse({
      type: 'alertmanager',
      name: 'am',
      url: server.url,
      interval: '1s',
    }),
    { clock: createNodeClock(), ids: createNodeIds(), secrets: createSecretReader() },
  )
  const channel = createFakeChannel()
  const live = startLiveEngine([source], { channels: [channel] })
  cleanups.push(() => live.stop())
  const isPaged = () => channel.calls.length > 0
  const state = await live.until(({ incidents }) => incidents.size === 1 && isPaged())
  const [incidentId = ''] = state.incidents.keys()
  return {
    channel,
    live,
    incidentId,
    grow: async () => {
      server.next()
      await live.until(({ alerts }) => alerts.size === 11 && channel.calls.length === 2)
      const incident = live.engine.state().incidents.get(incidentId)
      if (!incident) throw new Error('the incident is gone')
      return incident
    },
  }
}

describe('ten more P0 hosts that join an incident', () => {
  it('page again behind an acknowledgement, with how many there are more', async () => {
    const { channel, grow, incidentId, live } = await startCase()
    expect((await live.run('incident.acknowledge', { incidentId })).ok).toBe(true)
    const incident = await grow()
    expect(incident).toMatchObject({ severity: 'P0', acknowledged: null, counts: { firing: 11 } })
    expect(needsResponse(incident)).toBe(true)
    expect(channel.calls.at(-1)?.body).toContain('10 more hosts since ada acknowledged')
  })

  it('page again behind a snooze of four hours', async () => {
    const { channel, grow, incidentId, live } = await startCase()
    const until = Date.now() + 4 * 3_600_000
    expect((await live.run('incident.snooze', { incidentId, until })).ok).toBe(true)
    const incident = await grow()
    expect(incident.snoozed).toBeNull()
    expect(needsResponse(incident)).toBe(true)
    expect(channel.calls.at(-1)?.body).toContain('10 more hosts while snoozed by ada')
  })
})
