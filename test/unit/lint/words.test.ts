import { describe, expect, it } from 'vitest'
import { findPhrases, findPhrasesIn } from '#test/fixtures/words/find-phrases.ts'
import { textsOfMarkdown, textsOfSource } from '#test/fixtures/words/shown-texts.ts'

const inSource = (source: string) => findPhrases(textsOfSource('a.tsx', source))

describe('the search for words that are not the standard ones', () => {
  it.each([
    ['a string', `const a = 'Nothing needs you.'`],
    ['a template, across what it fills in', `const a = (x: string) => \`ask \${x} now\``],
    ['a text inside of what a template fills in', `const a = \`\${b ? "not told" : ""}.\``],
    ['a text of JSX, over two lines', 'const a = <p>\n  Could not be\n  told {how}\n</p>'],
    ['an attribute of JSX', 'const a = <Button label="Give back" />'],
    ['a single word', `const a = 'told'`],
  ])('finds it in %s', (_, source) => {
    expect(inSource(source)).not.toEqual([])
  })

  it.each([
    ['a comment', '// nobody was told\n/** Give it back. */\nconst a = 1'],
    ['a name', 'const told = 1\nconst b = { told: 2, "chosen-one": 3 }'],
    ['a type', `type A = 'told' | 'spared'\nconst a: 'told' | null = null`],
    ['a code', `const a = 'severity-is-not-told'`],
    ['an import', `import { a } from './told.ts'`],
    ['other senses of a word', `const a = 'a restart cannot be told from a recovery'`],
    ['standard words', `const a = 'Ada acknowledged; Deckwatch paged you again'`],
  ])('leaves alone %s', (_, source) => {
    expect(inSource(source)).toEqual([])
  })

  it('says where it stands, and what to say', () => {
    expect(inSource(`const a = 1\nconst b = 'Nothing needs you'`)).toEqual([
      'a.tsx:2 says “needs you” in “Nothing needs you”. Standard: Triggered · open incidents',
      'a.tsx:2 says “Nothing needs” in “Nothing needs you”. Standard: No open incidents · 0 firing',
    ])
  })

  it('reads the paragraphs of a page, however their lines are broken', () => {
    const page = '# Title\n\nWho is not\ntold hears of it later.\n\nFine.\n'
    expect(findPhrases(textsOfMarkdown('a.md', page))).toEqual([
      expect.stringContaining('a.md:3 says “told” in “Who is not told hears of it later.”'),
    ])
  })
})

describe('what the product shows', () => {
  it.each(['shared', 'electron'])('is said in standard words in %s', (place) => {
    expect(findPhrasesIn(place)).toEqual([])
  })
})
