import { describe, expect, it } from 'vitest'
import { isDowngrade, isNamedHost, isSameServer } from '#shared/domain/runbook/hosts.ts'
import { runbookSettingSchema } from '#shared/domain/runbook/setting.ts'

const hosts = ['runbooks.example.com', 'wiki.example.com:8443', '[::1]:9090', '10.0.0.7']

describe('a host that the configuration names', () => {
  it.each([
    ['https://runbooks.example.com/x', true],
    ['http://runbooks.example.com/x', true],
    ['https://RUNBOOKS.example.com./x', true],
    ['https://runbooks.example.com:8443/x', false],
    ['https://a.runbooks.example.com/x', false],
    ['https://example.com/x', false],
    ['https://runbooks.example.com.evil.example/x', false],
    ['https://evilrunbooks.example.com/x', false],
    ['https://wiki.example.com:8443/x', true],
    ['https://wiki.example.com/x', false],
    ['http://[::1]:9090/x', true],
    ['http://[::1]/x', false],
    ['http://10.0.0.7/x', true],
    ['http://0x0a000007/x', true],
    ['http://127.0.0.1/x', false],
    ['http://localhost/x', false],
    ['http://169.254.169.254/latest/meta-data', false],
  ])('%s: %s', (address, isNamed) => {
    expect(isNamedHost(new URL(address), hosts)).toBe(isNamed)
  })

  it('is one whose usual port may be written too', () => {
    expect(isNamedHost(new URL('https://a.example/'), ['a.example:443'])).toBe(true)
    expect(isNamedHost(new URL('http://a.example/'), ['a.example:443'])).toBe(false)
    expect(isNamedHost(new URL('https://a.example/'), [])).toBe(false)
  })

  it('is asked in the same way only where scheme, name and port are the same', () => {
    const from = new URL('https://a.example/x')
    expect(isSameServer(new URL('https://a.example/y'), from)).toBe(true)
    for (const other of ['http://a.example/', 'https://a.example:444/', 'https://b.example/'])
      expect(isSameServer(new URL(other), from)).toBe(false)
    expect(isDowngrade(from, new URL('http://a.example/'))).toBe(true)
    expect(isDowngrade(new URL('http://a.example/'), from)).toBe(false)
  })
})

describe('the setting', () => {
  it('names hosts, and how old pages may get', () => {
    expect(runbookSettingSchema.parse(undefined)).toEqual({
      hosts: [],
      maxAge: 86_400_000,
      instructionsOnly: false,
      automatic: true,
      atOnce: 4,
      remediation: false,
    })
    expect(
      runbookSettingSchema.parse({ hosts: [' Wiki.Example.com:8443', '[::1]'], maxAge: '1h' }),
    ).toMatchObject({ hosts: ['wiki.example.com:8443', '[::1]'], maxAge: 3_600_000 })
  })

  it.each([
    'https://a.example',
    'a.example/x',
    '*.example',
    '*',
    'a b',
    'a.example:0',
    'a:70000',
    '',
  ])('takes no %j for a host', (host) => {
    expect(runbookSettingSchema.safeParse({ hosts: [host] }).success).toBe(false)
  })
})
