import { describe, expect, it } from 'vitest'
import { linksOfRunbook } from '#shared/domain/runbook/links.ts'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'

describe('the links of a runbook', () => {
  it('are all that its text has, with their lines, also outside of steps', () => {
    const text = `---
owner: web
---
# Fail
See [the map](map.md) and [wiki][w].
## Diagnosis
1. Look at [the board](https://board.example/x?a=1#top).

\`\`\`md
[no link](in-code.md)
\`\`\`

[w]: https://wiki.example/
`
    const runbook = parseRunbook({ path: 'a.md', text })
    expect(linksOfRunbook(runbook).map(({ line, text: words, url }) => [line, words, url])).toEqual(
      [
        [5, 'the map', 'map.md'],
        [5, 'wiki', 'https://wiki.example/'],
        [7, 'the board', 'https://board.example/x?a=1#top'],
      ],
    )
    const [, , third] = linksOfRunbook(runbook)
    expect(text.slice(third?.start, third?.end)).toBe(
      '[the board](https://board.example/x?a=1#top)',
    )
    // Steps have theirs without the line.
    expect(runbook.steps[0]?.links).toEqual([
      { text: 'the board', url: third?.url, start: third?.start, end: third?.end },
    ])
  })

  it('are none in YAML', () => {
    const text = 'automated_steps:\n  - name: "[a](b.md)"\n'
    expect(linksOfRunbook(parseRunbook({ path: 'a.yaml', text }))).toEqual([])
  })
})
