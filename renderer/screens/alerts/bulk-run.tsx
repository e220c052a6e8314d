import { ActionButton } from '../../components/action-button.tsx'
import { useAlertsModel } from './alerts-model.ts'
import { endedIn, type BulkPlan, type BulkProgress } from './bulk.ts'
import { describePlan, describeProgress } from './bulk-words.ts'
import styles from './bulk-bar.module.css'

interface BulkRunProps {
  readonly plan: BulkPlan
  readonly progress: BulkProgress
  readonly isStopping: boolean
}

/** How far it is, and how to stop it. */
export function BulkRun({ plan, progress, isStopping }: BulkRunProps) {
  const { bulk } = useAlertsModel()
  return (
    <>
      <p className={styles.text}>
        {describePlan(plan)}: {describeProgress(plan, progress)}
      </p>
      <progress
        className={styles.progress}
        aria-label={describePlan(plan)}
        max={plan.incidents.length}
        value={endedIn(progress)}
      />
      <ActionButton label="Stop" isPending={isStopping} onPress={() => bulk.stop()} />
    </>
  )
}
