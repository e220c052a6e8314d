import type { Incident } from '#shared/domain/incident/schema.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { keyOf } from '../../keyboard/shortcuts.ts'
import { useAlertsModel } from './alerts-model.ts'
import type { BulkPlan, BulkProgress } from './bulk.ts'
import { useActions } from '../../engine/cockpit/context.ts'
import { describeEnd } from './bulk-words.ts'
import { BulkSkipped } from './bulk-skipped.tsx'
import styles from './bulk-bar.module.css'

interface BulkOutcomeProps {
  readonly plan: BulkPlan
  readonly progress: BulkProgress
  /** What was acknowledged or snoozed, and can be undone. */
  readonly taken: readonly Incident[]
}

/** What came of it: how many it worked for, and for which it did not, with why. */
export function BulkOutcome({ plan, progress, taken }: BulkOutcomeProps) {
  const { bulk } = useAlertsModel()
  const actions = useActions()
  return (
    <>
      <div className={styles.text}>
        <p>{describeEnd(plan, progress)}</p>
        <BulkSkipped plan={plan} />
        {progress.failures.length === 0 ? null : (
          <ul className={styles.failures} aria-label="Refused">
            {progress.failures.map(({ incident, error }) => (
              <li key={incident.id}>
                <TextButton onClick={() => actions.goTo(incident.id)}>
                  <span className={styles.incident}>{incident.title}</span>
                </TextButton>{' '}
                {error.message} {error.hint}
              </li>
            ))}
          </ul>
        )}
      </div>
      {taken.length === 0 ? null : (
        <ActionButton
          label={labelOf(plan, taken.length)}
          hint={keyOf('unacknowledge')}
          onPress={() => bulk.undo()}
        />
      )}
      <ActionButton
        label={plan.forbidden === undefined ? 'Done' : 'Close'}
        onPress={() => bulk.dismiss()}
      />
    </>
  )
}

function labelOf({ action }: BulkPlan, count: number): string {
  if (action === 'snooze') return count === 1 ? 'Unsnooze it' : 'Unsnooze them'
  return count === 1 ? 'Unacknowledge it' : 'Unacknowledge them'
}
