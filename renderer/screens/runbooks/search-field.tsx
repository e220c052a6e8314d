import { IconSearch } from '@tabler/icons-react'
import { useRef } from 'react'
import { FilterInput } from '../../lists/filter-input.tsx'
import { MAX_SEARCH } from './runbook-index.ts'
import { useRunbooks, useRunbooksModel } from './runbooks-model.ts'
import styles from './search-field.module.css'

interface SearchFieldProps {
  /** The ids of the lines as they are shown. */
  readonly lines: readonly string[]
  /** What is said of the result to who cannot see it. */
  readonly count: string
  /** Opens a line as a press on it would. */
  readonly onOpen: (id: string) => void
}

/** The search: arrow down leads into what was found, Enter opens the first of it. */
export function SearchField({ lines, count, onOpen }: SearchFieldProps) {
  const model = useRunbooksModel()
  const query = useRunbooks((view) => view.query)
  const request = useRunbooks((view) => view.searchRequest)
  const input = useRef<HTMLInputElement>(null)
  const [first] = lines
  return (
    <div role="search" aria-label="Search runbooks" className={styles.search}>
      <FilterInput
        ref={input}
        text={query}
        icon={<IconSearch size={16} aria-hidden="true" />}
        isInvalid={false}
        request={request}
        clearLabel="Clear the search"
        onClear={() => model.setQuery('')}
        aria-label="Search runbooks by title, alert, file or text"
        placeholder="Title, alert, file or text"
        maxLength={MAX_SEARCH}
        onChange={({ currentTarget }) => model.setQuery(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Escape' && query !== '') model.setQuery('')
          else if (event.key === 'Escape') input.current?.blur()
          else if (event.key === 'ArrowDown' && first !== undefined) model.goToLine(first)
          else if (event.key === 'Enter' && first !== undefined) onOpen(first)
          else return
          event.preventDefault()
        }}
      />
      <p role="status" className={styles.count}>
        {count}
      </p>
    </div>
  )
}
