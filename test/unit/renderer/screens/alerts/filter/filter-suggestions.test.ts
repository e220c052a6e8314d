import { describe, expect, it } from 'vitest'
import { noEntries, updateEntries } from '#renderer/screens/alerts/entries/alert-entry.ts'
import {
  countValues,
  MAX_SUGGESTIONS,
  suggest,
} from '#renderer/screens/alerts/filter/filter-suggestions.ts'
import type { Observation } from '#shared/domain/alert/schema.ts'
import { alertWith, incidentWith } from '#test/fixtures/watch-entities.ts'

const observation: Observation = {
  presence: 'present',
  startsAt: 1,
  generatorUrl: null,
  receivers: ['oncall'],
  suppression: null,
}
const alerts = Array.from({ length: 200 }, (_, index) =>
  alertWith({
    key: String(index),
    labels: {
      alertname: index < 150 ? 'ApiDown' : 'DiskFull',
      pod: `pod-${String(index)}`,
      'odd name': 'a "b"',
    },
    observations: { 'am-eu': observation },
  }),
)
const { byKey } = updateEntries(
  noEntries,
  new Map(alerts.map((alert) => [alert.key, alert])),
  new Map([
    [
      'i1',
      incidentWith({
        id: 'i1',
        acknowledged: { at: 1, by: { kind: 'person', id: 'bo', name: 'bo' }, severity: 'P2' },
      }),
    ],
  ]),
)

function known() {
  const counting = countValues([...byKey.values()])
  for (;;) {
    const step = counting.next()
    if (step.done) return step.value
  }
}
const values = known()
/** What the text becomes with the first suggestion, and all that is suggested. */
function at(text: string, caret = text.length) {
  const found = suggest(text, caret, values)
  const [first] = found
  return {
    shown: found.map(({ shown }) => shown),
    first: first && text.slice(0, first.start) + first.text + text.slice(first.end),
  }
}

describe('suggest', () => {
  it('goes on with names of labels, those that begin so first, and with fields', () => {
    expect(at('al').shown).toEqual(['alertname'])
    expect(at('al').first).toBe('alertname="')
    expect(at('od').shown[0]).toBe('odd name')
    expect(at('od').first).toBe('"odd name"="')
    expect(at('sta').first).toBe('@state=')
    expect(at('@a').shown).toEqual(['@age', '@acknowledged'])
  })

  it('goes on with values, the common first, written so that they are read back', () => {
    expect(at('alertname=').shown).toEqual(['ApiDown', 'DiskFull'])
    expect(at('alertname="disk').first).toBe('alertname="DiskFull" ')
    expect(at('word, alertname!=api').first).toBe('word, alertname!="ApiDown" ')
    expect(at('pod=~"pod-1').first).toMatch(/^pod=~"pod-1\d*" $/)
    expect(at('pod=').shown).toHaveLength(MAX_SUGGESTIONS)
  })

  it('knows the values of fields, from the alerts and by themselves', () => {
    expect(at('@state=sup').first).toBe('@state=suppressed ')
    expect(at('@source=').shown).toEqual(['am-eu'])
    expect(at('@receiver=').shown).toEqual(['oncall'])
    expect(at('@acknowledged=').shown).toEqual(['bo', 'me'])
    expect(at('@age<').first).toBe('@age<15m ')
  })

  it('goes on where the caret is, and closes no quote twice', () => {
    expect(at('alertname="dis" pod="x"', 14).first).toBe('alertname="DiskFull"  pod="x"')
    expect(at('"words that').shown).toEqual([])
    expect(at('no-such-name').shown).toEqual([])
  })
})
