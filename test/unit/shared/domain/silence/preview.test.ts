import { describe, expect, it } from 'vitest'
import type { Alert, Suppression } from '#shared/domain/alert/schema.ts'
import type { Matcher } from '#shared/domain/matcher/matcher.ts'
import { decideSilence } from '#shared/domain/silence/decide.ts'
import { planSilence } from '#shared/domain/silence/place.ts'
import { previewSilence } from '#shared/domain/silence/preview.ts'
import { findSame } from '#shared/domain/silence/same.ts'
import { MAX_SILENCE_MS, type Silence, type Unlisted } from '#shared/domain/silence/schema.ts'
import { silenceWarnings } from '#shared/domain/silence/warnings.ts'
import { alertWith } from '#test/fixtures/watch-entities.ts'

const NOW = 1_700_000_000_000
const MINUTE = 60_000
const HOUR = 60 * MINUTE

const seen = (suppression: Suppression[] | null = []) => ({
  presence: 'present' as const,
  startsAt: 1,
  generatorUrl: null,
  receivers: [],
  suppression,
})

function alert(key: string, over: Partial<Alert> = {}): Alert {
  return alertWith({
    key,
    labels: { alertname: key, team: 'a' },
    incidentId: `incident of ${key}`,
    observations: { am: seen() },
    ...over,
  })
}

const silencedBy = (id: string): Suppression => ({
  kind: 'silence',
  id,
  createdBy: null,
  comment: null,
  endsAt: null,
})

/** The realm that all of it is in unless something else is said. */
const here = new Set([''])

const is = (name: string, value: string): Matcher => ({ name, operator: '=', value })

const existing = (over: Partial<Silence> = {}): Silence => ({
  id: 's1',
  matchers: [is('team', 'a')],
  startsAt: NOW - HOUR,
  endsAt: NOW + 3 * HOUR,
  createdBy: 'Bo',
  comment: 'moving',
  state: 'active',
  ...over,
})

describe('what a silence would hide', () => {
  it('is what fires in its realm and its matchers match, the worst first', () => {
    const alerts = [
      alert('p2'),
      alert('p0', { severity: 'P0' }),
      alert('other team', { labels: { team: 'b' } }),
      alert('elsewhere', { realm: 'us' }),
      alert('of ourselves', { observations: { deckwatch: seen() } }),
      alert('dropped', { suppression: [{ kind: 'not-sent', id: 'rule 1' }] }),
      alert('not there yet', { observations: { prom: seen(null) }, labels: { team: 'b' } }),
      alert('over', { status: 'resolved' }),
      alert('silenced', { suppression: [silencedBy('s2')] }),
      alert('muted', { suppression: [{ kind: 'mute', id: 'nights' }] }),
    ]
    const preview = previewSilence(alerts, [is('team', 'a')], here)
    expect(preview.hidden.map(({ key }) => key)).toEqual(['p0', 'muted', 'p2', 'silenced'])
    expect(preview).toMatchObject({
      bySeverity: { P0: 1, P1: 0, P2: 3, P3: 0 },
      alreadySilenced: 1,
      known: 6,
    })
    expect(preview.incidentIds[0]).toBe('incident of p0')
  })
})

describe('what a person is warned of', () => {
  const a1 = alert('a1')
  const a2 = alert('a2')
  const b = alert('b', { labels: { alertname: 'b', team: 'b' } })
  const p0 = alert('p0', { severity: 'P0', labels: { alertname: 'p0', team: 'c' } })

  function codes(
    matchers: readonly Matcher[],
    {
      alerts = [a1, a2, b, p0],
      selected = ['a1', 'a2'],
      endsAt = NOW + HOUR,
      silences = [],
      unlisted = { alerts: 0, p0: 0, names: [] },
    }: {
      alerts?: readonly Alert[]
      selected?: readonly string[]
      endsAt?: number
      silences?: readonly Silence[]
      unlisted?: Unlisted | null
    } = {},
  ) {
    return silenceWarnings({
      preview: previewSilence(alerts, matchers, here),
      matchers,
      endsAt,
      selected: new Set(selected),
      existing: silences,
      unlisted,
      now: NOW,
    }).map(({ code }) => code)
  }

  it('nothing, where it hides what was selected for a while', () => {
    expect(codes([is('team', 'a')])).toEqual([])
  })

  it('a P0 among them', () => {
    expect(codes([is('team', 'c')], { selected: ['p0'] })).toEqual(['hides-p0'])
  })

  it('everything', () => {
    expect(codes([{ name: 'team', operator: '=~', value: '.+' }])).toEqual([
      'hides-p0',
      'hides-everything',
    ])
  })

  it('everything only where it is more than one incident', () => {
    expect(codes([is('team', 'a')], { alerts: [a1], selected: ['a1'] })).toEqual([])
  })

  it('more than was selected', () => {
    expect(codes([is('team', 'a')], { selected: ['a1'] })).toEqual(['hides-others'])
  })

  it('less than was selected', () => {
    expect(codes([is('alertname', 'a1')])).toEqual(['misses-selected'])
  })

  it('nothing that matches', () => {
    expect(codes([is('team', 'typo')])).toEqual(['hides-nothing'])
  })

  it('longer than a day', () => {
    expect(codes([is('team', 'a')], { endsAt: NOW + 24 * HOUR })).toEqual([])
    expect(codes([is('team', 'a')], { endsAt: NOW + 24 * HOUR + MINUTE })).toEqual(['long'])
  })

  it.each([
    ['the same matchers', [is('team', 'a')]],
    ['fewer matchers', [is('team', 'a'), is('alertname', 'a1')]],
    ['other matchers that hide the same alerts', [is('alertname', 'a1')]],
  ])('an existing silence that covers it: %s', (_, matchers) => {
    expect(codes(matchers, { selected: ['a1'], silences: [existing()] })).toContain('duplicate')
  })

  it.each([
    ['narrower', existing({ matchers: [is('alertname', 'a1')] })],
    ['still to begin', existing({ state: 'pending' })],
  ])('no silence that does not cover it: %s', (_, silence) => {
    expect(codes([is('team', 'a')], { silences: [silence] })).toEqual([])
  })

  it('an existing one that is about to end', () => {
    const silences = [existing({ endsAt: NOW + 20 * MINUTE })]
    expect(codes([is('team', 'a')], { silences })).toEqual(['existing-ends-soon'])
  })

  it('what the source leaves out, or that nobody knows it', () => {
    const unlisted = { alerts: 3, p0: 1, names: ['Down'] }
    expect(codes([is('team', 'a')], { unlisted })).toEqual(['hides-unlisted'])
    expect(codes([is('team', 'a')], { unlisted: null })).toEqual(['unlisted-unknown'])
  })

  it('and does not break on expressions of other programs', () => {
    const silences = [
      existing({ matchers: [{ name: 'a', operator: '=~', value: '(' }] }),
      existing({ matchers: [{ name: 'a', operator: '=~', value: 'x'.repeat(5_000) }] }),
    ]
    expect(codes([is('team', 'a')], { silences })).toEqual([])
  })
})

describe('where alerts are silenced', () => {
  const place = (id: string, over: object = {}) => ({
    id,
    name: id,
    realm: '',
    canSilence: true,
    isReachable: true,
    ...over,
  })
  const on = (ids: readonly string[], over: Partial<Alert> = {}) =>
    alert(ids.join(' '), {
      observations: Object.fromEntries(ids.map((id) => [id, seen()])),
      ...over,
    })
  const planned = (...args: Parameters<typeof planSilence>) => {
    const { places, without } = planSilence(...args)
    return [places.map(({ id }) => id), without.map(({ key }) => key)]
  }
  const prometheus = place('prom', { canSilence: false })

  it('at one replica of a cluster', () => {
    expect(planned([on(['am-1', 'am-2'])], [place('am-1'), place('am-2')])).toEqual([['am-1'], []])
  })

  it('at the replica that can be reached', () => {
    expect(
      planned([on(['am-1', 'am-2'])], [place('am-1', { isReachable: false }), place('am-2')]),
    ).toEqual([['am-2'], []])
  })

  it('at each of two servers that have nothing to do with each other', () => {
    expect(
      planned(
        [on(['eu']), on(['us'], { realm: 'us' })],
        [place('eu'), place('us', { realm: 'us' })],
      ),
    ).toEqual([['eu', 'us'], []])
  })

  it('at the one server that lists all of them', () => {
    expect(planned([on(['a', 'b']), on(['b'])], [place('a'), place('b')])).toEqual([['b'], []])
  })

  it('at the server of its realm, where only a Prometheus reports it so far', () => {
    expect(planned([on(['prom'])], [prometheus, place('am')])).toEqual([['am'], []])
  })

  it('nowhere, where nothing of its realm has silences', () => {
    expect(planned([on(['prom'])], [prometheus, place('am', { realm: 'us' })])).toEqual([
      [],
      ['prom'],
    ])
  })

  it('nowhere, where it is at no server: of Deckwatch itself, or dropped on its way', () => {
    const dropped = on(['prom'], { suppression: [{ kind: 'not-sent', id: 'rule 1' }] })
    expect(planned([on(['deckwatch']), dropped], [prometheus, place('am')])).toEqual([
      [],
      ['deckwatch', 'prom'],
    ])
  })

  it('at a server that fails, where it is the only one', () => {
    expect(planned([on(['am'])], [place('am', { isReachable: false })])).toEqual([['am'], []])
  })
})

describe('whether a silence may be made', () => {
  const preview = (alerts: readonly Alert[]) => previewSilence(alerts, [is('team', 'a')], here)
  const decide = (
    endsAt: number,
    alerts: readonly Alert[] = [],
    evenP0 = false,
    unlistedP0 = 0,
  ) => {
    const unlisted = { alerts: unlistedP0, p0: unlistedP0, names: ['Hidden'] }
    const decided = decideSilence({ endsAt, evenP0 }, preview(alerts), unlisted, NOW)
    return decided.ok ? 'may' : decided.error.code
  }

  it('not in the past, not for ever', () => {
    expect(decide(NOW)).toBe('invalid-input')
    expect(decide(NOW + MAX_SILENCE_MS + 1)).toBe('invalid-input')
    expect(decide(NOW + MAX_SILENCE_MS)).toBe('may')
  })

  it('over a P0 only when the person says so', () => {
    const p0 = alert('p0', { severity: 'P0' })
    expect(decide(NOW + HOUR, [p0])).toBe('needs-confirmation')
    expect(decide(NOW + HOUR, [p0], true)).toBe('may')
    // Also over one that the source leaves out.
    expect(decide(NOW + HOUR, [], false, 1)).toBe('needs-confirmation')
  })
})

describe('the silence of an earlier attempt', () => {
  const wanted = { startsAt: NOW, matchers: [is('team', 'a')], createdBy: 'Bo', comment: 'moving' }

  it('is found by matchers, author and comment, the longest of several', () => {
    const longer = existing({ id: 's2', endsAt: NOW + 9 * HOUR })
    expect(findSame([existing(), longer], wanted)).toBe(longer)
  })

  it.each([
    ['author', { createdBy: 'Ada' }],
    ['comment', { comment: 'other' }],
    ['matchers', { matchers: [is('team', 'b')] }],
  ])('is none with another %s', (_, over) => {
    expect(findSame([existing(over)], wanted)).toBeNull()
  })
})
