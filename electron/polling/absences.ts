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
  /** Takes in what no answer of a whole poll listed. */
  judge(missing: readonly Entry[], poll: Missed): Absent
}

/** What is known of the answers that missed something, and of what it takes to believe them. */
export interface Missed {
  /** How many answers there were. */
  readonly answers: number
  /** The start times of those that answered meanwhile, as far as can be told. */
  readonly heard: ReadonlySet<string>
  /** The start times of all that may answer: each must be heard while the alert is missing. */
  readonly known: ReadonlySet<string>
  /** So many answers in all must miss it. */
  readonly answersUntilGone: number
}

interface Absence {
  polls: number
  answers: number
  readonly heard: Set<string>
}

/** Nothing is missing yet. */
export function createAbsences(): Absences {
  let absences: ReadonlyMap<string, Absence> = new Map()
  return {
    judge(missing, { answers, heard, known, answersUntilGone }) {
      const next = new Map<string, Absence>()
      const gone: Entry[] = []
      const held: Entry[] = []
      for (const entry of missing) {
        const key = labelsKeyOf(entry)
        const absence = absences.get(key) ?? { polls: 0, answers: 0, heard: new Set() }
        absence.polls += 1
        absence.answers += answers
        for (const startTime of heard) absence.heard.add(startTime)
        next.set(key, absence)
        const isConfirmed =
          absence.polls >= POLLS_UNTIL_GONE &&
          absence.answers >= answersUntilGone &&
          [...known].every((one) => absence.heard.has(one))
        ;(isConfirmed ? gone : held).push(entry)
      }
      absences = next
      return { gone, held }
    },
  }
}
