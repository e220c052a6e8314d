import { appendFileSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What `@electron/fuses` looks for in the program; behind it are a version, a length, the fuses. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/** The fuses in the order in which Electron stores them. */
export const fuseNames = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const

/**
 * Writes what stands in for Electron's Linux distribution, which can only be had from GitHub: a real
 * program with a real fuse wire (each fuse opposite to `wanted`), and the files that are packaged
 * with it.
 */
export function makeStandInElectron(
  folder: string,
  wanted: Readonly<Record<string, boolean>>,
): void {
  mkdirSync(join(folder, 'locales'), { recursive: true })
  mkdirSync(join(folder, 'resources'))
  for (const file of ['LICENSE', 'LICENSES.chromium.html', 'version', 'locales/en-US.pak']) {
    writeFileSync(join(folder, file), `${file} of Electron`)
  }
  writeFileSync(join(folder, 'locales', 'de.pak'), 'not wanted')
  const program = join(folder, 'electron')
  copyFileSync('/bin/true', program)
  const wire = fuseNames.map((name) => (wanted[name] === true ? '0' : '1')).join('')
  appendFileSync(program, `${SENTINEL}\u0001${String.fromCharCode(wire.length)}${wire}`)
}

/**
 * The fuses of a program, by name.
 *
 * @throws when it has no fuse wire, or a fuse that is neither on nor off.
 */
export function readFuses(program: string): Record<string, boolean> {
  const bytes = readFileSync(program)
  const at = bytes.indexOf(SENTINEL)
  if (at < 0) throw new Error(`${program} has no fuses`)
  return Object.fromEntries(
    fuseNames.map((name, index) => {
      const value = String.fromCharCode(bytes[at + SENTINEL.length + 2 + index] ?? 0)
      if (value !== '0' && value !== '1') throw new Error(`${name} is "${value}"`)
      return [name, value === '1']
    }),
  )
}
