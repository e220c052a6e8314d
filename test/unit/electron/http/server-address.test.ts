import { expect, it } from 'vitest'
import { addressText, hostNumber, serverAddress } from '#electron/http/server-address.ts'

const text = (url: string, from?: string) => {
  const address = serverAddress(url, from === undefined ? null : serverAddress(from))
  return address && addressText(address)
}

it('is the same however the address is written', () => {
  expect(text('http://AM.example/prefix')).toBe('am.example:80')
  expect(text('https://am.example')).toBe('am.example:443')
  expect(text('http://am.example:9093/api/v2/alerts')).toBe('am.example:9093')
  expect(text('http://[fd00::1]:9093/')).toBe('[fd00::1]:9093')
  expect(text('am.example:9093')).toBeNull()
  expect(text('')).toBeNull()
})

it('takes the names of the machine itself as those of the server that wrote them', () => {
  expect(text('http://localhost:9093')).toBe(text('http://127.0.0.1:9093'))
  expect(text('http://[::1]:9093')).toBe(text('http://127.0.0.1:9093'))
  expect(text('http://localhost:9093', 'http://prom.example:9090')).toBe('prom.example:9093')
  expect(text('http://localhost:9093', 'http://127.0.0.1:9090')).toBe(text('http://[::1]:9093'))
  expect(text('http://am:9093', 'http://prom.example:9090')).toBe('am:9093')
})

it('knows a machine by its number, but not every machine by the one that all have', () => {
  const number = (url: string) => {
    const address = serverAddress(url)
    return address && hostNumber(address)
  }
  expect(number('http://10.0.0.1:9094')).toBe('10.0.0.1')
  expect(number('http://[fd00::1]:9094')).toBe('[fd00::1]')
  expect(number('http://127.0.0.1:9094')).toBeNull()
  expect(number('http://am-0.am:9094')).toBeNull()
})
