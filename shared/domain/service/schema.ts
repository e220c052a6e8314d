import { z } from 'zod'
import { matcherText } from '../matcher/matcher-text.ts'

/** Most services of one playbook. */
const MAX_SERVICES = 2_000

const name = z.string().trim().min(1).max(200)

/** A part of what the company runs: what alerts are about, and what it needs to work. */
export const serviceSchema = z.strictObject({
  name,
  /** `team:payments`, `person:ada`, or a name. */
  owner: name.optional(),
  /** What hits a core service is raised by a level. */
  core: z.boolean().default(false),
  /** Names of the services that it needs. */
  dependsOn: z.array(name).max(100).default([]),
  /** Which alerts are about it; without it, those whose label `service` has its name. */
  match: z.array(matcherText).min(1).max(20).optional(),
  description: name.optional(),
})
export type Service = Readonly<z.output<typeof serviceSchema>>

/** `services.yaml`. */
export const servicesFileSchema = z.strictObject({
  services: z.array(serviceSchema).max(MAX_SERVICES),
})
export type ServicesFile = Readonly<z.output<typeof servicesFileSchema>>
