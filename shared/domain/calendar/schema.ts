import type { weekDays } from '../quiet-hours/schema.ts'

/** A day of the week as files write it. */
export type WeekDay = (typeof weekDays)[number]

/** Open from, and until: minutes since midnight by the wall clock, at most 1440. */
export type OpenHours = readonly [from: number, until: number]

/** When a company works: hours by weekday in a zone, but for its holidays. */
export interface Calendar {
  readonly id: string
  /** IANA name. */
  readonly zone: string
  /** In order and apart from each other; a day that is not there is closed. */
  readonly hours: Readonly<Partial<Record<WeekDay, readonly OpenHours[]>>>
  /** What a holiday is called, by its date (`2026-12-25`) or by its day of each year (`12-25`). */
  readonly holidays: ReadonlyMap<string, string>
}
