import { expect, it } from 'vitest'
import { addressProblem } from '#shared/domain/source-kind/address.ts'

it.each([
  ['http://192.168.1.300:9093', 'four numbers up to 255'],
  ['http://am.example.com:99999', 'at most 65535'],
  ['http://am.example.com:9093:9093', 'name one port'],
  ['http://[fe80::1%25eth0]:9093', 'zone'],
  ['http://<alertmanager-host>:9093', 'placeholder'],
  ['http://{{ host }}:9093', 'write it as http://host:port/prefix'],
  ['http://{host}:9093', 'placeholder'],
  ['http://[::1:9093', 'between [ and ]'],
  ['http://::1]:9093', 'between [ and ]'],
  ['http://::1:9093', 'between [ and ]'],
  ['http://:9093', 'the host name is not valid'],
  ['http://a|b', 'the host name is not valid'],
  ['am:9093', 'write it as http://host:port/prefix'],
  ['http://am?token=x', 'write it as http://host:port/prefix'],
  ['http://user:hunter2@am', 'use auth'],
])('%s is refused where it is written: %s', (text, words) => {
  const problem = addressProblem(text)
  expect(problem).toContain(words)
  expect(problem).not.toContain('hunter2')
})

it.each([
  'http://[::1]:9093',
  'http://localhost:9093/',
  'https://überwachung.example/am',
  'http://192.168.1.30',
  'http://am:9093/prefix//',
  'http://am_eu.internal:9093',
  'https://xn--berwachung-9db.example:443',
])('%s is an address', (text) => {
  expect(addressProblem(text)).toBeNull()
  expect(() => new URL(text)).not.toThrow()
})
