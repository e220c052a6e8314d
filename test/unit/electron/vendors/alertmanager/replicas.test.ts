import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Source, SourceReport } from '#electron/engine/ports/source.ts'
import { createClusterBook } from '#electron/polling/cluster-book.ts'
import { poll, startStandInAlertmanager, statusOf, type StandInAlertmanager } from './stand-in.ts'

const original = 'route:\n  receiver: oncall\nreceivers: []\n'
const HOUR = 3_600_000

/** A status that names these replicas, the first of them its own. */
const inCluster = (names: readonly string[], status = 'ready') =>
  statusOf(original, {
    cluster: { name: names[0], status, peers: names.map((name) => ({ name, address: '' })) },
  })

const codes = ({ remarks }: SourceReport) => remarks?.map(({ code }) => code)

/** Polls until the status has been asked for anew. */
async function pollStatus(am: StandInAlertmanager, source: Source): Promise<SourceReport> {
  const asked = am.asked('/api/v2/status')
  let report = await poll(source)
  while (am.asked('/api/v2/status') === asked) report = await poll(source)
  return report
}

describe('the replicas of a cluster', () => {
  let am: StandInAlertmanager
  let other: StandInAlertmanager
  beforeEach(async () => {
    am = await startStandInAlertmanager()
    other = await startStandInAlertmanager()
    am.answers['/api/v2/status'] = inCluster(['A', 'B'])
    other.answers['/api/v2/status'] = inCluster(['B', 'A'])
  })
  afterEach(async () => {
    await am.close()
    await other.close()
  })

  it('are all asked once each of them is a source', async () => {
    const clusters = createClusterBook()
    const one = am.source({}, clusters)
    expect(codes(await poll(one))).toEqual(['replicas-not-asked'])
    const two = other.source({ name: 'two' }, clusters)
    expect(codes(await poll(two))).toEqual([])
    expect(codes(await poll(one))).toEqual([])
    await two.close()
    expect(codes(await poll(one))).toEqual(['replicas-not-asked'])
  })

  it('that settle are looked at again with the next poll', async () => {
    am.answers['/api/v2/status'] = inCluster(['A', 'B'], 'settling')
    const source = am.source({ heartbeats: ['alertname="Watchdog"'] })
    expect(codes(await poll(source))).toEqual(['replicas-not-asked', 'cluster-settling'])
    am.answers['/api/v2/status'] = inCluster(['A', 'B'])
    expect(codes(await poll(source))).toEqual(['replicas-not-asked'])
  })

  it('that are lost are missed for a day', async () => {
    const source = am.source()
    await poll(source)
    am.answers['/api/v2/status'] = inCluster(['A'])
    expect(codes(await pollStatus(am, source))).toEqual(['cluster-lost'])
    am.clock.advance(25 * HOUR)
    expect(codes(await poll(source))).toEqual([])
  })
})
