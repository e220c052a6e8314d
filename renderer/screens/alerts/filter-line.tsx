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

/** How many alerts the filter leaves. Beside the field, where its suggestions never cover it. */
export function FilterCount() {
  const isFiltered = useAlertScreen(({ terms }) => terms.length > 0)
  const known = useAlertScreen((state) => state.known)
  const matching = useAlertScreen((state) => state.matching)
  return (
    <p className={styles.count} role="status">
      {isFiltered
        ? `${formatCount(matching)} of ${plural(known, 'alert')}`
        : plural(known, 'alert')}
    </p>
  )
}

/** What holds of the filter, and how old its alerts are where that is not now. */
export function FilterLine() {
  const hasProblem = useAlertScreen((state) => state.problem !== null)
  const terms = useAlertScreen((state) => state.terms)
  const sources = useMirror(({ watch }) => watch?.sources)
  const silent = sources ? watchedSources(sources).filter(isSilent) : []
  const hasTerms = terms.length > 0 && !hasProblem
  if (silent.length === 0 && !hasTerms) return null
  return (
    <div className={styles.line}>
      <AsOfSources silent={silent} />
      {hasTerms ? (
        <ul className={styles.terms} aria-label="Conditions">
          {terms.map((term) => (
            <Term key={term.start} term={term} />
          ))}
        </ul>
      ) : null}
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
