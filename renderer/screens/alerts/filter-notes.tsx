import { TextButton } from '../../components/text-button.tsx'
import { useAlertsModel, useAlertScreen } from './alerts-model.ts'
import styles from './filter-notes.module.css'

/** How much of a filter is shown around its mistake, characters to either side. */
const AROUND = 24

/** What is wrong with the filter and what holds meanwhile, or what it asks for that there is not. */
export function FilterNotes() {
  const { screen } = useAlertsModel()
  const text = useAlertScreen((state) => state.text)
  const problem = useAlertScreen((state) => state.problem)
  const doubts = useAlertScreen((state) => state.doubts)
  const held = useAlertScreen((state) => state.appliedText)
  return (
    <div
      id="filter-problem"
      className={styles.notes}
      role="status"
      hidden={problem === null && doubts.length === 0}
    >
      {problem ? (
        <>
          <p>
            {problem.message}{' '}
            <code className={styles.excerpt}>
              {text.slice(Math.max(0, problem.offset - AROUND), problem.offset)}
              <mark className={styles.mark}>
                {text.slice(problem.offset, problem.offset + AROUND) || '␣'}
              </mark>
            </code>
          </p>
          <p>
            {held === '' ? (
              'Invalid filter: not applied, all alerts are listed.'
            ) : (
              <>
                Invalid filter; still applied: <code className={styles.excerpt}>{held}</code>
              </>
            )}
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
    </div>
  )
}
