import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeMarkdown } from '#shared/domain/text/markdown.ts'
import { parsedMarkdown } from './parsed-markdown.ts'

/** What may come of a text in an item of a list, when all of it is escaped. */
const PLAIN = new Set([
  'root',
  'list',
  'listItem',
  'paragraph',
  'text',
  'break',
  'sentence',
  'word',
])

function shownInItem(text: string) {
  const { kinds, shown } = parsedMarkdown(`- begin ${escapeMarkdown(text, '  ')} end\n`)
  return { shown, others: [...kinds].filter((kind) => !PLAIN.has(kind)) }
}

describe('escapeMarkdown', () => {
  it.each([
    '# a heading',
    'Setext\n======',
    'Setext\n---',
    '- an item\n1. another\n2) and one',
    '> a quotation',
    '`code` and ```a fence```',
    '```\nrm -rf /\n```',
    '*bold* __bold__ ~~gone~~',
    '[link](https://evil.example) ![picture](https://evil.example/x.png)',
    '[ref]\n\n[ref]: https://evil.example',
    '<script>alert(1)</script> <!-- hidden -->',
    '<https://evil.example> https://evil.example www.evil.example',
    '_www.evil.example',
    'mailto:a@evil.example',
    '| a | b |\n|---|---|\n| 1 | 2 |',
    '&lt;b&gt; &#60;',
    'back\\slash \\* at the end \\',
    '$x$ {{ liquid }} {% raw %} [[wiki]] [^1]',
    '    indented code',
    'above\n\n\nbelow',
    '- [ ] a task',
  ])('shows %j word for word', (text) => {
    const { shown, others } = shownInItem(text)
    expect(others).toEqual([])
    const lines = text
      .trim()
      .split('\n')
      .map((line) => line.trim())
      .join('\n')
    expect(shown).toBe(`begin ${lines.replace(/@(?=\w)/g, '@ ')} end`)
  })

  it('calls nobody', () => {
    expect(escapeMarkdown('@channel cc @ada')).toBe('@ channel cc @ ada')
  })

  it('makes no address of what only looks like one', () => {
    expect(shownInItem('#1.@.mailto:').others).toEqual([])
  })

  it('parses back to the same text, whatever the text', () => {
    const bits = [
      ...['#', '-', '+', '*', '_', '`', '```', '~~', '[', ']', '(', ')', '<', '>', '<b>', '!', '|'],
      ...['&amp;', '\\', '$', '{{', '}}', '1.', '2)', '=', '---', '\n', '\n\n', ':', '^', '"'],
      ...[
        'https://a.example',
        'www.a.example',
        'word',
        'ö',
        ' ',
        'x',
        '/',
        '.',
        '@',
        'mailto:',
        '\t',
        '~',
        '{%',
        '%}',
      ],
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...bits), { maxLength: 30 }), (parts) => {
        const text = parts.join('')
        const { shown, others } = shownInItem(text)
        expect(others).toEqual([])
        const same = (each: string) => each.replace(/\s+/g, ' ').trim()
        const named = text.replace(/@(?=[.-]*[\p{L}\p{N}_])/gu, '@ ')
        expect(same(shown)).toBe(same(`begin ${named.trim()} end`))
      }),
      { numRuns: 1000 },
    )
  })
})
