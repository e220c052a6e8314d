import { IconFilter, IconX } from '@tabler/icons-react'
import { useRef } from 'react'
import type { IncidentStatus } from '#shared/domain/incident/schema.ts'
import { severities, severityWord, type Severity } from '#shared/domain/severity/schema.ts'
import { HiddenText } from '../../components/hidden-text.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { KeyHint } from '../../components/key-hint.tsx'
import { SeverityShape } from '../../components/severity-shape.tsx'
import { useRequest } from '../../components/use-request.ts'
import { keyOf } from '../../keyboard/shortcuts.ts'
import { MAX_FILTER_LENGTH } from '../../lists/filter-terms.ts'
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
        {(Object.keys(statusNames) as IncidentStatus[]).map((status) => (
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
  const applied = useHistory((state) => state.appliedText)
  const filterRequest = useHistory((state) => state.filterRequest)
  const input = useRef<HTMLInputElement>(null)
  useRequest(filterRequest, () => {
    input.current?.focus()
    input.current?.select()
  })
  const enterList = () => {
    const first = list.store.getState().incidents?.[0]
    if (first) list.goTo(first.id)
  }
  return (
    <div className={styles.box}>
      <div className={styles.field} data-problem={problem !== null}>
        <IconFilter size={16} className={styles.icon} aria-hidden="true" />
        <input
          ref={input}
          className={styles.input}
          type="text"
          aria-label="Words and labels"
          aria-invalid={problem !== null}
          aria-describedby="history-problem"
          aria-keyshortcuts={keyOf('filter')}
          autoComplete="off"
          spellCheck={false}
          maxLength={MAX_FILTER_LENGTH}
          placeholder={'words, cluster="eu", alertname=~"Card.*"'}
          value={text}
          onChange={({ currentTarget }) => list.setFilter({ text: currentTarget.value })}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return
            if (event.key === 'Escape' && text !== '') list.setFilter({ text: '' })
            else if (['Enter', 'ArrowDown', 'Escape'].includes(event.key)) enterList()
            else return
            event.preventDefault()
          }}
        />
        {text === '' ? (
          <span className={styles.key}>
            <KeyHint>{keyOf('filter')}</KeyHint>
          </span>
        ) : (
          <IconButton
            label="Clear the text"
            onClick={() => {
              list.setFilter({ text: '' })
              input.current?.focus()
            }}
          >
            <IconX size={15} />
          </IconButton>
        )}
      </div>
      <div id="history-problem" className={styles.problem} role="status" hidden={problem === null}>
        <p>{problem?.message}</p>
        <p>
          {applied === ''
            ? 'Invalid filter: not applied to the list.'
            : `Invalid filter; still applied: ${applied}`}
        </p>
      </div>
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
          <input
            type="date"
            className={styles.date}
            aria-label="From"
            value={fromDay}
            max={toDay}
            onChange={({ currentTarget }) => list.setFilter({ fromDay: currentTarget.value })}
          />
          <span aria-hidden="true">–</span>
          <input
            type="date"
            className={styles.date}
            aria-label="To"
            value={toDay}
            min={fromDay}
            onChange={({ currentTarget }) => list.setFilter({ toDay: currentTarget.value })}
          />
        </>
      ) : null}
    </div>
  )
}
