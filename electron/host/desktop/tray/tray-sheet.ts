import type { Rectangle } from 'electron'
import { severities, type Severity } from '#shared/domain/severity/schema.ts'
import type { TrayState } from './tray-state.ts'

/** What a picture of the tray says. */
export type TrayMark = Pick<TrayState, 'severity' | 'count' | 'isStale'>

interface Pictures {
  /** Width and height on a display of scale 1. */
  readonly points: number
  /** Displays that have a drawing of their own, the plain one first. */
  readonly scales: readonly [1, ...number[]]
}

/**
 * The sheets of `assets/tray`, `<name>.png` each, with what they hold. Windows' displays have scales in
 * between; macOS colours its pictures itself and needs one sheet for both themes.
 */
export const traySheets = {
  'linux-light': { points: 22, scales: [1, 2] },
  'linux-dark': { points: 22, scales: [1, 2] },
  'windows-light': { points: 16, scales: [1, 1.5, 2, 3] },
  'windows-dark': { points: 16, scales: [1, 1.5, 2, 3] },
  macos: { points: 16, scales: [1, 2] },
} as const satisfies Record<string, Pictures>

/** The name of a sheet. */
export type TraySheet = keyof typeof traySheets

/** Counts that have a picture; the last stands for all that are greater, too. */
const MAX_COUNT = 10

const counts = Array.from({ length: MAX_COUNT }, (_, index) => index + 1)

/** All that can be said, each once: without a severity there is no count, and with one there is. */
export const trayMarks: readonly TrayMark[] = [
  ...[false, true].map((isStale) => ({ severity: null, count: 0, isStale })),
  ...severities.flatMap((severity) =>
    counts.flatMap((count) => [false, true].map((isStale) => ({ severity, count, isStale }))),
  ),
]

/** A picture: a square of the grid that each sheet holds once for each scale. */
export interface TrayPicture {
  readonly sheet: TraySheet
  readonly row: number
  readonly column: number
}

/** The picture in a sheet that says this. */
export function trayPicture(sheet: TraySheet, { severity, count, isStale }: TrayMark): TrayPicture {
  return severity === null
    ? { sheet, row: 0, column: Number(isStale) }
    : { sheet, row: rowOf(severity, isStale), column: Math.min(count, MAX_COUNT) - 1 }
}

/** Calm and stale share the first row; each severity has one row for what is known, one for old data. */
function rowOf(severity: Severity, isStale: boolean): number {
  return 1 + 2 * severities.indexOf(severity) + Number(isStale)
}

const ROWS = 1 + 2 * severities.length

/** Where a picture lies in its sheet, in pixels, for each scale. The grids lie below each other. */
export function cutsOf({
  sheet,
  row,
  column,
}: TrayPicture): readonly { readonly scale: number; readonly cut: Rectangle }[] {
  const { points, scales } = traySheets[sheet]
  let top = 0
  return scales.map((scale) => {
    const edge = points * scale
    const cut = { x: column * edge, y: top + row * edge, width: edge, height: edge }
    top += ROWS * edge
    return { scale, cut }
  })
}

/** Width and height of a sheet in pixels. */
export function sheetSize(sheet: TraySheet): { readonly width: number; readonly height: number } {
  const { points, scales } = traySheets[sheet]
  return {
    width: MAX_COUNT * points * Math.max(...scales),
    height: ROWS * points * scales.reduce((sum: number, scale) => sum + scale, 0),
  }
}

/** A count as the pictures write it. */
export function countText(count: number): string {
  return count >= MAX_COUNT ? `${String(MAX_COUNT - 1)}+` : String(count)
}
