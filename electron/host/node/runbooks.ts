import { join } from 'node:path'
import { checkLink } from '#electron/audit/runbooks/check-links.ts'
import { readSite } from '#electron/audit/runbooks/folder.ts'
import type { Runbooks } from '#electron/engine/ports/runbooks.ts'
import type { LinkAnswer } from '#shared/domain/audit/link.ts'
import { USUAL_VERIFIED_AGE_MS } from '#shared/domain/runbook-health/schema.ts'
import type { PlaybookFiles } from './playbook-files.ts'
import { createRunbookHealth } from './runbook-health.ts'

/**
 * The runbooks of the playbook in force, looked at anew for each question: an audit is rare, and pages
 * may have been written since. Nothing is asked over the network.
 *
 * @param playbook its folder and its files; they can change.
 */
export function createRunbooks(
  playbook: PlaybookFiles & { readonly folder: () => string },
): Runbooks {
  const look = createRunbookHealth()
  return {
    async check(links) {
      const site = await readSite(join(playbook.folder(), 'runbooks'))
      const known = { maps: [], runbooks: site.ok ? site.value : null }
      return new Map(links.map((link): [string, LinkAnswer] => [link, checkLink(link, known)]))
    },
    health: (plans, now) =>
      look(playbook, {
        plans,
        maps: [],
        maxVerifiedAgeMs: USUAL_VERIFIED_AGE_MS,
        now,
        // As the cockpit names files.
        nameOf: (path) => path,
      }),
  }
}
