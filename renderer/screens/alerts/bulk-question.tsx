import { useEffect, useRef } from 'react'
import { ActionButton } from '../../components/action-button.tsx'
import { useAlertsModel } from './alerts-model.ts'
import { takesP0AmongOthers, type BulkPlan } from './bulk.ts'
import { describeOthers, describePlan, describeReach } from './bulk-words.ts'
import { BulkSkipped } from './bulk-skipped.tsx'
import styles from './bulk-bar.module.css'

interface BulkQuestionProps {
  readonly plan: BulkPlan
}

/**
 * Asked where an action would reach more than what was chosen, a key would reach many, or a P0 would
 * be acknowledged along with others: there the focus is on the way back.
 */
export function BulkQuestion({ plan }: BulkQuestionProps) {
  const { bulk } = useAlertsModel()
  const others = describeOthers(plan)
  const answer = useRef<HTMLButtonElement>(null)
  useEffect(() => answer.current?.focus(), [])
  const isGrave = takesP0AmongOthers(plan)
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
        {...(isGrave ? {} : { ref: answer })}
        label={describePlan(plan)}
        tone="primary"
        onPress={() => bulk.confirm()}
      />
      <ActionButton
        {...(isGrave ? { ref: answer } : {})}
        label="Cancel"
        onPress={() => bulk.dismiss()}
      />
    </>
  )
}
