import type { StepState } from '#shared/domain/response/schema.ts'
import { ActionButton } from '../../../components/action-button.tsx'
import styles from './step-tools.module.css'

interface StepToolsProps {
  readonly state: StepState
  readonly refusedBecause: string | null
  readonly onMark: (state: StepState) => void
  readonly onNote: () => void
  /** Shows why nothing can be marked. */
  readonly onRefused: (reason: string) => void
}

/** What can be said of the step that is shown; each is a key as well. */
export function StepTools({ state, refusedBecause, onMark, onNote, onRefused }: StepToolsProps) {
  const shared = { refusedBecause, onRefused }
  return (
    <div className={styles.tools} role="group" aria-label="This step">
      {state === 'open' ? null : (
        <ActionButton {...shared} label="Open again" onPress={() => onMark('open')} />
      )}
      {state === 'done' ? null : (
        <ActionButton
          {...shared}
          label="Done"
          hint="Space"
          tone="primary"
          onPress={() => onMark('done')}
        />
      )}
      {state === 'skipped' ? null : (
        <ActionButton {...shared} label="Skip" hint="K" onPress={() => onMark('skipped')} />
      )}
      {state === 'failed' ? null : (
        <ActionButton {...shared} label="Failed" hint="F" onPress={() => onMark('failed')} />
      )}
      <ActionButton {...shared} label="Note" hint="N" onPress={onNote} />
    </div>
  )
}
