import { useState } from 'react'
import { MAX_TITLE_LENGTH } from '#shared/contract/operations/incident.ts'
import type { Severity } from '#shared/domain/severity/schema.ts'
import { CheckField } from '../../components/fields/controls.tsx'
import { useActions, useCockpit } from '../../engine/cockpit/context.ts'
import { FormFrame } from './form-frame.tsx'
import { SeverityField } from './severity-field.tsx'
import { useAskedNow } from './use-asked-now.ts'
import { WordsField } from './words-field.tsx'

/** A person says that something is wrong, before or without any alert. */
export function DeclareForm() {
  const actions = useActions()
  const { client } = useCockpit()
  const [title, setTitle] = useState('')
  const [severity, setSeverity] = useState<Severity>('P1')
  const [description, setDescription] = useState('')
  const [isTaken, setTaken] = useState(true)
  const [isTried, setTried] = useState(false)
  const { isPending, refused, forbidden, ask } = useAskedNow('incident.declare', title.trim())
  const submit = () => {
    setTried(true)
    if (title.trim() === '') return false
    const said = description.trim() === '' ? null : description.trim()
    ask(
      () =>
        client.request('incident.declare', {
          title: title.trim(),
          severity,
          description: said,
          isTaken,
        }),
      ({ incidentId }) => actions.showPast(incidentId),
    )
    return true
  }
  return (
    <FormFrame
      incidentId={null}
      submit="Declare incident"
      isPending={isPending}
      refused={refused}
      forbidden={forbidden}
      onSubmit={submit}
    >
      <WordsField
        label="What is wrong"
        placeholder="Refunds are late"
        isRequired
        isFirst
        maxLength={MAX_TITLE_LENGTH}
        value={title}
        error={isTried && title.trim() === '' ? 'Required' : undefined}
        onChange={setTitle}
      />
      <SeverityField value={severity} onChange={setSeverity} />
      <WordsField
        label="Description (optional)"
        placeholder="Who noticed it, and how"
        value={description}
        onChange={setDescription}
      />
      <CheckField
        label="I take it: acknowledged by me, and nobody is paged"
        checked={isTaken}
        onChange={setTaken}
      />
    </FormFrame>
  )
}
