import { describe, expect, it } from 'vitest'
import { createClusterBook } from '#electron/polling/cluster-book.ts'
import { clusterRemarks } from '#electron/vendors/alertmanager/cluster-remarks.ts'
import { readCluster } from '#electron/vendors/alertmanager/cluster.ts'

const cluster = (over: object = {}) =>
  readCluster({
    name: 'A',
    status: 'ready',
    peers: ['A', 'B', 'C'].map((name, at) => ({ name, address: `10.0.0.${String(at)}:9094` })),
    ...over,
  })

function remarks(
  over: object = {},
  asked: readonly string[] = [],
  hasHeartbeat = false,
  largest = 3,
) {
  const isAsked = (name: string) => asked.includes(name)
  return clusterRemarks({ cluster: cluster(over), largest, isAsked, hasHeartbeat })
}

const texts = (...args: Parameters<typeof remarks>) => remarks(...args).map(({ text }) => text)

describe('the cluster of an Alertmanager', () => {
  it('is read as far as it can be read', () => {
    expect(cluster({ peers: [null, { name: 7 }, { name: 'B' }] })).toEqual({
      name: 'A',
      status: 'ready',
      peers: [{ name: 'B', address: '' }],
    })
    expect(readCluster({ status: 'disabled' })).toMatchObject({ name: null, peers: [] })
    expect(readCluster(undefined)).toEqual({ name: null, status: null, peers: [] })
  })

  it('is remarked on when its other replicas are not asked, and a heartbeat is proposed', () => {
    const [text] = texts()
    expect(text).toContain('one of 3 in its cluster, the others are not asked')
    expect(text).toContain('Set a heartbeat')
    expect(texts({}, [], true)[0]).not.toContain('Set a heartbeat')
    // Some answer under a name that their list of peers does not have.
    expect(texts({ name: 'other' })[0]).toContain('one of 3')
  })

  it('counts the replicas that other sources ask', () => {
    expect(texts({}, ['B'])[0]).toContain('has 3 replicas, 2 of them are polled')
    expect(texts({}, ['B', 'C'])).toEqual([])
    expect(texts({}, ['Z'])[0]).toContain('one of 3')
  })

  it('is nothing to remark on for one that is alone', () => {
    expect(texts({ peers: [{ name: 'A', address: '' }] }, [], false, 0)).toEqual([])
    expect(texts({ peers: [], status: 'disabled' }, [], false, 0)).toEqual([])
  })

  it('is remarked on when it lost all others that it had', () => {
    expect(remarks({ peers: [{ name: 'A', address: '' }] })).toMatchObject([
      { code: 'cluster-lost' },
    ])
    expect(texts({ peers: [], status: 'disabled' })[0]).toContain('had 3 replicas')
  })

  it.each(['settling', 'disabled'])('is remarked on while it is %s', (status) => {
    expect(remarks({ status }, ['B', 'C'])).toMatchObject([{ code: `cluster-${status}` }])
  })
})

describe('the book of replicas', () => {
  it('knows those that answer any source, by turns too, until the source is gone', () => {
    const book = createClusterBook()
    const [one, other] = [book.join(), book.join()]
    one.heard('A')
    other.heard('B')
    other.heard('C')
    expect(['A', 'B', 'C', 'D'].filter((name) => one.isAsked(name))).toEqual(['A', 'B', 'C'])
    other.leave()
    expect(one.isAsked('B')).toBe(false)
  })

  it('forgets one that has not answered for long', () => {
    const member = createClusterBook().join()
    member.heard('old')
    for (let times = 0; times < 20; times += 1) member.heard('new')
    expect(member.isAsked('old')).toBe(false)
    expect(member.isAsked('new')).toBe(true)
  })
})
