import { useRef } from 'react'
import { incidentStatusSchema } from '#shared/domain/incident/schema.ts'
import { severities, severityWord, type Severity } from '#shared/domain/severity/schema.ts'
import { HiddenText } from '../../components/hidden-text.tsx'
import { SeverityShape } from '../../components/severity-shape.tsx'
import { FilterInput } from '../../lists/filter-input.tsx'
import { FilterCleared, FilterMistake, FilterNote } from '../../lists/filter-note.tsx'
import { useClearedText } from '../../lists/use-cleared-text.ts'
import { useHistory, useHistoryList } from './history-context.ts'
import { periodNames, type Period } from './history-filter.ts'
import { statusNames } from './history-words.ts'
import styles from './history-filters.module.css'

/** What leaves incidents out of the list: words and labels, severity, status, time. */
export function HistoryFilters() {
  const list = useHistoryList()
  const filter = useHistory((state) => state.filter)
  const toggle = <Value,>(chosen: readonly Value[], value: Value) =>
    chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value]
  return (
    <div className={styles.tools} role="search" aria-label="Filter incidents">
      <TextFilter />
      <div role="group" aria-label="Severity" className={styles.choices}>
        {severities.map((severity: Severity) => (
          <button
            key={severity}
            type="button"
            className={styles.choice}
            data-severity={severity}
            aria-pressed={filter.severity.includes(severity)}
            onClick={() => list.setFilter({ severity: toggle(filter.severity, severity) })}
          >
            <SeverityShape severity={severity} size={10} />
            {severity}
            <HiddenText>{severityWord[severity]}</HiddenText>
          </button>
        ))}
      </div>
      <div role="group" aria-label="Status" className={styles.choices}>
        {incidentStatusSchema.options.map((status) => (
          <button
            key={status}
            type="button"
            className={styles.choice}
            aria-pressed={filter.status.includes(status)}
            onClick={() => list.setFilter({ status: toggle(filter.status, status) })}
          >
            {statusNames[status]}
          </button>
        ))}
      </div>
      <PeriodChoice />
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={filter.drills === 'with'}
          onChange={({ currentTarget }) =>
            list.setFilter({ drills: currentTarget.checked ? 'with' : 'without' })
          }
        />
        Drills
      </label>
    </div>
  )
}

function TextFilter() {
  const list = useHistoryList()
  const text = useHistory((state) => state.filter.text)
  const problem = useHistory((state) => state.problem)
  const filterRequest = useHistory((state) => state.filterRequest)
  const input = useRef<HTMLInputElement>(null)
  const { cleared, clear, undo, onKeyDown } = useClearedText(text, (next) =>
    list.setFilter({ text: next }),
  )
  const enterList = () => {
    const first = list.store.getState().incidents?.[0]
    if (first) list.goTo(first.id)
  }
  return (
    <div className={styles.box}>
      <FilterInput
        ref={input}
        text={text}
        isInvalid={problem !== null}
        request={filterRequest}
        aria-label="Words and labels"
        aria-describedby="history-problem"
        placeholder={'words, cluster="eu", alertname=~"Card.*"'}
        clearLabel="Clear the text"
        onClear={clear}
        onChange={({ currentTarget }) => list.setFilter({ text: currentTarget.value })}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || onKeyDown(event)) return
          if (event.key === 'Escape' && text !== '') clear()
          else if (['Enter', 'ArrowDown', 'Escape'].includes(event.key)) enterList()
          else return
          event.preventDefault()
        }}
      />
      <FilterNote id="history-problem" isShown={problem !== null || cleared !== null}>
        {cleared === null ? null : (
          <FilterCleared
            onUndo={() => {
              undo()
              input.current?.focus()
            }}
          />
        )}
        {problem ? (
          <>
            <p>
              <FilterMistake text={text} problem={problem} />
            </p>
            <p>Invalid filter: not applied, the list is unchanged.</p>
          </>
        ) : null}
      </FilterNote>
    </div>
  )
}

function PeriodChoice() {
  const list = useHistoryList()
  const { period, fromDay, toDay } = useHistory((state) => state.filter)
  return (
    <div className={styles.period}>
      <select
        className={styles.select}
        aria-label="Opened"
        value={period}
        onChange={({ currentTarget }) => list.setFilter({ period: currentTarget.value as Period })}
      >
        {Object.entries(periodNames).map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
      {period === 'between' ? (
        <>
          <DayField
            label="From"
            day={fromDay}
            latest={toDay}
            onChange={(day) => list.setFilter({ fromDay: day })}
          />
          <span aria-hidden="true">–</span>
          <DayField
            label="To"
            day={toDay}
            earliest={fromDay}
            onChange={(day) => list.setFilter({ toDay: day })}
          />
        </>
      ) : null}
    </div>
  )
}

interface DayFieldProps {
  readonly label: string
  /** Such as `2026-11-21`; empty is open. So are the bounds. */
  readonly day: string
  readonly earliest?: string
  readonly latest?: string
  readonly onChange: (day: string) => void
}

function DayField({ label, day, earliest, latest, onChange }: DayFieldProps) {
  return (
    <input
      type="date"
      className={styles.date}
      aria-label={label}
      value={day}
      min={earliest}
      max={latest}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}
