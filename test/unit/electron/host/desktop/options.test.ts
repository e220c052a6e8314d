import { describe, expect, it } from 'vitest'
import { endOfQuiet } from '#electron/host/desktop/host-commands.ts'
import { ownArguments, parseOptions } from '#electron/host/desktop/options.ts'
import { startCommand } from '#electron/host/desktop/system/start-command.ts'
import { defaultPaths } from '#electron/host/node/paths.ts'
import { MAX_QUIET_MS } from '#shared/domain/muting/schema.ts'

const paths = { config: '/home/ada/deckwatch.yaml', data: '/home/ada/data' }
const read = (...args: string[]) => readAs(false, args)
const readAs = (isPackaged: boolean, args: readonly string[]) => {
  const parsed = parseOptions(args, paths, isPackaged)
  return parsed.ok ? parsed.value : parsed.error
}

describe('parseOptions', () => {
  it('knows what both hosts know, and its own', () => {
    expect(read()).toEqual({
      configPath: paths.config,
      dataDirectory: paths.data,
      isNewJournalAllowed: false,
      help: false,
      isHidden: false,
      link: null,
      unknown: [],
    })
    expect(
      read('--hidden', '--data', '/d', '--host=desktop', 'deckwatch://incident/a'),
    ).toMatchObject({ isHidden: true, dataDirectory: '/d', link: 'deckwatch://incident/a' })
  })

  it("leaves Chromium's switches to Chromium, and refuses what nobody knows", () => {
    expect(read('--no-sandbox', '--remote-debugging-port=0', '--ozone-platform=x11')).toMatchObject(
      { isHidden: false },
    )
    expect(read('--cofnig', 'x')).toMatch(/--cofnig.*--help/)
    expect(read('--port', '1')).toMatch(/--port/)
    expect(read('--host=browser')).toMatch(/--host=browser/)
  })
})

describe('parseOptions of the packaged program', () => {
  const packaged = (...args: string[]) => readAs(true, args)

  it('watches whatever a launcher puts there, and keeps what it knows', () => {
    expect(packaged('-Embedding')).toMatchObject({ unknown: [] })
    expect(
      packaged('--class=pager', '--user-data-dir=/x', '-q', '--hidden', '--data', '/d'),
    ).toMatchObject({
      unknown: ['--class=pager', '--user-data-dir=/x', '-q'],
      isHidden: true,
      dataDirectory: '/d',
    })
    // What follows one that is unknown may be its value, and is nothing of ours.
    expect(packaged('--class', 'pager', '--', '--link')).toMatchObject({ unknown: ['--class'] })
  })

  it('says what is wrong with an option that it knows', () => {
    expect(packaged('--data')).toMatch(/--data.*--help/)
    expect(packaged('--host=browser')).toMatch(/--host=browser/)
  })
})

describe('ownArguments', () => {
  it('stand behind the program, or behind its script', () => {
    expect(ownArguments(['/opt/deckwatch', '--hidden'], true)).toEqual(['--hidden'])
    expect(
      ownArguments(['/e/electron', '--js-flags=--x', '/r/desktop.js', '--hidden'], false),
    ).toEqual(['--hidden'])
    expect(ownArguments(['/e/electron', '--no-sandbox'], false)).toEqual([])
  })
})

describe('startCommand', () => {
  const place = {
    args: [],
    env: {},
    platform: 'linux',
    program: '/opt/deckwatch',
    script: null,
    cockpit: '',
    preload: '',
    assets: '',
    sounds: '',
    version: '1',
    say: () => undefined,
    complain: () => undefined,
    crash: () => undefined,
    onStopSignal: () => undefined,
  } as const
  const usual = defaultPaths({})
  const options = {
    configPath: usual.config,
    dataDirectory: usual.data,
    isNewJournalAllowed: true,
    help: false,
    isHidden: false,
    link: 'deckwatch://incident/a',
    unknown: [],
  }

  it('is the same program on the same data, in the tray', () => {
    expect(startCommand(place, options)).toEqual({ program: '/opt/deckwatch', args: ['--hidden'] })
    const elsewhere = { ...options, dataDirectory: '/d' }
    const development = { ...place, program: '/e/electron', script: '/r/desktop.js' }
    expect(startCommand(development, elsewhere)).toEqual({
      program: '/e/electron',
      args: ['/r/desktop.js', '--hidden', '--data', '/d'],
    })
    const image = { ...place, env: { APPIMAGE: '/home/ada/Deckwatch.AppImage' } }
    expect(startCommand(image, options).program).toBe('/home/ada/Deckwatch.AppImage')
  })
})

describe('endOfQuiet', () => {
  it('is in an hour, or at the next eight o’clock', () => {
    const at = (hours: number, minutes: number) => new Date(2026, 5, 10, hours, minutes).getTime()
    expect(endOfQuiet('hour', at(3, 0))).toBe(at(4, 0))
    expect(endOfQuiet('morning', at(3, 0))).toBe(at(8, 0))
    expect(endOfQuiet('morning', at(8, 0))).toBe(new Date(2026, 5, 11, 8, 0).getTime())
    expect(endOfQuiet('morning', at(23, 59))).toBe(new Date(2026, 5, 11, 8, 0).getTime())
    // A day may have 25 hours.
    for (let day = 0; day < 366; day += 1) {
      const now = new Date(2026, 0, 1 + day, 8, 0).getTime()
      expect(endOfQuiet('morning', now) - now).toBeLessThanOrEqual(MAX_QUIET_MS)
    }
  })
})
