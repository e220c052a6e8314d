import { codesOf } from '#shared/domain/runbook/codes.ts'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import { bindPlaceQuery, placeQueryText } from '#shared/domain/runbook/query/bind.ts'
import { placeQueryKindOf, type PlaceQuery } from '#shared/domain/runbook/query/schema.ts'
import type { Result } from '#shared/domain/result/result.ts'
import { alertWith, factsWith, fillOf } from '../inputs/facts.ts'

/** A runbook with one step that has this fence. */
export const pageOf = (language: string, text: string, attributes = '{"name":"q"}') =>
  parseRunbook({
    path: 'a.md',
    text: `## Diagnose\n\n1. Look:\n\n   \`\`\`${language} ${attributes}\n   ${text.replaceAll('\n', '\n   ')}\n   \`\`\`\n`,
  })

/** The query of a runbook, with the values of an alert in, or why there is none. */
export function bound(
  language: string,
  text: string,
  labels: Readonly<Record<string, string>> = {},
): Result<PlaceQuery, string> {
  const runbook = pageOf(language, text)
  const [code] = runbook.steps.flatMap(codesOf)
  const kind = placeQueryKindOf(language)
  if (code?.kind !== 'query' || kind === null) {
    return { ok: false, error: runbook.findings.map(({ message }) => message).join(' ') }
  }
  const facts = factsWith({ alerts: [alertWith(labels)] })
  return bindPlaceQuery(kind, code, fillOf([code], runbook, facts), code.attributes.since)
}

/** The same as it is shown. */
export const shownOf = (...of: Parameters<typeof bound>) => {
  const result = bound(...of)
  return result.ok ? placeQueryText(result.value) : `refused: ${result.error}`
}
