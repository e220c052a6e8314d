import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAutostart, desktopEntry } from '#electron/host/desktop/system/autostart.ts'
import { StandInApp } from '#test/fixtures/electron-stand-in/app.ts'

const command = { program: '/opt/Deckwatch/deckwatch', args: ['--hidden'] }
let folder: string
let app: StandInApp
let warnings: number

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deckwatch-autostart-'))
  app = new StandInApp()
  warnings = 0
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const make = (
  platform: NodeJS.Platform,
  entryPath = join(folder, 'autostart', 'deckwatch.desktop'),
  started = command,
) =>
  createAutostart({
    app,
    platform,
    command: started,
    entryPath,
    logger: {
      info: () => undefined,
      warn: () => void (warnings += 1),
      error: () => undefined,
    },
  })

describe('starting at login', () => {
  it('is an entry file on Linux', () => {
    const autostart = make('linux')
    expect(autostart.isOn()).toBe(false)
    autostart.set(true)
    expect(autostart.isOn()).toBe(true)
    const entry = readFileSync(join(folder, 'autostart', 'deckwatch.desktop'), 'utf8')
    expect(entry).toMatch(/^\[Desktop Entry\]\nType=Application\n/)
    expect(entry).toContain('Exec="/opt/Deckwatch/deckwatch" "--hidden"\n')
    autostart.set(false)
    autostart.set(false)
    expect(existsSync(join(folder, 'autostart', 'deckwatch.desktop'))).toBe(false)
  })

  it("is the system's own list elsewhere", () => {
    make('win32').set(true)
    expect(app.calls.at(-1)).toEqual([
      'setLoginItemSettings',
      { openAtLogin: true, path: command.program, args: ['--hidden'] },
    ])
    expect(make('win32').isOn()).toBe(true)
    make('darwin').set(false)
    expect(app.calls.at(-1)).toEqual(['setLoginItemSettings', { openAtLogin: false }])
    expect(make('darwin').isOn()).toBe(false)
  })

  it('is one command line on Windows, quoted once and asked for as it was set', () => {
    const started = {
      program: 'C:\\Program Files\\Deckwatch\\Deckwatch.exe',
      args: ['--hidden', '--data', 'D:\\on call\\'],
    }
    const autostart = make('win32', '', started)
    autostart.set(true)
    expect(app.loginCommand).toBe(
      String.raw`"C:\Program Files\Deckwatch\Deckwatch.exe" --hidden --data "D:\on call\\"`,
    )
    expect(autostart.isOn()).toBe(true)
    expect(make('win32').isOn()).toBe(false)
  })

  it('is no reason to fall over where it cannot be written', () => {
    writeFileSync(join(folder, 'file'), '')
    const autostart = make('linux', join(folder, 'file', 'deckwatch.desktop'))
    autostart.set(true)
    expect([autostart.isOn(), warnings]).toEqual([false, 1])
  })

  it('quotes what the specification reserves', () => {
    const entry = desktopEntry({ program: '/a b/$x`"\\', args: ['100%', "o'brien"] })
    const exec = String.raw`Exec="/a b/\\$x\\` + '`' + String.raw`\\"\\\\" "100%%" "o'brien"`
    expect(entry.split('\n').find((line) => line.startsWith('Exec='))).toBe(exec)
  })
})
