import { findingSeverity, type Finding, type FindingCode } from '../audit/finding.ts'

/** Says a finding: where, what is wrong, and what to do. Sentences without and with a full stop, in turn. */
export type Report = (line: number, code: FindingCode, message: string, remedy: string) => Finding

/** Makes findings of one file. */
export function reportOf(file: string): Report {
  return (line, code, message, remedy) => ({
    code,
    severity: findingSeverity[code],
    alert: null,
    place: { file, line, column: null },
    message: withoutStop(message),
    remedy,
  })
}

/** Whoever shows a finding puts a full stop behind its message. */
const withoutStop = (sentence: string) => sentence.replace(/\.\s*$/, '')

/** A text of a runbook within a sentence: on one line, and not longer than it needs to be known again. */
export function quoted(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return JSON.stringify(line.length > 80 ? `${line.slice(0, 79)}…` : line)
}

const order = { error: 0, warning: 1, note: 2 } as const

/** The worst first, those of the same weight by their line. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(
    (a, b) => order[a.severity] - order[b.severity] || (a.place?.line ?? 0) - (b.place?.line ?? 0),
  )
}
