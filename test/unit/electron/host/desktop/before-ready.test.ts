import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { prepareElectron } from '#electron/host/desktop/before-ready.ts'
import { createStandIn } from '#test/fixtures/electron-stand-in/stand-in.ts'

let dataDirectory: string
beforeEach(() => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'deckwatch-before-'))
})
afterEach(() => {
  rmSync(dataDirectory, { recursive: true })
})

function prepared(platform: NodeJS.Platform, isPackaged: boolean) {
  const { api, app } = createStandIn()
  app.isPackaged = isPackaged
  prepareElectron(api, { dataDirectory, platform })
  return app.calls
}

describe('prepareElectron', () => {
  it('keeps one started from the repository apart from the installed one on Windows', () => {
    for (const platform of ['win32', 'linux', 'darwin'] as const) {
      expect(prepared(platform, true)).toEqual(
        expect.arrayContaining([
          ['setName', 'Deckwatch'],
          ['setAppUserModelId', 'org.deckwatch.app'],
        ]),
      )
    }
    expect(prepared('win32', false)).toEqual(
      expect.arrayContaining([
        ['setName', 'Deckwatch (development)'],
        ['setAppUserModelId', 'org.deckwatch.app.development'],
      ]),
    )
    expect(prepared('linux', false)).toContainEqual(['setName', 'Deckwatch'])
  })

  it('tells a Linux desktop the name of its entry', () => {
    const call = ['setDesktopName', 'org.deckwatch.app.desktop']
    expect(prepared('linux', true)).toContainEqual(call)
    expect(prepared('win32', true)).not.toContainEqual(call)
  })
})
