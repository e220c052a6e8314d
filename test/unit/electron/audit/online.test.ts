import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { askOnline } from '#electron/audit/runbooks/online.ts'

let server: Server
let host: string
let asked: { readonly url: string; readonly headers: object }[]

beforeEach(async () => {
  asked = []
  server = createServer((request, response) => {
    const { url = '', headers } = request
    asked.push({ url, headers })
    const to = /^\/to\?(.*)$/.exec(url)?.[1]
    if (url === '/circle') response.writeHead(302, { location: '/circle' }).end()
    else if (to !== undefined) response.writeHead(302, { location: to }).end()
    else if (url === '/gone') response.writeHead(404).end()
    else if (url === '/locked') response.writeHead(401).end()
    else response.end(url === '/page' ? '<h2 id="fix">Fix</h2>' : '')
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`
})
afterEach(async () => {
  await new Promise((resolve) => {
    server.close(resolve)
  })
})

async function ask(path: string, hosts: readonly string[] = [host]) {
  const link = path.startsWith('http') ? path : `http://${host}${path}`
  const answers = await askOnline([link], { hosts: new Set(hosts), onAnswer: () => undefined })
  return answers.get(link)
}

it.each([
  ['/page', { status: 'found' }],
  ['/page/', { status: 'found' }],
  ['/page#fix', { status: 'found' }],
  [
    '/page#other',
    { status: 'missing', why: 'the page is there, and has no place #other', hint: null },
  ],
  ['/gone', { status: 'missing', why: 'the server says 404', hint: null }],
  // Whoever is not let in does not know whether it is there.
  ['/locked', { status: 'unchecked', why: 'the server says 401' }],
  ['/to?/gone', { status: 'missing', why: 'the server says 404', hint: null }],
  [
    '/to?http://169.254.169.254/latest',
    { status: 'unchecked', why: 'it leads on to 169.254.169.254, which --online does not name' },
  ],
  ['/to?ftp://a.example', { status: 'unchecked', why: 'it leads to no web address' }],
])('%s', async (path, answer) => {
  expect(await ask(path)).toEqual(answer)
})

it('says where a page has moved to', async () => {
  expect(await ask('/to?/page')).toEqual({ status: 'moved', to: `http://${host}/page` })
})

it('does not go round in circles', async () => {
  expect(await ask('/circle')).toMatchObject({ status: 'unchecked' })
  expect(asked.length).toBeLessThan(10)
})

it('asks no host that nobody named, and gives nobody a password', async () => {
  expect(await ask('/page', ['other.example'])).toEqual({
    status: 'unchecked',
    why: 'its host is not named by --online',
  })
  expect(asked).toEqual([])
  await ask(`http://user:secret@${host}/page`)
  expect(asked).toHaveLength(1)
  expect(JSON.stringify(asked)).not.toMatch(/authorization|secret/i)
})

it('says that nobody answers', async () => {
  expect(await ask('http://127.0.0.1:1/page', ['127.0.0.1:1'])).toEqual({
    status: 'unchecked',
    why: 'its server cannot be reached',
  })
})
