import { describe, expect, it } from 'vitest'
import type { Kin } from '#shared/domain/realm/kin.ts'
import { resolveRealms, type RealmCandidate } from '#shared/domain/realm/resolve.ts'

const kin = (over: Partial<Kin>): Kin => ({ members: [], addresses: [], sendsTo: [], ...over })

const candidate = (id: string, over: Partial<RealmCandidate>): RealmCandidate => ({
  id,
  configured: null,
  role: null,
  kin: null,
  known: null,
  recorded: null,
  ...over,
})
const hub = (id: string, of: Partial<Kin> = {}, over: Partial<RealmCandidate> = {}) =>
  candidate(id, { role: 'hub', kin: kin({ addresses: [`${id}:9093`], ...of }), ...over })
const sender = (id: string, sendsTo: readonly string[], over: Partial<RealmCandidate> = {}) =>
  candidate(id, { role: 'sender', kin: kin({ sendsTo }), ...over })
/** As it is after its realm was recorded. */
const found = (each: RealmCandidate, realm: string): RealmCandidate => ({
  ...each,
  known: realm,
  recorded: realm,
})
const named = (each: RealmCandidate, realm: string): RealmCandidate => ({
  ...each,
  configured: realm,
})

const realms = (...candidates: readonly RealmCandidate[]) =>
  Object.fromEntries(resolveRealms(candidates))

describe('the realm of an Alertmanager', () => {
  it('is the default one for the first, and one of its own for each that has nothing in common', () => {
    expect(realms(hub('eu'), hub('us'), hub('ap'))).toEqual({ eu: '', us: 'us', ap: 'ap' })
  })

  it('is the default one also where a drill comes before it, which keeps what was recorded', () => {
    const drill = candidate('drill', {})
    expect(realms(drill, hub('eu'))).toEqual({ drill: 'drill', eu: '' })
    expect(realms(drill, sender('prom', []))).toEqual({ drill: 'drill', prom: '' })
    expect(realms(drill)).toEqual({ drill: '' })
    expect(realms(found(drill, ''), hub('eu'))).toEqual({ drill: '', eu: 'eu' })
  })

  it('is that of the members of its cluster, also over a third', () => {
    expect(
      realms(
        hub('a', { members: ['1', '2'] }),
        hub('other'),
        hub('c', { members: ['3'] }),
        hub('b', { members: ['2', '3'] }),
      ),
    ).toEqual({ a: '', b: '', c: '', other: 'other' })
  })

  it('stays while its cluster falls apart, and is the same again when names changed', () => {
    const [a, b] = [
      found(hub('a', { members: ['1'] }), ''),
      found(hub('b', { members: ['2'] }), ''),
    ]
    expect(realms(a, b)).toEqual({ a: '', b: '' })
    expect(realms(b, hub('new'), a)).toEqual({ a: '', b: '', new: 'new' })
  })

  it('does not change with the order of the configuration', () => {
    const [eu, us] = [found(hub('eu'), ''), found(hub('us'), 'us')]
    expect(realms(us, eu)).toEqual({ eu: '', us: 'us' })
    expect(realms(hub('new'), us, eu)).toEqual({ eu: '', us: 'us', new: 'new' })
  })

  it('becomes the one of a cluster that it turns out to be in', () => {
    expect(
      realms(
        found(hub('a', { members: ['1', '2'] }), ''),
        found(hub('b', { members: ['1', '2'] }), 'b'),
      ),
    ).toEqual({ a: '', b: '' })
  })

  it('is never that of a source of before that had its name', () => {
    expect(realms(found(hub('x'), 'us'), found(hub('eu'), ''), hub('us'))).toMatchObject({
      us: 'us-2',
    })
  })

  it('takes the default one again when nobody has it', () => {
    expect(realms(found(hub('us'), 'us'), hub('new'))).toEqual({ us: 'us', new: '' })
  })
})

describe('the realm of a Prometheus', () => {
  it('is that of the Alertmanager that it sends to', () => {
    const hubs = [hub('eu'), hub('us')]
    expect(realms(sender('p', ['us:9093']), ...hubs)).toMatchObject({ p: 'us' })
    expect(realms(sender('p', ['x:1', 'us:9093', 'eu:9093']), ...hubs)).toMatchObject({ p: '' })
  })

  it('is that of the only one that there is, where nobody can tell', () => {
    expect(realms(sender('p', ['alertmanager.svc:9093']), hub('am'))).toEqual({ am: '', p: '' })
    expect(realms(hub('am'), hub('twin'), sender('p', []))).toEqual({
      am: '',
      twin: 'twin',
      p: 'p',
    })
    expect(realms(candidate('p', { role: 'sender' }), hub('am'))).toEqual({ am: '', p: '' })
  })

  it('stays with the Alertmanager that it was with when others come, or when that is renamed', () => {
    const [am, p] = [found(hub('am'), ''), found(sender('p', []), '')]
    expect(realms(am, p, hub('us'))).toEqual({ am: '', p: '', us: 'us' })
    expect(realms(named(am, 'prod'), p, hub('us'))).toEqual({ am: 'prod', p: 'prod', us: '' })
  })

  it('follows what it says, whatever was thought before', () => {
    const hubs = [found(hub('eu'), ''), found(hub('us'), 'us')]
    expect(realms(...hubs, found(sender('p', ['us:9093']), ''))).toMatchObject({ p: 'us' })
    expect(realms(...hubs, found(sender('p', ['us:9093', 'eu:9093']), 'us'))).toMatchObject({
      p: 'us',
    })
  })

  it('is that of its replica, which sends to the same Alertmanagers', () => {
    expect(realms(sender('a', ['am:1']), sender('b', ['am:1', 'am:2']), sender('c', []))).toEqual({
      a: '',
      b: '',
      c: 'c',
    })
  })
})

describe('a realm that the configuration names', () => {
  it('wins, and takes along the members of the cluster that name none', () => {
    const cluster = { members: ['1'] }
    expect(
      realms(
        hub('a', cluster),
        named(hub('b', cluster), 'prod'),
        named(hub('c', cluster), 'test'),
        sender('p', ['a:9093']),
        named(sender('q', ['a:9093']), 'lab'),
      ),
    ).toEqual({ a: 'prod', b: 'prod', c: 'test', p: 'prod', q: 'lab' })
  })

  it('puts together what has nothing in common', () => {
    expect(
      realms(named(hub('a'), 'prod'), named(hub('b'), 'prod'), candidate('p', { role: 'sender' })),
    ).toEqual({ a: 'prod', b: 'prod', p: 'prod' })
  })

  it('may be the name of another source, whose realm it then is', () => {
    expect(realms(hub('eu'), hub('us'), named(sender('p', []), 'eu'))).toMatchObject({ p: '' })
    expect(realms(hub('eu'), hub('us'), named(hub('x'), 'us'))).toMatchObject({ x: 'us', us: 'us' })
  })

  it('keeps the default one from a source that was never said to be in it', () => {
    expect(realms(named(hub('a'), ''), hub('b'))).toEqual({ a: '', b: 'b' })
  })
})

it('what stands alone is alone', () => {
  expect(realms(named(candidate('drill', {}), 'drill'), hub('am'), candidate('x', {}))).toEqual({
    drill: 'drill',
    am: '',
    x: 'x',
  })
})
