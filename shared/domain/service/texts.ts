import { z } from 'zod'
import { matcherText } from '../matcher/matcher-text.ts'
import type { Service } from './schema.ts'
import { createServiceMap, type ServiceMap } from './service-map.ts'

/** A service as the cockpit gets it: conditions as the file writes them. */
export const serviceTextsSchema = z.object({
  name: z.string(),
  owner: z.string().nullable(),
  core: z.boolean(),
  dependsOn: z.array(z.string()),
  /** Null where the label `service` tells. */
  match: z.array(z.string()).nullable(),
})
export type ServiceTexts = Readonly<z.infer<typeof serviceTextsSchema>>

/** The services that are known, for the cockpit. */
export function toServiceTexts({ services }: Pick<ServiceMap, 'services'>): ServiceTexts[] {
  return [...services.values()].map(({ name, owner, core, dependsOn, match }) => ({
    name,
    owner: owner ?? null,
    core,
    dependsOn,
    match: match?.map(({ text }) => text) ?? null,
  }))
}

/** The services again, ready to be asked. A condition that cannot be read is none that holds. */
export function fromServiceTexts(texts: readonly ServiceTexts[]): ServiceMap {
  return createServiceMap(
    texts.map(({ name, owner, core, dependsOn, match }): Service => ({
      name,
      core,
      dependsOn,
      ...(owner === null ? {} : { owner }),
      ...(match === null ? {} : { match: match.flatMap(toMatcher) }),
    })),
  )
}

function toMatcher(text: string): NonNullable<Service['match']> {
  const read = matcherText.safeParse(text)
  return read.success ? [read.data] : []
}
