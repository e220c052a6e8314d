import { expect, it } from 'vitest'
import { readPastedAddress } from '#shared/domain/source-kind/pasted-address.ts'

const AM = 'http://127.0.0.1:19093'

it.each([
  [`${AM}/#/alerts`, AM, '/#/alerts'],
  [`${AM}/#/silences?filter=`, AM, '/#/silences?filter='],
  [`${AM}/api/v2/alerts`, AM, '/api/v2/alerts'],
  [`${AM}/api/v2`, AM, '/api/v2'],
  [`${AM}/alerts?state=firing`, AM, '/alerts?state=firing'],
  [`${AM}/query?g0.expr=up`, AM, '/query?g0.expr=up'],
  [`${AM}/classic/alerts`, AM, '/classic/alerts'],
  [`${AM}/prefix/#/alerts`, `${AM}/prefix`, '/#/alerts'],
  [`${AM}/prefix/api/v1/rules`, `${AM}/prefix`, '/api/v1/rules'],
  [`${AM}/prefix?x=1`, `${AM}/prefix`, '?x=1'],
])('%s is %s', (text, address, leftOut) => {
  expect(readPastedAddress(text)).toEqual({ address, leftOut })
})

it.each([
  AM,
  `${AM}/`,
  `${AM}/alerts/`,
  `${AM}/alertmanager`,
  'https://am.example/api/prom',
  'am:9093',
  '',
])('%j stays', (text) => {
  expect(readPastedAddress(text)).toEqual({ address: text, leftOut: '' })
})

it('takes no long time for a long text', () => {
  const text = `${AM}/${'alerts/'.repeat(20_000)}`
  expect(readPastedAddress(text).address).toBe(text)
})
