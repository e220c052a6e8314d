#!/usr/bin/env node
// Draws the sheets of assets/tray and the tray in docs/images: `npx node assets/render-tray.mjs`.
// `--overview <file.png>` draws all of them on light and dark panels instead, at real size and enlarged.
import { writeFileSync } from 'node:fs'
import { sheetSize, trayMarks, traySheets } from '../electron/host/desktop/tray/tray-sheet.ts'
import { cutPixels, decodePng, encodePng } from '../test/fixtures/png.ts'
import { inAssets, openPage } from './render-browser.mjs'
import { fingerprintOf, gridsOf, panelOf, style, toSvg } from './tray/drawing.mjs'

const backgrounds = { light: '#eef0f3', dark: '#1b1e24', template: '#d7dbe2' }

if (process.argv[2] === '--overview') await drawOverview(process.argv[3] ?? 'tray-overview.png')
else {
  for (const sheet of Object.keys(traySheets)) await drawSheet(sheet)
  await drawReadme()
}

/** Draws each grid on a page of its own and puts the pictures where the sheet has them. */
async function drawSheet(sheet) {
  const { width, height } = sheetSize(sheet)
  const data = Buffer.alloc(width * height * 4)
  for (const { page: content, pictures, scale, ...viewport } of gridsOf(sheet)) {
    const { page, close } = await openPage({ ...viewport, scale })
    await page.setContent(content)
    await page.evaluate(() => document.fonts.ready)
    const drawn = decodePng(await page.screenshot({ omitBackground: true }))
    await close()
    for (const { left, top, cut } of pictures) {
      const picture = cutPixels(drawn, { ...cut, x: left * scale, y: top * scale })
      for (let row = 0; row < cut.height; row++) {
        const to = ((cut.y + row) * width + cut.x) * 4
        picture.data.copy(data, to, row * cut.width * 4, (row + 1) * cut.width * 4)
      }
    }
  }
  // A test compares it, so that what the sheets are drawn from cannot change without them.
  const notes = { Source: fingerprintOf(sheet) }
  writeFileSync(inAssets(`tray/${sheet}.png`), encodePng({ width, height, data, notes }))
}

/** What the README explains: the pictures of a row of its table, on a dark panel. */
async function drawReadme() {
  const rows = {
    calm: [{ severity: null, count: 0, isStale: false }],
    paging: ['P0', 'P1', 'P2'].map((severity, more) => ({
      severity,
      count: 3 - more,
      isStale: false,
    })),
    stale: [
      { severity: null, count: 0, isStale: true },
      { severity: 'P0', count: 2, isStale: true },
    ],
  }
  for (const [name, marks] of Object.entries(rows)) {
    const { page, close } = await openPage({ width: 32 * marks.length, height: 24, scale: 2 })
    const cells = marks.map((mark, index) => toSvg(mark, `i${index}`, 16))
    await page.setContent(`${style()}<body class="dark" style="background:${backgrounds.dark};
      display:flex;justify-content:space-around;align-items:center;height:24px">${cells.join('')}`)
    await page.evaluate(() => document.fonts.ready)
    await page.screenshot({ path: inAssets(`../docs/images/tray-${name}.png`) })
    await close()
  }
}

/** Every picture at 16 and 22 points, and some of them enlarged. */
async function drawOverview(file) {
  const { page, close } = await openPage({ width: 1180, height: 400 })
  const panels = [...new Set(Object.keys(traySheets).map(panelOf))]
  const sections = panels.map((panel) => {
    const row = (size, marks) =>
      `<div style="display:flex;flex-wrap:wrap;gap:${size / 3}px;padding:6px">${marks
        .map((mark, index) => toSvg(mark, `${panel}-${size}-${index}`, size))
        .join('')}</div>`
    const samples = trayMarks.filter(({ count }) => [0, 4, 10].includes(count))
    return `<div class="${panel}" style="background:${backgrounds[panel]}">
      ${row(16, trayMarks)}${row(22, trayMarks)}${row(48, samples)}</div>`
  })
  await page.setContent(`${style()}<body>${sections.join('')}</body>`)
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: file, fullPage: true })
  await close()
}
