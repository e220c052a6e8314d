import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ensureBuild, fingerprintOf, PROGRAM } from '../../../electron/cli/setup/build.mjs'

let root

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'deckwatch-build-'))
  mkdirSync(join(root, 'shared', 'domain'), { recursive: true })
  writeFileSync(join(root, 'shared', 'domain', 'a.ts'), 'export const a = 1\n')
  writeFileSync(join(root, 'package.json'), '{}')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('fingerprintOf', () => {
  it('follows contents and names, not times', () => {
    const before = fingerprintOf(root)
    utimesSync(join(root, 'shared', 'domain', 'a.ts'), 1, 1)
    writeFileSync(join(root, 'README.md'), 'Not built.')
    expect(fingerprintOf(root)).toBe(before)
    writeFileSync(join(root, 'shared', 'domain', 'a.ts'), 'export const a = 2\n')
    const changed = fingerprintOf(root)
    expect(changed).not.toBe(before)
    renameSync(join(root, 'shared', 'domain', 'a.ts'), join(root, 'shared', 'domain', 'b.ts'))
    expect(new Set([before, changed, fingerprintOf(root)]).size).toBe(3)
  })
})

describe('ensureBuild', () => {
  /** Stands in for electron-vite: a program that writes what the real one writes, or fails. */
  const builder = (code) => {
    const folder = join(root, 'node_modules', 'electron-vite', 'bin')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'electron-vite.js'), code)
  }
  const working = `
    const fs = require('node:fs')
    fs.mkdirSync('out/main', { recursive: true })
    fs.mkdirSync('out/renderer', { recursive: true })
    fs.writeFileSync('out/renderer/index.html', '')
    fs.writeFileSync(${JSON.stringify(PROGRAM)}, '')
    fs.appendFileSync('builds', 'x')`

  it('builds once for the same sources, and again when they change', async () => {
    builder(working)
    const builds = () => readFileSync(join(root, 'builds'), 'utf8').length
    expect(await ensureBuild(root)).toBeNull()
    expect(await ensureBuild(root)).toBeNull()
    expect(builds()).toBe(1)
    writeFileSync(join(root, 'shared', 'domain', 'a.ts'), 'export const a = 3\n')
    expect(await ensureBuild(root)).toBeNull()
    expect(builds()).toBe(2)
    rmSync(join(root, PROGRAM))
    expect(await ensureBuild(root)).toBeNull()
    expect(builds()).toBe(3)
  })

  it('shows what the builder said when it fails, and tries again next time', async () => {
    builder(`console.error('no such module: ./x.ts'); process.exit(3)`)
    expect(await ensureBuild(root)).toMatch(/^The build failed:\n {2}no such module: \.\/x\.ts$/)
    builder(working)
    expect(await ensureBuild(root)).toBeNull()
  })

  it('does not believe a builder that ends well without a program', async () => {
    builder(`console.log('(!) no entry')`)
    expect(await ensureBuild(root)).toContain('(!) no entry')
  })
})
