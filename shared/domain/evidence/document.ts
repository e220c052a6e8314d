import type { RunKind } from '../execution/schema.ts'
import type { ReadOutput } from './output.ts'

/** A name and what is said of it, such as `Duration` and `0.3 s`. */
export interface Fact {
  readonly name: string
  readonly value: string
}

/** Something that was run. */
export interface EvidenceRun {
  /** Its place among all runs of the document, counted from 1 in the order of time. */
  readonly number: number
  readonly title: string
  readonly kind: RunKind
  /** The command or the query as it was run. */
  readonly shown: string
  /** When it was asked for, as people read it. */
  readonly at: string
  /** Who asked for it. */
  readonly by: string
  /** How it ended, in a few words: `exit 0`. */
  readonly outcome: string
  /** All else: commit, targets, risk, verdict, duration and so on. */
  readonly facts: readonly Fact[]
  readonly output: ReadOutput
}

/** One line of what was done with a step: a mark, or an answer to its question. */
export interface EvidenceLine {
  /** `Done`, or `Answered yes: Are all shards there?`. */
  readonly text: string
  readonly by: string
  readonly at: string
  readonly note: string | null
}

/** A step that somebody or something dealt with, or, of a plan, one that nobody did. */
export interface EvidenceStep {
  readonly title: string
  readonly lines: readonly EvidenceLine[]
  readonly runs: readonly EvidenceRun[]
}

/** A plan or a runbook, and how it was followed. */
export interface EvidenceChapter {
  readonly title: string
  readonly facts: readonly Fact[]
  readonly steps: readonly EvidenceStep[]
  /** The "fixed when" of a plan. */
  readonly criteria: readonly EvidenceStep[]
}

/**
 * The evidence of an incident: who did what, when, with which command and which output. Every text
 * is printable, and none is escaped: that is the affair of whoever writes it down.
 */
export interface EvidenceDocument {
  readonly title: string
  readonly isDrill: boolean
  readonly facts: readonly Fact[]
  /** What is missing from it and why, a sentence each. */
  readonly remarks: readonly string[]
  readonly chapters: readonly EvidenceChapter[]
}

/** All runs of a document, in the order of time. */
export function runsOf({ chapters }: Pick<EvidenceDocument, 'chapters'>): readonly EvidenceRun[] {
  return chapters
    .flatMap(({ steps }) => steps.flatMap(({ runs }) => runs))
    .toSorted((a, b) => a.number - b.number)
}
