import { useState } from 'react'
import { useActions } from '../../engine/cockpit/context.ts'
import { FormFrame } from './form-frame.tsx'
import { IncidentField } from './incident-field.tsx'
import { useOpenIncidents } from './use-open-incidents.ts'
import { useSent } from './use-sent.ts'

/** The verdict that an incident is a duplicate, and of which one. */
export function DuplicateForm({ incidentId }: { readonly incidentId: string }) {
  const actions = useActions()
  const incidents = useOpenIncidents(incidentId)
  const { isPending, refused, forbidden, send } = useSent(incidentId, 'incident.judge')
  const [of, setOf] = useState('')
  const [isTried, setTried] = useState(false)
  const submit = () => {
    setTried(true)
    if (of === '') return false
    send(() => actions.give('incident.judge', { incidentId, verdict: 'duplicate', of }))
    return true
  }
  return (
    <FormFrame
      incidentId={incidentId}
      submit="Record verdict"
      isPending={isPending}
      refused={refused}
      forbidden={forbidden}
      onSubmit={submit}
    >
      <IncidentField
        label="Duplicate of"
        incidents={incidents}
        value={of}
        error={isTried && of === '' ? 'Required' : undefined}
        onChange={setOf}
      />
    </FormFrame>
  )
}
