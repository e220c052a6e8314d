import { IconAlertTriangle, IconCheck, IconInfoCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { coveredPercent } from '#shared/domain/audit/coverage.ts'
import type { AuditRow } from '#shared/domain/audit/audit.ts'
import type { Finding } from '#shared/domain/audit/finding.ts'
import { SmallButton } from '../../components/small-button.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { ownerName } from '../../text/owner-name.ts'
import { plural } from '../../text/plural.ts'
import { draftOf } from './new-plan.ts'
import type { AuditReport, AuditState } from './playbook-audit.ts'
import { usePlaybook, usePlaybookModel } from './playbook-model.ts'
import { unsavedPaths } from './playbook-store.ts'
import { RunbookHealthView } from './runbook-health-view.tsx'
import styles from './audit-view.module.css'

interface AuditViewProps {
  readonly audit: AuditState
}

/** Which alerts have a process, and what the others lack. */
export function AuditView({ audit }: AuditViewProps) {
  const { actions } = usePlaybookModel()
  return (
    <section
      className={styles.view}
      aria-labelledby="audit-title"
      aria-busy={audit.kind === 'asking'}
    >
      <header className={styles.head}>
        <h2 id="audit-title" className={styles.title}>
          Coverage of alerts
        </h2>
        <SmallButton disabled={audit.kind === 'asking'} onClick={() => void actions.audit()}>
          {audit.kind === 'asking' ? 'Asking the sources…' : 'Ask again'}
        </SmallButton>
        <TextButton onClick={actions.closeAudit}>Close</TextButton>
      </header>
      {audit.kind === 'refused' ? (
        <p className={styles.words}>
          {audit.error.message} {audit.error.hint}
        </p>
      ) : audit.kind === 'found' ? (
        <>
          <Report report={audit.report} />
          <RunbookHealthView report={audit.report} />
        </>
      ) : null}
    </section>
  )
}

function Report({ report }: { readonly report: AuditReport }) {
  const { rows, more, coverage, inputs } = report
  const [isAll, setAll] = useState(false)
  const percent = coveredPercent(coverage)
  const heartbeats = inputs.reduce((sum, { alerts }) => sum + alerts, 0) - coverage.alerts
  const shown = isAll ? rows : rows.filter(({ isCovered }) => !isCovered)
  return (
    <>
      <p className={styles.words}>
        {percent === null ? (
          'No alerts are known yet: no source lists rules, and none has fired.'
        ) : (
          <>
            <strong>{percent} % covered</strong>: {coverage.covered} of{' '}
            {plural(coverage.alerts, 'alert')} have a plan, an owner, an escalation path and a
            runbook.
          </>
        )}
        {heartbeats > 0 ? (
          <> Not counted: {plural(heartbeats, 'heartbeat')}; firing is its normal state.</>
        ) : null}
      </p>
      <ul className={styles.inputs} aria-label="Where the alerts come from">
        {inputs.map(({ source, alerts, problem }) => (
          <li key={source ?? ''}>
            {source ?? 'Fired before'}: {plural(alerts, 'alert')}
            {problem === null ? null : <span className={styles.bad}> ({problem})</span>}
          </li>
        ))}
      </ul>
      {rows.length === 0 ? null : (
        <>
          <p className={styles.words}>
            <label className={styles.all}>
              <input
                type="checkbox"
                checked={isAll}
                onChange={({ target }) => setAll(target.checked)}
              />{' '}
              Show covered ones too
            </label>
          </p>
          {shown.length === 0 ? <p className={styles.words}>All alerts are covered.</p> : null}
          <ul className={styles.rows} aria-label="Alerts">
            {shown.map((row, index) => (
              // Two rules may have the same name.
              <Row key={`${row.rule.name} ${String(index)}`} row={row} />
            ))}
          </ul>
          {more > 0 ? (
            <p className={styles.words}>
              and {plural(more, 'more alert')}; <code>deckwatch check</code> lists all
            </p>
          ) : null}
        </>
      )}
    </>
  )
}

function Row({ row }: { readonly row: AuditRow }) {
  const { actions, store } = usePlaybookModel()
  const facts = usePlaybook((state) => state.facts)
  const { rule, plan, owner, escalation, findings, isCovered } = row
  const path = facts?.plans.find(({ id }) => id === plan?.id)?.path
  return (
    <li className={styles.row}>
      <div className={styles.first}>
        {isCovered ? (
          <IconCheck size={16} className={styles.good} aria-label="Covered" />
        ) : (
          <IconAlertTriangle size={16} className={styles.bad} aria-label="Not covered" />
        )}
        <span className={styles.name}>{rule.name}</span>
        {plan && path !== undefined ? (
          <TextButton onClick={() => actions.open(path)}>{plan.title}</TextButton>
        ) : facts?.isEditable === true && !plan ? (
          <TextButton
            aria-label={`Write a plan for ${rule.name}`}
            onClick={() => {
              void actions.start(...draftOf(rule, facts, unsavedPaths(store.getState())))
            }}
          >
            Write a plan
          </TextButton>
        ) : null}
      </div>
      <p className={styles.facts}>
        {plan === null ? 'no plan' : plan.isSure ? 'plan' : 'plan in some cases'} ·{' '}
        {owner === null ? 'no owner' : ownerName(owner.name)} · {escalation ?? 'no escalation path'}
      </p>
      {findings.length === 0 ? null : (
        <ul className={styles.findings}>
          {findings.map((finding) => (
            <FindingLine key={`${finding.code} ${finding.message}`} finding={finding} />
          ))}
        </ul>
      )}
    </li>
  )
}

function FindingLine({ finding }: { readonly finding: Finding }) {
  const { severity, message, remedy } = finding
  const Icon = severity === 'note' ? IconInfoCircle : IconAlertTriangle
  return (
    <li className={styles.finding} data-severity={severity}>
      <Icon size={14} aria-hidden="true" />
      <span>
        {message}. <span className={styles.remedy}>{remedy}</span>
      </span>
    </li>
  )
}
