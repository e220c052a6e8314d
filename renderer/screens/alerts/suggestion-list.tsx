import type { Suggestion } from './filter/filter-suggestions.ts'
import styles from './suggestion-list.module.css'

interface SuggestionListProps {
  readonly id: string
  readonly suggestions: readonly Suggestion[]
  /** The line that the keyboard is on; -1 for none. */
  readonly chosen: number
  readonly onAccept: (suggestion: Suggestion) => void
}

/** How what is being typed can go on. */
export function SuggestionList({ id, suggestions, chosen, onAccept }: SuggestionListProps) {
  return (
    <ul
      id={id}
      role="listbox"
      aria-label="Suggestions"
      className={styles.list}
      hidden={suggestions.length === 0}
    >
      {suggestions.map((suggestion, index) => (
        <li
          key={suggestion.text}
          id={`${id}-${String(index)}`}
          role="option"
          aria-selected={index === chosen}
          className={styles.line}
          // Before the field loses the focus, which would put the list away.
          onPointerDown={(event) => {
            event.preventDefault()
            onAccept(suggestion)
          }}
        >
          <span className={styles.text}>{suggestion.shown}</span>
          <span className={styles.detail}>{suggestion.detail}</span>
        </li>
      ))}
    </ul>
  )
}
