import { eventually } from '#test/setup/eventually.ts'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { windowMemorySchema } from '#electron/host/desktop/window/bounds.ts'
import { startDeckwatch, type Home } from '#test/fixtures/deckwatch-process.ts'
import type { Sender } from '#test/fixtures/electron-stand-in/commands.ts'
import {
  startDesktopProcess,
  type DesktopProcess,
} from '#test/fixtures/electron-stand-in/desktop-process.ts'
import {
  environmentOf,
  makeDrillHome,
  startDesktop,
} from '#test/fixtures/electron-stand-in/drill-desktop.ts'
import { sourceTexts } from '#test/fixtures/configuration.ts'
import { startProxy } from '#test/unit/electron/http/stand-in-proxy.ts'
import { answerCase } from './servers/answered-case.ts'
import { desktopChannels } from '#shared/contract/desktop-bridge.ts'
import { hasModes, unlookedModes } from '#test/fixtures/owner-only.ts'

const PAGE = 'deckwatch-app://cockpit/'

/** The sheets that the tray takes its pictures from, by the theme; macOS colours its own. */
const drawings = {
  linux: { light: 'linux-light/', dark: 'linux-dark/' },
  darwin: { light: 'macos/', dark: 'macos/' },
  // Its taskbar has a theme of its own, which stays light.
  win32: { light: 'windows-light/', dark: 'windows-light/' },
}[process.platform as 'linux' | 'darwin' | 'win32']

/** A Wayland desktop whose bus has no place for tray icons; the program that asks it stands in for it. */
const bus = mkdtempSync(join(tmpdir(), 'deckwatch-bus-'))
afterAll(() => {
  rmSync(bus, { recursive: true, force: true })
})
writeFileSync(
  join(bus, 'dbus-send'),
  '#!/bin/sh\necho "Error org.freedesktop.DBus.Error.ServiceUnknown: nobody" >&2\nexit 1\n',
  { mode: 0o755 },
)
const WITHOUT_TRAY = {
  PATH: `${bus}${delimiter}${process.env['PATH'] ?? ''}`,
  DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere',
  WAYLAND_DISPLAY: 'wayland-0',
}

/** The numbers of messages that the log says were refused on a channel, by reason. */
function refusals(home: Home, channel: string): Readonly<Record<string, number>> {
  const lines = readFileSync(join(home.data, 'deckwatch.log'), 'utf8').trim().split('\n')
  const found: Record<string, number> = {}
  for (const line of lines) {
    const {
      msg,
      channel: of,
      reason,
    } = z
      .object({ msg: z.string(), channel: z.string().optional(), reason: z.unknown().optional() })
      .parse(JSON.parse(line))
    if (msg !== `A message of a page was refused on ${channel}` || of !== channel) continue
    found[String(reason)] = (found[String(reason)] ?? 0) + 1
  }
  return found
}

describe('the built desktop host', () => {
  let home: Home
  let desktop: DesktopProcess

  beforeAll(async () => {
    home = makeDrillHome()
    desktop = await startDesktop(home)
    await desktop.run('openPage', false)
  })
  afterAll(async () => {
    await desktop.kill()
    home.remove()
  })

  it('tells Electron what it must know before it is ready, and says that it is on watch', async () => {
    const calls = await desktop.run('calls')
    expect(calls[0]).toEqual(['enableSandbox'])
    expect(calls).toContainEqual([
      'appendSwitch',
      'js-flags',
      '--max-semi-space-size=8 --max-old-space-size=1024 --expose-gc',
    ])
    expect(calls).toContainEqual(['requestSingleInstanceLock', join(home.data, 'window')])
    expect(await desktop.run('schemes')).toEqual([
      {
        scheme: 'deckwatch-app',
        privileges: { standard: true, secure: true, supportFetchAPI: true },
      },
    ])
    expect(desktop.said()).toContain('Deckwatch is running')
    expect(desktop.said()).toContain(home.config)
  })

  it('opens one window that has everything switched off but its sandboxed preload', async () => {
    const { options, loaded, isVisible, exposed, methods } = await desktop.run('window')
    expect(options).toMatchObject({
      width: 1280,
      height: 800,
      minWidth: 900,
      minHeight: 600,
      show: false,
      webPreferences: {
        partition: 'persist:cockpit',
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        experimentalFeatures: false,
        webviewTag: false,
        navigateOnDragDrop: false,
      },
    })
    expect(existsSync(options.icon as string)).toBe(true)
    expect(loaded).toMatchObject({ url: PAGE, status: 200 })
    expect(isVisible).toBe(true)
    expect(exposed).toEqual(['deckwatch'])
    expect(methods).toEqual(['connect', 'send', 'disconnect', 'tryAgain'])
  })

  it('serves the cockpit with its policy, and no other file', async () => {
    const first = await desktop.run('fetch', PAGE)
    const second = await desktop.run('fetch', PAGE)
    const nonceOf = (answer: typeof first) =>
      /'nonce-([\w-]{22})'/.exec(answer.headers['content-security-policy'] ?? '')?.[1]
    expect(first.headers['content-security-policy']).toContain("default-src 'none'")
    expect(first.headers['content-security-policy']).toContain("script-src 'self'")
    expect(first.body).toContain(`content="${nonceOf(first) ?? 'none'}"`)
    expect(nonceOf(first)).not.toBe(nonceOf(second))
    const script = /src="\.?\/(assets\/[^"]+\.js)"/.exec(first.body)?.[1] ?? ''
    expect(await desktop.run('fetch', PAGE + script)).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/javascript; charset=utf-8' },
    })
    for (const path of [
      'index.html',
      'assets/',
      '..%2fmain/desktop.js',
      '%2e%2e/main/desktop.js',
      'assets/..%5c..%5cmain%5cdesktop.js',
      '//etc/passwd',
      'assets/%00',
    ]) {
      expect(await desktop.run('fetch', PAGE + path), path).toMatchObject({ status: 404 })
    }
    const elsewhere = await desktop.run('fetch', 'deckwatch-app://evil/')
    expect(elsewhere.status).toBe(404)
    expect(await desktop.run('fetch', PAGE, 'POST')).toMatchObject({ status: 405 })
  })

  it('keeps the page from going anywhere', async () => {
    for (const event of ['will-navigate', 'will-frame-navigate']) {
      expect(await desktop.run('navigate', event, 'https://evil.example/')).toBe(true)
      expect(await desktop.run('navigate', event, 'file:///etc/passwd')).toBe(true)
      expect(await desktop.run('navigate', event, `${PAGE}assets/x.js`)).toBe(true)
      expect(await desktop.run('navigate', event, PAGE), 'a reload').toBe(false)
    }
    expect(await desktop.run('navigate', 'will-redirect', PAGE)).toBe(true)
    expect(await desktop.run('navigate', 'will-attach-webview', PAGE)).toBe(true)
    expect(await desktop.run('mayRequest', 'https://example.com/')).toBe(false)
    expect(await desktop.run('mayRequest', 'file:///etc/passwd')).toBe(false)
    expect(await desktop.run('mayRequest', `${PAGE}assets/x.js`)).toBe(true)
    expect(await desktop.run('isSpellChecking')).toBe(false)
  })

  it('lets the page save what it exports, where the person wants it, and nothing else', async () => {
    const own = `blob:${PAGE}5e1f`
    const name = 'deckwatch-2026-11-29-card-payments-fail.md'
    expect(await desktop.run('download', own, name)).toEqual({ isStopped: false, asked: name })
    const evidence = 'deckwatch-evidence-drill-2026-11-29-card-payments-fail.html'
    expect(await desktop.run('download', own, evidence)).toEqual({
      isStopped: false,
      asked: evidence,
    })
    expect(await desktop.run('mayRequest', own)).toBe(true)
    const others = [
      [own, 'deckwatch-2026-11-29-x.exe'],
      [own, 'deckwatch-2026-11-29-x.html.exe'],
      [own, 'deckwatch-../../.bashrc.md'],
      [own, '.bashrc'],
      [`${PAGE}assets/x.js`, name],
      ['https://example.com/x.md', name],
      ['blob:https://example.com/5e1f', name],
      ['blob:deckwatch-app://cockpit.evil/5e1f', name],
      ['data:text/markdown,x', name],
    ] as const
    for (const [url, fileName] of others) {
      expect(await desktop.run('download', url, fileName), `${url} as ${fileName}`).toEqual({
        isStopped: true,
        asked: null,
      })
    }
    expect(await desktop.run('mayRequest', 'blob:https://example.com/5e1f')).toBe(false)
  })

  it('hands links to the web to the browser, and makes no window', async () => {
    const links = [
      'https://runbooks.example/checkout?x=1#a',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'smb://host/share',
      'https://user:secret@host.example/',
      'deckwatch://incident/abc',
    ]
    for (const link of links) expect(await desktop.run('openLink', link)).toBe('deny')
    expect(await desktop.run('openedLinks')).toEqual([links[0]])
  })

  it('grants the page nothing but writing plain text to the clipboard', async () => {
    expect(await desktop.run('grants', 'clipboard-sanitized-write', PAGE)).toBe(true)
    expect(await desktop.run('grants', 'clipboard-sanitized-write', 'https://evil.example/')).toBe(
      false,
    )
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'hid']) {
      expect(await desktop.run('grants', permission, PAGE), permission).toBe(false)
    }
    expect(await desktop.run('grantsDevice')).toBe(false)
  })

  it('refuses every channel to a foreign sender, and unreadable data from its own page', async () => {
    const pageChannels = [desktopChannels.connect, desktopChannels.send, desktopChannels.disconnect]
    const good: Readonly<Record<string, unknown>> = { [desktopChannels.send]: '{"type":"sync"}' }
    const senders: Sender[] = ['other-contents', 'sub-frame', 'other-origin', 'gone-frame']
    for (const channel of pageChannels) {
      const before = await desktop.run('sent')
      for (const sender of senders) {
        expect(await desktop.run('forge', channel, sender, good[channel] ?? 1)).toBe(1)
      }
      expect(refusals(home, channel)['foreign-sender'], channel).toBe(senders.length)
      // Nothing but the heartbeat may have come of it.
      expect((await desktop.run('sent')) - before).toBeLessThan(3)
    }
    const bad: Readonly<Record<string, readonly unknown[]>> = {
      [desktopChannels.connect]: [-1, 0.5, 'x', null, {}, []],
      [desktopChannels.send]: [
        7,
        null,
        {},
        'not json',
        '{"type":"unknown"}',
        '{"type":"request","id":"short","name":"why"}',
        `{"type":"sync","x":"${'x'.repeat(1_100_000)}"}`,
      ],
      [desktopChannels.disconnect]: ['1', {}, -1],
    }
    for (const [channel, values] of Object.entries(bad)) {
      for (const value of values) await desktop.run('forge', channel, 'window', value)
      await desktop.run('forge', channel, 'window', good[channel] ?? 1, 'one too many')
      expect(refusals(home, channel)['unreadable'], channel).toBe(values.length + 1)
    }
    // No other channel is listened to.
    expect(await desktop.run('forge', 'deckwatch:execute', 'window', {})).toBe(0)
    await desktop.run('openPage', true)
  })

  it('speaks the contract with the page over IPC', async () => {
    expect(await desktop.run('messages')).toEqual(
      expect.arrayContaining(['snapshot', 'status', 'pulse']),
    )
    const [incident] = await desktop.run('incidents', 1)
    const outcome = await desktop.run('request', 'incident.acknowledge', {
      incidentId: incident!.id,
    })
    expect(outcome).toMatchObject({ ok: true })
    await desktop.run('statusOf', incident!.id, 'acknowledged')
    expect(await desktop.run('request', 'incident.acknowledge', { incidentId: 'x' })).toMatchObject(
      { ok: false, error: { code: 'not-found' } },
    )
  })

  it('greets a page that was reloaded, and tells the old one nothing more', async () => {
    await desktop.run('openPage', true)
    expect((await desktop.run('messages')).slice(0, 3)).toEqual(['snapshot', 'status', 'pulse'])
  })

  it('hides instead of closing, sends a hidden page no deltas, and wakes it with a snapshot', async () => {
    await desktop.run('request', 'drill.control', { isPaused: true })
    expect(await desktop.run('closeWindow')).toBe(true)
    await desktop.run('waitUntilHidden')
    expect(await desktop.run('window')).toMatchObject({ isVisible: false })
    expect((await desktop.run('notifications')).map(({ title }) => title)).toContain(
      'Deckwatch is still running',
    )
    await desktop.run('forgetMessages')
    await desktop.run('request', 'quiet.start', { until: Date.now() + 3_600_000 })
    await desktop.run('waitForMessage', 'pulse')
    expect(await desktop.run('messages')).not.toContain('delta')

    await desktop.run('press', 'CommandOrControl+Alt+D')
    await desktop.run('waitForMessage', 'snapshot')
    await desktop.run('quiet', true)
    expect(await desktop.run('window')).toMatchObject({ isVisible: true, isFocused: true })
    await desktop.run('press', 'CommandOrControl+Alt+D')
    expect(await desktop.run('window')).toMatchObject({ isVisible: false })
    await desktop.run('click', 'tray', ['Open Deckwatch'])
    await desktop.run('click', 'tray', ['End do not disturb'])
    await desktop.run('quiet', false)
    await desktop.run('request', 'drill.control', { isPaused: false })
  })

  it('shows in the tray what needs somebody, and acknowledges from there', async () => {
    await desktop.run('openPage', true)
    await desktop.run('request', 'drill.control', { isPaused: false, speed: 50 })
    await desktop.run('incidents', 3)
    await desktop.run('request', 'drill.control', { isPaused: true, speed: 1 })
    const waiting = await desktop.run('incidents', 3)
    // The tray follows the state a moment later.
    const { labels, tooltip } = await eventually(async () => {
      const tray = await desktop.run('waitForTrayLike', `${drawings.light}p`)
      const listed = tray.labels.filter((label) => /^P\d /.test(label))
      expect(listed.length).toBe(Math.min(5, waiting.length))
      return tray
    })
    expect(tooltip).toMatch(/\d+ incidents? triggered/)
    await desktop.run('theme', true)
    const dark = await desktop.run('waitForTrayLike', drawings.dark)
    expect(dark.image?.slice(drawings.dark.length)).toMatch(/^p[0-3]-(\d|9\+)$/)
    await desktop.run('theme', false)

    const top = labels.find((label) => /^P\d /.test(label)) ?? ''
    const worst = waiting.toSorted((a, b) => a.severity.localeCompare(b.severity))[0]!
    expect(top).toContain(worst.severity)
    await desktop.run('click', 'tray', [top.slice(0, 20), 'Open'])
    const opened = await desktop.run('lastOpen')
    await desktop.run('click', 'tray', [top.slice(0, 20), 'Acknowledge'])
    await desktop.run('statusOf', opened, 'acknowledged')
    await desktop.run('request', 'drill.control', { isPaused: false })
  })

  it('never looks calm while the machine sleeps, and asks all sources when it wakes', async () => {
    await desktop.run('power', 'suspend')
    const asleep = await desktop.run('tray')
    expect(asleep.image).toMatch(/stale/)
    expect(asleep.tooltip).toContain('Monitoring is not running')
    await desktop.run('power', 'resume')
    const awake = await desktop.run('waitForTrayLike', drawings.light)
    expect(awake.labels.length).toBeGreaterThan(3)
    const log = readFileSync(join(home.data, 'deckwatch.log'), 'utf8')
    expect(log).toContain('The machine goes to sleep')
    expect(log).toContain('the machine woke up')
    expect(await desktop.run('power', 'unlock-screen')).toBe(1)
  })

  it('follows links, readable and hostile ones', async () => {
    await desktop.run('openPage', true)
    const [incident] = await desktop.run('incidents', 1)
    await desktop.run('closeWindow')
    await desktop.run('waitUntilHidden')
    const argv = ['/usr/bin/deckwatch', '--original-process-start-time=1', '--no-sandbox']
    await desktop.run('appEvent', 'second-instance', [
      ...argv,
      `deckwatch://incident/${incident!.id}`,
    ])
    expect(await desktop.run('lastOpen')).toBe(incident!.id)
    expect(await desktop.run('window')).toMatchObject({ isVisible: true, isFocused: true })

    await desktop.run('forgetMessages')
    const dialogs = (await desktop.run('dialogs')).length
    for (const link of [
      'deckwatch://evil.example/abc',
      'deckwatch://incident/../../etc',
      'deckwatch://incident/%2e%2e%2f',
      'deckwatch://user:secret@incident/abc',
      `deckwatch://incident/${'a'.repeat(10_000)}`,
      'javascript:alert(1)',
    ]) {
      await desktop.run('closeWindow')
      await desktop.run('waitUntilHidden')
      expect(await desktop.run('openUrl', link)).toBe(true)
      expect(await desktop.run('window'), link).toMatchObject({ isVisible: true })
    }
    expect(await desktop.run('dialogs')).toHaveLength(dialogs)
    await desktop.run('openUrl', 'deckwatch://incident/nobody-knows-this')
    expect((await desktop.run('dialogs')).at(-1)).toMatchObject({
      message: 'Unknown incident',
    })
    expect(await desktop.run('messages')).not.toContain('open')
  })

  it('raises its window when it is started a second time', async () => {
    await desktop.run('closeWindow')
    await desktop.run('waitUntilHidden')
    await desktop.run('appEvent', 'second-instance', ['/usr/bin/deckwatch'])
    expect(await desktop.run('window')).toMatchObject({ isVisible: true, isFocused: true })
    const second = startDesktopProcess(home, { env: environmentOf(home), isFirst: false })
    expect(await second.ended()).toBe(0)
    expect(second.said()).toContain('running already')
    expect(second.said()).not.toContain('Deckwatch is running,')
  })

  it(`keeps secrets in the keychain only, and says what to do when there is none${unlookedModes}`, async () => {
    await desktop.run('openPage', true)
    const secret = 'hunter2-of-the-desktop'
    const store = (name: string) =>
      desktop.run('request', 'secret.store', {
        name,
        value: secret,
        address: 'http://am:9093',
      })
    expect(await store('am-token')).toMatchObject({
      ok: true,
      value: { reference: 'keychain:am-token' },
    })
    const kept = join(home.data, 'keychain', 'am-token')
    if (hasModes) expect(statSync(kept).mode & 0o777).toBe(0o600)
    expect(Buffer.from(readFileSync(kept, 'utf8'), 'base64').toString('latin1')).not.toContain(
      secret,
    )

    await desktop.run('keychain', { hasKeyring: false })
    const unkept = await store('another')
    // Elsewhere there always is a keychain, and this prefix is its own.
    expect(unkept.ok).toBe(process.platform !== 'linux')
    if (!unkept.ok) {
      expect(unkept).toMatchObject({ error: { code: 'not-allowed-now' } })
      expect(JSON.stringify(unkept)).toMatch(/GNOME Keyring/)
      expect(existsSync(join(home.data, 'keychain', 'another'))).toBe(false)
    }
    await desktop.run('keychain', { hasKeyring: true, isLocked: true })
    expect(await desktop.run('request', 'secret.status', {})).toMatchObject({
      ok: true,
      value: { kind: 'keychain', problem: { message: expect.stringContaining('locked') } },
    })
    expect(readFileSync(join(home.data, 'deckwatch.log'), 'utf8')).not.toContain(secret)
  })

  const entryTitle = 'starts at login by an entry that starts this very program in the tray'
  if (process.platform === 'linux') it(entryTitle, startsByEntry)
  else it.skip(`${entryTitle} (skipped: the system has a list of its own here)`, startsByEntry)

  async function startsByEntry(): Promise<void> {
    const entry = join(environmentOf(home).XDG_CONFIG_HOME, 'autostart', 'deckwatch.desktop')
    await desktop.run('click', 'tray', ['Start when I log in'])
    const text = readFileSync(entry, 'utf8')
    expect(text).toMatch(/^Exec=".*" ".*out\/main\/desktop\.js" "--hidden" "--config"/m)
    expect(text).toContain(`"--data" "${home.data}"`)
    await desktop.run('click', 'tray', ['Start when I log in'])
    expect(existsSync(entry)).toBe(false)
  }

  it('quits when told to, and lets go of the journal', async () => {
    await desktop.run('click', 'tray', ['Quit Deckwatch'])
    expect(await desktop.ended()).toBe(0)
    // Whoever comes next finds the data free, with what was done on record.
    const next = await startDeckwatch(home)
    await next.stop()
    expect(
      windowMemorySchema.parse(JSON.parse(readFileSync(join(home.data, 'window.json'), 'utf8'))),
    ).toMatchObject({ hasToldHiding: true, bounds: { width: 1280 } })
  })
})

describe('other starts of the desktop host', () => {
  let home: Home
  beforeEach(() => {
    home = makeDrillHome()
  })
  afterEach(() => {
    home.remove()
  })

  it('notifies by the system, and what is pressed there reaches the journal', async () => {
    const desktop = await startDesktop(home, { args: ['--hidden'] })
    await desktop.run('openPage', false)
    expect(await desktop.run('window')).toMatchObject({ isVisible: false })
    await desktop.run('waitForNotification', 'P')
    const [shown] = await desktop.run('notifications')
    const incidentId = shown?.id?.split(':')[1] ?? ''
    await desktop.run('pressNotification', shown?.title ?? '', 'click')
    expect(await desktop.run('window')).toMatchObject({ isVisible: true, isFocused: true })
    expect(await desktop.run('lastOpen')).toBe(incidentId)
    await desktop.kill()
  })

  it('reaches sources through the proxy of the system’s settings', async () => {
    const server = await answerCase('C13')
    const proxy = await startProxy({ to: server.port })
    const without = { HTTP_PROXY: '', http_proxy: '', ALL_PROXY: '', all_proxy: '', NO_PROXY: '' }
    const desktop = await startDesktop(home, { env: { ...environmentOf(home), ...without } })
    await desktop.run('systemProxies', `PROXY 127.0.0.1:${String(proxy.port)}; DIRECT`)
    await desktop.run('openPage', false)
    const source = sourceTexts('alertmanager', { name: 'am', url: 'http://am.corp.invalid' })
    expect(await desktop.run('request', 'source.try', { source })).toMatchObject({
      value: {
        isWorking: true,
        findings: expect.arrayContaining([
          expect.stringContaining('set by the settings of this computer'),
        ]),
      },
    })
    await desktop.kill()
    await proxy.close()
    await server.close()
  })

  it('opens the link that started it', async () => {
    const first = await startDesktop(home)
    await first.run('openPage', false)
    const [incident] = await first.run('incidents', 1)
    await first.run('quit')
    await first.ended()
    const second = await startDesktop(home, { args: [`deckwatch://incident/${incident!.id}`] })
    await second.run('openPage', false)
    expect(await second.run('lastOpen')).toBe(incident!.id)
    await second.kill()
  })

  const trayTitle = 'asks before it ends where there is no tray'
  if (process.platform === 'linux') it(trayTitle, asksBeforeItEnds)
  else it.skip(`${trayTitle} (skipped: there always is one here)`, asksBeforeItEnds)

  async function asksBeforeItEnds(): Promise<void> {
    const desktop = await startDesktop(home, { env: { ...environmentOf(home), ...WITHOUT_TRAY } })
    expect(await desktop.run('closeWindow')).toBe(true)
    expect(await desktop.run('waitForDialog')).toMatchObject({ message: 'Quit Deckwatch?' })
    expect(await desktop.run('window')).toMatchObject({ isVisible: true })
    await desktop.run('answerWith', 1)
    await desktop.run('closeWindow')
    expect(await desktop.ended()).toBe(0)
  }

  it('says in the terminal what is wrong with its options', async () => {
    const typo = startDesktopProcess(home, { args: ['--prot', '1'], env: environmentOf(home) })
    expect(await typo.ended()).toBe(2)
    expect(typo.said()).toMatch(/--prot[^]*--help/)
    const browser = startDesktopProcess(home, {
      args: ['--host=browser'],
      env: environmentOf(home),
    })
    expect(await browser.ended()).toBe(2)
  })
})

/** Runs `npm start` with a program in Electron's place; its folder is what the person stands in. */
function start(home: Home, program: string, args: readonly string[]) {
  const folder = join(home.data, '..')
  const electron = join(folder, 'electron')
  writeFileSync(electron, program, { mode: 0o755 })
  // What npm says of itself would make it believe that npm starts it, and from where.
  const { npm_package_json: _package, INIT_CWD: _folder, ...env } = process.env
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '../../electron/cli/start.mjs'), ...args],
    {
      cwd: folder,
      env: {
        ...env,
        CI: '1',
        DISPLAY: ':99',
        ELECTRON_OVERRIDE_DIST_PATH: folder,
        ELECTRON_RUN_AS_NODE: '1',
      },
    },
  )
  let said = ''
  child.stdout.on('data', (chunk) => (said += String(chunk)))
  child.stderr.on('data', (chunk) => (said += String(chunk)))
  const ended = once(child, 'close').then(([code]): unknown => code)
  return { ended, said: () => said }
}

/** Whether the sandbox can be made decides nothing then: some of the machines of tests forbid it. */
const ANYWHERE = ['--no-sandbox']

const startTitle = 'npm start'
if (process.platform === 'win32') {
  describe.skip(`${startTitle} (skipped: needs a shell to stand in for Electron)`, defineStart)
} else describe(startTitle, defineStart)

function defineStart(): void {
  let home: Home
  beforeEach(() => {
    home = makeDrillHome()
  })
  afterEach(() => {
    home.remove()
  })

  it('opens the desktop host with its limits, in the folder that the person stands in', async () => {
    const echo = '#!/bin/sh\necho "$(pwd -P)|$ELECTRON_RUN_AS_NODE|$*"\nexit 7\n'
    const { ended, said } = start(home, echo, ['--hidden', ...ANYWHERE])
    expect(await ended).toBe(7)
    const folder = realpathSync(join(home.data, '..'))
    expect(said()).toMatch(/desktop\.js --hidden --no-sandbox$/m)
    expect(said()).toContain(
      `${folder}||--js-flags=--max-semi-space-size=8 --max-old-space-size=1024 --expose-gc `,
    )
  })

  it('starts the browser host where Electron cannot be run', async () => {
    // An option that nobody knows shows who was started without taking a port.
    const fallen = /The browser host is started instead\.\n.*'--prot'.*See --help/
    for (const end of ['exit 127', 'kill -TRAP $$', 'kill -ABRT $$', 'exit 133']) {
      const { ended, said } = start(home, `#!/bin/sh\n${end}\n`, ['--prot', ...ANYWHERE])
      expect(await ended, end).toBe(2)
      expect(said(), end).toMatch(fallen)
    }
    const wanted = start(home, '#!/bin/sh\nkill -TRAP $$\n', ['--host=desktop', ...ANYWHERE])
    expect(await wanted.ended).toBe(128 + constants.signals.SIGTRAP)
  })

  it('does not start another host in place of one that was on watch', async () => {
    const program = `#!${process.execPath}\nprocess.send('started', () => process.abort())\n`
    const { ended, said } = start(home, program, ['--prot', ...ANYWHERE])
    expect(await ended).toBe(128 + constants.signals.SIGABRT)
    expect(said()).not.toContain('browser host')
  })
}
