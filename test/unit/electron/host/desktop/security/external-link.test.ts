import { describe, expect, it } from 'vitest'
import { toExternalLink } from '#electron/host/desktop/security/external-link.ts'

describe('toExternalLink', () => {
  it.each([
    ['https://runbooks.example/a?b=c#d', 'https://runbooks.example/a?b=c#d'],
    ['http://10.0.0.1:9090/graph', 'http://10.0.0.1:9090/graph'],
    ['HTTPS://Example.com', 'https://example.com/'],
    // What a shell would read is written so that it cannot; the address means the same.
    [
      'https://g.example/d?left={"a":1}&b=$(id)',
      'https://g.example/d?left=%7B%22a%22:1%7D&b=%24%28id%29',
    ],
    ["https://g.example/o'brien;`id`", 'https://g.example/o%27brien%3B%60id%60'],
  ])('hands %s over', (link, handed) => {
    expect(toExternalLink(link)).toBe(handed)
    expect(URL.canParse(handed)).toBe(true)
  })

  it.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'smb://host/share',
    'ms-msdt:/id',
    'deckwatch://incident/a',
    'vbscript:x',
    '//evil.example/a',
    'https://user:secret@host.example/',
    'https://bank.example@evil.example/',
    'https://',
    'not a link',
    'https://host.example/a\u202egpj.exe',
    'https://host.example/a\r\nb',
    `https://host.example/${'a'.repeat(5_000)}`,
  ])('drops %j', (link) => {
    expect(toExternalLink(link)).toBeNull()
  })
})
