import { describe, expect, it } from 'vitest'
import { excerptOf, markTerms } from '#shared/domain/knowledge/excerpt.ts'
import { searchWords, withWordsOfNames, wordsIn } from '#shared/domain/text/words.ts'

const marked = ({ text, marks }: ReturnType<typeof markTerms>) =>
  marks.map(({ start, end }) => text.slice(start, end))

describe('marks', () => {
  it('stand where words begin as they were searched for, also within names', () => {
    expect(marked(markTerms('Pods: KubePodCrash, a tripod, podman', ['pod']))).toEqual([
      ...['Pod', 'Pod', 'pod'],
    ])
    expect(marked(markTerms('a.b (c)', ['a.b']))).toEqual(['a.b'])
    expect(markTerms('nothing', [])).toEqual({ text: 'nothing', marks: [] })
  })

  it('leave the text as it is', () => {
    const text = '<mark>x</mark>'
    expect(markTerms(text, ['x']).text).toBe(text)
  })
})

describe('an excerpt', () => {
  it('is the whole line where it is short', () => {
    expect(excerptOf('One\n  line', ['line']).text).toBe('One line')
  })

  it('is cut around what was found, between words', () => {
    const text = `${'before '.repeat(40)}needle ${'after '.repeat(60)}`
    const found = excerptOf(text, ['needle'])
    expect(found.text).toMatch(/^…before .*needle after .*…$/)
    expect(found.text.length).toBeLessThan(190)
    expect(marked(found)).toEqual(['needle'])
    expect(excerptOf('x'.repeat(500), ['needle']).text).toHaveLength(181)
    expect(excerptOf(`${'x'.repeat(100)}.needle`, ['needle']).text).toContain('needle')
  })
})

describe('words', () => {
  it('are small and without accents', () => {
    expect(wordsIn('Café-Zürich, 3 PODS')).toEqual(['cafe', 'zurich', '3', 'pods'])
    expect(searchWords('a A "b*')).toEqual(['a', 'b'])
  })

  it('of a name stand behind it', () => {
    expect(withWordsOfNames('See KubePodCrash now')).toBe('See KubePodCrash Kube Pod Crash now')
    expect(withWordsOfNames('Plain')).toBe('Plain')
  })
})
