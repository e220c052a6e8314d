import { useEffect, useRef } from 'react'
import { expiryOf } from '#shared/domain/silence/expiry.ts'
import type { SilencePlace } from '#shared/domain/silence/place.ts'
import type { Silence } from '#shared/domain/silence/schema.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { focusLate } from '../../components/late-focus.ts'
import { useMirror } from '../../engine/cockpit/context.ts'
import { describeExpiry } from './silence-words.ts'
import styles from './existing-silences.module.css'

interface ExpireQuestionProps {
  readonly silence: Silence
  readonly place: SilencePlace
  readonly onCancel: () => void
  readonly onConfirm: () => void
}

/**
 * Asked before a silence is expired, as that cannot be undone: by the time it was created again,
 * people have been paged. The focus is on the way back.
 */
export function ExpireQuestion({ silence, place, onCancel, onConfirm }: ExpireQuestionProps) {
  const alerts = useMirror(({ watch }) => watch?.alerts)
  const notifies = useMirror(({ status }) => status?.reach.notifies ?? NONE)
  const back = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // Once what led here is through: the same key press must not answer it.
    const { activeElement } = document
    const timer = setTimeout(() => focusLate(activeElement, back.current))
    return () => clearTimeout(timer)
  }, [])
  const expiry = expiryOf(silence, alerts?.values() ?? [], place.realm)
  const questionId = `expire-${silence.id}`
  return (
    <div className={styles.choices} role="alertdialog" aria-labelledby={questionId}>
      <p id={questionId} className={styles.question}>
        <strong>Expire this silence?</strong>{' '}
        {describeExpiry(expiry, { place: place.name, notifies })}
      </p>
      <ActionButton ref={back} label="Keep it" onPress={onCancel} />
      <ActionButton label="Expire now" tone="danger" onPress={onConfirm} />
    </div>
  )
}

const NONE: readonly never[] = []
