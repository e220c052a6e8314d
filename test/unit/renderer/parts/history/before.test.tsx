// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { OutputOf } from '#shared/contract/contract.ts'
import { nothingJudged } from '#shared/domain/history/before.ts'
import type { EarlierIncident } from '#shared/domain/history/earlier.ts'
import { accuracyWords, countWords } from '#renderer/parts/history/before-words.ts'
import { whyWords } from '#renderer/parts/history/similar-words.ts'
import { Before } from '#renderer/parts/history/before.tsx'
import { showCockpit } from '../../shown-cockpit.tsx'

const OPENED = Date.UTC(2026, 10, 12, 3, 2)
const grace = { kind: 'person', id: 'grace', name: 'Grace' } as const

const earlier = (id: string, over: Partial<EarlierIncident> = {}): EarlierIncident => ({
  id,
  title: 'Card payments fail',
  severity: 'P0',
  openedAt: OPENED,
  resolved: { at: OPENED + 14 * 60_000, by: grace },
  isHere: true,
  note: { text: 'rolled back payments v2.1.2', at: OPENED, by: grace },
  plan: null,
  steps: [],
  cause: null,
  mitigation: null,
  verdict: null,
  ...over,
})

const nothing = { total: 0, recent: 0 }
const before: OutputOf<'history.before'>['before'] = {
  alerts: ['CardPaymentsFailing'],
  plan: null,
  count: { total: 3, recent: 3 },
  here: { total: 3, recent: 3 },
  otherAlerts: nothing,
  accuracy: nothingJudged,
  similar: [],
  earlier: [earlier('one'), earlier('two', { resolved: null, note: null }), earlier('three')],
}

async function shown(over: Partial<OutputOf<'history.before'>> = {}) {
  const cockpit = showCockpit(<Before incidentId="now" />)
  const value = { before, prevention: [], lag: { read: 9, recorded: 9 }, ...over }
  await cockpit.answer('history.before', value)
  return { ...cockpit, section: screen.getByRole('region', { name: 'Before' }) }
}

describe('what happened before an incident', () => {
  it('is told with what ended the last one', async () => {
    const step = { id: 'a', at: OPENED, by: grace, note: null }
    const { section, asked } = await shown({
      before: {
        ...before,
        earlier: [
          earlier('one', {
            steps: [
              { ...step, text: 'Look', state: 'done' },
              { ...step, id: 'b', text: 'Wait', state: 'skipped' },
              { ...step, id: 'c', text: 'Roll back', state: 'done', note: 'v2.1.2' },
            ],
          }),
        ],
      },
      prevention: ['Canary deployments'],
    })
    expect(asked('history.before')).toEqual([{ incidentId: 'now' }])
    expect(section.textContent).toContain('3 × in 30 days')
    expect(section.textContent).toContain('14m, resolved by Grace')
    expect(section.textContent).toContain('rolled back payments v2.1.2')
    expect(section.textContent).toContain('Done then: Look; Roll back (“v2.1.2”)')
    expect(section.textContent).toContain('Canary deployments')
    expect(section.textContent).not.toContain('elsewhere')
  })

  it('is the first time', async () => {
    const { section } = await shown({
      before: { ...before, count: nothing, here: nothing, earlier: [] },
    })
    expect(section.textContent).toBe('BeforeFirst time')
  })

  it('is not said to be the first time while history is behind', async () => {
    const { section } = await shown({
      before: { ...before, count: nothing, here: nothing, earlier: [] },
      lag: { read: 1_200, recorded: 9_000 },
    })
    expect(section.textContent).not.toContain('First time')
    expect(section.textContent).toContain('1,200 of 9,000 events read')
  })

  it('tells of those before, on wish, and leads to each', async () => {
    const { section, user, cockpit } = await shown()
    expect(screen.queryByText(/still open/)).toBeNull()
    await user.click(screen.getByRole('button', { name: '2 earlier ones' }))
    expect(section.textContent).toContain('still open')
    const [last] = screen.getAllByRole('button', { name: 'Open the incident Card payments fail' })
    if (last) await user.click(last)
    expect(cockpit.ui.getState()).toMatchObject({
      screen: 'incidents',
      pastRequest: { incidentId: 'one' },
    })
  })

  it('says what the last ones turned out to be, and that a false alarm was not fixed', async () => {
    const { section, user } = await shown({
      before: {
        ...before,
        accuracy: { real: 1, falseAlarms: 3, duplicates: 1 },
        earlier: [
          earlier('one', { verdict: 'false-alarm', note: null }),
          earlier('two', {
            note: null,
            cause: { text: 'The certificate expired', at: OPENED, by: grace },
            mitigation: { text: 'Renewed it', at: OPENED, by: grace },
          }),
        ],
      },
    })
    expect(section.textContent).toContain('3 of 5 false alarms in 30 days, 1 of 5 a duplicate')
    expect(section.textContent).toContain('Cause: The certificate expired')
    expect(section.textContent).toContain('Mitigated: Renewed it')
    expect(section.textContent).not.toContain('resolved by Grace, false alarm')
    await user.click(screen.getByRole('button', { name: '1 earlier one' }))
    expect(section.textContent).toContain('resolved by Grace, false alarm')
  })

  it.each([
    [nothingJudged, null],
    [{ real: 5, falseAlarms: 0, duplicates: 0 }, '5 of 5 real in 30 days'],
    [{ real: 4, falseAlarms: 1, duplicates: 0 }, '1 of 5 a false alarm in 30 days'],
    [{ real: 3, falseAlarms: 0, duplicates: 2 }, '2 of 5 duplicates in 30 days'],
  ])('%j is said as %j', (accuracy, words) => {
    expect(accuracyWords(accuracy)).toBe(words)
  })

  it('names incidents that are alike, each with why and what ended it', async () => {
    const { cockpit, user } = await shown({
      before: {
        ...before,
        similar: [
          {
            ...earlier('other', { title: 'Refunds fail', isHere: false }),
            cause: { text: 'The certificate expired', at: OPENED, by: grace },
            why: {
              labels: [{ name: 'service', value: 'till' }],
              words: ['payments', 'fail'],
            },
          },
        ],
      },
    })
    const region = screen.getByRole('region', { name: 'Similar incidents' })
    expect(region.textContent).toContain('Same service till, same words: payments, fail')
    expect(region.textContent).toContain('Cause: The certificate expired')
    await user.click(screen.getByRole('button', { name: 'Refunds fail' }))
    expect(cockpit.ui.getState().pastRequest).toEqual({ incidentId: 'other' })
  })

  it('says nothing of similar ones where nothing is alike', async () => {
    await shown()
    expect(screen.queryByRole('region', { name: 'Similar incidents' })).toBeNull()
  })

  it.each([
    [{ labels: [], words: ['disk'] }, 'Same word: disk'],
    [
      { labels: ['a', 'b', 'c', 'd'].map((name) => ({ name, value: '1' })), words: [] },
      'Same a 1, same b 1, same c 1',
    ],
  ])('%j is why', (why, words) => {
    expect(whyWords(why)).toBe(words)
  })

  it('says why it is not known', async () => {
    const cockpit = showCockpit(<Before incidentId="now" />)
    const error = { code: 'history-unavailable', message: 'No history.', hint: 'Wait.' } as const
    await cockpit.refuse('history.before', error)
    expect(screen.getByRole('region', { name: 'Before' }).textContent).toContain(
      'No history. Wait.',
    )
  })

  it.each([
    [{}, '3 × in 30 days'],
    [
      { count: { total: 12, recent: 0 }, here: { total: 12, recent: 0 } },
      '0 × in 30 days, 12 in all',
    ],
    [
      { count: { total: 12, recent: 3 }, here: { total: 2, recent: 2 } },
      '3 × in 30 days, 12 in all, 2 here',
    ],
    [{ here: nothing }, '3 × in 30 days, none here'],
    [{ count: nothing, here: nothing }, null],
    [
      { count: nothing, here: nothing, otherAlerts: { total: 2, recent: 1 } },
      'First time. Other alerts of this plan: 2 ×',
    ],
  ])('%j is counted as %j', (over, words) => {
    expect(countWords({ ...before, ...over })).toBe(words)
  })
})
