import { useEffect, useState } from 'react'
import type { ContractError } from '#shared/contract/errors.ts'
import type { Explanation } from '#shared/domain/explanation/explain.ts'
import type { Result } from '#shared/domain/result/result.ts'
import { useCockpit } from '../../engine/cockpit/context.ts'
import type { Stage } from '#shared/domain/decision/schema.ts'
import styles from './why-answer.module.css'

/** What each stage decides. */
const stageWords: Readonly<Record<Stage, string>> = {
  normalise: 'Parsing',
  deduplicate: 'History',
  classify: 'Severity',
  suppress: 'Suppression',
  correlate: 'Grouping',
  route: 'Paging',
}

interface WhyAnswerProps {
  readonly incidentId: string
  readonly alertKey: string | undefined
}

/** Why something is shown, hidden or was not paged: the answer, then what each stage decided. */
export function WhyAnswer({ incidentId, alertKey }: WhyAnswerProps) {
  const { client } = useCockpit()
  const [answer, setAnswer] = useState<Result<Explanation, ContractError> | null>(null)
  useEffect(() => {
    const state = { isStale: false }
    const ask = async () => {
      const result = await client.request('why', {
        incidentId,
        ...(alertKey === undefined ? {} : { alertKey }),
      })
      if (state.isStale) return
      setAnswer(result.ok ? { ok: true, value: result.value.explanation } : result)
    }
    void ask()
    return () => {
      state.isStale = true
    }
  }, [client, incidentId, alertKey])
  if (!answer) return <p className={styles.answer}>Loading…</p>
  if (!answer.ok) {
    return (
      <p className={styles.answer}>
        {answer.error.message} {answer.error.hint}
      </p>
    )
  }
  return (
    <>
      <p className={styles.answer}>{answer.value.answer}</p>
      <ol className={styles.steps}>
        {answer.value.steps.map(({ stage, outcome, reason }, index) => (
          // The steps of one answer do not move: their place is their identity.
          <li key={index} className={styles.step}>
            <span className={styles.stage}>{stageWords[stage]}</span>
            <span>
              <strong>{outcome}</strong>
              <br />
              {reason}
            </span>
          </li>
        ))}
      </ol>
    </>
  )
}
