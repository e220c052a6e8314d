import { useState } from 'react'
import type { MarkedEntry } from '#shared/domain/timeline/marked.ts'
import { stepFrom, stepKeys } from '../../lists/list-steps.ts'

/** Entries that a page key goes over. */
const PAGE = 10

/** What a line of the list needs to take part in it. */
export interface LineProps {
  readonly tabIndex: 0 | -1
  readonly 'data-entry': number
  readonly onFocus: () => void
  readonly onPointerEnter: () => void
}

interface TimelineListProps {
  readonly ref: React.RefObject<HTMLOListElement | null>
  readonly entries: readonly MarkedEntry[]
  /** A key that was pressed on an entry: true where it was used. */
  readonly onKey: (key: string, entry: MarkedEntry) => boolean
  /** @param isActive whether what can be done with it is in sight. */
  readonly renderLine: (entry: MarkedEntry, line: LineProps, isActive: boolean) => React.ReactNode
}

const keyOf = ({ seq }: MarkedEntry) => String(seq)

/**
 * The entries, of which one is in the order of the tabulator: arrows lead to the others. What can be
 * done with an entry shows where the focus or the pointer is, and nowhere else.
 */
export function TimelineList({ ref, entries, onKey, renderLine }: TimelineListProps) {
  const [place, setPlace] = useState<number | null>(null)
  const [focused, setFocused] = useState<number | null>(null)
  const [pointed, setPointed] = useState<number | null>(null)
  // The newest one, where the entry that had the place is not shown.
  const active = entries.some(({ seq }) => seq === place) ? place : (entries.at(-1)?.seq ?? null)
  return (
    <ol
      ref={ref}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setFocused(null)
      }}
      onPointerLeave={() => setPointed(null)}
      onKeyDown={(event) => {
        if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return
        const line = (event.target as Element).closest<HTMLElement>('[data-entry]')
        const seq = Number(line?.dataset['entry'])
        const entry = entries.find((each) => each.seq === seq)
        if (!line || !entry) return
        const step = stepKeys[event.key]
        if (step !== undefined) {
          const to = stepFrom(entries, keyOf, String(seq), step, PAGE)
          if (to !== null) focusLine(event.currentTarget, to)
        } else if (event.key === 'Enter' && event.target !== line) {
          // It presses what has the focus within the entry.
          return
        } else if (!onKey(event.key, entry)) return
        event.preventDefault()
      }}
    >
      {entries.map((entry) =>
        renderLine(
          entry,
          {
            tabIndex: entry.seq === active ? 0 : -1,
            'data-entry': entry.seq,
            onFocus: () => {
              setPlace(entry.seq)
              setFocused(entry.seq)
            },
            onPointerEnter: () => setPointed(entry.seq),
          },
          entry.seq === focused || entry.seq === pointed,
        ),
      )}
    </ol>
  )
}

/** Puts the focus on the entry that has the place in a list, the newest one at first. */
export function enterList(list: HTMLElement | null): boolean {
  const line = list?.querySelector<HTMLElement>('[data-entry][tabindex="0"]')
  line?.focus()
  return Boolean(line)
}

function focusLine(list: HTMLElement, seq: string): void {
  list.querySelector<HTMLElement>(`[data-entry="${seq}"]`)?.focus()
}
