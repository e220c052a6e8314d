import { IconX } from '@tabler/icons-react'
import { HiddenText } from '../../components/hidden-text.tsx'
import { useAlertDesk, useAlertScreen } from '../../state/alert-desk.ts'
import { withoutTerm, type FilterTerm } from '../../state/alert-filter-terms.ts'
import { formatCount, plural } from '../../text/plural.ts'
import styles from './filter-line.module.css'

/** How much of a filter is shown around its mistake, characters to either side. */
const AROUND = 24

/** What holds of the filter, what is wrong with it, and how many alerts it leaves. */
export function FilterLine() {
  const text = useAlertScreen((state) => state.text)
  const problem = useAlertScreen((state) => state.problem)
  const terms = useAlertScreen((state) => state.terms)
  const known = useAlertScreen((state) => state.known)
  const matching = useAlertScreen((state) => state.matching)
  return (
    <div className={styles.line}>
      <p className={styles.count} role="status">
        {terms.length === 0
          ? plural(known, 'alert')
          : `${formatCount(matching)} of ${plural(known, 'alert')}`}
      </p>
      {terms.length === 0 || problem ? null : (
        <ul className={styles.terms} aria-label="Conditions">
          {terms.map((term) => (
            <Term key={term.start} term={term} />
          ))}
        </ul>
      )}
      <p id="filter-problem" className={styles.problem} role="status" hidden={problem === null}>
        {problem ? (
          <>
            {problem.message}{' '}
            <code className={styles.excerpt}>
              {text.slice(Math.max(0, problem.offset - AROUND), problem.offset)}
              <mark className={styles.mark}>
                {text.slice(problem.offset, problem.offset + AROUND) || '␣'}
              </mark>
            </code>{' '}
            {terms.length === 0
              ? 'Until that is mended, all are listed.'
              : 'Until that is mended, the filter before it holds.'}
          </>
        ) : null}
      </p>
    </div>
  )
}

function Term({ term }: { readonly term: FilterTerm }) {
  const { screen } = useAlertDesk()
  const text = useAlertScreen((state) => state.appliedText)
  const written = text.slice(term.start, term.end)
  const isNegative =
    term.kind === 'text' ? term.isNegated : term.operator === '!=' || term.operator === '!~'
  return (
    <li className={styles.term} data-negative={isNegative} data-kind={term.kind}>
      <span className={styles.written} title={written}>
        {written}
      </span>
      <button
        type="button"
        className={styles.remove}
        onClick={() => screen.setFilter(withoutTerm(text, term))}
      >
        <IconX size={13} aria-hidden="true" />
        <HiddenText>Remove {written}</HiddenText>
      </button>
    </li>
  )
}
