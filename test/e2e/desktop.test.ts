import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { _electron, type ElectronApplication, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findElectron } from '../../electron/cli/setup/electron.mjs'
import { makeHome, startDeckwatch, type Home } from '#test/fixtures/deckwatch-process.ts'
import { NowPage } from './pages/now-page.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const PATIENCE = { timeout: 30_000 }

/** Why the real program cannot be tested here; null when it can. */
function missing(electron: string | null): string | null {
  if (electron === null) return "Electron's binary, which could not be downloaded"
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  return process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY ? 'a display' : null
}

const electron = findElectron(root, process.env)
const lack = missing(electron)
if (lack === null && electron !== null) {
  describe('the desktop host in Electron', () => {
    define(electron)
  })
} else {
  describe.skip(`the desktop host in Electron (skipped: needs ${lack ?? ''})`, () => {
    define('')
  })
}

function define(program: string): void {
  let home: Home
  let app: ElectronApplication
  let page: Page
  let args: string[]
  let env: Record<string, string>
  // Playwright switches the sandbox off on Linux unless it is told not to.
  const chromiumSandbox = process.getuid?.() !== 0

  beforeAll(async () => {
    home = makeHome()
    home.configure('me: ada\nsources:\n  - type: drill\n    seed: 7\n')
    args = [
      // Chromium does not start as root with its sandbox: a machine of tests, never one of ours.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      join(root, 'out/main/desktop.js'),
      '--data',
      home.data,
      '--config',
      home.config,
    ]
    // What it registers for links stays out of the desktop of whoever runs the tests.
    const folder = join(home.data, '..')
    env = {
      ...inherited(process.env),
      XDG_DATA_HOME: join(folder, 'share'),
      XDG_CONFIG_HOME: join(folder, 'config'),
    }
    app = await _electron.launch({ executablePath: program, args, env, chromiumSandbox })
    page = await app.firstWindow()
  })
  afterAll(async () => {
    await app.close()
    home.remove()
  })

  const window = <Value>(look: 'isVisible' | 'isFocused' | 'close' | 'hide') =>
    app.evaluate(
      ({ BrowserWindow }, name) => BrowserWindow.getAllWindows()[0]?.[name]() as Value,
      look,
    )

  it('shows the cockpit, which works over IPC', async () => {
    const now = new NowPage(page)
    expect(page.url()).toBe('deckwatch-app://cockpit/')
    await now.row('Checkout').first().waitFor(PATIENCE)
    await now.row('Checkout').first().click()
    await page.keyboard.press('a')
    await page
      .getByText(/acknowledged by you/i)
      .first()
      .waitFor(PATIENCE)
  })

  it('gives the page four methods, and nothing of Node or the web', async () => {
    const reach = await page.evaluate(async () => ({
      methods: Object.keys(globalThis.window.deckwatch ?? {}).sort(),
      node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis),
      web: await fetch('https://example.com/').then(
        () => 'reached',
        () => 'refused',
      ),
      opened: globalThis.window.open('https://example.com/') === null,
    }))
    expect(reach).toEqual({
      methods: ['connect', 'disconnect', 'send', 'tryAgain'],
      node: [],
      web: 'refused',
      opened: true,
    })
    await page.evaluate(() => {
      location.href = 'https://example.com/'
    })
    expect(page.url()).toBe('deckwatch-app://cockpit/')
    expect(app.windows()).toHaveLength(1)
  })

  it('is the same after a reload', async () => {
    await page.reload()
    await new NowPage(page).row('Checkout').first().waitFor(PATIENCE)
  })

  it('hides when it is closed, and is raised by a second start', async () => {
    await window('close')
    await expect.poll(() => window<boolean>('isVisible'), PATIENCE).toBe(false)
    await promisify(execFile)(program, args)
    await expect.poll(() => window<boolean>('isVisible'), PATIENCE).toBe(true)
  })

  it('lets go of the journal when it quits', async () => {
    const exited = app.waitForEvent('close')
    await app.evaluate(({ app: running }) => {
      running.quit()
    })
    await exited
    await (await startDeckwatch(home)).stop()
  })

  it('opens although the journal cannot be opened, shows what it kept, and goes on when it can', async () => {
    const other = await startDeckwatch(home)
    app = await _electron.launch({ executablePath: program, args, env, chromiumSandbox })
    page = await app.firstWindow()
    const now = new NowPage(page)
    const notice = now.notice(/Deckwatch cannot open its journal/)
    await notice.waitFor(PATIENCE)
    await now.row('Checkout').first().waitFor(PATIENCE)
    await other.stop()
    await page.getByRole('button', { name: 'Try again' }).click()
    await notice.waitFor({ state: 'hidden', ...PATIENCE })
  })
}

/** The variables that are set. */
function inherited(all: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(all).filter((each): each is [string, string] => each[1] !== undefined),
  )
}
