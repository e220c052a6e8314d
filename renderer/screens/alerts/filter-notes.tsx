import { TextButton } from '../../components/text-button.tsx'
import {
  FilterCleared,
  FilterExcerpt,
  FilterMistake,
  FilterNote,
} from '../../lists/filter-note.tsx'
import { useAlertsModel, useAlertScreen } from './alerts-model.ts'
import styles from './filter-notes.module.css'

interface FilterNotesProps {
  /** Brings back what was cleared; null where nothing was. */
  readonly onUndo: (() => void) | null
}

/**
 * What is wrong with the filter and what holds meanwhile, what it asks for that there is not, or that
 * it was cleared.
 */
export function FilterNotes({ onUndo }: FilterNotesProps) {
  const { screen } = useAlertsModel()
  const text = useAlertScreen((state) => state.text)
  const problem = useAlertScreen((state) => state.problem)
  const doubts = useAlertScreen((state) => state.doubts)
  const held = useAlertScreen((state) => state.appliedText)
  return (
    <FilterNote
      id="filter-problem"
      isShown={problem !== null || doubts.length > 0 || onUndo !== null}
    >
      {onUndo ? <FilterCleared onUndo={onUndo} /> : null}
      {problem ? (
        <>
          <p>
            <FilterMistake text={text} problem={problem} />
          </p>
          <p>
            {held === '' ? (
              'Invalid filter: not applied, all alerts are listed.'
            ) : (
              <>
                Invalid filter; still applied: <FilterExcerpt>{held}</FilterExcerpt>.
              </>
            )}{' '}
            Nothing can be done to several alerts until it is fixed.
          </p>
        </>
      ) : null}
      {doubts.map(({ message, instead }) => (
        <p key={message}>
          {message}{' '}
          {instead ? (
            <>
              Did you mean{' '}
              <TextButton onClick={() => screen.setFilter(instead.text)}>
                <span className={styles.instead}>{instead.shown}</span>
              </TextButton>
              ?
            </>
          ) : null}
        </p>
      ))}
    </FilterNote>
  )
}
