import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findNode, isInstalled } from '../../../electron/cli/setup/packages.mjs'

let root

const write = (path, text) => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
const lock = (packages) => JSON.stringify({ packages: { '': { name: 'deckwatch' }, ...packages } })
const wanted = {
  'node_modules/zod': { version: '4.6.7' },
  'node_modules/fsevents': { version: '2.3.3', optional: true },
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'deckwatch-packages-'))
  write('package-lock.json', lock(wanted))
  write('node_modules/node/bin/node', '')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('isInstalled', () => {
  it.each([
    ['everything', wanted, true],
    ['all but what is for another platform', { 'node_modules/zod': { version: '4.6.7' } }, true],
    ['another version', { ...wanted, 'node_modules/zod': { version: '4.6.6' } }, false],
    ['too little', { 'node_modules/fsevents': { version: '2.3.3' } }, false],
  ])('tells when npm has installed %s', (_name, there, expected) => {
    write('node_modules/.package-lock.json', lock(there))
    expect(isInstalled(root)).toBe(expected)
  })

  it('does not take a broken-off install for one', () => {
    expect(isInstalled(root)).toBe(false)
    write('node_modules/.package-lock.json', lock(wanted).slice(0, 40))
    expect(isInstalled(root)).toBe(false)
  })
})

it('findNode prefers the Node that was installed for the program', () => {
  expect(findNode(root)).toBe(join(root, 'node_modules', 'node', 'bin', 'node'))
  rmSync(join(root, 'node_modules'), { recursive: true })
  expect(findNode(root)).toBe(process.execPath)
})
