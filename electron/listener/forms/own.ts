import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { changeKindSchema, CHANGES_KEPT_MS } from '#shared/domain/change/schema.ts'
import { jobStatusSchema } from '#shared/domain/job/schema.ts'
import { MAX_VOICES_AT_ONCE, VOICES_KEPT_MS } from '#shared/domain/voice/schema.ts'
import { issueWords, keyOf, linkText, shownText, timeText, type Reading } from './form.ts'

/** Clocks differ by less than this, ms: what happened cannot lie further ahead. */
const MAX_AHEAD_MS = 5 * 60_000
/** Maintenance is planned at most so far ahead, ms, and lasts at most so long. */
const MAX_PLANNED_MS = 90 * 86_400_000
/** Without a time, the same change within this, ms, is one that was sent twice. */
const SAME_WITHIN_MS = 10 * 60_000

/** Names of services and jobs are compared, so they are kept as they are. */
const name = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((text) => shownText.safeParse(text).data === text, 'has characters that cannot be shown')

const common = {
  /** The sender's own name for this news, so that sending it again is no second one. */
  id: z.string().min(1).max(200).optional(),
  at: timeText.optional(),
}

const changeForm = z
  .object({
    ...common,
    type: changeKindSchema,
    service: name.optional(),
    title: shownText.optional(),
    version: shownText.optional(),
    by: shownText.optional(),
    link: linkText.optional(),
    until: timeText.optional(),
  })
  .superRefine(({ type, title, version, until }, context) => {
    const problem = (path: string, message: string) => {
      context.addIssue({ code: 'custom', path: [path], message })
    }
    if (title === undefined && version === undefined) problem('title', 'say what changed')
    if (type === 'maintenance' && until === undefined) problem('until', 'say when it ends')
  })

const count = z.number().int().min(1).max(MAX_VOICES_AT_ONCE).default(1)

const feedbackForm = z.object({
  ...common,
  type: z.literal('feedback'),
  service: name,
  sentiment: z.enum(['up', 'down']),
  count,
})

const countForm = z.object({
  ...common,
  type: z.enum(['complaint', 'ticket']),
  service: name,
  count,
})

const jobForm = z.object({ ...common, type: z.literal('job'), job: name, status: jobStatusSchema })

const kindSchema = z.object({ type: z.string().max(100) })

/** Every `type` that is understood. */
export const ownTypes = [...changeKindSchema.options, 'feedback', 'complaint', 'ticket', 'job']

/** Reads Deckwatch's own form. `now` in ms since the epoch, UTC. */
export function readOwn(body: unknown, now: number): Reading {
  const type = kindSchema.safeParse(body).data?.type
  if (type === 'job') return readJob(body, now)
  if (type === 'feedback' || type === 'complaint' || type === 'ticket') return readVoice(body, now)
  if (changeKindSchema.safeParse(type).success) return readChange(body, now)
  return refused(`"type" is one of ${ownTypes.join(', ')}.`)
}

function readChange(body: unknown, now: number): Reading {
  const read = changeForm.safeParse(body)
  if (!read.success) return refused(issueWords(read.error))
  const { id, type, at, until, ...said } = read.data
  const happenedAt = at ?? now
  const isPlan = type === 'maintenance'
  const late = lateWords(happenedAt, now, CHANGES_KEPT_MS, isPlan ? MAX_PLANNED_MS : MAX_AHEAD_MS)
  // Maintenance that goes on may have begun long ago.
  if (late !== null && !(isPlan && happenedAt < now && (until ?? 0) > now)) return refused(late)
  if (isPlan && until !== undefined) {
    if (until <= happenedAt) return refused('until: lies before its beginning.')
    if (until > now + MAX_PLANNED_MS) return refused('until: lies too far ahead.')
  }
  const { service = null, version = null, by = null, link = null } = said
  const title = said.title ?? version ?? ''
  const bucket = Math.floor(now / SAME_WITHIN_MS)
  const key =
    id === undefined
      ? keyOf('own', type, service, title, version, at ?? ['seen', bucket], until)
      : keyOf('own-id', type, id)
  const change = {
    kind: type,
    service,
    title,
    version,
    by,
    link,
    happenedAt,
    // Who reports a change does it when it is done.
    isTimeEstimated: false,
    until: isPlan ? (until ?? null) : null,
    origin: 'webhook' as const,
  }
  return { kind: 'heard', heard: { kind: 'change', key, change } }
}

function readVoice(body: unknown, now: number): Reading {
  const read = z.union([feedbackForm, countForm]).safeParse(body)
  if (!read.success) {
    return refused(
      'Feedback needs a service, a sentiment (up or down) and may have a count; complaints and tickets need a service.',
    )
  }
  const said = read.data
  const saidAt = said.at ?? now
  const late = lateWords(saidAt, now, VOICES_KEPT_MS, MAX_AHEAD_MS)
  if (late !== null) return refused(late)
  const none = { up: 0, down: 0, complaints: 0, tickets: 0 }
  const counts =
    said.type === 'feedback'
      ? { ...none, [said.sentiment]: said.count }
      : { ...none, [said.type === 'complaint' ? 'complaints' : 'tickets']: said.count }
  // Two thumbs look the same: only the sender can say that it is one that was sent twice.
  const key = said.id === undefined ? randomUUID() : keyOf('own-id', said.type, said.id)
  return { kind: 'heard', heard: { kind: 'voice', key, service: said.service, counts, saidAt } }
}

function readJob(body: unknown, now: number): Reading {
  const read = jobForm.safeParse(body)
  if (!read.success) return refused(issueWords(read.error))
  const { id, job, status, at } = read.data
  const reportedAt = at ?? now
  if (reportedAt > now + MAX_AHEAD_MS) return refused('at: lies in the future.')
  const key = id === undefined ? keyOf('job', job, status, reportedAt) : keyOf('own-id', 'job', id)
  // A clock that is a little ahead must not make the next report look old.
  const heardAt = Math.min(reportedAt, now)
  return { kind: 'heard', heard: { kind: 'job', key, job, status, reportedAt: heardAt } }
}

function lateWords(at: number, now: number, keptMs: number, aheadMs: number): string | null {
  if (at > now + aheadMs) return 'at: lies too far in the future.'
  return at < now - keptMs ? 'at: is too long ago to matter.' : null
}

const refused = (message: string): Reading => ({ kind: 'refused', message })
