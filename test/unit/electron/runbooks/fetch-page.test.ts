import { describe, expect, it } from 'vitest'
import { failure } from '#electron/http/failure.ts'
import type { PageAnswer } from '#electron/http/page.ts'
import { fetchPage, type FetchRules } from '#electron/runbooks/fetch-page.ts'
import { MAX_RUNBOOK_BYTES } from '#shared/domain/runbook/limits.ts'
import { fail, ok } from '#shared/domain/result/result.ts'

const named: FetchRules = { hosts: ['a.example', 'b.example', 'github.com'], isConsented: false }
const asked = (hosts: readonly string[] = []): FetchRules => ({ hosts, isConsented: true })
const text = (words: string, type = 'text/markdown'): PageAnswer => ({
  kind: 'text',
  type,
  text: words,
})
const to = (location: string): PageAnswer => ({ kind: 'redirect', location })

/** Servers that answer by address; all others have no such page. */
async function fetched(
  address: string,
  rules: FetchRules,
  answers: Readonly<Record<string, PageAnswer>>,
) {
  const visited: string[] = []
  const page = await fetchPage(address, rules, (url) => {
    visited.push(url.href)
    const none: PageAnswer = { kind: 'refused', status: 404, retryAfterMs: null }
    return Promise.resolve(ok(answers[url.href] ?? none))
  })
  return { visited, page, why: page.ok ? null : page.error.why }
}

describe('a page', () => {
  it('of a host that is named is fetched', async () => {
    const { page } = await fetched('https://a.example/x.md', named, {
      'https://a.example/x.md': text('# X'),
    })
    expect(page).toEqual(ok({ text: '# X', format: 'markdown' }))
  })

  it('of another host is not even asked for, unless a person wants this address', async () => {
    const answers = { 'http://127.0.0.1:9/x.yaml': text('title: X', 'text/plain') }
    const refused = await fetched('http://127.0.0.1:9/x.yaml', named, answers)
    expect(refused.visited).toEqual([])
    expect(refused.why).toContain('does not name 127.0.0.1:9')
    const { page } = await fetched('http://127.0.0.1:9/x.yaml', asked(), answers)
    expect(page).toEqual(ok({ text: 'title: X', format: 'yaml' }))
  })

  it('leads on only to hosts that are named, at each turn', async () => {
    const good = await fetched('https://a.example/x', named, {
      'https://a.example/x': to('https://b.example/y'),
      'https://b.example/y': to('/z#part'),
      'https://b.example/z': text('# Z'),
    })
    expect(good.page).toMatchObject({ ok: true, value: { text: '# Z' } })
    const bad = await fetched('https://a.example/x', named, {
      'https://a.example/x': to('https://b.example/y'),
      'https://b.example/y': to('https://evil.example/z'),
      'https://evil.example/z': text('# Evil'),
    })
    expect(bad.visited).toEqual(['https://a.example/x', 'https://b.example/y'])
    expect(bad.why).toBe(
      'The page leads on to evil.example, which runbooks.hosts in deckwatch.yaml does not name; it was not followed.',
    )
  })

  it('that a person wants leads on within its own server, and to named hosts', async () => {
    const answers = {
      'https://c.example/x': to('/y'),
      'https://c.example/y': to('https://d.example/z'),
      'https://d.example/z': text('# Z'),
    }
    const bad = await fetched('https://c.example/x', asked(), answers)
    expect(bad.visited).toEqual(['https://c.example/x', 'https://c.example/y'])
    expect(bad.why).toContain('leads on to d.example')
    expect((await fetched('https://c.example/x', asked(['d.example']), answers)).page.ok).toBe(true)
  })

  it.each([
    ['http://a.example/y', 'leads on to a.example without encryption (http)'],
    ['file:///etc/passwd', 'no plain web address'],
    ['https://user:secret@b.example/', 'no plain web address'],
    ['//', 'no plain web address'],
  ])('is not led on to %s', async (location, why) => {
    const { visited, why: said } = await fetched('https://a.example/x', named, {
      'https://a.example/x': to(location),
    })
    expect(visited).toHaveLength(1)
    expect(said).toContain(why)
  })

  it('is not led in circles for ever', async () => {
    const { visited, why } = await fetched('https://a.example/x', named, {
      'https://a.example/x': to('https://a.example/x'),
    })
    expect(visited).toHaveLength(6)
    expect(why).toContain('leads on and on')
  })

  it('of a repository is fetched as its text', async () => {
    const { visited, page } = await fetched('https://github.com/o/r/blob/main/x.md', named, {
      'https://raw.githubusercontent.com/o/r/main/x.md': text('# X', 'text/plain'),
    })
    expect(visited).toEqual(['https://raw.githubusercontent.com/o/r/main/x.md'])
    expect(page.ok).toBe(true)
  })

  it.each([
    [text('<p>x', 'text/html'), 'This page is HTML, which cannot be walked through'],
    [text('\n<!DOCTYPE html><title>Sign in', 'text/plain'), 'This page is HTML'],
    [text('<html lang="en">', ''), 'This page is HTML'],
    [text(' \n'), 'The page of a.example is empty.'],
    [text('\uFFFD'.repeat(MAX_RUNBOOK_BYTES / 2)), 'cannot be read as text in UTF-8'],
    [
      { kind: 'other-type', type: 'application/pdf\u202e' },
      'is of the type application/pdf⟨U+202E⟩',
    ],
    [{ kind: 'refused', status: 403, retryAfterMs: null }, 'those who are signed in (403)'],
    [{ kind: 'refused', status: 404, retryAfterMs: null }, 'has no such page (404)'],
    [{ kind: 'refused', status: 500, retryAfterMs: null }, 'answered 500 instead of the page'],
  ] as const)('that is no text is none: %j', async (answer, why) => {
    const got = await fetched('https://a.example/x', named, { 'https://a.example/x': answer })
    expect(got.why).toContain(why)
  })

  it('says why its server cannot be reached, and when to ask again', async () => {
    const busy: PageAnswer = { kind: 'refused', status: 429, retryAfterMs: 60_000 }
    const { page } = await fetched('https://a.example/x', named, { 'https://a.example/x': busy })
    expect(page).toMatchObject({ ok: false, error: { retryAfterMs: 60_000 } })
    const lost = failure('unreachable', 'a.example cannot be found.', 'Check the address.')
    expect(
      await fetchPage('https://a.example/x', named, () => Promise.resolve(fail(lost))),
    ).toEqual(fail({ why: 'a.example cannot be found.', retryAfterMs: null }))
    expect((await fetched('no address', named, {})).why).toBe('This is no address of a page.')
  })
})
