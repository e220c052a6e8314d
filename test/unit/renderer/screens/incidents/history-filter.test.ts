import { describe, expect, it } from 'vitest'
import { isFiltering, noFilter, toConditions } from '#renderer/screens/incidents/history-filter.ts'

const NOW = new Date(2026, 10, 21, 12).getTime()

describe('toConditions', () => {
  it('asks for everything but drills', () => {
    expect(toConditions(noFilter, NOW)).toEqual({
      text: '',
      labels: '',
      status: [],
      severity: [],
      from: null,
      to: null,
      drills: 'without',
    })
  })

  it('tells words from conditions on labels', () => {
    const text = 'card "not found" cluster="eu", alertname=~"Card.*" service!=mail'
    expect(toConditions({ ...noFilter, text }, NOW)).toMatchObject({
      text: 'card not found',
      labels: 'cluster="eu", alertname=~"Card.*", service!="mail"',
    })
  })

  it.each([
    ['@status=closed', 0, 'Status and severity are selected with the buttons'],
    ['disk !full', 5, 'A word cannot be excluded here'],
    ['a cluster=~"("', 12, 'Not a valid regular expression'],
    ['cluster="eu', 8, 'The quote that opens here is not closed.'],
    ['x'.repeat(501), 0, 'Words may have 500 characters in all.'],
  ])('says what is wrong with %s', (text, offset, message) => {
    expect(toConditions({ ...noFilter, text }, NOW)).toEqual({
      offset,
      message: expect.stringContaining(message),
    })
  })

  it('reaches back from now', () => {
    expect(toConditions({ ...noFilter, period: 'day' }, NOW)).toMatchObject({
      from: NOW - 24 * 3_600_000,
      to: null,
    })
  })

  it('takes whole days of the reader, the last one included', () => {
    const filter = { ...noFilter, period: 'between', fromDay: '2026-11-20', toDay: '2026-11-20' }
    expect(toConditions({ ...filter, period: 'between' }, NOW)).toMatchObject({
      from: new Date(2026, 10, 20).getTime(),
      to: new Date(2026, 10, 21).getTime(),
    })
    expect(
      toConditions({ ...filter, period: 'between', fromDay: '', toDay: 'x' }, NOW),
    ).toMatchObject({ from: null, to: null })
  })
})

describe('isFiltering', () => {
  it('does not count drills: they are left out by default', () => {
    expect(isFiltering({ ...noFilter, drills: 'with' })).toBe(false)
    expect(isFiltering({ ...noFilter, text: ' ' })).toBe(false)
    expect(isFiltering({ ...noFilter, severity: ['P0'] })).toBe(true)
  })
})
