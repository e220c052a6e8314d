import { describe, expect, it } from 'vitest'
import { isLoopback, parseNoProxy } from '#electron/http/no-proxy.ts'

const goesStraight = (text: string, url: string) => parseNoProxy(text)(new URL(url))

describe('NO_PROXY', () => {
  it.each([
    ['*', 'http://any.example'],
    ['am.corp', 'http://am.corp:9093'],
    ['AM.Corp.', 'http://am.corp'],
    ['corp', 'https://am.corp'],
    ['.corp', 'https://am.corp'],
    ['.corp', 'https://corp'],
    ['*.corp', 'https://deep.am.corp'],
    ['x, am.corp', 'http://am.corp'],
    ['x am.corp', 'http://am.corp'],
    ['am.corp:9093', 'http://am.corp:9093'],
    ['am.corp:443', 'https://am.corp'],
    ['10.1.2.3', 'http://10.1.2.3:9093'],
    ['10.1.2.3:9093', 'http://10.1.2.3:9093'],
    ['10.0.0.0/8', 'http://10.200.3.4'],
    ['fd00::/8', 'http://[fd12::1]:9093'],
    ['fd12::1', 'http://[fd12:0::1]'],
    ['[fd12::1]:80', 'http://[fd12::1]'],
  ])('%j sends %s straight', (text, url) => {
    expect(goesStraight(text, url)).toBe(true)
  })

  it.each([
    ['', 'http://am.corp'],
    [' , ', 'http://am.corp'],
    ['corp', 'http://am.othercorp'],
    ['am.corp', 'http://corp'],
    ['am.corp:9093', 'http://am.corp'],
    ['10.0.0.0/8', 'http://11.0.0.1'],
    ['10.0.0.0/8', 'http://10.example'],
    ['10.0.0.0/99', 'http://10.0.0.1'],
    ['10.1.2.3:80', 'http://10.1.2.3:9093'],
    ['0.1.2', 'http://10.0.1.2.example'],
    ['::nonsense::', 'http://am.corp'],
  ])('%j does not send %s straight', (text, url) => {
    expect(goesStraight(text, url)).toBe(false)
  })
})

it.each([
  ['http://localhost:9093', true],
  ['http://am.localhost', true],
  ['http://127.0.0.1', true],
  ['http://127.1:9093', true],
  ['http://[::1]:9093', true],
  ['http://[::ffff:127.0.0.1]', true],
  ['http://localhost.example', false],
  ['http://128.0.0.1', false],
  ['http://[fe80::1]', false],
])('%s is this machine itself: %s', (url, isItself) => {
  expect(isLoopback(new URL(url))).toBe(isItself)
})
