import { labelsKeyOf, type Entry } from './listing.ts'

/** So many polls in a row must miss an alert before it counts as gone. */
const POLLS_UNTIL_GONE = 2

/** What the listing says of alerts that no answer of a poll lists. */
export interface Absent {
  readonly gone: readonly Entry[]
  /** Not gone yet: another replica may still list them. */
  readonly held: readonly Entry[]
}

/** Confirms that alerts vanished where no start time can vouch for the memory that answered. */
export interface Absences {
  /**
   * Takes in what a whole poll did not list.
   *
   * @param startTime of the process that answered, as far as can be told
   * @param known the start times of all that may answer: each must have been heard while the alert
   *   was missing
   */
  judge(missing: readonly Entry[], startTime: string | null, known: ReadonlySet<string>): Absent
}

interface Absence {
  polls: number
  readonly heard: Set<string>
}

/** Nothing is missing yet. */
export function createAbsences(): Absences {
  let absences: ReadonlyMap<string, Absence> = new Map()
  return {
    judge(missing, startTime, known) {
      const next = new Map<string, Absence>()
      const gone: Entry[] = []
      const held: Entry[] = []
      for (const entry of missing) {
        const key = labelsKeyOf(entry)
        const absence = absences.get(key) ?? { polls: 0, heard: new Set() }
        absence.polls += 1
        if (startTime !== null) absence.heard.add(startTime)
        next.set(key, absence)
        const isConfirmed =
          absence.polls >= POLLS_UNTIL_GONE && [...known].every((one) => absence.heard.has(one))
        ;(isConfirmed ? gone : held).push(entry)
      }
      absences = next
      return { gone, held }
    },
  }
}
