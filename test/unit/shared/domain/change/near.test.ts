import { describe, expect, it } from 'vitest'
import { changesToForget } from '#shared/domain/change/evolve.ts'
import { changesNear, isRelated } from '#shared/domain/change/near.ts'
import { CHANGES_KEPT_MS, MAX_CHANGES, type Change } from '#shared/domain/change/schema.ts'
import { surroundingsOf } from '#shared/domain/change/surroundings.ts'
import { betweenWords, changeName } from '#shared/domain/change/words.ts'
import { createServiceMap } from '#shared/domain/service/service-map.ts'

const START = Date.UTC(2026, 10, 29, 3, 0)
const MINUTE = 60_000

const change = (id: string, minutesBefore: number, more: Partial<Change> = {}): Change => ({
  id,
  kind: 'deployment',
  service: 'payments',
  title: 'Deployed',
  version: null,
  by: null,
  link: null,
  happenedAt: START - minutesBefore * MINUTE,
  isTimeEstimated: false,
  until: null,
  origin: 'webhook',
  ...more,
})

const around = { services: ['payments'], upstream: ['database', 'vault'] }
const idsOf = (changes: readonly Change[], surroundings = around) =>
  changesNear(changes, START, surroundings).map(({ change: { id } }) => id)

describe('what changed near the start', () => {
  it('is its own service first, then what it depends on, then the others; the nearest first', () => {
    const changes = [
      change('other', 1, { service: 'search' }),
      change('own-far', 300),
      change('upstream', 2, { service: 'database' }),
      change('nameless', 3, { service: null }),
      change('own-near', 4),
    ]
    expect(idsOf(changes)).toEqual(['own-near', 'own-far', 'upstream', 'nameless', 'other'])
    const near = changesNear(changes, START, around)
    expect(near.map(({ relation }) => relation)).toEqual([
      'same',
      'same',
      'upstream',
      'unknown',
      'other',
    ])
    expect(near.filter(isRelated)).toHaveLength(3)
    expect(near[0]).toMatchObject({ beforeMs: 4 * MINUTE })
  })

  it('leaves out what is far, sooner for what has nothing to do with it', () => {
    const changes = [
      change('own', 23 * 60),
      change('own-too-far', 25 * 60),
      change('other', 2 * 60, { service: 'search' }),
      change('other-too-far', 4 * 60, { service: 'search' }),
      change('long-after', -90),
    ]
    expect(idsOf(changes)).toEqual(['own', 'other'])
  })

  it('has what came after the start behind what came before it', () => {
    expect(idsOf([change('repair', -1), change('cause', 50)])).toEqual(['cause', 'repair'])
  })

  it('begins with maintenance that was going on', () => {
    const maintenance = { kind: 'maintenance', until: START + MINUTE } as const
    const changes = [
      change('deployed', 1),
      change('planned', 5_000, { ...maintenance, service: 'database' }),
      change('over', 200, { kind: 'maintenance', until: START - 100 * MINUTE }),
      change('elsewhere', 30, { ...maintenance, service: 'search' }),
    ]
    expect(idsOf(changes)).toEqual(['planned', 'deployed', 'over', 'elsewhere'])
    expect(changesNear(changes, START, around)[0]?.covers).toBe(true)
  })

  it('says of an incident without a service that it does not know', () => {
    const near = changesNear([change('one', 5)], START, { services: [], upstream: [] })
    expect(near.map(({ relation }) => relation)).toEqual(['unknown'])
  })

  it('knows a service by its name however it is written', () => {
    expect(changesNear([change('one', 5, { service: 'Payments' })], START, around)).toMatchObject([
      { relation: 'same' },
    ])
  })
})

describe('what lies around an incident', () => {
  const services = createServiceMap([
    { name: 'checkout', core: false, dependsOn: ['payments'], match: undefined },
    { name: 'payments', core: false, dependsOn: ['database', 'checkout'] },
    { name: 'database', core: false, dependsOn: [] },
  ])

  it('is what its services depend on, the nearest first, also in a circle', () => {
    expect(surroundingsOf([{ service: 'checkout' }], services)).toEqual({
      services: ['checkout'],
      upstream: ['payments', 'database'],
    })
  })

  it('takes the label for what no list knows', () => {
    const alerts = [{ service: 'unlisted' }, { alertname: 'Down' }]
    expect(surroundingsOf(alerts, services)).toEqual({ services: ['unlisted'], upstream: [] })
  })
})

describe('the words of changes', () => {
  it.each([
    [4 * MINUTE, '4 min before'],
    [59_000, 'at the start'],
    [90 * MINUTE, '90 min before'],
    [150 * MINUTE, '2 h before'],
    [-20 * MINUTE, '20 min after'],
    [49 * 60 * MINUTE, '2 d before'],
  ])('say %d ms as %s', (ms, words) => {
    expect(betweenWords(ms)).toBe(words)
  })

  it('name a change by service and version', () => {
    expect(changeName(change('a', 1, { version: 'v2.1.3' }))).toBe('payments v2.1.3')
    expect(changeName(change('a', 1, { title: 'Limits raised' }))).toBe('payments: Limits raised')
    expect(changeName(change('a', 1, { service: null }))).toBe('Deployed')
  })
})

describe('the changes that are kept', () => {
  it('are those of three days, and what is planned', () => {
    const old = change('old', 73 * 60)
    const kept = change('kept', 71 * 60)
    const planned = change('planned', 80 * 60, { kind: 'maintenance', until: START })
    const all = new Map([old, kept, planned].map((each) => [each.id, each]))
    expect(changesToForget(all, START)).toEqual(['old'])
    expect(CHANGES_KEPT_MS).toBe(72 * 60 * MINUTE)
  })

  it('are no more than so many', () => {
    const many = Array.from({ length: MAX_CHANGES + 1 }, (_, index) =>
      change(`c${String(index)}`, index),
    )
    const all = new Map(many.map((each) => [each.id, each]))
    expect(changesToForget(all, START)).toEqual([`c${String(MAX_CHANGES)}`])
  })
})
