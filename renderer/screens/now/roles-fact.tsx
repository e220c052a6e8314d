import { roleInSentence } from '#shared/domain/role/role.ts'
import { Fact } from '../../components/fact.tsx'
import { useMirror } from '../../engine/cockpit/context.ts'
import { usePeople } from '../../parts/incident-forms/use-people.ts'

/** Who does what on an incident, in one line; nothing where nobody has a role. */
export function RolesFact({ incidentId }: { readonly incidentId: string }) {
  const people = usePeople()
  const roles = useMirror(({ watch }) => watch?.coordinations.get(incidentId)?.roles)
  if (!roles || roles.length === 0) return null
  return (
    <Fact term="roles">
      {roles
        .map(({ role, person }) => `${roleInSentence(role)} ${people.nameOf(person)}`)
        .join(', ')}
    </Fact>
  )
}
