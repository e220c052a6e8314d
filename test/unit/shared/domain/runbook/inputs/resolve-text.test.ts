import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resolveText } from '#shared/domain/runbook/inputs/resolve-text.ts'
import type { InputFacts } from '#shared/domain/runbook/inputs/schema.ts'
import { shellPlaceholders } from '#shared/domain/runbook/placeholders.ts'
import { anyText, alertWith, codeWith, fillOf, filledOf, page } from './facts.ts'

function resolve(command: string, facts: Partial<InputFacts> = {}) {
  const { codes, filled } = filledOf([command], facts)
  const [code] = codes
  return code && resolveText(code, filled)
}
const entered = (...pairs: [string, string][]) => ({ entered: new Map(pairs) })

describe('a text with its values in', () => {
  it('has values where placeholders were, and names what is missing once', () => {
    expect(
      resolve('kubectl -n <namespace> logs {pod} --since=$SINCE <queue> # $SINCE\necho <queue>', {
        alerts: [alertWith({ namespace: 'shop', pod: '$& $1 \\' })],
      }),
    ).toEqual({
      text: 'kubectl -n shop logs $& $1 \\ --since=$SINCE <queue> # $SINCE\necho <queue>',
      missing: ['SINCE', 'queue'],
    })
  })

  it('works out what is written with a value', () => {
    expect(
      resolve('kubectl scale --replicas={current_replicas + 1} deploy/a', {
        ...entered(['current_replicas', '3']),
      }),
    ).toEqual({ text: 'kubectl scale --replicas=4 deploy/a', missing: [] })
    expect(
      resolve('echo {{ $value | humanizePercentage }} {{ $labels.pod | toUpper }}', {
        alerts: [alertWith({ pod: 'a' }, { value: 0.1234567 })],
      }),
    ).toEqual({ text: 'echo 12.35% A', missing: [] })
  })

  it('leaves open what cannot be worked out', () => {
    expect(
      resolve('echo {replicas + 1} {{ $value | humanize }} {{ $labels.pod | nope }}', {
        alerts: [alertWith({ pod: 'a' })],
        ...entered(['replicas', 'three'], ['$value', 'much']),
      }),
    ).toEqual({
      text: 'echo {replicas + 1} {{ $value | humanize }} {{ $labels.pod | nope }}',
      missing: ['replicas', 'value', 'pod'],
    })
  })

  it('takes copies of placeholders, as messages have them', () => {
    const { codes, filled } = filledOf(['echo <pod>'], { alerts: [alertWith({ pod: 'a' })] })
    const [code] = structuredClone(codes)
    expect(code && resolveText(code, filled)).toEqual({ text: 'echo a', missing: [] })
    expect(code && resolveText(code, [])).toEqual({ text: 'echo <pod>', missing: ['pod'] })
  })

  it('changes nothing outside of placeholders', () => {
    const word = fc.constantFrom(
      'kubectl',
      ' ',
      '"',
      "'",
      '<pod>',
      '$NS',
      '{x + 1}',
      '|',
      '\n',
      'é',
      '$1',
      '<',
      '}',
      '#',
      '{{ $labels.a }}',
    )
    const { runbook } = page(['true'])
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), anyText, (words, value) => {
        const run = words.join('')
        const code = codeWith(run, shellPlaceholders(run).placeholders)
        const filled = fillOf([code], runbook, {
          alerts: [alertWith({ pod: value, namespace: value, a: value })],
        })
        const { text } = resolveText(code, filled)
        let expected = ''
        let at = 0
        for (const { start, end, name } of code.placeholders) {
          // `$NSkubectl` is another variable.
          const isKnown = value !== '' && ['pod', 'NS', 'a'].includes(name)
          const put = isKnown ? value : run.slice(start, end)
          expected += run.slice(at, start) + put
          at = end
        }
        expect(text).toBe(expected + run.slice(at))
      }),
    )
  })
})
