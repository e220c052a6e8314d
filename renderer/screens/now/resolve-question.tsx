import type { ContractError } from '#shared/contract/errors.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { useActions } from '../../engine/cockpit/context.ts'
import styles from './resolve-question.module.css'

interface ResolveQuestionProps {
  readonly incidentId: string
  /** What the engine answered. */
  readonly refusal: ContractError
}

/** Asks before an incident is resolved whose alerts still fire. */
export function ResolveQuestion({ incidentId, refusal }: ResolveQuestionProps) {
  const actions = useActions()
  return (
    <>
      <p>{refusal.message}</p>
      <p className={styles.hint}>{refusal.hint}</p>
      <div className={styles.buttons}>
        <ActionButton label="Keep it open" data-autofocus onPress={actions.closeDialog} />
        <ActionButton
          label="Resolve anyway"
          tone="danger"
          onPress={() => {
            actions.closeDialog()
            void actions.resolve(incidentId, true)
          }}
        />
      </div>
    </>
  )
}
