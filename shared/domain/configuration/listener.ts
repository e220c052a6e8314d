import { z } from 'zod'
import { SECRET_REFERENCE, secretsAreNamed } from '../source-kind/secret-reference.ts'

/** Addresses that only this machine reaches. */
const LOOPBACK = /^(127(?:\.\d{1,3}){3}|::1|localhost)$/

/** True for an address that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host)
}

/** Where changes, feedback and reports of jobs are listened for. Off where it is left out. */
export const listenerSchema = z
  .strictObject({
    port: z.number().int().min(1).max(65_535),
    host: z
      .string()
      .regex(/^[A-Za-z0-9.:-]{1,253}$/, 'name an address of this machine, such as 127.0.0.1')
      .default('127.0.0.1'),
    /** What requests are signed with, by reference. */
    secret: z.string().regex(SECRET_REFERENCE, secretsAreNamed).optional(),
  })
  .superRefine(({ host, secret }, context) => {
    if (isLoopback(host) || secret !== undefined) return
    context.addIssue({
      code: 'custom',
      path: ['host'],
      message: `others can reach ${host}: name a secret that requests are signed with, such as secret: env:DECKWATCH_WEBHOOK_SECRET`,
    })
  })
export type ListenerConfig = Readonly<z.output<typeof listenerSchema>>
