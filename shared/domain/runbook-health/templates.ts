import type { Finding } from '../audit/finding.ts'
import { quoted, type Report } from './report.ts'

/** How labels and the value of an alert are named, in the ways that fill something in. */
const rightly =
  /^(?:\$labels\.[A-Za-z_]\w*|\.(?:Common|Group)?Labels\.[A-Za-z_]\w*|(?:\$labels|index\s+(?:\$labels|\.Labels))\s*"[^"]+"|(?:\$value|\.Value|\$externalLabels\.\w+|\$externalURL|\.ExternalURL)\b)/
/** How they are misnamed: other letters, one too many or too few, without or with the wrong mark. */
const wrongly =
  /^(?:\$?\.?(?:labels?|lables?|labls|lablels?|alert\.labels?|alerts?\.labels?)\.\w|\$\s*labels?\b|\$(?:lables?|labls|label|Labels?|vaule|valeu|Value)\b|\.(?:Lables?|Label|labels?|lables?|Vaule)\.\w|\$labels\b(?!\.[A-Za-z_]))/
const actions = /\{\{-?[ \t]*([^\n]*?)(?:-?\}\}|$)/gm

/**
 * Says which templates name labels or the value of the alert in a way that nobody fills in, or are never
 * closed. Other templates, such as those of Helm, kubectl or Hugo, are left alone.
 */
export function checkTemplates(source: string, report: Report): readonly Finding[] {
  const findings: Finding[] = []
  let line = 1
  let at = 0
  for (const { 0: whole, 1: action = '', index } of source.matchAll(actions)) {
    while (at < index) {
      if (source[at] === '\n') line += 1
      at += 1
    }
    const isRight = rightly.test(action)
    const isWrong = !isRight && wrongly.test(action)
    const isOpen = !whole.endsWith('}}')
    if (!isWrong && !(isRight && isOpen)) continue
    findings.push(
      report(
        line,
        'runbook-template',
        isOpen
          ? `The template ${quoted(whole)} is never closed, so nothing is filled in`
          : `The template ${quoted(whole)} names nothing that an alert has, so nothing is filled in`,
        'Write {{ $labels.NAME }} for a label, or {{ $value }} for what was measured.',
      ),
    )
  }
  return findings
}
