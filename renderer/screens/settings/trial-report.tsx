import type { Trial } from './settings-store.ts'
import styles from './trial-report.module.css'

interface TrialReportProps {
  readonly trial: Trial
  /** What is said when it works and when it does not. */
  readonly works?: string
  readonly fails?: string
  /** Puts what the engine says into the words of the place. */
  readonly words?: (text: string) => string
  /** Findings that stand beside it already. */
  readonly said?: readonly string[]
}

const asItIs = (text: string) => text

/** What a trial of a source found. */
export function TrialReport({
  trial,
  works = 'Connection OK',
  fails = 'Connection failed',
  words = asItIs,
  said = [],
}: TrialReportProps) {
  switch (trial.kind) {
    case 'running':
      return <p>Testing…</p>
    case 'failed':
      return (
        <p className={styles.verdict}>
          {words(`${trial.error.message} ${trial.error.hint ?? ''}`)}
        </p>
      )
    case 'report': {
      const findings = trial.report.findings.filter((text) => !said.includes(text))
      return <Found {...trial.report} {...{ findings, works, fails, words }} />
    }
  }
}

interface FoundProps {
  readonly isWorking: boolean
  readonly findings: readonly string[]
  readonly problem: { readonly message: string; readonly hint: string } | null
  readonly works: string
  readonly fails: string
  readonly words?: (text: string) => string
}

/** The verdict and the facts behind it. */
export function Found({ isWorking, findings, problem, works, fails, words = asItIs }: FoundProps) {
  return (
    <div className={styles.report}>
      <p className={styles.verdict} data-working={isWorking}>
        {isWorking ? `✓ ${works}` : `✕ ${fails}`}
      </p>
      {findings.length > 0 || problem ? (
        <ul className={styles.findings}>
          {problem ? <li>{words(`${problem.message} ${problem.hint}`)}</li> : null}
          {findings.map((text) => (
            <li key={text}>{words(text)}</li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
