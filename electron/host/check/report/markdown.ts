import { escapeMarkdown } from '#shared/domain/text/markdown.ts'
import type { AuditRow } from '#shared/domain/audit/audit.ts'
import type { CheckReport } from '../run.ts'
import { inOneLine, placeWords } from './places.ts'
import { runbookCells, runbookColumns } from './runbook-row.ts'
import { summaryOf } from './summary.ts'
import { runbookWord } from './table.ts'

/** For a comment on a change, or a page. */
export function markdownOf(report: CheckReport): string {
  const { rows, runbooks, findings } = report
  const told = findings.filter(({ severity }) => severity !== 'note')
  const parts = [
    '# Coverage of alerts',
    ...summaryOf(report).map((line) => `- ${cell(line)}`),
    ...(rows.length === 0
      ? []
      : [
          '',
          '| Alert | Plan | Owner | Escalation | Runbook | Place |',
          '| --- | --- | --- | --- | --- | --- |',
          ...rows.map(rowOf),
        ]),
    ...(runbooks.length === 0
      ? []
      : [
          '',
          '## Runbooks',
          '',
          `| ${runbookColumns.join(' | ')} |`,
          `| ${runbookColumns.map(() => '---').join(' | ')} |`,
          ...runbooks.map((each) => `| ${runbookCells(each).map(cell).join(' | ')} |`),
        ]),
    ...(told.length === 0
      ? []
      : [
          '',
          '## Findings',
          '',
          ...told.map(
            ({ severity, alert, place, message, remedy }) =>
              `- **${severity}** ${cell(alert ?? 'playbook')} (${cell(placeWords(place))}): ${cell(message)}. ${cell(remedy)}`,
          ),
        ]),
  ]
  return `${parts.join('\n')}\n`
}

function rowOf({ rule, plan, owner, escalation, runbooks }: AuditRow): string {
  const cells = [
    rule.name,
    plan ? `${plan.id}${plan.isSure ? '' : ' (depends)'}` : '–',
    owner?.name ?? '–',
    escalation ?? '–',
    runbookWord(runbooks),
    placeWords(rule.place),
  ]
  return `| ${cells.map(cell).join(' | ')} |`
}

const cell = (text: string) => escapeMarkdown(inOneLine(text))
