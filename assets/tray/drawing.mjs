// What the tray's sheets are drawn from: the page of each grid, and a fingerprint of all of them.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  countText,
  cutsOf,
  trayMarks,
  trayPicture,
  traySheets,
} from '../../electron/host/desktop/tray/tray-sheet.ts'

const inAssets = (path) => join(import.meta.dirname, '..', path)
const read = (path) => readFileSync(inAssets(path), 'utf8')

const drawn = ['p0', 'p1', 'p2', 'p3', 'calm', 'stale']
const templates = Object.fromEntries(
  drawn.map((name) => [name, read(`tray/templates/${name}.svg`)]),
)
/** The mark of old data: a cross in the corner, with a gap around it. */
const cross = 'M11.4 1l3.6 3.6m0-3.6-3.6 3.6'

/** Pictures beside each other on a page. Chromium paints in tiles: elsewhere an edge is a shade different. */
const PER_ROW = 10

/**
 * The grids of a sheet, one for each scale: a page with all pictures, where each lies on it (in points)
 * and where it goes to (in pixels of the sheet).
 */
export function gridsOf(sheet) {
  const { points, scales } = traySheets[sheet]
  // A free tile between them, so that none reaches into another; each begins on a whole pixel.
  const tile = points * 2
  return scales.map((scale) => {
    const pictures = trayMarks.map((mark, index) => {
      const { cut } = cutsOf(trayPicture(sheet, mark)).find((each) => each.scale === scale)
      return { mark, left: (index % PER_ROW) * tile, top: Math.floor(index / PER_ROW) * tile, cut }
    })
    const cells = pictures.map(
      ({ mark, left, top }, index) =>
        `<div style="position:absolute;left:${left}px;top:${top}px">${toSvg(mark, `i${index}`, points)}</div>`,
    )
    return {
      scale,
      width: PER_ROW * tile,
      height: Math.ceil(pictures.length / PER_ROW) * tile,
      page: `${style()}<body class="${panelOf(sheet)}">${cells.join('')}</body>`,
      pictures,
    }
  })
}

/** Changes with whatever a sheet is drawn from: templates, colours, typeface, and the places in it. */
export function fingerprintOf(sheet) {
  return createHash('sha256')
    .update(JSON.stringify(gridsOf(sheet)))
    .digest('hex')
}

/** The colours that a sheet is drawn in: the class of its page. */
export function panelOf(sheet) {
  return sheet === 'macos' ? 'template' : sheet.split('-')[1]
}

/** One picture: its template, the count in it, and the mark of old data on it. */
export function toSvg({ severity, count, isStale }, id, size) {
  const template = severity?.toLowerCase() ?? (isStale ? 'stale' : 'calm')
  const text = severity === null ? (isStale ? '?' : '') : countText(count)
  const inner = templates[template].replace(/^<svg[^>]*>|<\/svg>\s*$/g, '')
  const digits = /<text[\s\S]*?<\/text>/.exec(inner)?.[0] ?? ''
  const shape = inner.replace(digits, '')
  const written = digits
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
export function style() {
  const font = readFileSync(
    inAssets('../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'),
  )
  const rules = `
    ${read('../renderer/theme/severity.css')}
    @font-face {
      font-family: Digits;
      font-weight: 100 900;
      src: url(data:font/woff2;base64,${font.toString('base64')});
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
    .template [data-severity='P2'] .ink { display: none; }`
  return `<style>:root { color-scheme: light dark; ${tokensOf(rules)} } ${rules}</style>`
}

/** The cockpit's colours that these rules use: another one may change without new pictures. */
function tokensOf(rules) {
  const used = new Set([...rules.matchAll(/var\((--[\w-]+)\)/g)].map(([, name]) => name))
  return [...read('../renderer/theme/tokens.css').matchAll(/(--[\w-]+):\s*([^;]+);/g)]
    .filter(([, name]) => used.has(name))
    .map(([declaration]) => declaration)
    .join(' ')
}
