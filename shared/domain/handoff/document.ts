import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { z } from 'zod'
import { personSchema } from '../person/schema.ts'
import {
  handoffLineSchema,
  handoffQuestionSchema,
  MAX_HANDOFF_LINES,
  MAX_QUESTIONS,
  periodSchema,
  takerSchema,
} from './schema.ts'

/** The version of the form below. A newer one is not read, and said to be newer. */
export const HANDOFF_VERSION = 1

/** How a handoff is named: made where it is written, and another one for each. */
export const handoffIdSchema = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/)

/** A handoff as it is sent, accepted and kept. Times in ms since the epoch, UTC. */
export const handoffDocumentSchema = z.object({
  format: z.literal('deckwatch-handoff'),
  version: z.literal(HANDOFF_VERSION),
  handoffId: handoffIdSchema,
  from: personSchema,
  to: takerSchema,
  period: periodSchema,
  /** IANA name of the zone that the times in its sentences are of. */
  zone: z.string().max(64),
  writtenAt: z.number(),
  lines: z.array(handoffLineSchema).max(MAX_HANDOFF_LINES),
  questions: z.array(handoffQuestionSchema).max(MAX_QUESTIONS),
  /** There for one of the drill alone: it hands no shift over. What is not there changes no hash. */
  isPractice: z.literal(true).optional(),
})
export type HandoffDocument = Readonly<z.infer<typeof handoffDocumentSchema>>

/**
 * The one spelling of a handoff: what is accepted is this text, to the letter. JSON with the keys in
 * order and no blanks, so that it does not matter what wrote it.
 */
export function canonicalText(document: HandoffDocument): string {
  return JSON.stringify(inOrder(handoffDocumentSchema.parse(document)))
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, each]) => [key, inOrder(each)]))
}

/** The incidents of this engine that a handoff names, by id, each once. */
export function incidentsNamed({ lines }: Pick<HandoffDocument, 'lines'>): readonly string[] {
  return [...new Set(lines.flatMap(({ incidentId }) => incidentId ?? []))]
}

/** SHA-256 of the {@link canonicalText}: what is accepted is named by it. */
export function hashOfHandoff(document: HandoffDocument): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalText(document))))
}
