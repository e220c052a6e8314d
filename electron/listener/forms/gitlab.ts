import { z } from 'zod'
import { CHANGES_KEPT_MS } from '#shared/domain/change/schema.ts'
import { issueWords, keyOf, linkText, optional, shownText, timeText, type Reading } from './form.ts'

const deployment = z.object({
  object_kind: z.literal('deployment'),
  status: z.string().max(50),
  status_changed_at: optional(timeText),
  deployment_id: z.number(),
  deployable_url: optional(linkText),
  environment: optional(shownText),
  project: z.object({ name: shownText, path_with_namespace: shownText }),
  short_sha: optional(shownText),
  ref: optional(shownText),
  user: optional(z.object({ name: shownText })),
})

const kindSchema = z.object({ object_kind: z.string().max(100) })

/** Reads GitLab's deployment events. A project stands for the service of its name. */
export function readGitLab(body: unknown, now: number): Reading {
  if (kindSchema.safeParse(body).data?.object_kind !== 'deployment') {
    return { kind: 'refused', message: 'Supported events of GitLab: deployment.' }
  }
  const read = deployment.safeParse(body)
  if (!read.success) return { kind: 'refused', message: issueWords(read.error) }
  const { status, environment, project, ...said } = read.data
  if (status !== 'success') {
    return { kind: 'nothing', message: 'Deployments count when they succeed.' }
  }
  const happenedAt = Math.min(said.status_changed_at ?? now, now)
  if (happenedAt < now - CHANGES_KEPT_MS) {
    return { kind: 'refused', message: 'status_changed_at: is too long ago to matter.' }
  }
  return {
    kind: 'heard',
    heard: {
      kind: 'change',
      key: keyOf('gitlab', project.path_with_namespace, said.deployment_id),
      change: {
        kind: 'deployment',
        service: project.name,
        title: environment === null ? 'Deployed' : `Deployed to ${environment}`,
        version: said.ref ?? said.short_sha,
        by: said.user?.name ?? null,
        link: said.deployable_url,
        happenedAt,
        isTimeEstimated: said.status_changed_at === null,
        until: null,
        origin: 'webhook',
      },
    },
  }
}
