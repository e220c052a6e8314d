import { z } from 'zod'
import { CHANGES_KEPT_MS } from '#shared/domain/change/schema.ts'
import { issueWords, keyOf, linkText, optional, shownText, timeText, type Reading } from './form.ts'

const repository = z.object({ name: shownText, full_name: shownText })
const user = z.object({ login: shownText })

const deploymentStatus = z.object({
  deployment_status: z.object({
    id: z.number(),
    state: z.string().max(50),
    environment: optional(shownText),
    log_url: optional(linkText),
    target_url: optional(linkText),
    created_at: timeText,
  }),
  deployment: z.object({ id: z.number(), ref: optional(shownText), creator: optional(user) }),
  repository,
})

const release = z.object({
  action: z.string().max(50),
  release: z.object({
    id: z.number(),
    tag_name: shownText,
    name: optional(shownText),
    html_url: optional(linkText),
    published_at: optional(timeText),
    author: optional(user),
  }),
  repository,
})

/**
 * Reads what GitHub sends. A repository stands for the service of its name. What it says counts once
 * for ever, by GitHub's own ids: it can be sent again without harm.
 *
 * @param event the header `X-GitHub-Event`.
 */
export function readGitHub(event: string, body: unknown, now: number): Reading {
  switch (event) {
    case 'ping':
      return nothing('Deckwatch hears you.')
    case 'deployment_status':
      return readDeployment(body, now)
    case 'release':
      return readRelease(body, now)
    default:
      return refused('Supported events of GitHub: deployment_status, release.')
  }
}

function readDeployment(body: unknown, now: number): Reading {
  const read = deploymentStatus.safeParse(body)
  if (!read.success) return refused(issueWords(read.error))
  const { deployment, deployment_status: status, repository: of } = read.data
  if (status.state !== 'success') return nothing('Deployments count when they succeed.')
  if (isOld(status.created_at, now)) return refused('created_at: is too long ago to matter.')
  const where = status.environment
  return {
    kind: 'heard',
    heard: {
      kind: 'change',
      key: keyOf('github', of.full_name, 'deployment', deployment.id, status.environment),
      change: {
        kind: 'deployment',
        service: of.name,
        title: where === null ? 'Deployed' : `Deployed to ${where}`,
        version: deployment.ref,
        by: deployment.creator?.login ?? null,
        link: status.log_url ?? status.target_url,
        happenedAt: Math.min(status.created_at, now),
        isTimeEstimated: false,
        until: null,
        origin: 'webhook',
      },
    },
  }
}

function readRelease(body: unknown, now: number): Reading {
  const read = release.safeParse(body)
  if (!read.success) return refused(issueWords(read.error))
  const { action, release: released, repository: of } = read.data
  // One release is published, created and released at once.
  if (action !== 'published') return nothing('Releases count when they are published.')
  const happenedAt = released.published_at ?? now
  if (isOld(happenedAt, now)) return refused('published_at: is too long ago to matter.')
  return {
    kind: 'heard',
    heard: {
      kind: 'change',
      key: keyOf('github', of.full_name, 'release', released.id),
      change: {
        kind: 'deployment',
        service: of.name,
        title: `Released ${released.name ?? released.tag_name}`,
        version: released.tag_name,
        by: released.author?.login ?? null,
        link: released.html_url,
        happenedAt: Math.min(happenedAt, now),
        isTimeEstimated: released.published_at === null,
        until: null,
        origin: 'webhook',
      },
    },
  }
}

const isOld = (at: number, now: number) => at < now - CHANGES_KEPT_MS
const nothing = (message: string): Reading => ({ kind: 'nothing', message })
const refused = (message: string): Reading => ({ kind: 'refused', message })
