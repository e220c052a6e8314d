import type { NetworkInterfaceInfo } from 'node:os'
import { describe, expect, it } from 'vitest'
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
  const registered = (platform: NodeJS.Platform, script: string | null) => {
    const app = new StandInApp()
    registerLinks(app, { platform, program: '/deckwatch', script }, silentLogger)
    return app.calls
  }

  it('has the installed program open links, and on Windows also one that is developed', () => {
    const [name, scheme] = ['setAsDefaultProtocolClient', 'deckwatch']
    expect(registered('linux', null)).toEqual([[name, scheme, undefined, undefined]])
    expect(registered('darwin', null)).toEqual([[name, scheme, undefined, undefined]])
    expect(registered('win32', null)).toEqual([[name, scheme, '/deckwatch', ['--']]])
    expect(registered('win32', '/d.js')).toEqual([[name, scheme, '/deckwatch', ['/d.js', '--']]])
    expect(registered('linux', '/d.js')).toEqual([])
  })
})
