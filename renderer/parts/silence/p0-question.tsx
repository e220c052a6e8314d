import { useEffect, useRef } from 'react'
import { alertTitle } from '#shared/domain/alert/schema.ts'
import type { SilencePreview } from '#shared/domain/silence/preview.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { focusLate } from '../../components/late-focus.ts'
import { plural } from '../../text/plural.ts'
import styles from './p0-question.module.css'

interface P0QuestionProps {
  /** Null while the matchers are being written anew. */
  readonly preview: SilencePreview | null
  /** When the silence would end, in words. */
  readonly until: string
  readonly onCancel: () => void
  readonly onConfirm: () => void
}

/** Asked before a P0 is hidden. The focus is on the way back. */
export function P0Question({ preview, until, onCancel, onConfirm }: P0QuestionProps) {
  const back = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // Once what led here is through: the same key press must not answer it.
    const { activeElement } = document
    const timer = setTimeout(() => focusLate(activeElement, back.current))
    return () => clearTimeout(timer)
  }, [])
  const p0 = preview?.hidden.filter(({ severity }) => severity === 'P0') ?? []
  const [first] = p0
  return (
    <div className={styles.question} role="alertdialog" aria-labelledby="p0-question">
      <p id="p0-question" className={styles.text}>
        <strong>{first ? `Hide ${plural(p0.length, 'P0 alert')}?` : 'Hide a P0 alert?'}</strong>{' '}
        {first ? `${alertTitle(first).replace(/[.!?]+$/, '')}. ` : ''}
        No page for {p0.length > 1 ? 'them' : 'it'} until {until}.
      </p>
      <ActionButton ref={back} label="Go back" onPress={onCancel} />
      <ActionButton label="Silence P0 anyway" tone="danger" onPress={onConfirm} />
    </div>
  )
}
