import { base64, utf8 } from '@scure/base'
import { z } from 'zod'
import {
  handoffDocumentSchema,
  handoffIdSchema,
  hashOfHandoff,
  type HandoffDocument,
} from '../handoff/document.ts'
import { answerSchema, handoffHashSchema, MAX_QUESTIONS } from '../handoff/schema.ts'
import { personSchema } from '../person/schema.ts'
import { fail, ok, type Result } from '../result/result.ts'
import { wholeTime } from '../handoff/clock-words.ts'
import { toMarkdown } from './to-markdown.ts'

/** Longest text that is looked at, in UTF-16 units: far above the largest handoff. */
export const MAX_TRAVEL_TEXT = 4 * 1024 * 1024
const LINE = 76
const BEGIN = 'BEGIN DECKWATCH '
const END = 'END DECKWATCH'

/** An acceptance as it travels back. Times in ms since the epoch, UTC. */
export const acceptanceSchema = z.object({
  format: z.literal('deckwatch-acceptance'),
  version: z.literal(1),
  handoffId: handoffIdSchema,
  /** Of the text that was accepted: whoever sent it compares. */
  hash: handoffHashSchema,
  by: personSchema,
  acceptedAt: z.number(),
  answers: z.array(answerSchema).max(MAX_QUESTIONS),
})
export type TravellingAcceptance = Readonly<z.infer<typeof acceptanceSchema>>

const handoffEnvelopeSchema = z.object({ document: handoffDocumentSchema, hash: handoffHashSchema })
const headSchema = z.object({ format: z.string(), version: z.number() })
const envelopeHeadSchema = z.object({ document: headSchema })

/** What a text turned out to carry. */
export type Travelled =
  | { readonly kind: 'handoff'; readonly document: HandoffDocument; readonly hash: string }
  | { readonly kind: 'acceptance'; readonly acceptance: TravellingAcceptance }

/** Why a text cannot be used: a stable code, and what to do about it. */
export interface TravelProblem {
  readonly code: 'none' | 'too-long' | 'damaged' | 'newer'
  readonly message: string
  readonly hint: string
}

/** A handoff as one text: to be read by people, with a block below that another Deckwatch opens. */
export function handoffText(document: HandoffDocument): string {
  const block = blockOf('HANDOFF', { document, hash: hashOfHandoff(document) })
  return `${toMarkdown(document)}\nTo take over, open this text in Deckwatch: Handoff, Import.\n\n${block}`
}

/** An acceptance as one text that the sender of the handoff opens. */
export function acceptanceText(acceptance: TravellingAcceptance, zone: string): string {
  const { by, acceptedAt } = acceptance
  const said = `${by.name} accepted the handoff on ${wholeTime(acceptedAt, zone)}.`
  const how = 'To record it, open this text in Deckwatch: Handoff, Import.'
  return `${said}\n${how}\n\n${blockOf('ACCEPTANCE', acceptance)}`
}

function blockOf(name: 'HANDOFF' | 'ACCEPTANCE', value: unknown): string {
  const digits = base64.encode(utf8.decode(JSON.stringify(value)))
  const lines = digits.match(new RegExp(`.{1,${String(LINE)}}`, 'g')) ?? []
  return [`-----${BEGIN}${name}-----`, ...lines, `-----${END} ${name}-----`, ''].join('\n')
}

/**
 * Finds what a text carries: a file of another Deckwatch, or what was pasted of it, whatever stands
 * around it. What mail and chats do to it (quote marks, blanks, other line ends) does no harm.
 */
export function readTravelled(text: string): Result<Travelled, TravelProblem> {
  if (text.length > MAX_TRAVEL_TEXT) {
    return problem('too-long', 'This is too large to be a handoff.', 'Choose another file.')
  }
  const found = findBlock(text)
  if (!found) {
    return problem(
      'none',
      'There is no handoff in this text.',
      'Take the whole text, with the lines BEGIN DECKWATCH and END DECKWATCH.',
    )
  }
  const { name, block } = found
  const value = parsed(block.replace(/[\s>|-]/g, ''))
  if (value === null) return damaged()
  return name === 'HANDOFF' ? readHandoff(value) : readAcceptance(value)
}

/** The first block of a text; one whose end is lost goes on to the end of the text. */
function findBlock(text: string): { readonly name: string; readonly block: string } | null {
  const begin = text.indexOf(BEGIN)
  if (begin < 0) return null
  const after = text.slice(begin + BEGIN.length)
  const name = ['HANDOFF', 'ACCEPTANCE'].find((each) => after.startsWith(each))
  if (name === undefined) return null
  const end = after.indexOf(END)
  return { name, block: after.slice(name.length, end < 0 ? undefined : end) }
}

function readHandoff(value: unknown): Result<Travelled, TravelProblem> {
  const head = envelopeHeadSchema.safeParse(value)
  if (head.success && head.data.document.version > 1) return newer()
  const envelope = handoffEnvelopeSchema.safeParse(value)
  if (!envelope.success) return damaged()
  const { document, hash } = envelope.data
  return hashOfHandoff(document) === hash ? ok({ kind: 'handoff', document, hash }) : damaged()
}

function readAcceptance(value: unknown): Result<Travelled, TravelProblem> {
  const head = headSchema.safeParse(value)
  if (head.success && head.data.version > 1) return newer()
  const acceptance = acceptanceSchema.safeParse(value)
  return acceptance.success ? ok({ kind: 'acceptance', acceptance: acceptance.data }) : damaged()
}

/** What digits of Base64 stand for; null where they are none, or stand for no text. */
function parsed(digits: string): unknown {
  try {
    return JSON.parse(utf8.encode(base64.decode(digits)))
  } catch {
    return null
  }
}

function damaged(): Result<never, TravelProblem> {
  return problem(
    'damaged',
    'This text is damaged: something of it is missing or was changed on the way.',
    'Ask for it again, as a file if it was pasted.',
  )
}

function newer(): Result<never, TravelProblem> {
  return problem(
    'newer',
    'This text was written by a newer version of Deckwatch.',
    'Update this Deckwatch, or ask for the handoff as Markdown.',
  )
}

function problem(
  code: TravelProblem['code'],
  message: string,
  hint: string,
): Result<never, TravelProblem> {
  return fail({ code, message, hint })
}
