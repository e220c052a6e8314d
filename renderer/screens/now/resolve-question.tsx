import type { ContractError } from '#shared/contract/errors.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'
import { unfinishedText } from './plan/unfinished.ts'
import styles from './resolve-question.module.css'

interface ResolveQuestionProps {
  readonly incidentId: string
  /** What the engine answered. */
  readonly refusal: ContractError
}

/** Asks before an incident is resolved whose alerts still fire, and says what of its plan is open. */
export function ResolveQuestion({ incidentId, refusal }: ResolveQuestionProps) {
  const actions = useActions()
  const response = useMirror(({ watch }) => watch?.responses.get(incidentId))
  const plan = useMirror(({ watch }) => response && watch?.plans.get(response.revision))
  const unfinished = plan && response ? unfinishedText(plan, response) : ''
  return (
    <>
      <p>{refusal.message}</p>
      {unfinished === '' ? null : <p>{unfinished}</p>}
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
