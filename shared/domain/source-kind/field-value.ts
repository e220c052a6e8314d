import { z } from 'zod'
import { addressProblem } from './address.ts'
import { durationText } from '../duration/duration.ts'
import { matcherText } from '../matcher/matcher-text.ts'
import { realmNameSchema } from '../realm/realm.ts'
import { unreachable } from '../result/result.ts'
import type { Field } from './field.ts'
import { headerProblem, repeatedHeader, type Headers } from './headers.ts'
import { SECRET_REFERENCE, secretsAreNamed } from './secret-reference.ts'

/** A secret is never written in the file: it is named, and read where the engine runs. */
export const secretReferenceSchema = z.string().regex(SECRET_REFERENCE, secretsAreNamed)

const httpUrl = z.string().transform((text, context) => {
  const problem = addressProblem(text)
  if (problem === null) return text.replace(/\/+$/, '')
  context.addIssue({ code: 'custom', message: problem })
  return z.NEVER
})

const auth = z
  .union([
    z.strictObject({
      basic: z.strictObject({ username: z.string().min(1), password: secretReferenceSchema }),
    }),
    z.strictObject({ bearer: secretReferenceSchema }),
  ])
  .optional()
/** How to sign in; secrets by reference. Undefined: not at all. */
export type Auth = z.output<typeof auth>

const tls = z
  .strictObject({
    /** PEM file with the authorities to trust instead of the system's. */
    ca: z.string().optional(),
    /** PEM files of the client certificate and its key (mTLS). */
    cert: z.string().optional(),
    key: z.string().optional(),
    serverName: z.string().optional(),
  })
  .refine((value) => (value.cert === undefined) === (value.key === undefined), {
    message: 'cert and key belong together',
  })
  .optional()
/** Files of certificates, as the configuration names them. Undefined: the system's authorities. */
export type Tls = z.output<typeof tls>

/** Each problem at the header that it is about. */
const headers = z
  .record(z.string(), z.string())
  .superRefine((given, context) => {
    const repeated = repeatedHeader(Object.keys(given))
    for (const [name, value] of Object.entries(given)) {
      const message = name === repeated ? 'duplicate header' : headerProblem(name, value)
      if (message !== null) context.addIssue({ code: 'custom', path: [name], message })
    }
  })
  .optional()

/** What a field of each kind is once the file is read: durations in ms, matchers parsed. */
export interface FieldValues {
  readonly address: string
  readonly duration: number
  readonly number: number
  readonly text: string | undefined
  readonly matchers: z.output<typeof matcherText>[]
  readonly labels: Record<string, string> | undefined
  readonly auth: Auth
  readonly tls: Tls
  readonly headers: Headers | undefined
}

/** The schema of a field as the file has it. */
export function fieldValueSchema(field: Field): z.ZodType {
  switch (field.kind) {
    case 'address':
      return httpUrl
    case 'duration': {
      const schema = durationText(field.minMs, field.maxMs)
      return schema.default(schema.parse(field.standard))
    }
    case 'number': {
      const number = z.number().min(field.min).max(field.max)
      return (field.isWhole ? number.int() : number).default(field.standard)
    }
    case 'text':
      return (field.format === 'realm' ? realmNameSchema : z.string().min(1)).optional()
    case 'matchers':
      return z.array(matcherText).default([])
    case 'labels':
      return z.record(z.string(), z.string()).optional()
    case 'auth':
      return auth
    case 'tls':
      return tls
    case 'headers':
      return headers
    default:
      return unreachable(field)
  }
}
