import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  cutsOf,
  sheetSize,
  trayMarks,
  trayPicture,
  traySheets,
} from '#electron/host/desktop/tray/tray-sheet.ts'
import { severities } from '#shared/domain/severity/schema.ts'
import { cutPixels } from '#test/fixtures/png.ts'
import {
  nameOf,
  pixelsOf,
  readSheet,
  sheetNames,
  trayFolder,
} from '#test/fixtures/tray-pictures.ts'
import { fingerprintOf } from '../../../assets/tray/drawing.mjs'

describe.each(sheetNames)('the sheet %s of tray pictures', (sheet) => {
  const pixels = readSheet(sheet)

  it('has the size that its grids take', () => {
    expect({ width: pixels.width, height: pixels.height }).toEqual(sheetSize(sheet))
  })

  it('is drawn from what is there now: if not, run `npx node assets/render-tray.mjs`', () => {
    expect(pixels.notes['Source']).toBe(fingerprintOf(sheet))
  })

  it('shows something different for each state and count, at every scale', () => {
    const { points, scales } = traySheets[sheet]
    for (const scale of scales) {
      const drawn = new Map<string, string>()
      for (const mark of trayMarks) {
        const picture = pixelsOf(sheet, mark, pixels).get(scale)!
        expect([picture.width, picture.height]).toEqual([points * scale, points * scale])
        expect(hasInk(picture.data), nameOf(mark)).toBe(true)
        drawn.set(picture.data.toString('base64'), nameOf(mark))
      }
      expect([...drawn.values()]).toEqual(trayMarks.map(nameOf))
    }
  })

  it('gives each picture a place of its own, and holds nothing that nobody asks for', () => {
    const rest = Buffer.from(pixels.data)
    for (const mark of trayMarks) {
      for (const { cut } of cutsOf(trayPicture(sheet, mark))) {
        expect(hasInk(cutPixels({ ...pixels, data: rest }, cut).data), nameOf(mark)).toBe(true)
        for (let row = cut.y; row < cut.y + cut.height; row += 1) {
          const from = (row * pixels.width + cut.x) * 4
          rest.fill(0, from, from + cut.width * 4)
        }
      }
    }
    expect(hasInk(rest)).toBe(false)
  })
})

/** True when a pixel can be seen. */
function hasInk(data: Buffer): boolean {
  return data.some((value, at) => at % 4 === 3 && value > 0)
}

describe('trayPicture', () => {
  it('shows all counts from ten on in the same way', () => {
    for (const severity of severities) {
      const mark = { severity, isStale: false }
      const many = trayPicture('macos', { ...mark, count: 12_345 })
      expect(many).toEqual(trayPicture('macos', { ...mark, count: 10 }))
      expect(many).not.toEqual(trayPicture('macos', { ...mark, count: 9 }))
    }
  })

  it('never draws old data as calm', () => {
    const mark = { severity: null, count: 0 }
    expect(trayPicture('linux-light', { ...mark, isStale: true })).not.toEqual(
      trayPicture('linux-light', { ...mark, isStale: false }),
    )
  })
})

it('has no sheet that no panel uses, and a template for each shape', () => {
  const pngs = readdirSync(trayFolder).filter((name) => name.endsWith('.png'))
  expect(pngs.sort()).toEqual(sheetNames.map((name) => `${name}.png`).sort())
  expect(readdirSync(`${trayFolder}/templates`).sort()).toEqual(
    [...severities.map((severity) => severity.toLowerCase()), 'calm', 'stale']
      .map((name) => `${name}.svg`)
      .sort(),
  )
})
