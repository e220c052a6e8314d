import { describe, expect, it } from 'vitest'
import { checkPageLink, type OwnPages } from '#electron/audit/runbooks/page-links.ts'
import { readPage } from '#electron/audit/runbooks/page.ts'
import { createSite } from '#electron/audit/runbooks/site.ts'

const texts: Readonly<Record<string, string>> = {
  'README.md': '# All',
  'web/fail.md': '# Fail\n## Back',
  'web/new one.md': '# New',
  'db/_index.md': '# Databases',
  'db/Full.md': '# Full\n## Make room',
  'steps.yaml': 'automated_steps: []',
}
const pages = Object.entries(texts).map(([path, text]) => readPage(path, text))
const files: OwnPages = { files: createSite(pages, 'files'), hugo: null }
const hugo: OwnPages = { ...files, hugo: createSite(pages, 'hugo-part') }
const map = { address: 'https://wiki.example', site: createSite(pages, 'files') }

const status = (url: string, own = files, from = 'web/fail.md') =>
  checkPageLink(url, from, own, { maps: [map], runbooks: own.files }).status

describe('a link in a runbook', () => {
  it.each([
    '../db/Full.md',
    '../db/Full.md#make-room',
    './fail.md',
    'fail',
    'new%20one.md',
    'fail.md?plain=1#back',
    '#back',
    '#',
    '#top',
    '/web/fail.md',
    '/runbooks/web/fail.md',
    '../steps.yaml',
    '../README.md',
    '..',
    'https://wiki.example/web/fail.md',
  ])('leads to a page: %s', (url) => {
    expect(status(url)).toBe('found')
  })

  it.each([
    'gone.md',
    'db/Full.md',
    '../db/full.md',
    '../db/Full.md#make-rom',
    '#bak',
    '/web/gone.md',
    '%E0%A4%A',
    'https://wiki.example/gone',
  ])('leads to nothing: %s', (url) => {
    expect(status(url)).toBe('missing')
  })

  it.each([
    'mailto:on-call@example.com',
    '//cdn.example/x',
    'https://other.example/',
    '../../plans/web.yaml',
    'picture.png',
    'script.sh',
    '{{< ref "fail.md" >}}',
    '{% link fail.md %}',
  ])('is not looked at: %s', (url) => {
    expect(status(url)).toBe('unchecked')
  })

  it('may be as Hugo serves it, where pages are written for that', () => {
    // Beside the address of the page, which ends with a slash.
    expect([status('../../db/full/'), status('../../db/full/', hugo)]).toEqual([
      'unchecked',
      'found',
    ])
    expect([status('../db/full', files), status('../db/full', hugo)]).toEqual(['missing', 'found'])
    expect(status('full', hugo, 'db/_index.md')).toBe('found')
    expect(status('../db/Full.md#gone', hugo)).toBe('missing')
  })

  it('says of a page without the place that the page is there', () => {
    const answer = checkPageLink('../db/Full.md#make-rom', 'web/fail.md', hugo, {
      maps: [],
      runbooks: null,
    })
    expect(answer).toMatchObject({
      why: 'the page is there, and has no heading #make-rom',
      hint: 'Did you mean #make-room?',
    })
  })
})
