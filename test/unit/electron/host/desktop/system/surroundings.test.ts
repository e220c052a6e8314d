import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir, type NetworkInterfaceInfo } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { registerLinks } from '#electron/host/desktop/system/link-registration.ts'
import { DEFAULT_SHORTCUT, takeShortcut } from '#electron/host/desktop/system/global-shortcut.ts'
import { watchNetwork } from '#electron/host/desktop/system/network-watch.ts'
import { StandInApp } from '#test/fixtures/electron-stand-in/app.ts'
import { createStandIn } from '#test/fixtures/electron-stand-in/stand-in.ts'
import { silentLogger } from '#test/fixtures/engine.ts'
import { createFakeClock } from '#test/fixtures/fake-clock.ts'

const address = (ip: string, internal = false): NetworkInterfaceInfo => ({
  address: ip,
  netmask: '255.255.255.0',
  family: 'IPv4',
  mac: '00:00:00:00:00:00',
  internal,
  cidr: `${ip}/24`,
})

describe('watchNetwork', () => {
  it('tells of addresses that come and go, once each, and of nothing else', async () => {
    const clock = createFakeClock()
    let interfaces: NodeJS.Dict<NetworkInterfaceInfo[]> = { lo: [address('127.0.0.1', true)] }
    let changes = 0
    const stop = watchNetwork(
      () => interfaces,
      clock,
      () => (changes += 1),
    )
    await clock.advance(20_000)
    expect(changes).toBe(0)
    interfaces = { ...interfaces, wlan0: [address('192.168.1.7')] }
    await clock.advance(20_000)
    expect(changes).toBe(1)
    // The same in another order, and a loopback address more.
    interfaces = { wlan0: [address('192.168.1.7')], lo: [address('127.0.0.2', true)] }
    await clock.advance(20_000)
    expect(changes).toBe(1)
    interfaces = { wlan0: [address('10.0.0.3')] }
    await clock.advance(5_000)
    expect(changes).toBe(2)
    stop()
    interfaces = {}
    await clock.advance(20_000)
    expect(changes).toBe(2)
  })
})

describe('takeShortcut', () => {
  const take = (wanted: string | undefined) => {
    const standIn = createStandIn()
    standIn.takenShortcuts.add('Alt+X')
    const problem = takeShortcut({
      globalShortcut: standIn.api.globalShortcut,
      wanted,
      logger: silentLogger,
      pressed: () => undefined,
    })
    return { problem, taken: [...standIn.shortcuts.keys()] }
  }

  it('takes the one that is wanted, and says why it cannot', () => {
    expect(take(undefined)).toEqual({ problem: null, taken: [DEFAULT_SHORTCUT] })
    expect(take('Alt+W')).toEqual({ problem: null, taken: ['Alt+W'] })
    expect(take('off')).toEqual({ problem: null, taken: [] })
    expect(take('Alt+X').problem).toContain('another program')
    expect(take('not a shortcut').problem).toContain('DECKWATCH_SHORTCUT')
  })
})

describe('registerLinks', () => {
  const NAME = 'applications/org.deckwatch.app.desktop'
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deckwatch-links-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
  })

  async function registered(platform: NodeJS.Platform, script: string | null, path = '') {
    const app = new StandInApp()
    await registerLinks(
      app,
      {
        platform,
        program: '/deckwatch',
        script,
        env: {
          PATH: path,
          XDG_DATA_HOME: join(folder, 'own'),
          XDG_DATA_DIRS: `${join(folder, 'system')}:${join(folder, 'more')}`,
        },
      },
      {
        command: { program: '/opt/a b/deckwatch', args: ['--hidden', '--data', '/d'] },
        clock: createFakeClock(),
        logger: silentLogger,
      },
    )
    return app.calls
  }
  const put = (path: string, text: string) => {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  const own = () => join(folder, 'own', NAME)

  it('has the installed program open links, and on Windows also one that is developed', async () => {
    const [name, scheme] = ['setAsDefaultProtocolClient', 'deckwatch']
    put(join(folder, 'more', NAME), '')
    expect(await registered('linux', null)).toEqual([[name, scheme, undefined, undefined]])
    expect(await registered('linux', '/d.js')).toEqual([])
    expect(existsSync(own())).toBe(false)
    expect(await registered('darwin', null)).toEqual([[name, scheme, undefined, undefined]])
    expect(await registered('darwin', '/d.js')).toEqual([])
    expect(await registered('win32', null)).toEqual([[name, scheme, '/deckwatch', ['--']]])
    expect(await registered('win32', '/d.js')).toEqual([
      [name, scheme, '/deckwatch', ['/d.js', '--']],
    ])
  })

  it('writes an entry on Linux where no package has brought one, until one does', async () => {
    expect(await registered('linux', null)).toEqual([])
    expect(readFileSync(own(), 'utf8').split('\n')).toEqual(
      expect.arrayContaining([
        'Exec="/opt/a b/deckwatch" "--data" "/d" %u',
        'MimeType=x-scheme-handler/deckwatch;',
        'NoDisplay=true',
      ]),
    )
    put(join(folder, 'system', NAME), '')
    await registered('linux', null)
    expect(existsSync(own())).toBe(false)
  })

  it('leaves an entry alone that a person has written, and survives a folder that cannot be', async () => {
    put(own(), 'mine')
    await registered('linux', null)
    expect(readFileSync(own(), 'utf8')).toBe('mine')
    rmSync(join(folder, 'own'), { recursive: true })
    put(join(folder, 'own'), 'a file')
    expect(await registered('linux', null)).toEqual([])
  })

  const title = 'asks xdg-mime once'
  if (process.platform === 'win32') it.skip(`${title} (skipped: needs a shell)`, asksOnce)
  else it(title, asksOnce)

  async function asksOnce(): Promise<void> {
    const tool = join(folder, 'bin', 'xdg-mime')
    put(tool, `#!/bin/sh\necho "$*" >> "${join(folder, 'asked')}"\n`)
    chmodSync(tool, 0o755)
    const path = [join(folder, 'bin'), '/bin'].join(delimiter)
    await registered('linux', '/d.js', path)
    await registered('linux', '/d.js', path)
    expect(readFileSync(join(folder, 'asked'), 'utf8')).toBe(
      'default org.deckwatch.app.desktop x-scheme-handler/deckwatch\n',
    )
  }
})
