import { execFile } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import {
  makeHome,
  startDeckwatch,
  type DeckwatchProcess,
  type Home,
} from '#test/fixtures/deckwatch-process.ts'
import { readJournal } from '#test/fixtures/read-journal.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { accessibilityDefects } from './accessibility.ts'
import { launchChromium, openPage } from './browser.ts'
import { NowPage } from './pages/now-page.ts'

const accessMain = fileURLToPath(new URL('../../out/main/access.js', import.meta.url))
const run = promisify(execFile)
const PATIENCE = { timeout: 30_000 }

describeWith('chromium', 'the door of the browser host', () => {
  let home: Home
  let deckwatch: DeckwatchProcess
  let browser: Browser
  const contexts: BrowserContext[] = []

  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser.close()
  })
  beforeEach(async () => {
    home = makeHome()
    home.configure(
      'me: ada\npeople:\n  - { id: ada, name: Ada }\nsources:\n  - type: drill\n    seed: 7\n',
    )
    deckwatch = await startDeckwatch(home)
  })
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close()
    await deckwatch.stop()
    home.remove()
  })

  /** A command of the package, as its owner gives it. */
  async function command(...args: readonly string[]): Promise<string> {
    const { stdout } = await run(process.execPath, [accessMain, ...args, '--data', home.data])
    return stdout
  }

  /** The link that a command printed. */
  async function linkOf(...args: readonly string[]): Promise<string> {
    const link = /http:\S+/.exec(await command(...args))?.[0]
    if (link === undefined) throw new Error('No link was printed')
    return link
  }

  /** Another person's browser, or another one of the same. */
  async function visit(url: string): Promise<NowPage> {
    const context = await browser.newContext({ reducedMotion: 'reduce' })
    contexts.push(context)
    // The socket of a browser that is not let in any more is closed, which Chromium remarks on.
    const { page } = await openPage(context, url, () => true)
    return new NowPage(page)
  }

  const acknowledgements = () =>
    readJournal(home.data).filter(({ body }) => body.type === 'incident.acknowledged')

  it('signs the owner in by a file, whose name is all that stands in the arguments of a program', async () => {
    await deckwatch.stop()
    const folder = dirname(home.config)
    const asked = join(folder, 'asked')
    const opener = join(folder, 'xdg-open')
    writeFileSync(
      opener,
      `#!/bin/sh\nprintf '%s\\n' "$@" > "${asked}.part"\nmv "${asked}.part" "${asked}"\n`,
    )
    chmodSync(opener, 0o755)
    const { CI: _ci, SSH_CONNECTION: _ssh, ...rest } = process.env
    const env = Object.fromEntries(
      Object.entries({ ...rest, PATH: `${folder}:${String(process.env['PATH'])}`, DISPLAY: ':77' }),
    ) as Record<string, string>
    deckwatch = await startDeckwatch(home, { args: ['--open'], env })
    await expect.poll(() => existsSync(asked), PATIENCE).toBe(true)
    const said = readFileSync(asked, 'utf8').trim()
    const page = join(home.data, 'sign-in', 'sign-in.html')
    expect(said).toBe(pathToFileURL(page).href)
    const code = /sign-in=([\w-]+)/.exec(readFileSync(page, 'utf8'))?.[1]
    expect(said).not.toContain(code)

    const ada = await visit(said)
    await ada.row('Checkout').first().waitFor(PATIENCE)
    expect(ada.page.url()).toBe(`http://127.0.0.1:${String(deckwatch.port)}/`)
    // It works once: the file holds another one by now, and the first is refused.
    expect(readFileSync(page, 'utf8')).not.toContain(code)
    const late = await visit(`${deckwatch.address}#sign-in=${String(code)}`)
    await late.page.getByRole('heading', { name: 'This link is not valid' }).waitFor(PATIENCE)
  })

  it('shows nothing to a browser that is not signed in', async () => {
    const nobody = await visit(deckwatch.address)
    await nobody.page.getByRole('heading', { name: 'Sign in to Deckwatch' }).waitFor(PATIENCE)
    expect(await nobody.page.getByText('Checkout').count()).toBe(0)
    expect(await accessibilityDefects(nobody.page)).toEqual([])
  })

  it('records two people each under their own id', async () => {
    const ada = await visit(deckwatch.url)
    const bo = await visit(await linkOf('invite', 'Bo', 'Andersen'))
    await bo.row('Checkout').first().click(PATIENCE)
    await bo.page.getByTitle('Signed in as Bo Andersen').waitFor(PATIENCE)
    await bo.page.keyboard.press('a')
    await bo.page
      .getByText(/Acknowledged by you/i)
      .first()
      .waitFor(PATIENCE)
    await ada.row('Checkout').first().click(PATIENCE)
    await ada.page
      .getByText(/Acknowledged by Bo Andersen/i)
      .first()
      .waitFor(PATIENCE)
    await ada.page.keyboard.press('n')
    await ada.note.fill('I have the database.')
    await ada.note.press('Enter')
    await bo.timeline
      .filter({ hasText: 'I have the database.' })
      .filter({ hasText: 'Ada' })
      .waitFor(PATIENCE)
    expect(acknowledgements().map(({ actor }) => actor)).toEqual([
      { kind: 'person', id: 'bo-andersen', name: 'Bo Andersen', via: 'cockpit' },
    ])
    const noted = readJournal(home.data).find(({ body }) => body.type === 'incident.noted')
    expect(noted?.actor).toEqual({ kind: 'person', id: 'ada', name: 'Ada', via: 'cockpit' })
    // What is the owner's alone is said to be so.
    await bo.page.keyboard.press('9')
    await bo.page
      .getByText('Only the owner of this Deckwatch can see and change these settings.')
      .first()
      .waitFor(PATIENCE)
    expect(await command('sessions')).toMatch(/Bo Andersen \(bo-andersen\) +read and act/)
  })

  it('lets a wall display look, by button and by key', async () => {
    const wall = await visit(await linkOf('sign-in', '--read-only'))
    await wall.row('Checkout').first().click(PATIENCE)
    const acknowledge = wall.action('Acknowledge')
    expect(await acknowledge.getAttribute('aria-disabled')).toBe('true')
    expect(await acknowledge.getAttribute('title')).toMatch(/cannot act/)
    await wall.page.keyboard.press('a')
    const refusal = wall.page.getByText('Read-only access: this session cannot act.', {
      exact: true,
    })
    await refusal.waitFor(PATIENCE)
    // What else stands against a key is not judged for who may not act.
    await wall.page.keyboard.press('o')
    await wall.page.keyboard.press('n')
    await refusal.waitFor(PATIENCE)
    expect(await wall.page.getByText(/open already/).count()).toBe(0)
    expect(await wall.page.getByRole('textbox', { name: 'Note' }).count()).toBe(0)
    expect(await accessibilityDefects(wall.page)).toEqual([])
    expect(acknowledgements()).toEqual([])
  })

  it('tells another port of the machine nothing', async () => {
    const ada = await visit(deckwatch.url)
    await ada.row('Checkout').first().waitFor(PATIENCE)
    const heard: object[] = []
    const other = createServer((request, response) => {
      heard.push(request.headers)
      response.setHeader('content-type', 'text/html').end('<title>other</title>')
    })
    other.listen(0, '127.0.0.1')
    await once(other, 'listening')
    try {
      const page = await ada.page.context().newPage()
      await page.goto(`http://127.0.0.1:${String((other.address() as AddressInfo).port)}/`)
      const found = await page.evaluate(async () => ({
        cookie: document.cookie,
        stored: localStorage.length + sessionStorage.length,
        databases: (await indexedDB.databases()).map(({ name }) => name),
      }))
      expect(found).toEqual({ cookie: '', stored: 0, databases: [] })
      expect(heard.length).toBeGreaterThan(0)
      for (const headers of heard) {
        expect(Object.keys(headers)).not.toContain('cookie')
        expect(Object.keys(headers)).not.toContain('authorization')
      }
      expect(await ada.page.context().cookies()).toEqual([])
    } finally {
      other.close()
    }
  })

  it('tells nothing to who stands in its place, and cannot be read out', async () => {
    const ada = await visit(deckwatch.url)
    await ada.row('Checkout').first().click(PATIENCE)
    const { port } = deckwatch
    await deckwatch.kill()
    await ada.notice(/Connection to Deckwatch lost at/).waitFor(PATIENCE)
    await ada.page.keyboard.press('a')
    const heard: string[] = []
    const server = createServer()
    const sockets = new WebSocketServer({ server, path: '/engine' })
    const nonce = 'n'.repeat(43)
    const forged = [
      { type: 'challenge', nonce, hostKey: nonce, signature: 's'.repeat(86) },
      { type: 'let-in', session: nonce.slice(0, 16), person: 'me' },
      { type: 'refused', reason: 'revoked' },
    ]
    sockets.on('connection', (socket) => {
      socket.on('message', (data: Buffer) => {
        socket.send(JSON.stringify(forged[heard.length % forged.length]))
        heard.push(data.toString('utf8'))
      })
    })
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    await expect.poll(() => heard.length, PATIENCE).toBeGreaterThan(forged.length)
    await ada.notice('Another program answers at this address').waitFor(PATIENCE)
    for (const text of heard)
      expect(JSON.parse(text)).toEqual({ type: 'hello', nonce: expect.any(String) as string })
    const key = await ada.page.evaluate(async () => {
      const { promise, resolve } = Promise.withResolvers<IDBDatabase>()
      const request = indexedDB.open('deckwatch-door')
      request.onsuccess = () => {
        resolve(request.result)
      }
      const database = await promise
      const got = Promise.withResolvers<{ key: CryptoKeyPair }>()
      const read = database.transaction('keys').objectStore('keys').get('browser')
      read.onsuccess = () => {
        got.resolve(read.result as { key: CryptoKeyPair })
      }
      const { privateKey } = (await got.promise).key
      return crypto.subtle.exportKey('pkcs8', privateKey).then(
        () => 'read out',
        () => 'refused',
      )
    })
    expect(key).toBe('refused')
    for (const client of sockets.clients) client.terminate()
    server.close()
    await once(server, 'close')
    deckwatch = await startDeckwatch(home, { port })
    await ada.page
      .getByText(/Acknowledged by you/i)
      .first()
      .waitFor(PATIENCE)
    expect(acknowledgements()).toHaveLength(1)
  })

  it('erases what a browser keeps when its access is revoked, and says so', async () => {
    const ada = await visit(deckwatch.url)
    const link = await linkOf('invite', 'Bo')
    const bo = await visit(link)
    await bo.row('Checkout').first().waitFor(PATIENCE)
    const databases = (page: Page) =>
      page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))
    expect(await databases(bo.page)).toContain('deckwatch')
    await command('revoke', 'Bo')
    await bo.page.getByRole('heading', { name: 'Access revoked' }).waitFor(PATIENCE)
    expect(await databases(bo.page)).toEqual(['deckwatch-door'])
    expect(await bo.page.evaluate(() => localStorage.length)).toBe(0)
    await bo.page.reload()
    await bo.page.getByRole('heading', { name: 'Access revoked' }).waitFor(PATIENCE)
    expect(await bo.page.getByText('Checkout').count()).toBe(0)
    expect(await accessibilityDefects(bo.page)).toEqual([])
    await ada.row('Checkout').first().click(PATIENCE)
    await ada.page.keyboard.press('a')
    await ada.page
      .getByText(/Acknowledged by you/i)
      .first()
      .waitFor(PATIENCE)
  })

  it('erases it also when the browser was away meanwhile', async () => {
    const bo = await visit(await linkOf('invite', 'Bo'))
    await bo.row('Checkout').first().click(PATIENCE)
    await bo.page.context().setOffline(true)
    await bo.notice(/Connection to Deckwatch lost at/).waitFor(PATIENCE)
    await bo.page.keyboard.press('a')
    await command('revoke', 'Bo')
    await bo.page.context().setOffline(false)
    await bo.page.getByRole('heading', { name: 'Access revoked' }).waitFor(PATIENCE)
    expect(acknowledgements()).toEqual([])
  })

  it('delivers what was kept only under the person who gave it', async () => {
    const { port } = deckwatch
    const shared = await visit(await linkOf('invite', 'Bo'))
    await shared.row('Checkout').first().click(PATIENCE)
    await deckwatch.kill()
    await shared.notice(/Connection to Deckwatch lost at/).waitFor(PATIENCE)
    await shared.page.keyboard.press('a')
    await shared
      .notice(/Connection to Deckwatch lost at/)
      .getByRole('list')
      .waitFor(PATIENCE)
    await shared.page.goto('about:blank')
    deckwatch = await startDeckwatch(home, { port })
    await shared.page.goto(deckwatch.url.replace('&optional=1', ''))
    await shared.page.getByRole('button', { name: 'Use the link' }).click(PATIENCE)
    await shared.row('Checkout').first().click(PATIENCE)
    await shared.page.keyboard.press('n')
    await shared.note.fill('Ada is here.')
    await shared.note.press('Enter')
    await shared.timeline.filter({ hasText: 'Ada is here.' }).waitFor(PATIENCE)
    expect(acknowledgements()).toEqual([])
    await shared.page.goto(await linkOf('invite', 'Bo'))
    await shared.page.getByRole('button', { name: 'Use the link' }).click(PATIENCE)
    await expect
      .poll(() => acknowledgements().map(({ actor }) => actor), PATIENCE)
      .toMatchObject([{ id: 'bo', name: 'Bo' }])
  })
})
