import { useEffect, useRef, useState } from 'react'
import { MAX_STEP_NOTE } from '#shared/contract/operations/plan.ts'
import styles from './step-note.module.css'

interface StepNoteProps {
  /** What was noted before. */
  readonly text: string
  /** Called with the new note, or null where there is none to record. */
  readonly onDone: (note: string | null) => void
}

/** A line to write down what a step showed. */
export function StepNote({ text, onDone }: StepNoteProps) {
  const field = useRef<HTMLInputElement>(null)
  const [draft, setDraft] = useState(text)
  useEffect(() => {
    field.current?.focus()
  }, [])
  return (
    <div className={styles.box}>
      <input
        ref={field}
        className={styles.field}
        value={draft}
        maxLength={MAX_STEP_NOTE}
        aria-label="Note on this step"
        aria-describedby="step-note-help"
        placeholder="What you saw"
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          // The rest of the press would reach the step that has the focus next.
          if (event.key === 'Enter' || event.key === 'Escape') event.preventDefault()
          if (event.key === 'Escape') onDone(null)
          if (event.key === 'Enter') {
            const note = draft.trim()
            onDone(note === '' || note === text ? null : note)
          }
        }}
      />
      <p id="step-note-help" className={styles.help}>
        Enter adds the note, Esc leaves
      </p>
    </div>
  )
}
