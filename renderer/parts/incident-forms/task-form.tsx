import { useState } from 'react'
import { MAX_ENTRY_TEXT } from '#shared/domain/coordination/schema.ts'
import { useActions, useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { DueInField } from './due-in-field.tsx'
import { dueInText, readDueIn } from './due-in.ts'
import { FormFrame } from './form-frame.tsx'
import { PersonField } from './person-field.tsx'
import { usePeople } from './use-people.ts'
import { useSent } from './use-sent.ts'
import { WordsField } from './words-field.tsx'

interface TaskFormProps {
  readonly incidentId: string
  /** Null for a new one. */
  readonly taskId: string | null
  /** The entry of the timeline that it is made of. */
  readonly entry?: { readonly seq: number; readonly text: string } | undefined
}

/** What is to be done, by whom and by when. */
export function TaskForm({ incidentId, taskId, entry }: TaskFormProps) {
  const actions = useActions()
  const people = usePeople()
  const { engineNow } = useCockpit()
  const before = useMirror(({ watch }) =>
    watch?.coordinations.get(incidentId)?.tasks.find(({ id }) => id === taskId),
  )
  const { isPending, refused, forbidden, send } = useSent(
    incidentId,
    taskId === null ? 'task.open' : 'task.change',
  )
  const [text, setText] = useState(before?.text ?? entry?.text.slice(0, MAX_ENTRY_TEXT) ?? '')
  const [owner, setOwner] = useState(before?.owner?.id ?? '')
  const [firstDue] = useState(() => dueInText(before?.dueAt ?? null, engineNow()))
  const [dueIn, setDueIn] = useState(firstDue)
  const [isTried, setTried] = useState(false)
  const now = engineNow()
  const due = readDueIn(dueIn, now)
  const submit = () => {
    setTried(true)
    if (text.trim() === '' || due.kind === 'invalid') return false
    // What was not touched stays exactly as it was.
    const dueAt = dueIn === firstDue && before ? before.dueAt : due.kind === 'at' ? due.at : null
    const task = { incidentId, text: text.trim(), owner: owner === '' ? null : owner, dueAt }
    send(() =>
      taskId === null
        ? actions.give('task.open', { ...task, entry: entry?.seq ?? null })
        : actions.give('task.change', { ...task, taskId }, taskId),
    )
    return true
  }
  return (
    <FormFrame
      incidentId={incidentId}
      submit={taskId === null ? 'Add task' : 'Change task'}
      isPending={isPending}
      refused={refused}
      forbidden={forbidden}
      onSubmit={submit}
    >
      <WordsField
        label="What is to be done"
        placeholder="Ask the processor for the list of failed payments"
        isRequired
        isFirst
        value={text}
        error={isTried && text.trim() === '' ? 'Required' : undefined}
        onChange={setText}
      />
      <PersonField
        label="Owner"
        people={people}
        nobody="Nobody yet"
        value={owner}
        onChange={setOwner}
      />
      <DueInField
        label="Due in"
        value={dueIn}
        due={due}
        now={now}
        isTried={isTried}
        onChange={setDueIn}
      />
    </FormFrame>
  )
}
