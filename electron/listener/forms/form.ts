import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Heard } from '#electron/engine/ports/listener.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'

/** What a body says: news, nothing that matters here, or why it is not understood. */
export type Reading =
  | { readonly kind: 'heard'; readonly heard: Heard }
  | { readonly kind: 'nothing'; readonly message: string }
  | { readonly kind: 'refused'; readonly message: string }

/** Longest texts that are kept, in UTF-16 units. */
const MAX_TEXT = 300

/** A text from outside, bounded and made safe to show. */
export const shownText = z
  .string()
  .trim()
  .min(1)
  .max(10_000)
  .transform((text) => toPrintable(text, MAX_TEXT).replace(/\s+/g, ' '))

/** An address that a person may follow; anything but http(s) is left out. */
export const linkText = z
  .string()
  .max(2_000)
  .transform((text) => {
    if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return null
    const url = new URL(text)
    // Who shows a link must not show a password.
    url.username = ''
    url.password = ''
    return url.href
  })

/** A time: ISO 8601 with an offset, or seconds since the epoch; as ms, UTC. */
export const timeText = z.union([z.string().max(64), z.number()]).transform((value, context) => {
  const at = typeof value === 'number' ? value * 1_000 : parseTime(value)
  if (Number.isFinite(at)) return Math.round(at)
  context.addIssue({
    code: 'custom',
    message: 'is no time: write it as 2026-11-29T06:00:00Z, or as seconds since 1970',
  })
  return z.NEVER
})

/** Without an offset it would be another moment on each machine. */
function parseTime(text: string): number {
  // GitLab writes 2026-11-29 06:00:00 +0100, or UTC in place of the offset.
  const iso = text
    .trim()
    .replace(/^(\d{4}-\d\d-\d\d) /, '$1T')
    .replace(/ ?UTC$/, 'Z')
    .replace(/ ?([+-]\d\d):?(\d\d)$/, '$1:$2')
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/.test(iso)
    ? Date.parse(iso)
    : Number.NaN
}

/** A part that a sender may leave out: anything else than expected is as good as nothing. */
export const optional = <Value>(schema: z.ZodType<Value>) =>
  schema
    .nullish()
    .catch(null)
    .transform((value) => value ?? null)

/** The same parts give the same key. */
export function keyOf(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
}

/** The first thing that is wrong with a body, with its place. */
export function issueWords(error: z.ZodError): string {
  const [issue] = error.issues
  if (!issue) return 'Invalid content.'
  const place = issue.path.map((part) => String(part)).join('.')
  return toPrintable(place === '' ? issue.message : `${place}: ${issue.message}`, MAX_TEXT)
}
