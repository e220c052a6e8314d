import { IconX } from '@tabler/icons-react'
import { watchedSources } from '#shared/domain/source/watched.ts'
import { HiddenText } from '../../components/hidden-text.tsx'
import { useAlertsModel, useAlertScreen } from './alerts-model.ts'
import { useMirror } from '../../engine/cockpit/context.ts'
import { isSilent } from '../../engine/watch/silent-sources.ts'
import { AsOfSources } from '../../parts/sources/as-of-sources.tsx'
import { withoutTerm, type FilterTerm } from '../../lists/filter-terms.ts'
import { formatCount, plural } from '../../text/plural.ts'
import styles from './filter-line.module.css'

/** What holds of the filter, how many alerts it leaves, and how old they are where that is not now. */
export function FilterLine() {
  const hasProblem = useAlertScreen((state) => state.problem !== null)
  const terms = useAlertScreen((state) => state.terms)
  const known = useAlertScreen((state) => state.known)
  const matching = useAlertScreen((state) => state.matching)
  const sources = useMirror(({ watch }) => watch?.sources)
  const silent = sources ? watchedSources(sources).filter(isSilent) : []
  return (
    <div className={styles.line}>
      <p className={styles.count} role="status">
        {terms.length === 0
          ? plural(known, 'alert')
          : `${formatCount(matching)} of ${plural(known, 'alert')}`}
      </p>
      <AsOfSources silent={silent} />
      {terms.length === 0 || hasProblem ? null : (
        <ul className={styles.terms} aria-label="Conditions">
          {terms.map((term) => (
            <Term key={term.start} term={term} />
          ))}
        </ul>
      )}
    </div>
  )
}

function Term({ term }: { readonly term: FilterTerm }) {
  const { screen } = useAlertsModel()
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
