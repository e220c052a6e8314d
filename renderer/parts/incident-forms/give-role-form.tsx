import { useState } from 'react'
import { isForOne, roleInSentence, roleName, type Role } from '#shared/domain/role/role.ts'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'
import { FormFrame } from './form-frame.tsx'
import { PersonField } from './person-field.tsx'
import { usePeople } from './use-people.ts'
import { useSent } from './use-sent.ts'

interface GiveRoleFormProps {
  readonly incidentId: string
  readonly role: Role
}

/** Gives a role to somebody; in place of whoever has it, where it is for one. */
export function GiveRoleForm({ incidentId, role }: GiveRoleFormProps) {
  const actions = useActions()
  const people = usePeople()
  const held = useMirror(({ watch }) => watch?.coordinations.get(incidentId)?.roles)
  const { isPending, refused, forbidden, send } = useSent(incidentId, 'role.assign')
  const [person, setPerson] = useState('')
  const [isTried, setTried] = useState(false)
  const holder = isForOne(role) ? held?.find((each) => each.role === role) : undefined
  const submit = () => {
    setTried(true)
    if (person === '') return false
    const instead = holder?.person.id ?? null
    send(() => actions.give('role.assign', { incidentId, role, person, instead }, role))
    return true
  }
  return (
    <FormFrame
      incidentId={incidentId}
      quote={holder ? `${people.nameOf(holder.person)}: ${roleInSentence(role)} until now` : null}
      submit="Give role"
      isPending={isPending}
      refused={refused}
      forbidden={forbidden}
      onSubmit={submit}
    >
      <PersonField
        label={roleName[role]}
        people={people}
        nobody="Select a person"
        isFirst
        value={person}
        error={isTried && person === '' ? 'Required' : undefined}
        onChange={setPerson}
      />
    </FormFrame>
  )
}
