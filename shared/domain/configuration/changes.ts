import { z } from 'zod'
import { durationText } from '../duration/duration.ts'

const service = z.string().trim().min(1).max(200)

/** A Git address without what would make Git run something: no `ext::`, no option. */
const gitAddress = z
  .string()
  .trim()
  .min(1)
  .max(2_000)
  .refine((text) => !text.startsWith('-') && !text.includes('::'), {
    error: 'name an address (https://…, ssh://…, git@host:path) or a folder',
  })

/** New tags of a Git repository are deployments of a service. */
const gitTags = z.strictObject({
  git: gitAddress,
  tags: z
    .string()
    .regex(/^[A-Za-z0-9._/*?-]{1,200}$/, 'write which tags as a pattern, such as v*')
    .refine((text) => !text.startsWith('-'), { error: 'write which tags as a pattern, such as v*' })
    .default('*'),
  service: service.optional(),
  every: durationText(30_000).default(5 * 60_000),
})

/** New ReplicaSets of Deployments, as kube-state-metrics tells a Prometheus. */
const kubernetes = z.strictObject({
  /** The name of a Prometheus source. */
  kubernetes: service,
  /** Only these namespaces; all when left out. */
  namespaces: z
    .array(z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'no name of a namespace'))
    .min(1)
    .max(100)
    .optional(),
  every: durationText(15_000).default(60_000),
})

/** Where changes are looked for, beside those that are reported to the listener. */
export const changeSourcesSchema = z.array(z.union([gitTags, kubernetes])).max(50)
export type ChangeSourceConfig = Readonly<z.output<typeof changeSourcesSchema>[number]>
export type GitTagsConfig = Readonly<z.output<typeof gitTags>>
export type KubernetesConfig = Readonly<z.output<typeof kubernetes>>
