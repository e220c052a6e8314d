import { useEffect, useRef } from 'react'
import { ActionButton } from '../../components/action-button.tsx'
import { useAlertsModel } from './alerts-model.ts'
import type { BulkPlan } from './bulk.ts'
import { describeOthers, describePlan, describeReach } from './bulk-words.ts'
import { BulkSkipped } from './bulk-skipped.tsx'
import styles from './bulk-bar.module.css'

interface BulkQuestionProps {
  readonly plan: BulkPlan
}

/** Asked where an action would reach more than what was chosen, or a key would reach many. */
export function BulkQuestion({ plan }: BulkQuestionProps) {
  const { bulk } = useAlertsModel()
  const others = describeOthers(plan)
  const go = useRef<HTMLButtonElement>(null)
  useEffect(() => go.current?.focus(), [])
  return (
    <>
      <div className={styles.text}>
        <p>
          <strong>{describeReach(plan)}</strong>{' '}
          {others === '' ? null : <>{others} The action applies to them too.</>}
        </p>
        <BulkSkipped plan={plan} />
      </div>
      <ActionButton
        ref={go}
        label={describePlan(plan)}
        tone="primary"
        onPress={() => bulk.confirm()}
      />
      <ActionButton label="Cancel" onPress={() => bulk.dismiss()} />
    </>
  )
}
