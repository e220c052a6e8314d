// @vitest-environment jsdom
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { evidenceOf } from '#shared/domain/evidence/compose.ts'
import { escaped } from '#shared/domain/html/page.ts'
import { STYLE, STYLE_HASH } from '#shared/domain/html/style.ts'
import { evidenceRecordOf } from '#shared/domain/evidence/record.ts'
import { toHtml } from '#shared/domain/evidence/to-html.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import { materialWith } from '#test/fixtures/evidence-story.ts'
import { hostileMaterial, hostileTexts } from '#test/fixtures/hostile-evidence.ts'

const parsed = (html: string) => new DOMParser().parseFromString(html, 'text/html')

/** Every element by its name, in order: what a text cannot change. */
const shapeOf = (page: Document) => [...page.querySelectorAll('*')].map(({ tagName }) => tagName)

/** Attributes that this document has, and no others. */
const attributes = new Set(
  ['lang charset http-equiv content name class href id scope'].flatMap((names) => names.split(' ')),
)

function expectHarmless(page: Document) {
  expect(
    page.querySelectorAll('script, iframe, object, embed, img, link, base, form'),
  ).toHaveLength(0)
  for (const element of page.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      expect(attributes).toContain(name)
      if (name === 'href') expect(value).toMatch(/^#run-\d+$/)
    }
  }
}

describe('evidence as HTML', () => {
  it('is the golden document', async () => {
    const html = toHtml(evidenceOf(materialWith()))
    await expect(html).toMatchFileSnapshot('../../../../fixtures/evidence/evidence.html')
    expectHarmless(parsed(html))
  })

  it('allows nothing but its own style', () => {
    expect(createHash('sha256').update(STYLE).digest('base64')).toBe(STYLE_HASH)
    expect(STYLE).not.toMatch(/url\(|@import|</)
    const page = parsed(toHtml(evidenceOf(materialWith())))
    const policy = page.querySelector('meta[http-equiv="Content-Security-Policy"]')
    expect(policy?.getAttribute('content')).toBe(
      `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'`,
    )
    // Before anything that it has to hold for.
    expect(policy?.previousElementSibling?.getAttribute('charset')).toBe('utf-8')
    expect(page.querySelector('style')?.textContent).toBe(STYLE)
  })

  it('leads from the list of runs to each of them', () => {
    const page = parsed(toHtml(evidenceOf(materialWith())))
    const links = [...page.querySelectorAll('a')].map((link) => link.getAttribute('href') ?? '')
    expect(links).toEqual(['#run-1', '#run-2', '#run-3'])
    for (const link of links) expect(page.querySelector(link)?.textContent).toMatch(/^Run \d: /)
  })

  it.each(hostileTexts)('stays text, whatever it says: %j', (text) => {
    const page = parsed(toHtml(evidenceOf(hostileMaterial(text))))
    expect(shapeOf(page)).toEqual(shapeOf(parsed(toHtml(evidenceOf(hostileMaterial('harmless'))))))
    expectHarmless(page)
    const shown = toPrintable(text, Infinity)
    expect([...page.querySelectorAll('pre')].map(({ textContent }) => textContent)).toEqual(
      Array.from({ length: 6 }, () => shown),
    )
    // eslint-disable-next-line no-control-regex -- they are what is looked for
    const deceiving = /[\u0000-\u0008\u000b-\u001f\u202a-\u202e\u2066-\u2069\u200b]/
    expect(page.documentElement.textContent).not.toMatch(deceiving)
  })

  it('says that nothing was done, what a drill is, what is missing, and what printed nothing', () => {
    const evidence = evidenceOf(
      materialWith({ record: evidenceRecordOf([]), remarks: ['Not <all>.'] }),
    )
    const text = parsed(toHtml({ ...evidence, isDrill: true })).body.textContent
    expect(text).toContain('Drill: practice, not a real incident')
    expect(text).toContain('Not <all>.')
    expect(text).toContain('None recorded')
    expect(text).toContain('No plan or runbook was followed, and nothing was run.')
    const outputs = new Map([['run-0', { kind: 'whole' as const, text: '' }]])
    const other = parsed(toHtml(evidenceOf(materialWith({ outputs })))).body.textContent
    expect(other).toContain('It printed nothing.')
  })

  it('escapes what means something in HTML', () => {
    expect(escaped(`<a href="x">'&'</a>`)).toBe(
      '&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;',
    )
  })
})
