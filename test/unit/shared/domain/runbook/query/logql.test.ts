import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyText } from '../inputs/facts.ts'
import { shownOf } from './kit.ts'

const label = '{{ $labels.x }}'

describe('values in LogQL', () => {
  it.each([
    [`{app="${label}"}`, 'shop', '{app="shop"}'],
    [`{app="${label}"}`, 'a"} |= "b', '{app="a\\"} |= \\"b"}'],
    [`{app="${label}"}`, 'a\\', '{app="a\\\\"}'],
    [`{app="${label}"}`, 'a\nb', '{app="a\\nb"}'],
    [`{app=~"${label}.*"}`, 'a.b', '{app=~"a\\\\.b.*"}'],
    [`{app="shop"} |= "${label}"`, 'order "7"', '{app="shop"} |= "order \\"7\\""'],
    [`{app="shop"} |~ "${label}"`, '(a|b)', '{app="shop"} |~ "\\\\(a\\\\|b\\\\)"'],
    [`{app="shop"} != "${label}" !~ "x"`, 'a b', '{app="shop"} != "a b" !~ "x"'],
    [`{app="shop"} | json | level="${label}"`, 'a b', '{app="shop"} | json | level="a b"'],
    [`{app="shop"} |= \`${label}\``, 'a"b', '{app="shop"} |= `a"b`'],
    [`rate({app="shop"}[${label}]) > ${label}`, '5m', 'rate({app="shop"}[5m]) > 5m'],
    [`{app="shop"} # ${label}`, 'x', `{app="shop"} # ${label}`],
  ])('stay values: %s with %j', (text, value, wanted) => {
    expect(shownOf('logql', text, { x: value })).toBe(wanted)
  })

  it.each([
    [`{app=${label}}`, 'shop', 'without quotes'],
    [`{${label}="shop"}`, 'app', 'stands for a label'],
    [`{app="shop"} | ${label}`, 'json', 'outside of quotes'],
    [`sum by (${label}) (rate({app="a"}[5m]))`, 'app', 'outside of quotes'],
    [`{app="shop"} |= "\\${label}"`, 'n', 'behind a backslash'],
    [`{app="shop"} |= \`${label}\``, 'a`b', 'between backquotes'],
    [`{app="shop"} | line_format "${label}"`, '{{.x}}', 'no matcher'],
    [`{app="shop"} | label_format a="x", b="${label}"`, '{{.x}}', 'no matcher'],
    [`{app="shop"} | json a="${label}"`, 'b[0]', 'no matcher'],
    [`rate({app="shop"}[${label}])`, '5m] or x[1m', 'has to be a duration'],
    ["{app='shop'}", '', 'without its other half'],
    ['{app="shop"', '', 'without its other half'],
  ])('are refused elsewhere: %s with %j', (text, value, reason) => {
    expect(shownOf('logql', text, { x: value })).toContain(reason)
  })

  it('never end the text that they stand in', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const shown = shownOf('logql', `{app="${label}"}`, { x: value })
        if (shown.startsWith('refused')) return
        const [, inside = '"'] = /^\{app="([\s\S]*)"\}$/.exec(shown) ?? []
        expect(inside).toMatch(/^(?:[^"\\\n]|\\.)*$/)
      }),
    )
  })
})
