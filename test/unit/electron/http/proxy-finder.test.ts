import { describe, expect, it } from 'vitest'
import { parsePacResult } from '#electron/http/pac-result.ts'
import { parseProxy, proxyAuthorization } from '#electron/http/proxy.ts'
import { createProxyFinder, type ProxyPlaces } from '#electron/http/proxy-finder.ts'

const labelsOf = (ways: readonly ({ scheme: string; label: string } | null)[]) =>
  ways.map((way) => (way ? `${way.scheme} ${way.label}` : 'straight'))

async function waysTo(url: string, places: ProxyPlaces) {
  const found = await createProxyFinder(places)(new URL(url))
  return found.ok ? labelsOf(found.value) : found.error.problem
}

describe('the address of a proxy', () => {
  it.each([
    ['http://proxy.corp:3128', 'http proxy.corp:3128'],
    ['HTTP://proxy.corp:3128/', 'http proxy.corp:3128'],
    ['proxy.corp:3128', 'http proxy.corp:3128'],
    ['http://proxy.corp', 'http proxy.corp:80'],
    ['https://proxy.corp', 'https proxy.corp:443'],
    ['https://proxy.corp:80', 'https proxy.corp:80'],
    ['http://[fd00::1]:3128', 'http [fd00::1]:3128'],
    ['socks5://127.0.0.1', 'socks5 127.0.0.1:1080'],
    ['socks5h://me:pw@proxy:1081', 'socks5 proxy:1081'],
  ])('%s is %s', (text, expected) => {
    const proxy = parseProxy(text, 'ALL_PROXY')
    expect(labelsOf(proxy ? [proxy] : [])).toEqual([expected])
  })

  it.each([
    '',
    'http://',
    'ftp://proxy:21',
    'socks4://proxy',
    'http://proxy:99999',
    'a b',
    'http://u:%zz@p',
  ])('%j is none', (text) => {
    expect(parseProxy(text, 'ALL_PROXY')).toBeNull()
  })

  it('keeps its user out of everything that lists it', () => {
    const proxy = parseProxy('http://deck:p%40ss@proxy:3128', 'HTTP_PROXY')
    expect(proxy && proxyAuthorization(proxy)).toBe(
      `Basic ${Buffer.from('deck:p@ss').toString('base64')}`,
    )
    expect(JSON.stringify(proxy)).not.toMatch(/deck|p@ss|p%40ss/)
  })
})

describe('the environment', () => {
  it('names proxies by scheme, small letters first, with ALL_PROXY for the rest', async () => {
    const env = {
      HTTP_PROXY: 'http://big:1',
      http_proxy: 'http://small:1',
      ALL_PROXY: 'http://all:1',
    }
    expect(await waysTo('http://am.corp', { env })).toEqual(['http small:1'])
    expect(await waysTo('https://am.corp', { env })).toEqual(['http all:1'])
    expect(await waysTo('https://am.corp', { env: { HTTP_PROXY: 'http://p:1' } })).toEqual([
      'straight',
    ])
    expect(await waysTo('https://am.corp', { env: { HTTPS_PROXY: '' } })).toEqual(['straight'])
  })

  it('goes straight to this machine and to what NO_PROXY lists', async () => {
    const env = { ALL_PROXY: 'http://p:1', NO_PROXY: '.internal' }
    for (const url of [
      'http://localhost:9093',
      'http://127.0.0.1:9093',
      'http://[::1]',
      'https://am.internal',
    ]) {
      expect(await waysTo(url, { env })).toEqual(['straight'])
    }
    expect(await waysTo('http://am.corp', { env })).toEqual(['http p:1'])
  })

  it('that names no proxy is a mistake, which is not repeated', async () => {
    const problem = await waysTo('http://am.corp', { env: { HTTP_PROXY: 'gopher://me:s3cret@p' } })
    expect(problem).toMatchObject({
      code: 'misconfigured',
      message: expect.stringContaining('HTTP_PROXY'),
    })
    expect(JSON.stringify(problem)).not.toContain('s3cret')
  })
})

describe('the settings of the system', () => {
  const asked: string[] = []
  const system = (answer: string) => (url: string) => {
    asked.push(url)
    return Promise.resolve(answer)
  }

  it('are asked where the environment is silent, and never for this machine', async () => {
    const places = (env: ProxyPlaces['env']) => ({ env, system: system('PROXY pac:3128; DIRECT') })
    expect(await waysTo('http://am.corp', places({}))).toEqual(['http pac:3128', 'straight'])
    expect(await waysTo('http://am.corp', places({ ALL_PROXY: 'http://p:1' }))).toEqual([
      'http p:1',
    ])
    expect(await waysTo('http://localhost', places({}))).toEqual(['straight'])
    expect(await waysTo('http://am.corp', places({ NO_PROXY: 'corp' }))).toEqual(['straight'])
    expect(asked).toEqual(['http://am.corp/'])
  })

  it('that cannot be asked leave the straight way', async () => {
    const broken = () => Promise.reject(new Error('gone'))
    expect(await waysTo('http://am.corp', { env: {}, system: broken })).toEqual(['straight'])
  })

  it('that name only what cannot be used say so', async () => {
    expect(
      await waysTo('http://am.corp', { env: {}, system: system('SOCKS old:1080') }),
    ).toMatchObject({
      code: 'misconfigured',
    })
  })

  it.each([
    ['DIRECT', ['straight']],
    ['', ['straight']],
    ['PROXY a:3128', ['http a:3128']],
    [
      'PROXY a; HTTPS b:8443;SOCKS5 c;  DIRECT',
      ['http a:80', 'https b:8443', 'socks5 c:1080', 'straight'],
    ],
    ['PROXY [fd00::1]:3128', ['http [fd00::1]:3128']],
    ['SOCKS old:1080; PROXY a:1', ['http a:1']],
    ['QUIC q:443', []],
    ['PROXY', []],
  ])('%j is read as %j', (text, ways) => {
    expect(labelsOf(parsePacResult(text))).toEqual(ways)
  })
})
