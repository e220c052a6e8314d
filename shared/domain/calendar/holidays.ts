/** A day off as a list of holidays has it. */
export interface Holiday {
  /** `2026-12-25`, or `12-25` for each year. */
  readonly date: string
  readonly name: string
}

/** An entry that is no holiday, and why; the line counts from 1. */
export interface SkippedEntry {
  readonly line: number
  readonly message: string
}

/** What a file of holidays says. */
export interface HolidayList {
  readonly holidays: readonly Holiday[]
  /** What could not be used of it; the rest holds. */
  readonly skipped: readonly SkippedEntry[]
}
