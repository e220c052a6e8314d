import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fillLabels } from '#electron/measurements/promql/fill.ts'
import { readTree } from '#electron/measurements/promql/tree.ts'

const filled = (promql: string, labels: Readonly<Record<string, string>>) => {
  const result = fillLabels(promql, labels)
  return result.ok ? result.value : `refused: ${result.error}`
}

describe('labels in an expression', () => {
  it('are filled into the quotes of a matcher, however they are written', () => {
    expect(
      filled('up{job="{{ $labels.service }}", pod=~\'$labels.pod-.*\'} == 0', {
        service: 'checkout',
        pod: 'api',
      }),
    ).toBe('up{job="checkout", pod=~\'api-.*\'} == 0')
    expect(filled('up{"job"=`{{$labels.service}}`}', { service: 'checkout' })).toBe(
      'up{"job"=`checkout`}',
    )
  })

  it('stand for themselves in a regular expression', () => {
    expect(filled('up{pod=~"{{ $labels.pod }}|other"}', { pod: 'a.*|b' })).toBe(
      String.raw`up{pod=~"a\\.\\*\\|b|other"}`,
    )
  })

  it('are refused anywhere else, with the reason', () => {
    for (const promql of [
      'up{job="x"} > $labels.threshold',
      '{{ $labels.metric }} > 3',
      'sum by ($labels.x) (up)',
      'label_replace(up, "a", "{{ $labels.x }}", "b", "(.*)")',
      'up{{{ $labels.x }}="a"}',
      'up{"{{ $labels.x }}"="a"}',
      'up # "$labels.x"',
      'up{job="a"} > 1 # {job="{{ $labels.x }}"}',
    ]) {
      const result = fillLabels(promql, { threshold: '3', metric: 'up', x: 'y' })
      expect(result.ok, promql).toBe(false)
      if (!result.ok) expect(result.error).toContain('cannot be filled in safely')
    }
  })

  it('say what is missing', () => {
    expect(filled('up{job="{{ $labels.service }}"}', { pod: 'x' })).toBe(
      'refused: the alert has no label service',
    )
    expect(filled('up{job="{{ $labels.service }}"}', { service: '' })).toContain('no label service')
    expect(filled('up{job="{{ $labels.toString }}"}', {})).toContain('no label toString')
    expect(filled('up{job=', {})).toContain('not PromQL near')
    expect(filled('up{job=`$labels.x`}', { x: 'a`} or vector(1) #' })).toContain(
      'cannot be written',
    )
    expect(filled('up{job="$labels.x"}', { x: 'x'.repeat(5_000) })).toContain('cannot be written')
  })

  it('never change what an expression is, whatever they hold', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(
        '"} or vector(1) or up{a="',
        "'} or vector(1) #",
        '\\',
        '\\"',
        '.*',
        '\n} or up{',
        '{{ $labels.y }}',
        '$labels.y',
        '\ud800',
        '\u2028',
      ),
    )
    const templates = [
      'up{job="{{ $labels.x }}"} > 3',
      "up{job='a$labels.x b'} > 3",
      'up{job=~"{{ $labels.x }}"} > 3',
      'up{job!~"^$labels.x$"} > 3',
      'up{job=`{{ $labels.x }}`} > 3',
    ]
    fc.assert(
      fc.property(fc.constantFrom(...templates), hostile, (template, value) => {
        const result = fillLabels(template, { x: value, y: 'other' })
        if (!result.ok) return
        const tree = readTree(result.value)
        expect(tree?.errorAt).toBeNull()
        expect(tree?.shape()).toBe(readTree(template)?.shape())
      }),
      { numRuns: 100 },
    )
  })
})
