import { useState } from 'react'
import { ActionButton } from '../../components/action-button.tsx'
import { useActions, useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import type { SilenceTarget } from '../../engine/page/ui-store.ts'
import { ExistingSilences } from './existing-silences.tsx'
import { SilenceDone, type SilenceOutcome } from './silence-done.tsx'
import { SilenceForm } from './silence-form.tsx'
import { describeWithout, silenceSubject } from './silence-subject.ts'
import { useSilences, type ListedSilences } from './use-silences.ts'
import styles from './silence-dialog.module.css'

/** While they are being read. */
const NONE: readonly ListedSilences[] = []

interface SilenceDialogProps {
  readonly target: SilenceTarget
}

/**
 * Silences alerts where they come from: shows what is silenced already and what a silence would
 * hide, before anything is done. What it is about is what was there when it was opened.
 */
export function SilenceDialog({ target }: SilenceDialogProps) {
  const { mirror } = useCockpit()
  const actions = useActions()
  const [subject] = useState(() => silenceSubject(target, mirror.getState()))
  const { places } = subject.plan
  const { listed, look } = useSilences(places)
  const [outcome, setOutcome] = useState<SilenceOutcome | null>(null)
  const author = useMirror(({ status }) => status?.you.name ?? '')
  const without = describeWithout(subject, mirror.getState().watch)
  return (
    <div className={styles.dialog}>
      <p className={styles.subject}>
        {subject.title}{' '}
        {places.length === 0 ? null : (
          <span className={styles.place}>
            in {places.map(({ name }) => name).join(' and ')}, as {author}
          </span>
        )}
      </p>
      {subject.alerts.length === 0 ? <p>No alert of it is firing.</p> : null}
      {without === null ? null : <p className={styles.without}>{without}</p>}
      {places.length === 0 ? (
        <div className={styles.buttons}>
          <ActionButton label="Close" data-autofocus onPress={actions.closeDialog} />
        </div>
      ) : (
        <>
          {outcome ? <SilenceDone outcome={outcome} onClose={actions.closeDialog} /> : null}
          <ExistingSilences listed={listed} look={look} onDone={setOutcome} />
          <SilenceForm
            target={target}
            subject={subject}
            listed={listed ?? NONE}
            look={look}
            isAside={outcome !== null}
          />
        </>
      )}
    </div>
  )
}
