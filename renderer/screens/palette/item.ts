import type { Piece } from '../../text/pieces.ts'

/** One line of the palette. */
export interface PaletteItem {
  /** How the title is shown where something in it was found; else it stands as it is. */
  readonly marked?: readonly Piece[]
  /** The part of a text that was found, below the detail. */
  readonly excerpt?: readonly Piece[]
  /** The same for the same thing, also when the list changes. */
  readonly id: string
  readonly group: PaletteGroup
  readonly title: string
  /** What else tells it apart; found by it too. */
  readonly detail?: string
  /** Other words that people call it by; not shown. */
  readonly keywords?: string
  /** The key that does the same without the palette. */
  readonly hint?: string
  /** Why it cannot be done now; it is shown, and choosing it says why. */
  readonly refusedBecause: string | null
  readonly run: () => void
}

/** The groups in their order. */
export const paletteGroups = [
  'This incident',
  'Selected alerts',
  'Go to',
  'Incident of the selected line',
  'Alerts with',
  'Notifications',
  'Sources',
  'Drill',
  'Appearance',
  'Incidents',
  'Runbooks',
  'Knowledge',
] as const
export type PaletteGroup = (typeof paletteGroups)[number]
