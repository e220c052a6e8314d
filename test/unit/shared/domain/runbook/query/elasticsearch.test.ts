import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isIndexList } from '#shared/domain/runbook/query/elasticsearch.ts'
import { hostileValues } from '#test/fixtures/hostile-values.ts'
import { anyText } from '../inputs/facts.ts'
import { bound, shownOf } from './kit.ts'

const label = '{{ $labels.x }}'

describe('values in a search', () => {
  it('stand within texts, and all else stays as it is written', () => {
    const text = `GET logs-*,-logs-old/_search\n{ "query": {"term": {"app": "a ${label}"}}, "from": 1.00, "big": 12345678901234567890 }`
    expect(bound('elasticsearch', text, { x: '"}}, "size": 1 {{"' })).toEqual({
      ok: true,
      value: {
        kind: 'elasticsearch',
        index: 'logs-*,-logs-old',
        body: '{ "query": {"term": {"app": "a \\"}}, \\"size\\": 1 {{\\""}}, "from": 1.00, "big": 12345678901234567890 }',
      },
    })
  })

  it.each([
    ['{}', '{}'],
    ['GET /_search\n{}', '{}'],
    ['# the last hour\nPOST logs/_search\n{}', 'GET logs/_search\n{}'],
  ])('need no first line: %j', (text, shown) => {
    expect(shownOf('elasticsearch', text)).toBe(shown)
  })

  it.each([
    [`{"${label}": 1}`, 'in the key'],
    [`{"a": [{"b${label}": 1}]}`, 'in the key'],
    [`{"a": ${label}}`, 'within a text'],
    [`{"a": "\\${label}"}`, 'within a text'],
    [`GET ${label}/_search\n{}`, 'in the first line'],
    ['GET logs/_search?q=a\n{}', 'Parameters in the first line'],
    ['GET logs/_count\n{}', 'Only _search'],
    ['POST logs/_delete_by_query\n{}', 'Only _search'],
    ['GET ../_search\n{}', 'names no indices'],
    ['GET a/b/_search\n{}', 'names no indices'],
    ['GET _all/_search\n{}', 'names no indices'],
    ['GET logs/_search', 'body of the search is missing'],
    ['DELETE logs\n{}', 'no valid JSON'],
    ['[1]', 'is an object'],
    ['"a"', 'is an object'],
    ['{"a": 1,}', 'no valid JSON'],
  ])('are refused elsewhere, as is what is no search: %j', (text, reason) => {
    expect(shownOf('elasticsearch', text, { x: 'v' })).toContain(reason)
  })

  it('stay one text, whatever they hold', () => {
    const check = (value: string) => {
      const result = bound('elasticsearch', `{"a": "<${label}>", "b": 1}`, { x: value })
      if (!result.ok) {
        expect(value).toMatch(/^$|\0|\p{Surrogate}/u)
        return
      }
      const { body } = result.value as { body: string }
      expect(JSON.parse(body)).toEqual({ a: `<${value}>`, b: 1 })
    }
    for (const value of hostileValues) check(value)
    fc.assert(fc.property(anyText, check))
  })
})

describe('names of indices', () => {
  it.each(['logs', 'logs-*', 'a,b', 'eu:logs-*', 'logs-2026.11.30', '*', 'a,-b'])(
    'are some: %s',
    (text) => {
      expect(isIndexList(text)).toBe(true)
    },
  )
  it.each([
    '',
    'A',
    '_all',
    '.kibana',
    'a,.b',
    'a,',
    'a,-',
    'a/b',
    'a?b',
    'a%2fb',
    'a b',
    '-a',
    'a,_b',
    'a,-_b',
  ])('are none: %j', (text) => {
    expect(isIndexList(text)).toBe(false)
  })
})
