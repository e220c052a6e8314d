import { useLayoutEffect, useRef } from 'react'
import { keyOf } from '../../keyboard/shortcuts.ts'
import { formatCount, plural } from '../../text/plural.ts'
import { entryKinds, isFiltering, type EntryFilter, type EntryKind } from './timeline-filter.ts'
import styles from './find-row.module.css'

/** Longest text that is looked for, in UTF-16 units. */
const MAX_TEXT = 200

interface FindRowProps {
  /** The focus is wanted here: another object each time. */
  readonly request: object
  readonly filter: EntryFilter
  readonly onChange: (filter: EntryFilter) => void
  /** How many entries are found, of how many that were read. */
  readonly found: number
  readonly all: number
  /** Goes to the entries. */
  readonly onEnter: () => void
  /** Ends looking for something. */
  readonly onLeave: () => void
}

/** What is looked for in the timeline: words, and a kind of entries. */
export function FindRow({ request, filter, onChange, found, all, onEnter, onLeave }: FindRowProps) {
  const input = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => {
    // At once: what is typed next is looked for, and is no key of the screen.
    input.current?.focus()
    input.current?.select()
  }, [request])
  return (
    <div className={styles.row} role="search" aria-label="Timeline">
      <input
        ref={input}
        className={styles.field}
        type="search"
        aria-label="Words in the timeline"
        aria-keyshortcuts={keyOf('find-entries')}
        placeholder="Words"
        autoComplete="off"
        spellCheck={false}
        maxLength={MAX_TEXT}
        value={filter.text}
        onChange={({ currentTarget }) => onChange({ ...filter, text: currentTarget.value })}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Escape') {
            if (filter.text === '') onLeave()
            else onChange({ ...filter, text: '' })
          } else if (event.key === 'Enter' || event.key === 'ArrowDown') onEnter()
          else return
          event.preventDefault()
        }}
      />
      <select
        className={styles.field}
        aria-label="Kind of entries"
        value={filter.kind}
        onChange={({ currentTarget }) =>
          onChange({ ...filter, kind: currentTarget.value as EntryKind })
        }
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.preventDefault()
          onLeave()
        }}
      >
        {Object.entries(entryKinds).map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
      <span className={styles.count} role="status">
        {isFiltering(filter) ? `${formatCount(found)} of ` : null}
        {plural(all, 'entry', 'entries')}
      </span>
    </div>
  )
}
