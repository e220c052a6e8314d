import { describe, expect, it } from 'vitest'
import { pageDelivery } from '#electron/engine/deliveries/page/index.ts'
import { defaultConfiguration } from '#test/fixtures/configuration.ts'
import { deliveryKey, type Page } from '#shared/domain/page/schema.ts'
import { OWNER_ID } from '#shared/domain/person/schema.ts'
import { emptyWatch, type WatchState } from '#shared/domain/watch/state.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'

const NOW = 2_000
const ref = { key: deliveryKey('p', 'desktop'), channel: 'desktop' }
const problem = { code: 'refused', message: 'not now', hint: '' } as const

const page = (over: Partial<Page> = {}): Page => ({
  id: 'p',
  at: 1_000,
  recipient: OWNER_ID,
  tag: 'incident:i',
  reason: 'asks',
  severity: 'P2',
  incidentIds: ['i'],
  isSummary: false,
  deliveries: { desktop: { state: 'waiting', at: 1_000, attempts: 0, problem: null } },
  seen: null,
  ...over,
})
const paged = (pageId: string, recipient = OWNER_ID) => ({
  [recipient]: { pageId, at: 1_000, askedAt: 1_000, count: 1 },
})

function stateWith(over: Parameters<typeof incidentWith>[0], pages = [page()]): WatchState {
  const incident = incidentWith({ paged: paged('p'), ...over })
  return {
    ...emptyWatch,
    incidents: new Map([[incident.id, incident]]),
    pages: new Map(pages.map((each) => [each.id, each])),
  }
}

const kindOn = (...channels: readonly string[]) =>
  pageDelivery(
    { policy: () => defaultConfiguration.notifications, channels: () => channels },
    {
      recorder: { state: () => emptyWatch, recordOutcomes: () => ({ ok: true, value: [] }) },
      show: () => undefined,
      acknowledge: () => true,
      me: () => ({ kind: 'deckwatch' }),
    },
  )
const kind = kindOn('desktop')

describe('a page that waits', () => {
  it('is wanted, and says how things stand now', () => {
    const state = stateWith({ id: 'i', title: 'Slow by now' })
    expect(kind.stillWanted(state, ref, NOW)).toEqual({ isWanted: true })
    expect(kind.compose(state, ref)).toMatchObject({
      key: ref.key,
      title: 'P2 medium: Slow by now',
    })
  })

  it.each<[string, WatchState, string]>([
    ['somebody took it', stateWith({ id: 'i', status: 'acknowledged' }), 'over'],
    ['a newer one tells of it', stateWith({ id: 'i', paged: paged('q') }), 'replaced'],
    ['nobody knows it any more', emptyWatch, 'over'],
    [
      'its owner is to be muted by now',
      {
        ...stateWith({ id: 'i' }),
        muting: {
          ...emptyWatch.muting,
          quiet: { at: 1_000, until: NOW + 1, by: { kind: 'deckwatch' } },
        },
      },
      'spared',
    ],
  ])('is dropped when %s', (_why, state, reason) => {
    expect(kind.stillWanted(state, ref, NOW)).toEqual({ isWanted: false, reason })
  })

  it('is dropped when its channel was turned off, and says nothing', () => {
    const state = stateWith({ id: 'i' })
    expect(kindOn().stillWanted(state, ref, NOW)).toEqual({
      isWanted: false,
      reason: 'turned-off',
    })
    expect(kindOn().compose(state, ref)).toBeNull()
  })

  it('goes out to somebody else whatever the owner asked for', () => {
    const state = stateWith({ id: 'i', paged: paged('p', 'bo') }, [page({ recipient: 'bo' })])
    const quiet = { at: 1_000, until: NOW + 1, by: { kind: 'deckwatch' as const } }
    const muted = { ...state, muting: { ...state.muting, quiet } }
    expect(kind.stillWanted(muted, ref, NOW)).toEqual({ isWanted: true })
  })

  it('goes before what is milder, and a P0 in any case', () => {
    const pages = [page(), page({ id: 'q', severity: 'P0' })]
    const state = stateWith({ id: 'i' }, pages)
    expect(kind.rank(state, 'q.desktop')).toBeLessThan(kind.rank(state, 'p.desktop'))
    expect(kind.isAlwaysUrgent(state, 'q.desktop')).toBe(true)
    expect(kind.isAlwaysUrgent(state, 'p.desktop')).toBe(false)
  })
})

describe('what became of a page', () => {
  it('is recorded when it is news', () => {
    const state = stateWith({ id: 'i' })
    const failed = { kind: 'failed', attempts: 1, problem, isFinal: false } as const
    expect(kind.toEvent(state, ref, failed)).toMatchObject({ type: 'page.failed', attempts: 1 })
    const again = stateWith({ id: 'i' }, [
      page({ deliveries: { desktop: { state: 'waiting', at: 1_500, attempts: 1, problem } } }),
    ])
    expect(kind.toEvent(again, ref, failed)).toBeNull()
    expect(kind.toEvent(again, ref, { ...failed, isFinal: true })).toMatchObject({ isFinal: true })
    expect(kind.toEvent(again, ref, { kind: 'sent', attempts: 2 })).toEqual({
      type: 'page.sent',
      pageId: 'p',
      incidentId: 'i',
      channel: 'desktop',
      attempts: 2,
    })
    expect(kind.toEvent(emptyWatch, ref, failed)).toBeNull()
  })
})
