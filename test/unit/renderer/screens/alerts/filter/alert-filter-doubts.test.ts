import { describe, expect, it } from 'vitest'
import { doubtsOf } from '#renderer/screens/alerts/filter/alert-filter-doubts.ts'
import { readTerms } from '#renderer/lists/filter-terms.ts'

const known = new Map([
  [
    'severity',
    new Map([
      ['critical', 3],
      ['warning', 5],
    ]),
  ],
  ['team', new Map([['payments', 1]])],
  ['@source', new Map([['am-eu', 8]])],
])

function doubts(text: string) {
  return doubtsOf(text, readTerms(text).terms, known)
}

describe('doubtsOf', () => {
  it.each([
    ['severity="critcal" team=payments', 'No alert’s severity is "critcal".', 'critical'],
    ['severty="critical"', 'No alert has the label "severty".', 'severity'],
    ['severty=~"crit.*"', 'No alert has the label "severty".', 'severity'],
    ['severity="Critical"', 'No alert’s severity is "Critical".', 'critical'],
    ['@source=am-eo', 'No alert’s source is "am-eo".', 'am-eu'],
    ['severity="nothing-like-it"', 'No alert’s severity is "nothing-like-it".', null],
    ['zone="a"', 'No alert has the label "zone".', null],
  ])('%s', (text, message, shown) => {
    expect(doubts(text)).toMatchObject([{ message }])
    expect(doubts(text)[0]?.instead?.shown ?? null).toBe(shown)
  })

  it('offers the filter with nothing but the slip mended', () => {
    expect(doubts('x severity=critcal, team=payments')[0]?.instead?.text).toBe(
      'x severity="critical", team=payments',
    )
  })

  it.each([
    'severity="critical"',
    'severity!="critcal"',
    'zone=""',
    'severity=~"critcal|page"',
    '@source=AM-EU',
    '@acknowledged=me',
    'critcal',
  ])('has no doubt about %s', (text) => {
    expect(doubts(text)).toEqual([])
  })
})
