import type { Finding } from '../audit/finding.ts'
import type { LinkAnswers } from '../audit/link.ts'
import type { PlacedLink } from '../runbook/links.ts'
import { quoted, type Report } from './report.ts'
import type { RunbookHealth } from './schema.ts'

/** How the links of a runbook are, and what is wrong with them. */
export interface LinkHealth {
  readonly counts: RunbookHealth['links']
  readonly findings: readonly Finding[]
}

/** Says which links of a runbook lead to nothing, or to a page that has moved. */
export function checkLinks(
  links: readonly PlacedLink[],
  answers: LinkAnswers,
  report: Report,
): LinkHealth {
  const findings = links.flatMap(({ url, line }): readonly Finding[] => {
    const answer = answers.get(url)
    if (answer?.status === 'missing') {
      const remedy = answer.hint ?? 'Write the page, or correct the link.'
      return [
        report(line, 'runbook-dead-link', `The link ${quoted(url)} is dead: ${answer.why}`, remedy),
      ]
    }
    if (answer?.status !== 'moved') return []
    const message = `The link ${quoted(url)} leads on to ${answer.to}`
    return [report(line, 'runbook-moved-link', message, 'Link to where it is now.')]
  })
  const unchecked = links.filter(
    ({ url }) => (answers.get(url)?.status ?? 'unchecked') === 'unchecked',
  )
  return {
    counts: {
      all: links.length,
      dead: findings.filter(({ code }) => code === 'runbook-dead-link').length,
      unchecked: unchecked.length,
    },
    findings,
  }
}
