import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { makeHome, startDeckwatch } from '#test/fixtures/deckwatch-process.ts'
import { sheetNames } from '#test/fixtures/tray-pictures.ts'
import { binary, describeWith } from '#test/setup/requirements.ts'
import { extractAsar, readAsar, type AsarFile } from './packaging/asar.ts'
import { runBuilder } from './packaging/build-package.ts'
import { inRepository, readConfiguration } from './packaging/configuration.ts'
import { importsOf, splitPackages } from './packaging/dependencies.ts'
import { makeStandInElectron, readFuses } from './packaging/stand-in-electron.ts'

/** The files under a folder of the repository, as paths from its root with `/`. */
const filesUnder = (folder: string) =>
  existsSync(inRepository(folder))
    ? readdirSync(inRepository(folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(inRepository('').length))
    : []

const namedSchema = z.object({ name: z.string(), version: z.string() })

/** `zod@4.6.7`, of the text of a package.json. */
const nameOf = (text: string) => {
  const { name, version } = namedSchema.parse(JSON.parse(text))
  return `${name}@${version}`
}

const title = 'the package for Linux'
if (process.platform === 'linux') describe(title, define)
else describe.skip(`${title} (skipped: it is built on Linux)`, define)

function define(): void {
  const folder = mkdtempSync(join(tmpdir(), 'deckwatch-package-'))
  const unpacked = join(folder, 'linux-unpacked')
  const archive = join(unpacked, 'resources', 'app.asar')
  const { electronFuses } = readConfiguration()
  const { resetAdHocDarwinSignature: _, ...wantedFuses } = electronFuses
  let files: ReadonlyMap<string, AsarFile>

  beforeAll(async () => {
    const electron = join(folder, 'electron')
    makeStandInElectron(electron, wantedFuses)
    await runBuilder([
      '--linux',
      'dir',
      `-c.electronDist=${electron}`,
      `-c.directories.output=${folder}`,
      `-c.afterPack=${inRepository('test/integration/packaging/desktop-entry-hook.mjs')}`,
    ])
    files = readAsar(archive)
  }, 120_000)
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  it('is a program called deckwatch that runs, with every fuse where we want it', async () => {
    expect(readFuses(join(unpacked, 'deckwatch'))).toEqual(wantedFuses)
    await promisify(execFile)(join(unpacked, 'deckwatch'))
    expect(readdirSync(unpacked)).toEqual(
      expect.arrayContaining(['LICENSE.electron.txt', 'LICENSES.chromium.html']),
    )
    expect(readdirSync(join(unpacked, 'locales'))).toEqual(['en-US.pak'])
  })

  it('has what was built and what is needed at run time, and nothing else', () => {
    const names = [...files.keys()]
    const folders = new Set(names.map((name) => name.split('/', 1)[0]))
    expect([...folders].sort()).toEqual([
      'LICENSE',
      'assets',
      'node_modules',
      'out',
      'package.json',
    ])
    const built = filesUnder('out').filter((name) => !/\.map$|\.built-from$/.test(name))
    expect(names.filter((name) => name.startsWith('out/')).sort()).toEqual(built.sort())
    expect(built).toContain('out/renderer/index.html')
    expect(names.filter((name) => /\.(map|tsx|ts)$/.test(name))).toEqual([])
    const { main, devDependencies } = z
      .object({ main: z.string(), devDependencies: z.unknown().optional() })
      .parse(JSON.parse(String(files.get('package.json')?.bytes())))
    expect(names).toContain(main)
    expect(devDependencies).toBeUndefined()
  })

  it('checks the integrity of all that it runs', () => {
    const without = [...files].filter(([, file]) => !file.hasIntegrity).map(([name]) => name)
    expect(without).toEqual([])
  })

  it('brings each package that the engine needs, and none that only the page does', () => {
    const { engine, cockpitOnly } = splitPackages()
    const packed = [...files].flatMap(([name, file]) =>
      /(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+\/package\.json$/.test(name)
        ? [{ path: name.slice(0, -'/package.json'.length), package: String(file.bytes()) }]
        : [],
    )
    // Types are erased before anything runs.
    const needed = [...engine].filter((path) => !path.includes('/@types/'))
    // By name and version: the package need not nest what only the tools had in two versions.
    expect(packed.map((each) => nameOf(each.package)).sort()).toEqual(
      needed
        .map((path) => nameOf(readFileSync(inRepository(join(path, 'package.json')), 'utf8')))
        .sort(),
    )
    expect(packed.filter(({ path }) => cockpitOnly.has(path))).toEqual([])
  })

  it('has everything that the built programs import', () => {
    const programs = [...files].filter(([name]) => /^out\/(main|preload)\/.*js$/.test(name))
    expect(programs.length).toBeGreaterThan(0)
    for (const [name, program] of programs) {
      for (const imported of importsOf(String(program.bytes()))) {
        // Electron is what runs them.
        if (imported === 'electron') continue
        expect(files.has(`node_modules/${imported}/package.json`), `${imported} for ${name}`).toBe(
          true,
        )
      }
    }
  })

  it('keeps beside the archive what other programs open, unchanged', () => {
    const opened = [...filesUnder('assets/icons'), ...filesUnder('assets/sounds')].filter(
      (name) => !/\.(icns|ico)$/.test(name),
    )
    expect(opened).toContain('assets/icons/256x256.png')
    for (const name of opened) {
      expect(files.get(name), name).toMatchObject({ isUnpacked: true })
      const beside = readFileSync(join(`${archive}.unpacked`, name))
      expect(beside.equals(readFileSync(inRepository(name))), name).toBe(true)
    }
    const onDisk = readdirSync(`${archive}.unpacked`, { recursive: true, withFileTypes: true })
    expect(onDisk.filter((entry) => entry.isFile())).toHaveLength(opened.length)
  })

  it('has every sheet of tray pictures in the archive', () => {
    const drawn = filesUnder('assets/tray').filter((name) => name.endsWith('.png'))
    expect(drawn).toHaveLength(sheetNames.length)
    for (const name of drawn) {
      const packed = files.get(name)
      expect(packed?.isUnpacked, name).toBe(false)
      expect(packed?.bytes().equals(readFileSync(inRepository(name))), name).toBe(true)
    }
  })

  it('opens deckwatch: links and is found by its name, group and icon', () => {
    const entry = readFileSync(join(folder, 'deckwatch.desktop'), 'utf8')
    expect(entry).toMatch(/^Exec=\/opt\/Deckwatch\/deckwatch %U$/m)
    expect(entry).toMatch(/^MimeType=x-scheme-handler\/deckwatch;$/m)
    expect(entry).toMatch(/^StartupNotify=true$/m)
    expect(entry).toMatch(/^Categories=System;Monitor;$/m)
    expect(entry).toMatch(/^Icon=deckwatch$/m)
    expect(entry).toMatch(/^X-Test-Icons=16 24 32 48 64 128 256 512 1024$/m)
    expect(entry).not.toContain('--no-sandbox')
  })

  it('holds an engine that starts from the package alone', async () => {
    const alone = join(folder, 'alone')
    extractAsar(archive, alone)
    const home = makeHome()
    const deckwatch = await startDeckwatch(home, { main: join(alone, 'out/main/browser.js') })
    const page = await fetch(deckwatch.address)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('<script')
    await deckwatch.stop()
    home.remove()
  })

  describeWith('7zip', 'as tar.gz', () => {
    it('unpacks into one folder with the program in it', async () => {
      await runBuilder(
        ['--linux', 'tar.gz', '--prepackaged', unpacked, `-c.directories.output=${folder}`],
        { ELECTRON_BUILDER_7ZIP_PATH: binary('7zip'), ELECTRON_BUILDER_COMPRESSION_LEVEL: '1' },
      )
      const [made = ''] = readdirSync(folder).filter((name) => name.endsWith('.tar.gz'))
      expect(made).toMatch(/^Deckwatch-\d+\.\d+\.\d+-linux-x64\.tar\.gz$/)
      const { stdout } = await promisify(execFile)('tar', ['-tzvf', join(folder, made)])
      const [root = ''] = made.split('.tar.gz')
      expect(stdout).toMatch(new RegExp(`^-rwx.* ${root}/\\.?/?deckwatch$`, 'm'))
      expect(stdout).toMatch(new RegExp(` ${root}/\\.?/?resources/app\\.asar$`, 'm'))
    })
  })
}
