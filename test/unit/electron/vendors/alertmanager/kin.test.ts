import { describe, expect, it } from 'vitest'
import { readCluster } from '#electron/vendors/alertmanager/cluster.ts'
import { kinOf } from '#electron/vendors/alertmanager/kin.ts'

const config = { url: 'http://am:9093/prefix', timeout: 1_000, maxBodyMiB: 1 }

describe('the cluster of an Alertmanager', () => {
  it('is read with its members', () => {
    expect(
      readCluster({
        name: '01A',
        status: 'ready',
        peers: [
          { name: '01A', address: '10.0.0.1:9094' },
          { name: '01B', address: '10.0.0.2:9094' },
        ],
      }),
    ).toEqual({
      name: '01A',
      status: 'ready',
      peers: [
        { name: '01A', address: '10.0.0.1:9094' },
        { name: '01B', address: '10.0.0.2:9094' },
      ],
    })
  })

  it.each([
    ['that gossips with nobody', { status: 'disabled', peers: [] }, 'disabled'],
    ['that is missing', undefined, null],
    ['of another kind', 7, null],
    ['with nonsense in it', { name: 7, status: 'ready', peers: 'x' }, 'ready'],
  ])('%s has no members', (_, cluster, status) => {
    expect(readCluster(cluster)).toEqual({ name: null, status, peers: [] })
  })

  it('is read in spite of one bad member', () => {
    expect(readCluster({ peers: [7, { name: '01B' }, { address: [] }] }).peers).toEqual([
      { name: '01B', address: '' },
    ])
  })
})

describe('whom an Alertmanager belongs with', () => {
  it('are those who know a member of its cluster, or are asked at the same address', () => {
    const cluster = (name: string, ...peers: readonly string[]) =>
      readCluster({ name, peers: peers.map((peer) => ({ name: peer, address: '' })) })
    const a = kinOf(cluster('1', '1', '2'), config)
    const b = kinOf(cluster('2', '1', '2'), { ...config, url: 'http://b:9093' })
    const shares = (each: typeof a, other: typeof a) =>
      each.members.some((member) => other.members.includes(member))
    expect(shares(a, b)).toBe(true)
    expect(shares(a, kinOf(readCluster(undefined), config))).toBe(true)
    expect(shares(b, kinOf(readCluster(undefined), config))).toBe(false)
    // One address may serve many tenants.
    const tenant = { basic: { username: 'team-a', password: 'env:A' } }
    expect(
      shares(kinOf(readCluster({}), config), kinOf(readCluster({}), { ...config, auth: tenant })),
    ).toBe(false)
  })

  it('are those who send to its address, or to a machine of its cluster', () => {
    const kin = kinOf(
      readCluster({
        peers: [
          { name: '1', address: '10.0.0.1:9094' },
          { name: '2', address: 'am-1.am:9094' },
          { name: '3', address: '127.0.0.1:9094' },
          { name: '4', address: 'nonsense' },
        ],
      }),
      config,
    )
    expect(kin.addresses).toEqual(['am:9093', '10.0.0.1'])
    expect(kin.sendsTo).toEqual([])
  })
})
