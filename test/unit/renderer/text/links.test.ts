import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { incidentLinks } from '#renderer/text/incident-links.ts'
import { safeLink, splitLinks } from '#renderer/text/links.ts'
import { alertWith } from '#test/fixtures/watch-entities.ts'

describe('safeLink', () => {
  it.each([
    'http://grafana:3000/d/x',
    'https://runbooks.example/a?b=c#d',
    'HTTPS://UPPER.example/',
  ])('follows %s', (text) => {
    expect(safeLink(text)).toBe(new URL(text).href)
  })

  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'ftp://example.org/',
    '//example.org/',
    '/relative',
    'https://',
    'https://bank.example@evil.example/',
    'https://:secret@evil.example/',
    'see https://example.org',
    '',
  ])('does not follow %j', (text) => {
    expect(safeLink(text)).toBeNull()
  })

  it('never gives back anything but http and https', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          fc.string(),
          fc.string().map((s) => `https://${s}`),
        ),
        (text) => {
          const href = safeLink(text)
          if (href !== null) expect(href).toMatch(/^https?:\/\/[^@]*$|^https?:\/\/[^/@]+\/.*$/)
        },
      ),
    )
  })
})

describe('splitLinks', () => {
  it('finds addresses in a text and leaves punctuation outside', () => {
    expect(splitLinks('See https://a.example/x, or (http://b.example).')).toEqual([
      { text: 'See ', href: null },
      { text: 'https://a.example/x', href: 'https://a.example/x' },
      { text: ', or (', href: null },
      { text: 'http://b.example', href: 'http://b.example/' },
      { text: ').', href: null },
    ])
  })

  it('loses no character of any text', () => {
    const texts = fc.array(fc.oneof(fc.string(), fc.webUrl(), fc.constant('javascript:alert(1)')))
    fc.assert(
      fc.property(texts, (parts) => {
        const text = parts.join(' ')
        expect(
          splitLinks(text)
            .map((part) => part.text)
            .join(''),
        ).toBe(text)
      }),
    )
  })
})

describe('incidentLinks', () => {
  it('names each address once and leaves out what is not safe', () => {
    const annotations = {
      runbook_url: 'https://runbooks.example/a',
      dashboard_url: 'javascript:alert(1)',
    }
    expect(
      incidentLinks([alertWith({ key: 'a', annotations }), alertWith({ key: 'b', annotations })]),
    ).toEqual([{ name: 'runbook', href: 'https://runbooks.example/a' }])
  })

  it('bounds what a storm brings', () => {
    const alerts = Array.from({ length: 300 }, (_, index) =>
      alertWith({
        key: String(index),
        annotations: { runbook_url: `https://runbooks.example/${String(index)}` },
      }),
    )
    expect(incidentLinks(alerts)).toHaveLength(6)
  })
})
