/* eslint-disable no-template-curly-in-string -- a runbook writes its variables so */
import { describe, expect, it } from 'vitest'
import { bindCheck, checkText, problemOfCheck } from '#shared/domain/runbook/check/bind.ts'
import { checkKindOf, type ServerCheck } from '#shared/domain/runbook/check/schema.ts'
import { codesOf } from '#shared/domain/runbook/codes.ts'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import type { Code } from '#shared/domain/runbook/schema.ts'
import type { Result } from '#shared/domain/result/result.ts'
import { hostileValues } from '#test/fixtures/hostile-values.ts'
import { alertWith, factsWith, fillOf } from '../inputs/facts.ts'

const pageOf = (language: string, text: string, more = '') =>
  parseRunbook({
    path: 'a.md',
    text: `## Diagnose\n\n1. Look:\n\n   \`\`\`${language} {"name":"c"${more}}\n   ${text.replaceAll('\n', '\n   ')}\n   \`\`\`\n`,
  })

/** The check of a runbook, with the values of an alert in, or why there is none. */
function bound(
  language: string,
  text: string,
  labels: Readonly<Record<string, string>> = {},
): Result<ServerCheck, string> {
  const runbook = pageOf(language, text)
  const [code] = runbook.steps.flatMap(codesOf)
  const kind = checkKindOf(language)
  if (code?.kind !== 'check' || kind === null) {
    return { ok: false, error: runbook.findings.map(({ message }) => message).join(' ') }
  }
  const alerts = [alertWith(labels)]
  return bindCheck(kind, code, fillOf([code], runbook, factsWith({ alerts })))
}

const shownOf = (...of: Parameters<typeof bound>) => {
  const result = bound(...of)
  return result.ok ? checkText(result.value) : `refused: ${result.error}`
}

describe('a fence that is a check', () => {
  it.each([
    ['http', 'GET https://shop.example/healthz'],
    ['http', 'HEAD http://10.0.0.5:8080/a?b=c&d=%20\nAccept: text/plain\nX-Probe: on call'],
    ['http', 'GET https://[2001:db8::1]:8443/'],
    ['dns', 'shop.example A'],
    ['dns', '_sip._tcp.shop.example SRV @10.0.0.53'],
    ['dns', 'shop.example TXT @ns.example:5353'],
    ['tcp', 'db.shop.example:5432'],
    ['tcp', '[::1]:5432'],
    ['tls', 'shop.example:443'],
    ['tls', '10.0.0.5:8443 shop.example'],
  ])('is shown as what it asks: %s %j', (language, text) => {
    expect(shownOf(language, text)).toBe(text)
  })

  it('may leave out what is usual', () => {
    expect(shownOf('http', '# the front door\n\nGET https://shop.example HTTP/1.1')).toBe(
      'GET https://shop.example/',
    )
    expect(shownOf('dns', 'shop.example')).toBe('shop.example A')
    expect(shownOf('dns', 'shop.example aaaa @ns.example:53')).toBe('shop.example AAAA @ns.example')
    expect(shownOf('dns', 'shop.example @ns.example')).toBe('shop.example A @ns.example')
  })

  it('stands among what can be run, in the order of the text, and nothing of the text is lost', () => {
    const text =
      '## Diagnose\n\n1. Look:\n\n   ```tcp {"name":"db","expect":"ms<500","timeout":"5s"}\n   db:5432\n   ```\n\n' +
      '   ```sh\n   ls\n   ```\n\n   ```dns {"name":"name"}\n   shop.example\n   ```\n\n   ```promql\n   up\n   ```\n'
    const { steps, blocks, findings } = parseRunbook({ path: 'a.md', text })
    const [step] = steps
    expect(findings).toEqual([])
    expect(step?.probes.map(({ language }) => language)).toEqual(['tcp', 'dns'])
    expect(step && codesOf(step).map(({ kind }) => kind)).toEqual([
      'check',
      'command',
      'check',
      'query',
    ])
    expect(step?.probes[0]?.attributes).toMatchObject({ expect: 'ms<500', timeout: 5_000 })
    expect(blocks.map((block) => block.text).join('')).toBe(text)
  })

  it('is a step of its own behind a paragraph that leads to it', () => {
    const { steps } = parseRunbook({
      path: 'a.md',
      text: '## Diagnose\n\nLook at the certificate:\n\n```tls {"name":"c"}\nshop.example:443\n```\n',
    })
    expect(steps.map(({ title, probes }) => [title, probes.length])).toEqual([
      ['Look at the certificate', 1],
    ])
  })

  it.each([
    ['```http\nGET https://shop.example/\n```'],
    ['```http {"expect":"status=200"}\nPOST https://shop.example/\n```'],
    ['```http {name: c}\nGET https://shop.example/\n```'],
  ])('needs a name: %j is shown and nothing else', (fence) => {
    const { steps } = parseRunbook({ path: 'a.md', text: `## Act\n\nDo it:\n\n${fence}\n` })
    expect(steps).toEqual([])
  })

  it('says nothing of other languages, nor of these without a name', () => {
    const { steps, findings } = parseRunbook({
      path: 'a.md',
      text: '## Act\n\n1. Look:\n\n   ```dns\n   any text\n   ```\n\n   ```graphql {"name":"c"}\n   { a }\n   ```\n',
    })
    expect(findings).toEqual([])
    expect(steps.flatMap(({ copies }) => copies).map(({ kind }) => kind)).toEqual(['copy', 'copy'])
  })

  it('can only be copied without its end', () => {
    const { steps, findings } = parseRunbook({
      path: 'a.md',
      text: '## Act\n\nConnect:\n\n```tcp {"name":"c"}\ndb:5432\n',
    })
    expect(steps.map(({ copies, probes }) => [copies.length, probes.length])).toEqual([[1, 0]])
    expect(findings).toMatchObject([{ message: expect.stringContaining('no end') as string }])
  })

  it('changes nothing, and keeps nothing in a variable', () => {
    const { steps, findings } = pageOf('tcp', 'db:5432', ',"risk":"destroy","capture":"X"')
    expect(steps[0]?.probes[0]?.attributes).toMatchObject({ risk: null, capture: null })
    expect(findings).toMatchObject([{ line: 5, message: 'A check keeps nothing in a variable.' }])
  })

  it.each([
    ['http', 'POST https://shop.example/', 'GET and HEAD alone'],
    ['http', 'get https://shop.example/', 'GET and HEAD alone'],
    ['http', 'GET shop.example/', 'begin with https://'],
    ['http', 'GET file:///etc/passwd', 'begin with https://'],
    ['http', 'GET /healthz\nHost: shop.example', 'begin with https://'],
    ['http', 'https://shop.example/', 'Write it as GET'],
    ['http', 'GET https:///path', 'no host'],
    ['http', 'GET https://ada:secret@shop.example/', 'no secret stands'],
    ['http', 'GET https://shop.example/?access_token=x', 'no secret stands'],
    ['http', 'GET https://shop.example/a?b=c&password=x', 'no secret stands'],
    ['http', 'GET https://shop.example/#top', 'behind #'],
    ['http', 'GET https://shop.example/a/../b', '. or ..'],
    ['http', 'GET https://shop.example/a/%2e%2E/b', '. or ..'],
    ['http', 'GET https://shop.example/a\\b', '%XX'],
    ['http', 'GET https://shop.example/\u00FC', '%XX'],
    ['http', 'GET https://shop.example/?a="b"', '%XX'],
    ['http', 'GET https://shop.example/%zz', 'without two digits'],
    ['http', 'GET https://shop.example/%<x>', 'without two digits'],
    ['http', 'GET https://shop.example:99999/', 'no port'],
    ['http', 'GET https://2130706433/', 'is not the name or the address'],
    ['http', 'GET https://0x7f.1/', 'is not the name or the address'],
    ['http', 'GET https://127.1/', 'is not the name or the address'],
    ['http', 'GET https://sh\u043Ep.example/', 'is not the name or the address'],
    ['http', 'GET https://[::1/', 'no host'],
    ['http', `GET https://shop.example/${'a'.repeat(2_000)}`, 'too long'],
    ['http', 'GET <address>', 'begin with https://'],
    ['http', 'GET https://shop.example/\nAuthorization: x', 'no secret stands'],
    ['http', 'GET https://shop.example/\nCookie: a=b', 'no secret stands'],
    ['http', 'GET https://shop.example/\nX-Api-Key: a', 'no secret stands'],
    ['http', 'GET https://shop.example/\nX-Any: Bearer abc', 'no secret stands'],
    ['http', 'GET https://shop.example/\nHost: other', 'cannot be set'],
    ['http', 'GET https://shop.example/\ncontent-length: 3', 'cannot be set'],
    ['http', 'GET https://shop.example/\nAccept: a\naccept: b', 'twice'],
    ['http', 'GET https://shop.example/\nX-<name>: a', 'no header'],
    ['http', 'GET https://shop.example/\n\n{"a":1}', 'no header'],
    ['http', 'GET https://shop.example/\nX-A: \u00FC', 'cannot be sent'],
    ['http', `GET https://shop.example/${'\nA-B: c'.repeat(21)}`, 'more than 20'],
    ['dns', 'shop.example PTR', 'none of the records'],
    ['dns', 'shop.example A ns.example', 'Write it as'],
    ['dns', 'shop.example A @ns.example more', 'Write it as'],
    ['dns', 'shop.example:53', 'has a port'],
    ['dns', 'shop.example A @', 'no host'],
    ['dns', '*.shop.example', 'is not the name or the address'],
    ['tcp', 'db', 'port is missing'],
    ['tcp', 'db:0', 'no port'],
    ['tcp', 'db:5432 x', 'no port'],
    ['tcp', 'db:5432\nother:5432', 'more than one line'],
    ['tls', 'shop.example', 'port is missing'],
    ['tls', 'shop.example:443 a b', 'Write it as'],
    ['tls', 'shop.example:443 a:b', 'has a port'],
    ['tcp', '# nothing', 'says nothing'],
    ['tcp', 'db\uE000:5432', 'private use'],
    ['tcp', `${'<x>'.repeat(51)}:1`, 'too many placeholders'],
    ['tcp', 'x'.repeat(4_001), '4,000 characters'],
  ])('is refused with a finding (%#): %s', (language, text, message) => {
    const { findings, steps } = pageOf(language, text)
    expect(findings).toMatchObject([
      { line: 5, message: expect.stringContaining(message) as string },
    ])
    expect(steps.flatMap(codesOf)).toEqual([])
    expect(steps.flatMap(({ copies }) => copies).map(({ run }) => run)).toEqual([text])
  })

  it('does not know placeholders within each other', () => {
    const [outer] = pageOf('tcp', '<ab>:1').steps[0]?.probes[0]?.placeholders ?? []
    if (!outer) throw new Error('no placeholder')
    const code: Pick<Code, 'run' | 'placeholders'> = {
      run: '<ab>:1',
      placeholders: [outer, { ...outer, start: 1 }],
    }
    expect(problemOfCheck('tcp', code)).toContain('not clear')
  })
})

describe('values of a check', () => {
  const labels = {
    instance: '10.0.0.5:9100',
    host: 'db-1',
    namespace: 'shop',
    pod: 'shop-0',
    port: '8080',
    server: 'ns.example',
  }

  it.each([
    ['http', 'GET https://{{ $labels.instance }}/metrics', 'GET https://10.0.0.5:9100/metrics'],
    ['http', 'GET https://{{ $labels.host }}:<port>/', 'GET https://db-1:8080/'],
    [
      'http',
      'GET http://<namespace>.example/<pod>?p={pod}',
      'GET http://shop.example/shop-0?p=shop-0',
    ],
    ['http', 'GET http://a.example/\nX-Pod: <pod>', 'GET http://a.example/\nX-Pod: shop-0'],
    ['http', '# of <nobody>\nGET http://${POD}/', 'GET http://shop-0/'],
    ['dns', '<pod>.example A @<server>', 'shop-0.example A @ns.example'],
    ['dns', 'a.example @{server}', 'a.example A @ns.example'],
    ['tcp', '<instance>', '10.0.0.5:9100'],
    ['tcp', '10.0.0.<octet>:80', 'refused: The value of octet is missing.'],
    ['tls', '{{ $labels.instance }} <pod>.example', '10.0.0.5:9100 shop-0.example'],
    ['tls', '{host}:443', '10.0.0.5:443'],
  ])('are put in where they belong: %s %j', (language, text, shown) => {
    expect(shownOf(language, text, labels)).toBe(shown)
  })

  it('bring the brackets that an address of version 6 needs', () => {
    expect(shownOf('tcp', '<pod>:80', { pod: '2001:db8::1' })).toBe('[2001:db8::1]:80')
    expect(shownOf('http', 'GET http://<pod>/', { pod: '[::1]:80' })).toBe('GET http://[::1]:80/')
  })

  it.each([
    ['http', 'GET https://<pod>/', 'evil.example/x'],
    ['http', 'GET https://<pod>/', 'user@evil.example'],
    ['http', 'GET https://<pod>/', 'a.example:80:90'],
    ['http', 'GET https://<pod>/', '2130706433'],
    ['http', 'GET https://shop<pod>/', '.evil.example/'],
    ['http', 'GET https://shop.example<pod>/', ':80'],
    ['http', 'GET https://shop.example:<pod>/', '80/x'],
    ['http', 'GET https://shop.example:<pod>/', '070'],
    ['http', 'GET https://shop.example/<pod>', '../admin'],
    ['http', 'GET https://shop.example/<pod>', 'a?b=c'],
    ['http', 'GET https://shop.example/a/.<pod>', '.'],
    ['http', 'GET https://shop.example/?a=<pod>', 'b&c=d'],
    ['http', 'GET https://shop.example/?a=<pod>', '%26'],
    ['http', 'GET https://shop.example/\nX-A: <pod>', 'a\r\nX-B: c'],
    ['http', 'GET https://shop.example/\nX-A: <pod>', '\u00FC'],
    ['dns', '<pod>', 'a @evil.example'],
    ['dns', '<pod>', 'a:53'],
    ['dns', 'a @<pod>', 'b c'],
    ['tcp', '<pod>', 'no-port'],
    ['tcp', '<pod>:80', 'a:1'],
    ['tls', 'a:443 <pod>', 'b:1'],
  ])('never become more than what they stand for: %s %j with %j', (language, text, pod) => {
    expect(bound(language, text, { pod })).toMatchObject({ ok: false })
  })

  it('that are hostile stay where they stand, or are refused', () => {
    const places = [
      ['http', 'GET https://<pod>/'],
      ['http', 'GET https://a<pod>.example:80/b'],
      ['http', 'GET https://a.example:<pod>/'],
      ['http', 'GET https://a.example/<pod>/c?d=<pod>'],
      ['http', 'GET https://a.example/\nX-A: <pod>'],
      ['dns', '<pod>.example A'],
      ['dns', 'a.example A @<pod>'],
      ['tcp', '<pod>'],
      ['tcp', '<pod>:80'],
      ['tls', 'a:443 <pod>'],
    ] as const
    let through = 0
    for (const pod of hostileValues) {
      for (const [language, text] of places) {
        const result = bound(language, text, { pod })
        if (!result.ok) continue
        through += 1
        const shown = checkText(result.value)
        // What is read again is the same check, and all that stands around the value is as it was.
        expect(bound(language, shown), JSON.stringify([text, pod])).toEqual(result)
        const [before = '', after = ''] = text.split('<pod>', 2)
        expect(shown.startsWith(before)).toBe(true)
        if (text.split('<pod>').length === 2) expect(shown.endsWith(after)).toBe(true)
        if (result.value.kind !== 'http') continue
        const url = new URL(result.value.url)
        expect([url.href, url.username, url.hash]).toEqual([result.value.url, '', ''])
        expect(result.value.headers.length).toBe(text.includes('X-A') ? 1 : 0)
      }
    }
    // Such as the word `x=1` in a header: there is something to look at.
    expect(through).toBeGreaterThan(0)
  })
})
