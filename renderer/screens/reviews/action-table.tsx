import { IconPlus, IconX } from '@tabler/icons-react'
import {
  actionStatusSchema,
  MAX_ROWS,
  prioritySchema,
  ticketSchema,
  type ActionItem,
} from '#shared/domain/review/document.ts'
import { actionStatusNames, priorityNames } from '#shared/domain/review/published.ts'
import { KeyHint } from '../../components/key-hint.tsx'
import { SmallButton } from '../../components/small-button.tsx'
import { fromInput, toDayInput } from './review-words.ts'
import styles from './action-table.module.css'

interface ActionTableProps {
  readonly actions: readonly ActionItem[]
  /** Names that are offered as owners. */
  readonly people: readonly string[]
  readonly isReadOnly: boolean
  readonly onChange: (actions: readonly ActionItem[]) => void
  readonly onAdd: () => void
}

/** What is to be done so that it does not happen again: a table that is written in by keyboard. */
export function ActionTable({ actions, people, isReadOnly, onChange, onAdd }: ActionTableProps) {
  const change = (id: string, over: Partial<ActionItem>) =>
    onChange(actions.map((each) => (each.id === id ? { ...each, ...over } : each)))
  return (
    <section className={styles.section} aria-labelledby="actions-title">
      <h3 id="actions-title" className={styles.title}>
        Action items
      </h3>
      {actions.length === 0 ? (
        <p className={styles.none}>None yet. Each needs an owner and a date.</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              {['Action', 'Owner', 'Due', 'Priority', 'Status', 'Ticket'].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
              <th scope="col">
                <span className={styles.hidden}>Remove</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {actions.map((action, index) => (
              <Row
                key={action.id}
                action={action}
                number={index + 1}
                isReadOnly={isReadOnly}
                onChange={(over) => change(action.id, over)}
                onRemove={() => onChange(actions.filter(({ id }) => id !== action.id))}
              />
            ))}
          </tbody>
        </table>
      )}
      <datalist id="review-people">
        {people.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <SmallButton
        aria-keyshortcuts="a"
        disabled={isReadOnly || actions.length >= MAX_ROWS}
        onClick={onAdd}
      >
        <IconPlus size={15} aria-hidden="true" />
        Add an action item <KeyHint>A</KeyHint>
      </SmallButton>
    </section>
  )
}

interface RowProps {
  readonly action: ActionItem
  readonly number: number
  readonly isReadOnly: boolean
  readonly onChange: (over: Partial<ActionItem>) => void
  readonly onRemove: () => void
}

function Row({ action, number, isReadOnly, onChange, onRemove }: RowProps) {
  const { id, text, owner, dueAt, priority, status, ticket } = action
  const named = (what: string) => `${what} of action item ${String(number)}`
  return (
    <tr data-action={id}>
      <td data-head="Action">
        <textarea
          className={styles.text}
          aria-label={named('Text')}
          value={text}
          rows={1}
          readOnly={isReadOnly}
          onChange={({ currentTarget }) => onChange({ text: currentTarget.value })}
        />
      </td>
      <td data-head="Owner">
        <input
          className={styles.input}
          aria-label={named('Owner')}
          list="review-people"
          autoComplete="off"
          placeholder="nobody yet"
          value={owner ?? ''}
          readOnly={isReadOnly}
          onChange={({ currentTarget: { value } }) =>
            onChange({ owner: value === '' ? null : value })
          }
        />
      </td>
      <td data-head="Due">
        <input
          type="date"
          className={styles.input}
          aria-label={named('Due date')}
          value={dueAt === null ? '' : toDayInput(dueAt)}
          readOnly={isReadOnly}
          onChange={({ currentTarget }) => onChange({ dueAt: fromInput(currentTarget.value) })}
        />
      </td>
      <td data-head="Priority">
        <select
          className={styles.input}
          aria-label={named('Priority')}
          value={priority}
          disabled={isReadOnly}
          onChange={({ currentTarget }) =>
            onChange({ priority: prioritySchema.parse(currentTarget.value) })
          }
        >
          {prioritySchema.options.map((option) => (
            <option key={option} value={option}>
              {priorityNames[option]}
            </option>
          ))}
        </select>
      </td>
      <td data-head="Status">
        <select
          className={styles.input}
          aria-label={named('Status')}
          value={status}
          disabled={isReadOnly}
          onChange={({ currentTarget }) =>
            onChange({ status: actionStatusSchema.parse(currentTarget.value) })
          }
        >
          {actionStatusSchema.options.map((option) => (
            <option key={option} value={option}>
              {actionStatusNames[option]}
            </option>
          ))}
        </select>
      </td>
      <td data-head="Ticket">
        <Ticket
          key={ticket ?? ''}
          ticket={ticket}
          label={named('Ticket')}
          isReadOnly={isReadOnly}
          onChange={onChange}
        />
      </td>
      <td>
        {isReadOnly ? null : (
          <button
            type="button"
            className={styles.remove}
            aria-label={`Remove action item ${String(number)}`}
            title="Remove"
            onClick={onRemove}
          >
            <IconX size={15} aria-hidden="true" />
          </button>
        )}
      </td>
    </tr>
  )
}

interface TicketProps {
  readonly ticket: string | null
  readonly label: string
  readonly isReadOnly: boolean
  readonly onChange: RowProps['onChange']
}

/** An address is taken over when it is one: half of it is nothing that is kept. */
function Ticket({ ticket, label, isReadOnly, onChange }: TicketProps) {
  return (
    <input
      className={styles.input}
      aria-label={label}
      type="url"
      autoComplete="off"
      placeholder="https://…"
      title={ticket ?? 'The address of the ticket, beginning with https://'}
      defaultValue={ticket ?? ''}
      readOnly={isReadOnly}
      onBlur={({ currentTarget }) => {
        const text = currentTarget.value.trim()
        const read = ticketSchema.safeParse(text)
        currentTarget.setAttribute('aria-invalid', String(text !== '' && !read.success))
        if (text === (ticket ?? '')) return
        if (text === '') onChange({ ticket: null })
        else if (read.success) onChange({ ticket: read.data })
      }}
    />
  )
}
