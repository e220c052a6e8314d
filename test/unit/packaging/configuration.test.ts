import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { DESKTOP_NAME } from '#electron/host/desktop/desktop-name.ts'
import { inRepository, readConfiguration } from '#test/integration/packaging/configuration.ts'

// electron-builder's own check, of its own version: it is not exported.
const here = createRequire(import.meta.url)
const builder = createRequire(here.resolve('electron-builder'))
const isFunction = (value: unknown) => typeof value === 'function'
const { validateConfiguration } = z
  .object({
    validateConfiguration:
      z.custom<(configuration: unknown, log: { isEnabled: false }) => Promise<void>>(isFunction),
  })
  .parse(builder('app-builder-lib/out/util/config/config'))

const check = (configuration: unknown) => validateConfiguration(configuration, { isEnabled: false })
const text = readFileSync(inRepository('electron-builder.yml'), 'utf8')

describe('electron-builder.yml', () => {
  it('is valid', async () => {
    await expect(check(parse(text))).resolves.toBeUndefined()
  })

  it.each([
    ['electronFuses:', 'electronFuse:', "unknown property 'electronFuse'"],
    ['asarUnpack:', 'asarUnpacked:', "unknown property 'asarUnpacked'"],
    ['onlyLoadAppFromAsar: true', 'onlyLoadAppFromAsar: sometimes', 'onlyLoadAppFromAsar'],
    // Inside of a platform only the platform is named.
    ['hardenedRuntime:', 'hardendRuntime:', 'configuration.mac'],
    ['executableName:', 'executablename:', 'configuration.linux'],
  ])('would not be with "%s" written "%s"', async (right, wrong, complaint) => {
    expect(text).toContain(right)
    await expect(check(parse(text.replace(right, wrong)))).rejects.toThrow(complaint)
  })

  it('names only files that are there', () => {
    const { linux, mac, win, nsis } = readConfiguration()
    const named = [
      linux.icon,
      mac.icon,
      mac.entitlements,
      mac.entitlementsInherit,
      win.icon,
      nsis.include,
    ]
    for (const path of named) expect(statSync(inRepository(path)).size, path).toBeGreaterThan(0)
  })

  it('sets every fuse, so that no default of Electron decides', () => {
    const properties = z
      .object({
        definitions: z.object({
          FuseOptionsV1: z.object({ properties: z.record(z.string(), z.unknown()) }),
        }),
      })
      .parse(builder('app-builder-lib/scheme.json')).definitions.FuseOptionsV1.properties
    expect(Object.keys(readConfiguration().electronFuses).sort()).toEqual(
      Object.keys(properties).sort(),
    )
  })

  it('leaves no way to run other code with the program or to look into it', () => {
    expect(readConfiguration().electronFuses).toMatchObject({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    })
  })

  // A list that only takes away begins with every file of the repository.
  it.each(['linux', 'mac', 'win'] as const)('packs no more on %s than elsewhere', (platform) => {
    const { files } = readConfiguration()[platform]
    expect(files.filter((pattern) => !pattern.startsWith('!'))).toEqual(['package.json'])
  })

  it('publishes nothing, and signs with nothing that is in the repository', () => {
    const { publish, mac, win } = readConfiguration()
    expect(publish).toBeNull()
    for (const platform of [mac, win]) {
      expect(
        Object.keys(platform).filter((key) => /^(csc|identity|certificate)/i.test(key)),
      ).toEqual([])
    }
  })

  it('has the desktop entry named as the window tells the desktop', () => {
    const { desktopName } = z
      .object({ desktopName: z.string() })
      .parse(JSON.parse(readFileSync(inRepository('package.json'), 'utf8')))
    expect(desktopName).toBe(`${readConfiguration().appId}.desktop`)
    expect(desktopName).toBe(DESKTOP_NAME)
    expect(readConfiguration().linux['syncDesktopName']).toBe(true)
  })
})
