import { IconX } from '@tabler/icons-react'
import { useEffect, useId, useRef } from 'react'
import type { MatcherOperator } from '#shared/domain/matcher/matcher.ts'
import type { MatchersProblem } from '#shared/domain/silence/matchers.ts'
import { IconButton } from '../../components/icon-button.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { FieldGroup } from './field-group.tsx'
import type { MatcherRow } from './silence-draft.ts'
import styles from './matcher-rows.module.css'
import inputStyles from './silence-input.module.css'

const field = `${inputStyles.input ?? ''} ${styles.code ?? ''}`

const operators: readonly { readonly value: MatcherOperator; readonly label: string }[] = [
  { value: '=', label: '= is' },
  { value: '!=', label: '!= is not' },
  { value: '=~', label: '=~ matches' },
  { value: '!~', label: '!~ excludes' },
]

interface MatcherRowsProps {
  readonly rows: readonly MatcherRow[]
  readonly problem: MatchersProblem | null
  /** Names of labels that can be chosen from. */
  readonly names: readonly string[]
  readonly onChange: (id: number, change: Partial<MatcherRow>) => void
  readonly onAdd: () => void
  readonly onRemove: (id: number) => void
}

/** The conditions of a silence, each in a line of its own; all must hold. */
export function MatcherRows({ rows, problem, names, onChange, onAdd, onRemove }: MatcherRowsProps) {
  const listId = useId()
  const problemId = useId()
  const group = useRef<HTMLFieldSetElement>(null)
  const shown = useRef(rows.length)
  useEffect(() => {
    // Who adds a row wants to write in it.
    if (rows.length > shown.current) {
      const inputs = group.current?.querySelectorAll<HTMLInputElement>('[data-name]')
      inputs?.[inputs.length - 1]?.focus()
    }
    shown.current = rows.length
  }, [rows.length])
  return (
    <FieldGroup ref={group} title="Matchers">
      <datalist id={listId}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {rows.map(({ id, name, operator, value }, index) => {
        const place = String(index + 1)
        const isWrong = problem?.index === index
        const described = isWrong ? { 'aria-describedby': problemId } : {}
        return (
          <div key={id} className={styles.row}>
            <input
              className={field}
              data-name
              aria-label={`Label of matcher ${place}`}
              aria-invalid={isWrong}
              {...described}
              list={listId}
              value={name}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              onChange={({ target }) => onChange(id, { name: target.value })}
            />
            <select
              className={field}
              aria-label={`Operator of matcher ${place}`}
              value={operator}
              onChange={({ target }) => {
                const chosen = operators.find((each) => each.value === target.value)
                if (chosen) onChange(id, { operator: chosen.value })
              }}
            >
              {operators.map((each) => (
                <option key={each.value} value={each.value}>
                  {each.label}
                </option>
              ))}
            </select>
            <input
              className={field}
              aria-label={`Value of matcher ${place}`}
              aria-invalid={isWrong}
              {...described}
              value={value}
              placeholder="empty: the label is absent"
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              onChange={({ target }) => onChange(id, { value: target.value })}
            />
            <IconButton
              label={`Remove matcher ${place}`}
              onClick={() => {
                onRemove(id)
                group.current?.querySelector<HTMLElement>('[data-add]')?.focus()
              }}
            >
              <IconX size={15} />
            </IconButton>
          </div>
        )
      })}
      {problem ? (
        <p id={problemId} className={styles.problem} role="alert">
          {problem.message}
        </p>
      ) : null}
      <div>
        <TextButton data-add="" onClick={onAdd}>
          Add a matcher
        </TextButton>
      </div>
    </FieldGroup>
  )
}
