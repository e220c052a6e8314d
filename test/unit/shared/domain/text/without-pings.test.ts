import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withoutPings } from '#shared/domain/text/without-pings.ts'

describe('withoutPings', () => {
  it.each([
    ['@here look', '@ here look'],
    ['cc @channel,@everyone', 'cc @ channel,@ everyone'],
    ['<!channel> help', '< !channel> help'],
    ['<!subteam^S123|ops>', '< !subteam^S123|ops>'],
    ['<@U123> and <#C123>', '< @ U123> and < #C123>'],
    ['<@&987> <at>Bo</at>', '< @ &987> < at>Bo< /at>'],
    ['x@everyone', 'x@ everyone'],
    ['＠here', '＠ here'],
    ['(@ada-l)', '(@ ada-l)'],
    ['[status](https://evil.example)', '[status] (https://evil.example)'],
    ['<https://evil.example|status page>', '< https://evil.example|status page>'],
    ['```\nall that follows', '`` `\nall that follows'],
  ])('breaks what would call or deceive in %j', (text, safe) => {
    expect(withoutPings(text)).toBe(safe)
  })

  it.each(['ask ada@example.com', 'a < b', 'load @ 5', 'pod-7f9 is down', '`kubectl get pods`'])(
    'leaves %j as it is',
    (text) => {
      expect(withoutPings(text)).toBe(text)
    },
  )

  it('puts in plain blanks and nothing else, whatever the text', () => {
    const bits = [
      '@',
      '<',
      '!',
      'here',
      'channel',
      'a',
      ' ',
      '`',
      '](',
      '@everyone',
      '＠',
      '.',
      '\n',
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...bits)), (parts) => {
        const text = parts.join('')
        const safe = withoutPings(text)
        expect(safe.replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
        expect(safe).not.toMatch(/[@＠](?:here|channel|everyone)|<[^\s]|\]\(|```/i)
        expect(withoutPings(safe)).toBe(safe)
      }),
    )
  })
})
