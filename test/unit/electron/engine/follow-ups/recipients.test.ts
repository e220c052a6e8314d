import { describe, expect, it } from 'vitest'
import { pagingFollowUp } from '#electron/engine/follow-ups/paging.ts'
import { createNodeIds } from '#electron/host/node/ids.ts'
import { defaultConfiguration } from '#test/fixtures/configuration.ts'
import { pagedOf } from '#shared/domain/incident/paging.ts'
import { decidePages, type Recipients } from '#shared/domain/page/decide.ts'
import { OWNER_ID } from '#shared/domain/person/schema.ts'
import { evolve } from '#shared/domain/watch/evolve.ts'
import { emptyWatch, type WatchState } from '#shared/domain/watch/state.ts'
import { eventOf, incidentWith } from '#test/fixtures/watch-entities.ts'

const NOW = 2_000
const ids = createNodeIds()
const policy = defaultConfiguration.notifications
const incident = incidentWith({ id: 'i' })
const state: WatchState = { ...emptyWatch, seq: 1, incidents: new Map([['i', incident]]) }

const decide = (from: WatchState, recipients: Recipients) =>
  decidePages(from, from.incidents.values(), {
    policy,
    recipients,
    now: NOW,
    derive: (...parts) => ids.derive(...parts),
  })
const after = (from: WatchState, bodies: ReturnType<typeof decide>) =>
  evolve(
    from,
    bodies.map((body, index) => eventOf(from.seq + index + 1, body)),
  )

describe('the paging follow-up', () => {
  const followUp = pagingFollowUp({ policy: () => policy, channels: () => ['desktop'] }, ids)

  it('adds a page to the owner and its delivery for what happened to an incident', () => {
    const events = [eventOf(2, { type: 'incident.reopened', incidentId: 'i' })]
    const added = followUp.after?.({ before: state, after: state, events, now: NOW })
    expect(added?.bodies).toMatchObject([
      { type: 'page.requested', recipient: OWNER_ID, incidentIds: ['i'], channels: ['desktop'] },
    ])
    expect(added?.deliveries).toMatchObject([{ kind: 'page', channel: 'desktop' }])
  })

  it('adds nothing for what happened to a page, and is asked again with time', () => {
    const [requested] = decide(state, { [OWNER_ID]: ['desktop'] })
    if (!requested) throw new Error('nobody is paged')
    const change = { before: state, after: state, events: [eventOf(2, requested)], now: NOW }
    expect(followUp.after?.(change).bodies).toEqual([])
    expect(followUp.due?.(state, NOW).bodies).toHaveLength(1)
    expect(followUp.due?.(after(state, [requested]), NOW).bodies).toEqual([])
  })
})

describe('several recipients', () => {
  it('get a page each, which is the last one for each of them', () => {
    const pages = decide(state, { [OWNER_ID]: ['desktop'], bo: ['slack', 'mail'] })
    expect(pages).toMatchObject([
      { recipient: OWNER_ID, channels: ['desktop'] },
      { recipient: 'bo', channels: ['slack', 'mail'] },
    ])
    const told = after(state, pages).incidents.get('i')
    expect(told && [pagedOf(told)?.count, pagedOf(told, 'bo')?.count]).toEqual([1, 1])
    expect(told && pagedOf(told)?.pageId).not.toBe(told && pagedOf(told, 'bo')?.pageId)
  })

  it('are told of it one by one: whoever was paged before is not paged with another', () => {
    const first = after(state, decide(state, { [OWNER_ID]: ['desktop'] }))
    expect(decide(first, { [OWNER_ID]: ['desktop'], bo: ['slack'] })).toMatchObject([
      { recipient: 'bo' },
    ])
  })

  it('are held back by what the owner asked for only if they are the owner', () => {
    const quiet = { at: 1_000, until: NOW + 1, by: { kind: 'deckwatch' as const } }
    const muted = { ...state, muting: { ...state.muting, quiet } }
    expect(decide(muted, { [OWNER_ID]: ['desktop'], bo: ['slack'] })).toMatchObject([
      { type: 'page.held', recipient: OWNER_ID, by: 'do-not-disturb' },
      { type: 'page.requested', recipient: 'bo' },
    ])
  })

  it('without a channel are not paged', () => {
    expect(decide(state, { [OWNER_ID]: [] })).toEqual([])
  })
})
