import type { Code } from '#shared/domain/runbook/schema.ts'
import { CopyButton } from '../../../components/copy-button.tsx'
import styles from './step-code.module.css'

const kinds: Readonly<Record<Code['kind'], string>> = {
  command: 'command',
  query: 'PromQL query',
  copy: 'text',
}

/** A command or a query of a step, as it is written, to be copied. */
export function StepCode({ code }: { readonly code: Code }) {
  const { kind, run, output } = code
  return (
    <div className={styles.card}>
      <div className={styles.head}>
        <span>{kinds[kind]}</span>
        <CopyButton text={run} what={`the ${kinds[kind]}`} />
      </div>
      <pre className={styles.code}>{run}</pre>
      {output === null ? null : (
        <details className={styles.expected}>
          <summary>Expected output</summary>
          <pre className={styles.code}>{output}</pre>
        </details>
      )}
    </div>
  )
}
