#!/usr/bin/env node
// Draws the icons of assets/tray from their templates: `node assets/render-tray.mjs`.
// `--sheet <file.png>` draws one picture of all of them instead, at real size and enlarged.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { dataAddress, inAssets, openPage } from './render-browser.mjs'

/** The colours that a panel calls for, and the sizes in points with the scales of displays. */
const panels = {
  light: { scheme: 'light', sizes: { 16: [1, 1.5, 2, 3], 22: [1, 2] } },
  dark: { scheme: 'dark', sizes: { 16: [1, 1.5, 2, 3], 22: [1, 2] } },
  // macOS colours its menu bar itself and reads only how opaque a pixel is.
  template: { scheme: 'light', sizes: { 16: [1, 2] } },
}
const severities = ['p0', 'p1', 'p2', 'p3']
const counts = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '9+']

/** Every icon. Where nothing needs anybody there is no count, and where something does there is. */
const icons = [
  { name: 'calm', template: 'calm', text: '', isStale: false },
  { name: 'stale', template: 'stale', text: '?', isStale: true },
  ...severities.flatMap((template) =>
    counts.flatMap((text) => [
      { name: `${template}-${text}`, template, text, isStale: false },
      { name: `${template}-stale-${text}`, template, text, isStale: true },
    ]),
  ),
]

/** The mark of old data: a cross in the corner, with a gap around it. */
const cross = 'M11.4 1l3.6 3.6m0-3.6-3.6 3.6'

const templates = Object.fromEntries(
  [...severities, 'calm', 'stale'].map((name) => [
    name,
    readFileSync(inAssets(`tray/templates/${name}.svg`), 'utf8'),
  ]),
)

if (process.argv[2] === '--sheet') await drawSheet(process.argv[3] ?? 'tray-sheet.png')
else await drawAll()

async function drawAll() {
  for (const [panel, { sizes }] of Object.entries(panels)) {
    rmSync(inAssets(`tray/${panel}`), { recursive: true, force: true })
    for (const [size, scales] of Object.entries(sizes)) {
      for (const scale of scales) await drawSize(panel, Number(size), scale)
    }
  }
}

/** Draws all icons side by side on one page, then cuts it up: one page a size, not one an icon. */
async function drawSize(panel, size, scale) {
  // Tiles begin on whole pixels at every scale.
  const tile = size * 2
  const perRow = 10
  const rows = Math.ceil(icons.length / perRow)
  const { page, close } = await openPage({ width: tile * perRow, height: tile * rows, scale })
  const cells = icons.map((icon, index) => {
    const place = `left:${(index % perRow) * tile}px;top:${Math.floor(index / perRow) * tile}px`
    return `<div style="position:absolute;${place}">${toSvg(icon, `i${index}`, size)}</div>`
  })
  await page.setContent(`${style()}<body class="${panel}">${cells.join('')}</body>`)
  await page.evaluate(() => document.fonts.ready)
  for (const [index, icon] of icons.entries()) {
    const clip = {
      x: (index % perRow) * tile,
      y: Math.floor(index / perRow) * tile,
      width: size,
      height: size,
    }
    const suffix = scale === 1 ? '' : `@${scale}x`
    const file = inAssets(`tray/${panel}/${size}/${icon.name}${suffix}.png`)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, await page.screenshot({ clip, omitBackground: true }))
  }
  await close()
}

/** One icon: its template, the count in it, and the mark of old data on it. */
function toSvg({ template, text, isStale }, id, size) {
  const inner = templates[template].replace(/^<svg[^>]*>|<\/svg>\s*$/g, '')
  const count = /<text[\s\S]*?<\/text>/.exec(inner)?.[0] ?? ''
  const shape = inner.replace(count, '')
  const written = count
    .replace(/>[^<]*</, `>${text}<`)
    // Two signs are set smaller; beside the mark the count moves out of its way.
    .replace(
      /font-size="([\d.]+)"/,
      (_, full) => `font-size="${full * (text.length > 1 ? 0.74 : 1)}"`,
    )
    .replace(
      '<text',
      `<text transform="translate(${isStale && template !== 'p1' ? '-0.6 0.6' : '0 0'})"`,
    )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="${size}"
    height="${size}" class="icon ${isStale ? 'stale' : ''}" data-severity="${template.toUpperCase()}">
    <mask id="${id}" maskUnits="userSpaceOnUse" x="0" y="0" width="16" height="16">
      <rect width="16" height="16" fill="#fff"/>
      <g class="hole">${written}</g>
      ${isStale ? `<path d="${cross}" stroke="#000" stroke-width="4" stroke-linecap="round"/>` : ''}
    </mask>
    <g mask="url(#${id})">${shape}</g>
    <g class="ink">${written}</g>
    ${isStale ? `<path class="mark" d="${cross}"/>` : ''}
  </svg>`
}

/** The colours are the cockpit's own: what is red there is the same red here. */
function style() {
  const font = inAssets(
    '../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  )
  return `<style>
    ${readFileSync(inAssets('../renderer/theme/tokens.css'), 'utf8')}
    ${readFileSync(inAssets('../renderer/theme/severity.css'), 'utf8')}
    @font-face {
      font-family: Digits;
      font-weight: 100 900;
      src: url(${dataAddress(font, 'font/woff2')});
    }
    body { margin: 0; background: none; }
    svg { display: block; --fill: var(--mark-fill); --ink: var(--mark-ink); --calm: var(--text); }
    svg[data-severity='P3'], svg[data-severity='STALE'] { --ink: var(--text); }
    svg.stale { --fill: var(--text-muted); --ink: var(--surface-panel); }
    svg.stale[data-severity='P3'], svg.stale[data-severity='STALE'] { --ink: var(--text-muted); }
    .mark { stroke: light-dark(#b36200, #ffb454); stroke-width: 1.8; stroke-linecap: round; }
    text {
      font-family: Digits;
      font-weight: 800;
      font-variant-numeric: tabular-nums;
      text-anchor: middle;
      dominant-baseline: central;
      letter-spacing: -0.02em;
    }
    .ink text { fill: var(--ink); }
    .hole { display: none; }
    .light { color-scheme: light; }
    .dark { color-scheme: dark; }
    .template svg.icon { --fill: #000; --calm: #000; }
    .template svg.icon[data-severity] { --ink: #000; }
    .template .mark { stroke: #000; }
    .template [data-severity='P0'] .hole, .template [data-severity='P1'] .hole,
    .template [data-severity='P2'] .hole { display: inline; }
    .template [data-severity='P0'] .ink, .template [data-severity='P1'] .ink,
    .template [data-severity='P2'] .ink { display: none; }
  </style>`
}

/** Light and dark panels with every icon at 16 and 22 points, and some of them enlarged. */
async function drawSheet(file) {
  const { page, close } = await openPage({ width: 1180, height: 400 })
  const backgrounds = { light: '#eef0f3', dark: '#1b1e24', template: '#d7dbe2' }
  const sections = Object.keys(panels).map((panel) => {
    const row = (size, chosen) =>
      `<div style="display:flex;flex-wrap:wrap;gap:${size / 3}px;padding:6px">${chosen
        .map((icon, index) => toSvg(icon, `${panel}-${size}-${index}`, size))
        .join('')}</div>`
    const samples = icons.filter(({ name }) => /^(calm|stale)$|-(4|9\+)$/.test(name))
    return `<div class="${panel}" style="background:${backgrounds[panel]}">
      ${row(16, icons)}${row(22, icons)}${row(48, samples)}</div>`
  })
  await page.setContent(`${style()}<body>${sections.join('')}</body>`)
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: file, fullPage: true })
  await close()
}
