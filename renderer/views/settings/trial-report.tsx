import type { Trial } from '../../state/settings-store.ts'
import styles from './trial-report.module.css'

interface TrialReportProps {
  readonly trial: Trial
  /** What is said when it works and when it does not. */
  readonly works?: string
  readonly fails?: string
}

/** What a trial of a source found. */
export function TrialReport({
  trial,
  works = 'The connection works.',
  fails = 'The connection does not work.',
}: TrialReportProps) {
  switch (trial.kind) {
    case 'running':
      return <p>Trying…</p>
    case 'failed':
      return (
        <p className={styles.verdict}>
          {trial.error.message} {trial.error.hint}
        </p>
      )
    case 'report':
      return <Found {...trial.report} works={works} fails={fails} />
  }
}

interface FoundProps {
  readonly isWorking: boolean
  readonly findings: readonly string[]
  readonly problem: { readonly message: string; readonly hint: string } | null
  readonly works: string
  readonly fails: string
}

/** The verdict and the facts behind it. */
export function Found({ isWorking, findings, problem, works, fails }: FoundProps) {
  return (
    <div className={styles.report}>
      <p className={styles.verdict} data-working={isWorking}>
        {isWorking ? `✓ ${works}` : `✕ ${fails}`}
      </p>
      {findings.length > 0 || problem ? (
        <ul className={styles.findings}>
          {problem ? (
            <li>
              {problem.message} {problem.hint}
            </li>
          ) : null}
          {findings.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
