import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { COCKPIT_SCHEME } from '#electron/host/desktop/security/cockpit-address.ts'
import { createCockpitServer } from '#electron/host/desktop/security/serve-cockpit.ts'
import { applicationMenu } from '#electron/host/desktop/window/application-menu.ts'
import { windowMemorySchema, type WindowMemory } from '#electron/host/desktop/window/bounds.ts'
import { openMainWindow } from '#electron/host/desktop/window/main-window.ts'
import { createStandIn, type StandIn } from '#test/fixtures/electron-stand-in/stand-in.ts'
import { silentLogger } from '#test/fixtures/engine.ts'
import { createFakeClock } from '#test/fixtures/fake-clock.ts'

let folder: string
let standIn: StandIn
let memory: WindowMemory
const events: string[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deckwatch-window-'))
  mkdirSync(join(folder, 'cockpit'))
  writeFileSync(join(folder, 'cockpit', 'index.html'), 'page')
  writeFileSync(join(folder, 'preload.cjs'), '')
  standIn = createStandIn()
  standIn
    .session('persist:cockpit')
    .protocol.handle(COCKPIT_SCHEME, createCockpitServer(join(folder, 'cockpit')))
  memory = windowMemorySchema.parse({})
  events.length = 0
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

interface Over {
  readonly isHiddenAtStart?: boolean
  readonly platform?: NodeJS.Platform
  readonly mayClose?: boolean
}

function openNow(over: Over = {}) {
  const clock = createFakeClock()
  const note = (event: string) => () => void events.push(event)
  const main = openMainWindow({
    electron: standIn.api,
    clock,
    logger: silentLogger,
    platform: over.platform ?? 'linux',
    memory: {
      read: () => memory,
      write: (next) => {
        memory = next
      },
    },
    preload: join(folder, 'preload.cjs'),
    icon: '/icon.png',
    hasDevTools: false,
    isHiddenAtStart: over.isHiddenAtStart ?? false,
    listener: {
      awoke: note('awoke'),
      pageLost: note('pageLost'),
      mayClose: () => over.mayClose ?? false,
      dismissed: () => {
        main.hide()
      },
      firstHidden: note('firstHidden'),
      crashing: note('crashing'),
    },
  })
  return { main, window: standIn.windows[0]!, clock }
}

async function open(over: Over = {}) {
  const opened = openNow(over)
  await expect.poll(() => opened.window.loaded).not.toBeNull()
  return opened
}

describe('the window', () => {
  it('has no developer tools when it is packaged', async () => {
    const { window } = await open()
    expect(window.options.webPreferences?.devTools).toBe(false)
    const roles = JSON.stringify(applicationMenu('linux', false))
    expect(roles).not.toContain('toggleDevTools')
    expect(roles).toContain('Ctrl+Q')
    expect(JSON.stringify(applicationMenu('darwin', true))).toContain('toggleDevTools')
  })

  it('is raised from wherever it is, and hidden when it is looked at', async () => {
    const { main, window } = await open({ isHiddenAtStart: true })
    expect(window.isVisible()).toBe(false)
    expect(main.isAwake()).toBe(false)
    main.show()
    expect([window.isVisible(), main.hasFocus(), main.isAwake()]).toEqual([true, true, true])
    window.minimize()
    expect([main.hasFocus(), main.isAwake()]).toEqual([false, false])
    main.toggle()
    expect([window.isMinimized(), main.hasFocus()]).toEqual([false, true])
    main.toggle()
    expect(window.isVisible()).toBe(false)
    main.toggle()
    window.blur()
    main.toggle()
    expect(main.hasFocus()).toBe(true)
  })

  it('says once that it goes on when it is closed, and remembers where it was', async () => {
    const { window, main } = await open()
    expect(window.close()).toBe(true)
    main.show()
    expect(window.close()).toBe(true)
    expect(events.filter((event) => event === 'firstHidden')).toHaveLength(1)
    expect(memory).toMatchObject({ hasToldHiding: true, bounds: { width: 1280, height: 800 } })
  })

  it('leaves the full screen of macOS before it hides, unless it is called for meanwhile', async () => {
    const { main, window } = await open({ platform: 'darwin' })
    await expect.poll(() => window.isVisible()).toBe(true)
    window.setFullScreen(true)
    window.close()
    expect(window.isVisible()).toBe(true)
    window.leaveFullScreen()
    expect([window.isVisible(), window.hasLeftBlackScreen]).toEqual([false, false])
    main.show()
    window.setFullScreen(true)
    main.toggle()
    main.show()
    window.leaveFullScreen()
    expect([window.isVisible(), window.hasLeftBlackScreen]).toEqual([true, false])
  })

  it('comes back as large as it was', async () => {
    memory = { ...memory, bounds: { x: 5, y: 6, width: 1000, height: 700 }, isMaximized: true }
    const { window } = await open()
    await expect.poll(() => window.isMaximized()).toBe(true)
    expect(window.options).toMatchObject({ x: 5, y: 6, width: 1000, height: 700 })
  })

  it('closes when the program ends, and is not touched after that', async () => {
    const { main, window } = await open({ mayClose: true })
    expect(window.close()).toBe(false)
    main.send('channel', 1)
    main.show()
    main.destroy()
    expect([main.hasFocus(), main.isAwake(), window.isVisible()]).toEqual([false, false, false])
    standIn.theme.emit('updated')
  })

  it('follows the theme while it is empty', async () => {
    const { window } = await open()
    expect(window.background).toBe('#eef0f3')
    standIn.theme.shouldUseDarkColors = true
    standIn.theme.emit('updated')
    expect(window.background).toBe('#0b0e12')
  })

  it('loads a page that crashed anew, but not for ever', async () => {
    const { window, clock } = await open()
    const crash = () => window.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    const loads = () => events.filter((event) => event === 'pageLost').length
    const before = loads()
    crash()
    // Once for the end of the old page, once for the beginning of the new one.
    expect(loads()).toBe(before + 2)
    await clock.advance(60_000)
    crash()
    expect(events).not.toContain('crashing')
    await clock.advance(1_000)
    const last = loads()
    crash()
    expect(loads()).toBe(last + 1)
    expect(events).toContain('crashing')
  })

  it('is not spoken to while it hangs, and woken when it answers again', async () => {
    const { main, window } = await open()
    window.emit('unresponsive')
    expect(main.isAwake()).toBe(false)
    events.length = 0
    window.emit('responsive')
    expect([main.isAwake(), events]).toEqual([true, ['awoke']])
  })

  it('is spoken to again when the page that hung has ended and come back', async () => {
    const { main, window } = await open()
    window.emit('unresponsive')
    window.webContents.emit('render-process-gone', {}, { reason: 'killed' })
    await expect.poll(() => main.isAwake()).toBe(true)
  })

  it('is shown empty rather than not at all when the page cannot be loaded', async () => {
    rmSync(join(folder, 'preload.cjs'))
    const { window } = await open()
    await expect.poll(() => window.isVisible()).toBe(true)
  })

  it('is shown where only shown windows are painted, as on Wayland', async () => {
    standIn.paintsHidden = false
    const { window } = await open()
    await expect.poll(() => window.isVisible()).toBe(true)
  })

  it('that was started hidden is raised where only shown windows are painted', async () => {
    standIn.paintsHidden = false
    const { main, window } = await open({ isHiddenAtStart: true })
    expect(window.isVisible()).toBe(false)
    main.show()
    await expect.poll(() => window.isVisible()).toBe(true)
  })

  it('does not wait for ever for a page that never comes', async () => {
    standIn = createStandIn()
    standIn
      .session('persist:cockpit')
      .protocol.handle(COCKPIT_SCHEME, () => Promise.withResolvers<Response>().promise)
    const { window, clock } = openNow()
    await clock.advance(4_999)
    expect(window.isVisible()).toBe(false)
    await clock.advance(1)
    expect(window.isVisible()).toBe(true)
  })
})
