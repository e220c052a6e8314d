import { openTasks, type Task } from '#shared/domain/coordination/schema.ts'
import { TextButton } from '../../../components/text-button.tsx'
import { useTicking } from '../../../components/clock.ts'
import { formatAge, formatUntil } from '../../../text/age.ts'
import { EntryRow } from './entry-row.tsx'
import type { PageSectionProps } from './page-section.ts'
import { Section } from './section.tsx'

/** What somebody is to do: open ones by when they are due. */
export function Tasks(props: PageSectionProps) {
  const { coordination, canAct, open } = props
  const left = openTasks(coordination).toSorted(
    (a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity),
  )
  const ended = coordination.tasks.filter((task) => task.ended !== null)
  return (
    <Section
      id="tasks"
      title="Tasks"
      detail={left.length === 0 ? undefined : `${String(left.length)} open`}
      add={
        canAct
          ? {
              label: 'Add',
              action: 'add-task',
              onPress: () => open({ type: 'task', taskId: null }),
            }
          : undefined
      }
      empty={coordination.tasks.length === 0 ? 'No tasks yet' : null}
    >
      <ul>
        {left.map((task) => (
          <OpenTask key={task.id} task={task} {...props} />
        ))}
        {ended.map((task) => (
          <EndedTask key={task.id} task={task} {...props} />
        ))}
      </ul>
    </Section>
  )
}

type TaskProps = PageSectionProps & { readonly task: Task }

function OpenTask({ task, incident, people, giving, canAct, open }: TaskProps) {
  const { id, text, owner, dueAt } = task
  const state = useTicking(({ engineNow }) => dueText(dueAt, engineNow()))
  const isLate = state.startsWith('Overdue')
  return (
    <EntryRow
      text={text}
      state={state === '' ? undefined : state}
      tone={isLate ? 'late' : undefined}
      by={owner === null ? 'no owner yet' : `for ${people.nameOf(owner)}`}
      at={null}
      refused={giving.refusedOf(id)}
    >
      {canAct ? (
        <>
          <TextButton
            aria-busy={giving.isPending('task.end', id)}
            onClick={() => {
              const input = { incidentId: incident.id, taskId: id, outcome: 'done' } as const
              giving.give('task.end', input, id)
            }}
          >
            Done
          </TextButton>
          <TextButton aria-haspopup="dialog" onClick={() => open({ type: 'task', taskId: id })}>
            Change…
          </TextButton>
          <TextButton
            aria-haspopup="dialog"
            onClick={() => open({ type: 'end-task', taskId: id, outcome: 'dropped' })}
          >
            Drop…
          </TextButton>
        </>
      ) : null}
    </EntryRow>
  )
}

function EndedTask({ task, people }: TaskProps) {
  const { text, ended } = task
  if (!ended) return null
  return (
    <EntryRow
      text={text}
      state={ended.outcome === 'done' ? 'Done' : 'Dropped'}
      tone="over"
      by={`by ${people.actorName(ended.by)}`}
      at={ended.at}
      note={ended.note}
    />
  )
}

/** `Overdue by 4m`, `Due in 12m`; empty where it is not due. */
function dueText(dueAt: number | null, now: number): string {
  if (dueAt === null) return ''
  return dueAt < now ? `Overdue by ${formatAge(now - dueAt)}` : `Due in ${formatUntil(dueAt - now)}`
}
