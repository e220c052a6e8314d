import { parser } from '@prometheus-io/lezer-promql'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bindQuery } from '#shared/domain/runbook/inputs/bind-query.ts'
import { promql } from '#shared/domain/runbook/inputs/query-language.ts'
import { queryPlaces } from '#shared/domain/runbook/inputs/query-places.ts'
import type { InputFacts } from '#shared/domain/runbook/inputs/schema.ts'
import { textPlaceholders } from '#shared/domain/runbook/placeholders.ts'
import { anyText, alertWith, codeWith, fillOf, filledOf, page } from './facts.ts'

/** A query with `<x>` and the like, bound to values that were entered. */
function bind(
  query: string,
  values: Readonly<Record<string, string>> = {},
  facts: Partial<InputFacts> = {},
) {
  const { codes, filled } = filledOf(
    [query],
    { entered: new Map(Object.entries(values)), ...facts },
    'promql',
  )
  const [code] = codes
  return code && bindQuery(code, filled)
}

describe('a query with its values in', () => {
  it.each([
    ['up{pod="<x>"}', 'a-0', 'up{pod="a-0"}'],
    ['up{pod="<x>"}', 'a"} or vector(1) #', String.raw`up{pod="a\"} or vector(1) #"}`],
    ['up{pod="<x>"}', 'a\\', String.raw`up{pod="a\\"}`],
    ['up{pod="<x>"}', 'a\nb\t\u0000', String.raw`up{pod="a\nb\u0009\u0000"}`],
    ['up{pod="<x>"}', "it's", `up{pod="it's"}`],
    ["up{pod='<x>'}", `it's "a"`, String.raw`up{pod='it\'s "a"'}`],
    ['up{pod!="<x>"}', 'é😀', 'up{pod!="é😀"}'],
    ['up{pod=~"<x>-.*"}', 'a.b|c', String.raw`up{pod=~"a\\.b\\|c-.*"}`],
    ['up{pod!~ "<x>"}', '.*', String.raw`up{pod!~ "\\.\\*"}`],
    ['up{pod=`<x>`}', 'a"\\', 'up{pod=`a"\\`}'],
    ['up{pod=~`<x>`}', 'a.b', 'up{pod=~`a\\.b`}'],
    ['up{pod="\\"<x>"}', 'a', 'up{pod="\\"a"}'],
    ['<x>{pod="a"}', 'up:rate5m', 'up:rate5m{pod="a"}'],
    ['node_<x>_total', 'cpu', 'node_cpu_total'],
    ['sum by (<x>) (up)', 'pod', 'sum by (pod) (up)'],
    ['up{<x>="a"}', 'pod', 'up{pod="a"}'],
    ['up > <x>', '0.5', 'up > 0.5'],
    ['rate(up[<x>])', '1h30m', 'rate(up[1h30m])'],
    ['up offset <x>', '5m', 'up offset 5m'],
    ['label_replace(up, "a", "<x>", "b", "c")', 'web', 'label_replace(up, "a", "web", "b", "c")'],
    ['up # <x>\n+ 1', 'a', 'up # <x>\n+ 1'],
    ['up{pod="a"} # it\'s <x>', 'a', 'up{pod="a"} # it\'s <x>'],
  ])('%j with %j is %j', (query, x, expected) => {
    expect(bind(query, { x })).toEqual({ ok: true, query: expected })
  })

  it.each([
    ['up{pod=<x>}', 'a', 'without quotes'],
    ['up{<x>="a"}', 'pod="b",c', 'name of a label'],
    ['up{<x>="a"}', 'a:b', 'name of a label'],
    ['<x>', 'up or vector(1)', 'outside of quotes'],
    ['<x>', '', 'outside of quotes'],
    ['up <x> down', 'or', 'outside of quotes'],
    ['up o<x> down', 'r', 'outside of quotes'],
    ['up > <x>', '-1', 'outside of quotes'],
    ['up > 1<x>', '0', 'outside of quotes'],
    ['<x>(up)', 'sum_over_time', 'function'],
    ['a_<x>_b (up)', 'c', 'function'],
    ['rate(up[<x>])', '5', 'duration'],
    ['rate(up[<x>])', '5m] offset 1d', 'duration'],
    ['up{pod="\\<x>"}', 'a', 'backslash'],
    ['up{pod="<x>"}', '\uD800', 'broken character'],
    ['up{pod=`<x>`}', 'a`', 'backquotes'],
    ['up{pod=`<x>`}', 'a\n', 'backquotes'],
    ['label_replace(up, "a", "<x>", "b", "c")', '$1 x', 'no matcher'],
    ['up{pod="<x>"', 'a', 'without its other half'],
    ['up{pod="<x>}', 'a', 'without its other half'],
    ['sum(up{pod="<x>"}]', 'a', 'without its other half'],
    ['up{pod="<y>"}', 'a', 'no value yet'],
  ])('%j with %j is refused: %s', (query, x, reason) => {
    const bound = bind(query, { x })
    expect(bound).toMatchObject({ ok: false })
    expect(bound && 'refused' in bound ? bound.refused : '').toContain(reason)
  })

  it('fills templates, and refuses what they make of a number', () => {
    const alerts = [alertWith({ instance: 'n"1' }, { value: 1_500 })]
    expect(bind('up{instance="{{ $labels.instance }}"} > {{ $value }}', {}, { alerts })).toEqual({
      ok: true,
      query: String.raw`up{instance="n\"1"} > 1500`,
    })
    expect(bind('up > {{ $value | humanize }}', {}, { alerts })).toMatchObject({ ok: false })
  })

  it('refuses placeholders that lie within each other', () => {
    const [outer] = textPlaceholders('<ab>', 'query')
    const inner = outer && { ...outer, start: 1 }
    const code = codeWith('<ab>', outer && inner ? [outer, inner] : [])
    const { filled } = filledOf(['<ab>'], { entered: new Map([['ab', 'x']]) }, 'promql')
    expect(bindQuery(code, filled)).toMatchObject({ ok: false })
  })

  it('keeps the structure of a query, whatever a value holds', () => {
    /** The names of a query's nodes, in their order. */
    const shape = (query: string) => {
      const names: string[] = []
      parser.parse(query).iterate({
        enter: ({ name, from, to }) => {
          names.push(name === 'StringLiteral' ? name : `${name} ${to - from === 0 ? 'empty' : ''}`)
        },
      })
      return names
    }
    const hostile = fc.oneof(
      anyText,
      fc.string({ unit: fc.constantFrom('"', "'", '\\', '`', '\n', '}', '{', '#', 'a', '.', '*') }),
    )
    const query = fc.constantFrom(
      'up{pod="<x>"}',
      'up{pod=\'a<x>b\',ns!="<x>"}',
      'sum by (a) (rate(up{pod=~"<x>.*"}[5m])) > 1',
      'up{pod=`<x>`} or up{pod!~`a|<x>`}',
    )
    const { runbook } = page(['true'])
    fc.assert(
      fc.property(query, hostile, (text, x) => {
        const code = codeWith(text, textPlaceholders(text, 'query'))
        const bound = bindQuery(code, fillOf([code], runbook, { entered: new Map([['x', x]]) }))
        if (!bound.ok) return
        expect(shape(bound.query)).toEqual(shape(text.replaceAll('<x>', 'x')))
      }),
      { numRuns: 300 },
    )
  })
})

describe('places of a query', () => {
  it('are none where brackets are mixed up', () => {
    for (const query of ['(up]', 'up)', '{', '"', 'up{a="b}']) {
      expect(queryPlaces(query, [], promql), query).toBeNull()
    }
  })

  it('knows the operator of a matcher in braces only', () => {
    const query = 'a == on() "<x>"'
    expect(queryPlaces(query, [{ start: 11, end: 14 }], promql)).toEqual([
      { kind: 'string', quote: '"', matcher: null, isEscaped: false },
    ])
  })
})
