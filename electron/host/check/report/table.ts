import type { AuditRow } from '#shared/domain/audit/audit.ts'
import type { Finding, FindingCode } from '#shared/domain/audit/finding.ts'
import { inColumns } from '#shared/domain/text/columns.ts'
import type { CheckReport } from '../run.ts'
import { inOneLine, placeWords } from './places.ts'
import { runbookCells, runbookColumns } from './runbook-row.ts'
import { summaryOf } from './summary.ts'

const MAX_NAME = 60

/** What a dash in a column says already. */
const columns: ReadonlySet<FindingCode> = new Set([
  'no-plan',
  'no-owner',
  'no-escalation',
  'no-runbook',
  'runbook-no-steps',
  'runbook-no-resolution',
  'runbook-no-escalation',
  'runbook-never-verified',
])

/** For people at a terminal. Hints are counted, unless they are wanted one by one. */
export function tableOf(report: CheckReport, isWithHints: boolean): string {
  const { rows, runbooks, findings } = report
  const told = findings.filter(
    ({ code, severity }) => !columns.has(code) && (isWithHints || severity !== 'note'),
  )
  const blocks = [
    rows.length === 0
      ? ''
      : inColumns([
          ['ALERT', 'PLAN', 'OWNER', 'ESCALATION', 'RUNBOOK', 'PLACE'],
          ...rows.map(cellsOf),
        ]),
    runbooks.length === 0
      ? ''
      : inColumns([
          runbookColumns.map((each) => each.toUpperCase()),
          ...runbooks.map(runbookCells),
        ]),
    told.map(lineOf).join('\n'),
    isWithHints ? '' : hintsOf(findings),
    summaryOf(report).join('\n'),
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}

function cellsOf({ rule, plan, owner, escalation, runbooks }: AuditRow): readonly string[] {
  const unsure = plan && !plan.isSure ? ' (depends)' : ''
  return [
    inOneLine(rule.name, MAX_NAME),
    plan ? `${plan.id}${unsure}` : '–',
    inOneLine(owner?.name ?? '–', MAX_NAME),
    inOneLine(escalation ?? '–', MAX_NAME),
    runbookWord(runbooks),
    placeWords(rule.place),
  ]
}

/** The best that is known of its runbooks. */
export function runbookWord(runbooks: AuditRow['runbooks']): string {
  const states = runbooks.map(({ answer }) => answer.status)
  const best = (['found', 'moved', 'unchecked', 'missing'] as const).find((each) =>
    states.includes(each),
  )
  return best === 'missing' ? 'broken' : (best ?? '–')
}

function lineOf({ code, severity, alert, place, message, remedy }: Finding): string {
  const about = alert === null ? '' : `${inOneLine(alert, MAX_NAME)}: `
  return `${placeWords(place)}: ${severity} ${code}: ${about}${inOneLine(message, 1_000)}. ${inOneLine(remedy)}`
}

function hintsOf(findings: readonly Finding[]): string {
  const hints = findings.filter(({ severity }) => severity === 'note')
  const byCode = Object.entries(Object.groupBy(hints, ({ code }) => code))
  if (byCode.length === 0) return ''
  const counts = byCode.map(([code, of]) => `${String(of.length)} ${code}`).join(', ')
  return `Hints: ${counts}. --hints lists them.`
}
