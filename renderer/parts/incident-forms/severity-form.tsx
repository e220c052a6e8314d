import { useState } from 'react'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'
import { FormFrame } from './form-frame.tsx'
import { SeverityField } from './severity-field.tsx'
import { useSent } from './use-sent.ts'
import { WordsField } from './words-field.tsx'

/** What a person says of the severity, and why. */
export function SeverityForm({ incidentId }: { readonly incidentId: string }) {
  const actions = useActions()
  const before = useMirror(({ watch }) => watch?.incidents.get(incidentId)?.severity)
  const { isPending, refused, forbidden, send } = useSent(incidentId, 'incident.set-severity')
  const [severity, setSeverity] = useState(before ?? 'P2')
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const submit = () => {
    setTried(true)
    if (reason.trim() === '') return false
    send(() =>
      actions.give('incident.set-severity', { incidentId, severity, reason: reason.trim() }),
    )
    return true
  }
  return (
    <FormFrame
      incidentId={incidentId}
      submit="Set severity"
      isPending={isPending}
      refused={refused}
      forbidden={forbidden}
      onSubmit={submit}
    >
      <SeverityField value={severity} onChange={setSeverity} />
      <WordsField
        label="Reason"
        hint="It holds until something worse fires"
        placeholder="All of Europe is affected"
        isRequired
        isFirst
        value={reason}
        error={isTried && reason.trim() === '' ? 'Required' : undefined}
        onChange={setReason}
      />
    </FormFrame>
  )
}
