import { useState } from 'react'
import { useActions, useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { FormFrame } from './form-frame.tsx'
import { IncidentField } from './incident-field.tsx'
import { useAskedNow } from './use-asked-now.ts'
import { useOpenIncidents } from './use-open-incidents.ts'

/** Into which other incident one goes: the same page goes on with that one. */
export function MergeForm({ incidentId }: { readonly incidentId: string }) {
  const actions = useActions()
  const { client } = useCockpit()
  const title = useMirror(({ watch }) => watch?.incidents.get(incidentId)?.title ?? '')
  const incidents = useOpenIncidents(incidentId)
  const { isPending, refused, forbidden, ask } = useAskedNow('incident.merge', title)
  const [into, setInto] = useState('')
  const [isTried, setTried] = useState(false)
  const submit = () => {
    setTried(true)
    if (into === '') return false
    ask(
      () => client.request('incident.merge', { incidentId, into }),
      () => actions.showPast(into),
    )
    return true
  }
  return (
    <FormFrame
      incidentId={incidentId}
      submit="Merge"
      isPending={isPending}
      refused={refused}
      forbidden={forbidden}
      onSubmit={submit}
    >
      <IncidentField
        label="Merge into"
        incidents={incidents}
        value={into}
        error={isTried && into === '' ? 'Required' : undefined}
        onChange={setInto}
      />
      <p>Its alerts, tasks and timeline go on there, and this incident is closed.</p>
    </FormFrame>
  )
}
