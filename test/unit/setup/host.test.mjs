import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ensureElectron, findElectron } from '../../../electron/cli/setup/electron.mjs'
import { chooseHost } from '../../../electron/cli/setup/host.mjs'

const NOW = Date.UTC(2026, 10, 21)
const DAY_MS = 24 * 3_600_000
const program =
  {
    darwin: 'Electron.app/Contents/MacOS/Electron',
    win32: 'electron.exe',
  }[process.platform] ?? 'electron'

let root
let home
/** Nothing of this machine's own environment may decide what is found. */
const env = { PATH: process.env.PATH }
const display = { ...env, DISPLAY: ':0' }

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'deckwatch-host-'))
  home = join(root, 'node_modules', 'electron')
  mkdirSync(home, { recursive: true })
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** Puts the binary where the package's own script would. */
function install(folder = join(home, 'dist')) {
  const path = join(folder, program)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, '')
  chmodSync(path, 0o755)
  writeFileSync(join(home, 'path.txt'), program)
  return path
}

/** Stands in for the package's download: a program that does this, and counts. */
function downloader(code) {
  writeFileSync(
    join(home, 'install.js'),
    `const fs = require('node:fs'); fs.appendFileSync('downloads', 'x'); ${code}`,
  )
}
const downloads = () =>
  existsSync(join(root, 'downloads')) ? readFileSync(join(root, 'downloads'), 'utf8').length : 0
const unreachable = `
  console.error('RequestError: getaddrinfo ENOTFOUND github.com\\n    at x')
  process.exit(1)`

describe('findElectron', () => {
  it('finds what was downloaded, and not what broke off', () => {
    expect(findElectron(root, env)).toBeNull()
    const path = install()
    expect(findElectron(root, env)).toBe(path)
    rmSync(join(home, 'path.txt'))
    expect(findElectron(root, env)).toBeNull()
  })

  it('finds a distribution of its own', () => {
    const folder = join(root, 'elsewhere')
    const path = install(folder)
    rmSync(join(home, 'path.txt'))
    expect(findElectron(root, { ELECTRON_OVERRIDE_DIST_PATH: folder })).toBe(path)
    expect(findElectron(root, { ELECTRON_OVERRIDE_DIST_PATH: join(root, 'nowhere') })).toBeNull()
  })
})

describe('ensureElectron', () => {
  const ensure = (over = {}) => ensureElectron(root, { env, isWanted: false, now: NOW, ...over })

  it('downloads it once', async () => {
    downloader(`
      fs.mkdirSync(${JSON.stringify(join(home, 'dist', program, '..'))}, { recursive: true })
      fs.writeFileSync(${JSON.stringify(join(home, 'dist', program))}, '')
      fs.writeFileSync(${JSON.stringify(join(home, 'path.txt'))}, ${JSON.stringify(program)})`)
    expect(await ensure()).toEqual({ path: join(home, 'dist', program) })
    expect(await ensure()).toEqual({ path: join(home, 'dist', program) })
    expect(downloads()).toBe(1)
  })

  it('remembers for a day that it cannot be had, unless nothing else will do', async () => {
    downloader(unreachable)
    const failed = { problem: 'Electron cannot be downloaded: github.com cannot be reached.' }
    expect(await ensure()).toEqual(failed)
    expect(await ensure({ now: NOW + DAY_MS - 1 })).toEqual(failed)
    expect(downloads()).toBe(1)
    expect(await ensure({ isWanted: true })).toEqual(failed)
    expect(downloads()).toBe(2)
    await ensure({ now: NOW + DAY_MS })
    expect(downloads()).toBe(3)
    // A clock that was set back must not silence it for ever.
    await ensure({ now: NOW - 1 })
    expect(downloads()).toBe(4)
    writeFileSync(join(root, '.cache', 'electron-missing.json'), '{"at":')
    await ensure()
    expect(downloads()).toBe(5)
  })

  it.each([
    [`console.error('HTTPError: Response code 403 (Forbidden)'); process.exit(1)`, '403'],
    [`console.error('Error: checksum is wrong\\n  at y'); process.exit(1)`, 'checksum is wrong'],
    [`console.error('TypeError: fetch failed'); process.exit(1)`, 'cannot be reached'],
    [`process.exit(0)`, 'cannot be downloaded.'],
  ])('says in one line why it failed', async (code, why) => {
    downloader(code)
    const { problem } = await ensure()
    expect(problem).toContain(why)
    expect(problem).not.toContain('\n')
  })

  it('downloads nothing into a distribution that was named, or without its package', async () => {
    expect(await ensure()).toEqual({ problem: 'The package electron is not installed.' })
    downloader(unreachable)
    const { problem } = await ensure({ env: { ...env, ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' } })
    expect(problem).toContain('/nowhere')
    expect(downloads()).toBe(0)
  })
})

describe('chooseHost', () => {
  const free = { read: () => null, isSetuidRoot: () => false }
  const choose = (args, over = {}) =>
    chooseHost(root, args, { env: display, platform: 'linux', now: NOW, machine: free, ...over })

  it('opens the desktop host where it can', async () => {
    const electron = install()
    expect(await choose([])).toEqual({ host: 'desktop', electron, isWanted: false })
    expect(await choose(['--host', 'desktop'])).toEqual({
      host: 'desktop',
      electron,
      isWanted: true,
    })
    const headless = { env, platform: 'darwin' }
    expect(await choose([], headless)).toMatchObject({ host: 'desktop' })
  })

  it('opens the browser host where Electron cannot be had, and says why in one line', async () => {
    downloader(unreachable)
    expect(await choose([])).toEqual({
      host: 'browser',
      note: 'Electron cannot be downloaded: github.com cannot be reached. The browser host is started instead.',
    })
    expect(await choose(['--host=desktop'])).toEqual({
      host: null,
      problem: 'Electron cannot be downloaded: github.com cannot be reached.',
      code: 1,
    })
  })

  it('opens the browser host where there is no display', async () => {
    install()
    expect(await choose([], { env })).toMatchObject({
      host: 'browser',
      note: expect.stringContaining('no display'),
    })
    expect(await choose([], { env: { ...env, WAYLAND_DISPLAY: 'wayland-0' } })).toMatchObject({
      host: 'desktop',
    })
    expect(await choose(['--host=desktop'], { env })).toMatchObject({ host: null, code: 1 })
  })

  describe.each([
    ['/proc/sys/kernel/apparmor_restrict_unprivileged_userns', '1', '0'],
    ['/proc/sys/kernel/unprivileged_userns_clone', '0', '1'],
    ['/proc/sys/user/max_user_namespaces', '0', '96364'],
  ])('where %s decides about the sandbox', (setting, no, yes) => {
    const machineWith = (value, isSetuidRoot = () => false) => ({
      machine: { read: (path) => (path === setting ? value : null), isSetuidRoot },
    })

    it('opens the browser host in place of an Electron that would end at once', async () => {
      downloader(unreachable)
      const outcome = await choose([], machineWith(no))
      expect(outcome).toMatchObject({ host: 'browser', note: expect.stringContaining('sandbox') })
      expect(outcome.note).not.toContain('\n')
      expect(downloads()).toBe(0)
      install()
      expect(await choose([], machineWith(no))).toEqual(outcome)
      expect(await choose(['--host=desktop'], machineWith(no))).toMatchObject({
        host: null,
        problem: expect.stringContaining('chmod 4755'),
        code: 1,
      })
    })

    it('opens the desktop host where it may be made, by whatever means', async () => {
      const electron = install()
      const helper = join(electron, '..', 'chrome-sandbox')
      const opened = { host: 'desktop', electron }
      expect(await choose([], machineWith(yes))).toMatchObject(opened)
      expect(
        await choose(
          [],
          machineWith(no, (path) => path === helper),
        ),
      ).toMatchObject(opened)
      expect(await choose(['--no-sandbox'], machineWith(no))).toMatchObject(opened)
      expect(await choose([], { ...machineWith(no), platform: 'darwin' })).toMatchObject(opened)
    })
  })

  it.each([['--host=browser'], ['--port', '0'], ['--port=0'], ['--no-open'], ['--help'], ['-h']])(
    'tries nothing for %s',
    async (...args) => {
      downloader(unreachable)
      expect(await choose(args)).toEqual({ host: 'browser', note: null })
      expect(downloads()).toBe(0)
    },
  )

  it('refuses a host that there is not', async () => {
    expect(await choose(['--host=cloud'])).toMatchObject({ host: null, code: 2 })
    expect(await choose(['--host'])).toMatchObject({ host: null, code: 2 })
  })
})
