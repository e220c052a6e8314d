import { useState } from 'react'
import { useActions } from '../../engine/cockpit/context.ts'
import { FormFrame } from './form-frame.tsx'
import { PersonField } from './person-field.tsx'
import { usePeople } from './use-people.ts'
import { useSent } from './use-sent.ts'
import { WordsField } from './words-field.tsx'

/** Something that only goes ahead when a named person approves it. */
export function ApprovalForm({ incidentId }: { readonly incidentId: string }) {
  const actions = useActions()
  const people = usePeople()
  const { isPending, refused, forbidden, send } = useSent(incidentId, 'approval.ask')
  const [text, setText] = useState('')
  const [of, setOf] = useState('')
  const [isTried, setTried] = useState(false)
  const submit = () => {
    setTried(true)
    if (text.trim() === '' || of === '') return false
    send(() => actions.give('approval.ask', { incidentId, text: text.trim(), of }))
    return true
  }
  return (
    <FormFrame
      incidentId={incidentId}
      submit="Request approval"
      isPending={isPending}
      refused={refused}
      forbidden={forbidden}
      onSubmit={submit}
    >
      <WordsField
        label="What needs approval"
        placeholder="Emergency release of payments v2.1.4"
        isRequired
        isFirst
        value={text}
        error={isTried && text.trim() === '' ? 'Required' : undefined}
        onChange={setText}
      />
      <PersonField
        label="Whose approval"
        people={people}
        nobody="Select a person"
        value={of}
        error={isTried && of === '' ? 'Required' : undefined}
        onChange={setOf}
      />
    </FormFrame>
  )
}
