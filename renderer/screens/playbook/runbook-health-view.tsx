import { IconAlertTriangle, IconCheck, IconInfoCircle } from '@tabler/icons-react'
import { useState } from 'react'
import type { Finding } from '#shared/domain/audit/finding.ts'
import type { RunbookHealth } from '#shared/domain/runbook-health/schema.ts'
import { TextButton } from '../../components/text-button.tsx'
import { plural } from '../../text/plural.ts'
import type { AuditReport } from './playbook-audit.ts'
import { usePlaybookModel } from './playbook-model.ts'
import styles from './audit-view.module.css'

interface RunbookHealthViewProps {
  readonly report: Pick<AuditReport, 'runbooks' | 'planFindings'>
}

/** What the runbooks of the playbook have, and what is wrong with them; each finding leads to its line. */
export function RunbookHealthView({ report }: RunbookHealthViewProps) {
  const { runbooks, planFindings } = report
  const [isAll, setAll] = useState(false)
  const withProblems = runbooks.filter(hasProblem)
  const shown = isAll ? runbooks : withProblems
  return (
    <section className={styles.part} aria-labelledby="runbook-health-title">
      <h3 id="runbook-health-title" className={styles.partTitle}>
        Runbooks
      </h3>
      <p className={styles.words}>
        {runbooks.length === 0
          ? 'The playbook has no runbooks: put Markdown files into its folder runbooks/.'
          : withProblems.length === 0
            ? `No problems in ${plural(runbooks.length, 'runbook')}.`
            : `${String(withProblems.length)} of ${plural(runbooks.length, 'runbook')} have problems.`}
      </p>
      {planFindings.length === 0 ? null : (
        <ul className={styles.planFindings} aria-label="What plans name of runbooks">
          {planFindings.map((finding) => (
            <FindingAt key={keyOf(finding)} finding={finding} />
          ))}
        </ul>
      )}
      {runbooks.length === 0 ? null : (
        <>
          <p className={styles.words}>
            <label className={styles.all}>
              <input
                type="checkbox"
                checked={isAll}
                onChange={({ target }) => setAll(target.checked)}
              />{' '}
              Show all runbooks, with notes
            </label>
          </p>
          <ul className={styles.rows} aria-label="Runbooks">
            {shown.map((runbook) => (
              <RunbookRow key={runbook.path} runbook={runbook} isWithNotes={isAll} />
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

const hasProblem = ({ findings }: RunbookHealth) =>
  findings.some(({ severity }) => severity !== 'note')

interface RunbookRowProps {
  readonly runbook: RunbookHealth
  readonly isWithNotes: boolean
}

function RunbookRow({ runbook, isWithNotes }: RunbookRowProps) {
  const { actions } = usePlaybookModel()
  const { path, title, findings, more } = runbook
  const told = findings.filter(({ severity }) => isWithNotes || severity !== 'note')
  const notes = findings.length - told.length
  return (
    <li className={styles.row}>
      <div className={styles.first}>
        {hasProblem(runbook) ? (
          <IconAlertTriangle size={16} className={styles.bad} aria-label="Has problems" />
        ) : (
          <IconCheck size={16} className={styles.good} aria-label="No problems" />
        )}
        <TextButton onClick={() => actions.open(path)}>{title}</TextButton>
      </div>
      <p className={styles.facts}>{factsOf(runbook)}</p>
      {told.length === 0 ? null : (
        <ul className={styles.findings}>
          {told.map((finding) => (
            <FindingAt key={keyOf(finding)} finding={finding} />
          ))}
        </ul>
      )}
      {more + notes > 0 ? (
        <p className={styles.facts}>
          {notes > 0 ? `and ${plural(notes, 'note')}` : null}
          {more > 0 ? ` and ${plural(more, 'more finding')}: deckwatch check lists all` : null}
        </p>
      ) : null}
    </li>
  )
}

/** What a runbook has, in one line. */
function factsOf({ steps, codes, copyOnly, verifiedAt, links, path }: RunbookHealth): string {
  return [
    path,
    plural(steps, 'step'),
    `${plural(codes, 'command')}${copyOnly === 0 ? '' : ` (${String(copyOnly)} to copy only)`}`,
    verifiedAt === null
      ? 'never verified'
      : `verified ${new Date(verifiedAt).toISOString().slice(0, 10)}`,
    ...(links.dead === 0 ? [] : [plural(links.dead, 'dead link')]),
  ].join(' · ')
}

const keyOf = ({ code, place, message }: Finding) =>
  `${code} ${place?.file ?? ''} ${String(place?.line)} ${String(place?.column)} ${message}`

function FindingAt({ finding }: { readonly finding: Finding }) {
  const { actions } = usePlaybookModel()
  const { severity, message, remedy, place } = finding
  const Icon = severity === 'note' ? IconInfoCircle : IconAlertTriangle
  return (
    <li className={styles.finding} data-severity={severity}>
      <Icon size={14} aria-hidden="true" />
      <span>
        {place?.line ? (
          <TextButton
            aria-label={`Line ${String(place.line)} of ${place.file}`}
            onClick={() =>
              actions.open(place.file, { line: place.line ?? 1, column: place.column ?? 1 })
            }
          >
            Line {place.line}
          </TextButton>
        ) : null}{' '}
        {message}. <span className={styles.remedy}>{remedy}</span>
      </span>
    </li>
  )
}
