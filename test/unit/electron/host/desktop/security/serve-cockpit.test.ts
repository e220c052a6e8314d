import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createCockpitServer } from '#electron/host/desktop/security/serve-cockpit.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deckwatch-cockpit-'))
  mkdirSync(join(folder, 'cockpit', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'secret.js'), 'secret')
  writeFileSync(join(folder, 'cockpit', 'index.html'), '<meta content="__CSP_NONCE__">')
  writeFileSync(join(folder, 'cockpit', 'assets', 'app.js'), 'export {}')
  writeFileSync(join(folder, 'cockpit', 'assets', 'app.js.map'), '{}')
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

describe('createCockpitServer', () => {
  const ask = (path: string, init?: RequestInit) =>
    createCockpitServer(join(folder, 'cockpit'))(
      new Request(`deckwatch-app://cockpit${path}`, init),
    )

  it('serves what was built, with headers that keep it to itself', async () => {
    const script = await ask('/assets/app.js?v=1')
    expect(await script.text()).toBe('export {}')
    expect(script.headers.get('x-content-type-options')).toBe('nosniff')
    const page = await ask('/')
    expect(page.headers.get('cache-control')).toBe('no-store')
    expect(await page.text()).not.toContain('__CSP_NONCE__')
    const head = await ask('/', { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
  })

  it.each(['/../secret.js', '/assets/../../secret.js', '/%2e%2e/secret.js', '/..%2fsecret.js'])(
    'does not leave its folder for %s',
    async (path) => {
      expect((await ask(path)).status).toBe(404)
    },
  )

  it('serves neither links to elsewhere nor kinds of files that the cockpit does not have', async () => {
    symlinkSync(join(folder, 'secret.js'), join(folder, 'cockpit', 'assets', 'link.js'))
    expect((await ask('/assets/link.js')).status).toBe(404)
    expect((await ask('/assets/app.js.map')).status).toBe(404)
    expect((await ask('/index.html')).status).toBe(404)
    expect((await ask('/', { method: 'PUT', body: 'x' })).status).toBe(405)
  })

  it('says at once that there is no page', () => {
    rmSync(join(folder, 'cockpit', 'index.html'))
    expect(() => createCockpitServer(join(folder, 'cockpit'))).toThrow(/no page/)
  })
})
