import { KeyHint } from '../components/key-hint.tsx'
import { TextButton } from '../components/text-button.tsx'
import type { FilterProblem } from './filter-terms.ts'
import styles from './filter-note.module.css'

/** How much of a filter is shown around its mistake, characters to either side. */
const AROUND = 24

interface FilterNoteProps {
  /** What the field names as its description. */
  readonly id: string
  /** False where there is nothing to say. */
  readonly isShown: boolean
  readonly children: React.ReactNode
}

/** What is to be said of a filter, below its field. */
export function FilterNote({ id, isShown, children }: FilterNoteProps) {
  return (
    <div id={id} className={styles.note} role="status" hidden={!isShown}>
      {isShown ? children : null}
    </div>
  )
}

interface FilterClearedProps {
  readonly onUndo: () => void
}

/** That the filter was cleared, and how it comes back. */
export function FilterCleared({ onUndo }: FilterClearedProps) {
  return (
    <p>
      Filter cleared.{' '}
      <TextButton aria-keyshortcuts="Control+Z" onClick={onUndo}>
        Undo <KeyHint>Ctrl Z</KeyHint>
      </TextButton>
    </p>
  )
}

interface FilterMistakeProps {
  readonly text: string
  readonly problem: FilterProblem
}

/** What is wrong with a filter, and the place in it. */
export function FilterMistake({ text, problem: { offset, message } }: FilterMistakeProps) {
  return (
    <>
      {message}{' '}
      <FilterExcerpt>
        {text.slice(Math.max(0, offset - AROUND), offset)}
        <mark className={styles.mark}>{text.slice(offset, offset + AROUND) || '␣'}</mark>
      </FilterExcerpt>
    </>
  )
}

/** A piece of a filter within a sentence. */
export function FilterExcerpt({ children }: { readonly children: React.ReactNode }) {
  return <code className={styles.excerpt}>{children}</code>
}
