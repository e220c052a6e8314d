import { join } from 'node:path'
import { checkLink } from '#electron/audit/runbooks/check-links.ts'
import { readSite } from '#electron/audit/runbooks/folder.ts'
import type { Runbooks } from '#electron/engine/ports/runbooks.ts'
import type { LinkAnswer } from '#shared/domain/audit/link.ts'

/**
 * The runbooks of the playbook in force, read anew for each question: an audit is rare, and pages may
 * have been written since. Nothing is asked over the network.
 *
 * @param folder of the playbook; it can change.
 */
export function createRunbooks(folder: () => string): Runbooks {
  return {
    async check(links) {
      const site = await readSite(join(folder(), 'runbooks'))
      const known = { maps: [], runbooks: site.ok ? site.value : null }
      return new Map(links.map((link): [string, LinkAnswer] => [link, checkLink(link, known)]))
    },
  }
}
