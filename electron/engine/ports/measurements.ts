import type { Labels } from '#shared/domain/alert/schema.ts'
import type { Baseline } from '#shared/domain/measurement/baseline.ts'
import type { Threshold } from '#shared/domain/measurement/chart.ts'
import type { Reading } from '#shared/domain/measurement/reading.ts'
import { fail, type Result } from '#shared/domain/result/result.ts'
import type { QueriesPort } from './queries.ts'

/** A server that can be asked. */
export interface QueryPlace {
  readonly id: string
  readonly name: string
  readonly queries: QueriesPort
}

/** Something to measure for as long as it is among what is asked. */
export interface Question {
  /** Names it for ever: under the same key the same is asked, or something that takes its place. */
  readonly key: string
  readonly place: QueryPlace
  /** As the plan writes it, with placeholders for labels. */
  readonly promql: string
  /** What the placeholders are filled from. Hostile. */
  readonly labels: Labels
  /** One number, or whether the expression returns something. */
  readonly as: 'value' | 'condition'
  /** A moment whose value is wanted too, ms since the epoch, UTC; null for none. */
  readonly before: number | null
  readonly withBaseline: boolean
  /** How far back readings are wanted when the measuring begins, or goes on after a gap, ms; 0: not. */
  readonly pastMs: number
}

/** What is known of a question; the same object as long as nothing of it changes. */
export interface Answer {
  readonly reading: Reading
  /** Readings of the time before the first one, oldest first. Empty where none were wanted or come yet. */
  readonly past: readonly Reading[]
  readonly baseline: Baseline | null
  /** The reading of `before`; null where that is not wanted. */
  readonly before: Reading | null
}

/** What an expression watches: numbers that vary, and what they are compared with. */
export interface Watched {
  readonly promql: string
  /** Null where they are compared with no fixed number. */
  readonly threshold: Threshold | null
}

/** Asks servers for values on a clock, within a budget. Nothing is asked before something is wanted. */
export interface Measurements {
  /** From now on these are asked, and nothing else. */
  ask(questions: readonly Question[]): void
  /** What is known of a question that is asked; undefined while nothing is. */
  answer(key: string): Answer | undefined
  /**
   * Fills labels in and takes the comparison off. A failure says why it cannot be, as a part of a
   * sentence. Asks nobody.
   */
  watched(promql: string, labels: Labels): Result<Watched, string>
  /** Ends what is under way. */
  close(): void
}

/** Where nothing can be asked. */
export const noMeasurements: Measurements = {
  ask: () => undefined,
  answer: () => undefined,
  watched: () => fail('nothing is measured here'),
  close: () => undefined,
}
