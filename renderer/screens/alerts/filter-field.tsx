import { useEffect, useId, useRef, useState } from 'react'
import { useCockpit } from '../../engine/cockpit/context.ts'
import { useAlertsModel, useAlertScreen } from './alerts-model.ts'
import { FilterInput } from '../../lists/filter-input.tsx'
import { useClearedText } from '../../lists/use-cleared-text.ts'
import { suggest, type Suggestion } from './filter/filter-suggestions.ts'
import { FilterNotes } from './filter-notes.tsx'
import { SuggestionList } from './suggestion-list.tsx'
import styles from './filter-field.module.css'

/** What the list of suggestions stands on: the caret, and the line in it that is chosen. */
interface Asking {
  readonly caret: number
  readonly chosen: number
}

/** The filter: conditions in Alertmanager's syntax, Deckwatch's own with an @, and words. */
export function FilterField() {
  const { announcements } = useCockpit()
  const { screen } = useAlertsModel()
  const text = useAlertScreen((state) => state.text)
  const problem = useAlertScreen((state) => state.problem)
  const values = useAlertScreen((state) => state.values)
  const request = useAlertScreen((state) => state.filterRequest)
  const input = useRef<HTMLInputElement>(null)
  const caretAfter = useRef<number | null>(null)
  const [asking, setAsking] = useState<Asking | null>(null)
  const listId = useId()

  useEffect(() => {
    if (caretAfter.current === null) return
    input.current?.setSelectionRange(caretAfter.current, caretAfter.current)
    caretAfter.current = null
  }, [text])

  const suggestions = asking ? suggest(text, asking.caret, values) : []
  const chosen = asking ? Math.min(asking.chosen, suggestions.length - 1) : -1

  const change = (next: string, caret: number) => {
    setAsking({ caret, chosen: -1 })
    screen.setFilter(next)
  }
  const {
    cleared,
    clear,
    undo,
    onKeyDown: onUndoKey,
  } = useClearedText(text, (next) => change(next, next.length))
  const accept = (suggestion: Suggestion) => {
    const caret = suggestion.start + suggestion.text.length
    caretAfter.current = caret
    change(text.slice(0, suggestion.start) + suggestion.text + text.slice(suggestion.end), caret)
    input.current?.focus()
  }
  const enterList = () => {
    const { activeKey, shown } = screen.store.getState()
    const line = shown.find(({ key }) => key === activeKey) ?? shown[0]
    setAsking(null)
    if (line) screen.moveTo(line.key)
  }

  /** Nobody is done with a filter that is invalid: what they type next are letters of it, and no keys. */
  const stay = (reason: string) => {
    setAsking(null)
    announcements.tell({ politeness: 'polite', text: `Invalid filter: ${reason}` })
  }

  const onKeyDown = (event: React.KeyboardEvent<HTMLInputElement>) => {
    // A key that an input method still works with means nothing to the field.
    if (event.nativeEvent.isComposing || onUndoKey(event)) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      if (!asking) {
        setAsking({ caret: event.currentTarget.selectionStart ?? text.length, chosen: 0 })
      } else if (suggestions.length === 0) enterList()
      else {
        const next = (chosen + step + suggestions.length + 1) % (suggestions.length + 1)
        setAsking({ ...asking, chosen: chosen === -1 && step < 0 ? suggestions.length - 1 : next })
      }
      return
    }
    const suggestion = suggestions[chosen]
    if ((event.key === 'Enter' || event.key === 'Tab') && suggestion) {
      event.preventDefault()
      accept(suggestion)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      if (problem === null) enterList()
      else stay(problem.message)
    } else if (event.key === 'Escape') {
      event.preventDefault()
      if (suggestions.length > 0) setAsking(null)
      else if (text !== '') clear()
      else enterList()
    }
  }

  return (
    <div className={styles.box}>
      <FilterInput
        ref={input}
        text={text}
        isInvalid={problem !== null}
        request={request}
        role="combobox"
        aria-label="Filter"
        aria-autocomplete="list"
        aria-expanded={suggestions.length > 0}
        aria-controls={listId}
        aria-activedescendant={chosen >= 0 ? `${listId}-${String(chosen)}` : undefined}
        aria-describedby="filter-problem"
        placeholder={'words, alertname="X", severity=~"crit.*", @state=suppressed'}
        clearLabel="Clear filter"
        onClear={clear}
        onFocus={() => screen.countValues()}
        onBlur={() => setAsking(null)}
        onChange={({ currentTarget }) =>
          change(currentTarget.value, currentTarget.selectionStart ?? currentTarget.value.length)
        }
        onKeyDown={onKeyDown}
      />
      <FilterNotes
        onUndo={
          cleared === null
            ? null
            : () => {
                undo()
                input.current?.focus()
              }
        }
      />
      <SuggestionList id={listId} suggestions={suggestions} chosen={chosen} onAccept={accept} />
    </div>
  )
}
