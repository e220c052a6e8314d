import { describe, expect, it } from 'vitest'
import { headerProblem } from '#shared/domain/source-kind/headers.ts'
import { secretUsesOf } from '#shared/domain/source-kind/secrets.ts'
import { sourceConfigSchema, sourceKind } from '#test/fixtures/configuration.ts'

describe('a header of one’s own', () => {
  it.each([
    ['X-Scope-OrgID', 'team-a'],
    ['X-Scope-OrgID', 'team-a|team-b'],
    ['x_custom', 'a value with blanks'],
    ['CF-Access-Client-Id', '1234.access'],
    ['CF-Access-Client-Secret', 'env:CF_SECRET'],
    ['Authorization', 'file:/run/secrets/whole value'],
    ['X-Api-Key', 'keychain:am-key'],
    ['User-Agent', 'deckwatch of the payments team'],
  ])('is taken: %s: %s', (name, value) => {
    expect(headerProblem(name, value)).toBeNull()
  })

  it.each([
    ['', 'a', 'invalid header name'],
    ['X Scope', 'a', 'invalid header name'],
    ['X-Scope:', 'a', 'invalid header name'],
    ['Größe', 'a', 'invalid header name'],
    ['X\r\nHost', 'a', 'invalid header name'],
    ['Host', 'other.example', 'it follows from the address'],
    ['content-LENGTH', '3', 'content-length cannot be set'],
    ['Transfer-Encoding', 'chunked', 'transfer-encoding cannot be set'],
    ['Connection', 'close', 'connection cannot be set'],
    ['Proxy-Authorization', 'env:P', 'in its own address'],
    ['Accept-Encoding', 'br', 'what it can decompress'],
    ['If-None-Match', '"a"', 'if- cannot be set'],
    ['X-A', '', 'no value'],
    ['X-A', ' a', 'one line'],
    ['X-A', 'a\r\nHost: b', 'one line'],
    ['X-A', 'größe', 'one line'],
    ['X-A', 'env:1x', 'names a secret'],
    ['X-A', 'keychain:../x', 'names a secret'],
  ])('is refused: %j: %j', (name, value, words) => {
    expect(headerProblem(name, value)).toContain(words)
  })

  it.each([
    ['Authorization', 'anything'],
    ['cookie', 'session=1'],
    ['X-Auth-Token', 'abc'],
    ['PRIVATE-TOKEN', 'abc'],
    ['X-API-Key', 'abc'],
    ['CF-Access-Client-Secret', 'abc'],
    ['X-Login', 'Bearer abc'],
    ['X-Login', 'Basic bWU6eA=='],
  ])('is refused with a secret in clear: %s: %s', (name, value) => {
    const problem = headerProblem(name, value)
    expect(problem).toContain('secrets are not written here')
    expect(problem).not.toContain('abc')
  })
})

describe('headers of a source', () => {
  const am = (more: object) =>
    sourceConfigSchema.safeParse({ type: 'alertmanager', name: 'am', url: 'http://am', ...more })
  const issues = (more: object) =>
    am(more).error?.issues.map(({ path, message }) => [path.join('.'), message])

  it('stand beside a sign-in, but not for the same thing', () => {
    const auth = { basic: { username: 'me', password: 'env:P' } }
    expect(am({ auth, headers: { 'X-Scope-OrgID': 'a' } }).success).toBe(true)
    expect(am({ headers: { authorization: 'env:A' } }).success).toBe(true)
    expect(issues({ auth, headers: { Authorization: 'env:A' } })).toEqual([
      ['headers.Authorization', 'authorization cannot be set beside auth, which sends this header'],
    ])
  })

  it('stand there once, however they are spelt', () => {
    expect(issues({ headers: { 'X-A': '1', 'x-a': '2' } })).toEqual([
      ['headers.x-a', 'duplicate header'],
    ])
  })

  it('are secrets of that server where they name one', () => {
    const config = {
      url: 'https://mimir:443/am',
      auth: { bearer: 'env:T' },
      headers: {
        'X-Scope-OrgID': 'a',
        'X-Key': 'env:K',
        'X-Other': 'file:k',
        'X-Kept': 'keychain:k',
      },
    }
    const origin = 'https://mimir'
    const references = ['env:T', 'env:K', 'file:k', 'keychain:k']
    for (const type of ['alertmanager', 'prometheus']) {
      expect(secretUsesOf(sourceKind(type), config)).toEqual(
        references.map((reference) => ({ reference, origin })),
      )
    }
  })
})
