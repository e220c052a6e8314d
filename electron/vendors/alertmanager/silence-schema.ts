import { textMapSchema } from '#electron/polling/labels.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import { parseTime } from '#electron/polling/times.ts'
import type { Matcher, MatcherOperator } from '#shared/domain/matcher/matcher.ts'
import type { Silence } from '#shared/domain/silence/schema.ts'
import { z } from 'zod'

const matcherSchema = z.object({
  name: z.string(),
  value: z.string(),
  isRegex: z.boolean(),
  /** Left out by versions before 0.22, which know no negative matchers. */
  isEqual: z.boolean().default(true),
})
type ApiMatcher = z.input<typeof matcherSchema>

/** A silence of `GET /api/v2/silences` and `GET /api/v2/silence/{id}`. */
export const apiSilenceSchema = z.object({
  id: z.string(),
  status: z.object({ state: z.string() }),
  matchers: z.array(matcherSchema),
  startsAt: z.string(),
  endsAt: z.string(),
  createdBy: z.string().default(''),
  comment: z.string().default(''),
})
/** A silence as the server has it, nothing in it made safe. */
export type ApiSilence = z.output<typeof apiSilenceSchema>

/** What `GET /api/v2/alerts` says of alerts when only these two matter. */
export const matchingSchema = z.array(z.object({ fingerprint: z.string(), labels: textMapSchema }))

/** What `POST /api/v2/silences` answers. */
export const createdSchema = z.object({ silenceID: z.string().min(1) })

/** A matcher as the API takes it. */
export function toApiMatcher({ name, operator, value }: Matcher): ApiMatcher {
  return {
    name,
    value,
    isRegex: operator === '=~' || operator === '!~',
    isEqual: operator === '=' || operator === '=~',
  }
}

/** A silence in Deckwatch's words, every text safe to show; null for one that is over or has no end. */
export function toSilence(raw: ApiSilence): Silence | null {
  const { state } = raw.status
  const startsAt = parseTime(raw.startsAt)
  const endsAt = parseTime(raw.endsAt)
  if ((state !== 'active' && state !== 'pending') || endsAt === null) return null
  return {
    id: toPrintable(raw.id),
    matchers: raw.matchers.map(({ name, value, isRegex, isEqual }) => ({
      name: toPrintable(name),
      operator: operatorOf(isRegex, isEqual),
      value: toPrintable(value),
    })),
    startsAt: startsAt ?? endsAt,
    endsAt,
    createdBy: toPrintable(raw.createdBy),
    comment: toPrintable(raw.comment),
    state,
  }
}

function operatorOf(isRegex: boolean, isEqual: boolean): MatcherOperator {
  if (isRegex) return isEqual ? '=~' : '!~'
  return isEqual ? '=' : '!='
}
