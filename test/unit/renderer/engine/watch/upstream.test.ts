import { describe, expect, it } from 'vitest'
import { upstreamOf } from '#renderer/engine/watch/upstream.ts'
import { emptyWatch, fromSnapshot, toSnapshot } from '#shared/domain/watch/state.ts'
import { alertWith, incidentWith } from '#test/fixtures/watch-entities.ts'

const service = (name: string, ...dependsOn: string[]) => ({
  name,
  owner: null,
  core: false,
  dependsOn,
  match: null,
})
const services = [service('checkout', 'payments'), service('payments')]

const watch = fromSnapshot({
  ...toSnapshot(emptyWatch),
  incidents: [
    incidentWith({ id: 'shop' }),
    incidentWith({ id: 'pay' }),
    incidentWith({ id: 'over', status: 'resolved' }),
  ],
  alerts: [
    alertWith({ key: 'a', incidentId: 'shop', labels: { service: 'checkout' } }),
    alertWith({ key: 'b', incidentId: 'pay', labels: { service: 'payments' } }),
    alertWith({ key: 'c', incidentId: 'over', labels: { service: 'payments' } }),
  ],
})

describe('what is upstream of an incident', () => {
  it('is found among the incidents that are open', () => {
    expect(upstreamOf(watch, services, 'shop')?.wrong).toMatchObject([
      { name: 'payments', incidentIds: ['pay'] },
    ])
    expect(upstreamOf(watch, services, 'shop')).toBe(upstreamOf({ ...watch }, services, 'shop'))
  })

  it('is unknown without services', () => {
    expect(upstreamOf(watch, [], 'shop')).toBeNull()
  })
})
