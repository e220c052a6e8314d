import type { Alert } from '#shared/domain/alert/schema.ts'
import { TextButton } from '../../../components/text-button.tsx'
import { useActions } from '../../../engine/cockpit/context.ts'
import styles from './no-plan.module.css'

interface NoPlanProps {
  readonly alerts: readonly Alert[]
}

/** Says that nobody wrote down what to do, and offers to. */
export function NoPlan({ alerts }: NoPlanProps) {
  const actions = useActions()
  const [worst] = alerts
  return (
    <p className={styles.line}>
      <span>
        <strong>No response plan</strong>
        {worst ? ' matches this alert.' : ': plans are found by alerts, and it has none.'}
      </span>
      {worst ? (
        <TextButton onClick={() => actions.writePlan(worst.key)}>
          Write a plan for this alert
        </TextButton>
      ) : null}
    </p>
  )
}
