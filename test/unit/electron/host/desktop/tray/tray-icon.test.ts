import { describe, expect, it } from 'vitest'
import { createPictures, sheetFor } from '#electron/host/desktop/tray/tray-icon.ts'
import { trayMarks, trayPicture, traySheets } from '#electron/host/desktop/tray/tray-sheet.ts'
import { StandInImage } from '#test/fixtures/electron-stand-in/image.ts'
import { createStandIn } from '#test/fixtures/electron-stand-in/stand-in.ts'
import { nameOf, recognise, sheetNames, trayFolder } from '#test/fixtures/tray-pictures.ts'

describe('sheetFor', () => {
  it('takes a sheet of the system, for the theme of its panel', () => {
    const sheets = (['linux', 'win32', 'darwin'] as const).map((platform) =>
      [false, true].map((isDark) => sheetFor({ platform, isDark })),
    )
    expect(sheets).toEqual([
      ['linux-light', 'linux-dark'],
      ['windows-light', 'windows-dark'],
      ['macos', 'macos'],
    ])
  })
})

describe('createPictures', () => {
  const { nativeImage } = createStandIn().api

  it.each(sheetNames)('cuts each picture of %s out, with those for finer displays', (sheet) => {
    const make = createPictures(nativeImage, trayFolder)
    for (const mark of trayMarks) {
      const image = StandInImage.of(make(trayPicture(sheet, mark)))
      expect([...image.representations.keys()]).toEqual(traySheets[sheet].scales)
      expect(recognise(image)).toBe(`${sheet}/${nameOf(mark)}`)
      expect(image.isTemplate).toBe(sheet === 'macos')
    }
  })

  it('reads a sheet once until another is asked for', () => {
    const read: string[] = []
    const make = createPictures(
      {
        ...nativeImage,
        createFromPath(path) {
          read.push(path.replace(/^.*[/\\]/, ''))
          return nativeImage.createFromPath(path)
        },
      },
      trayFolder,
    )
    const [calm, stale] = trayMarks.slice(0, 2)
    make(trayPicture('linux-light', calm!))
    make(trayPicture('linux-light', stale!))
    make(trayPicture('linux-dark', calm!))
    make(trayPicture('linux-light', calm!))
    expect(read).toEqual(['linux-light.png', 'linux-dark.png', 'linux-light.png'])
  })

  it('is empty where the sheet is missing, and does not throw', () => {
    const make = createPictures(nativeImage, '/nowhere')
    const image = StandInImage.of(make(trayPicture('windows-dark', trayMarks[0]!)))
    expect(image.representations.size).toBe(0)
  })
})
