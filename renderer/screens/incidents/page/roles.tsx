import type { HeldRole } from '#shared/domain/coordination/schema.ts'
import { isForOne, roleName, roles, type Role } from '#shared/domain/role/role.ts'
import { Instant } from '../../../components/instant.tsx'
import { KeyHint } from '../../../components/key-hint.tsx'
import { TextButton } from '../../../components/text-button.tsx'
import { keyOf } from '../../../keyboard/shortcuts.ts'
import type { PageSectionProps } from './page-section.ts'
import { Section } from './section.tsx'
import { takeRole } from './take-role.ts'
import styles from './roles.module.css'

/** Who does what: taken with one key, given to somebody, released; with the duties of one's own. */
export function Roles(props: PageSectionProps) {
  return (
    <Section id="roles" title="Roles" empty={null}>
      <ul className={styles.list}>
        {roles.map((role) => (
          <RoleRow key={role} role={role} {...props} />
        ))}
      </ul>
    </Section>
  )
}

function RoleRow({ role, ...props }: PageSectionProps & { readonly role: Role }) {
  const { incident, coordination, people, giving, canAct, open } = props
  const held = coordination.roles.filter((each) => each.role === role)
  const own = held.find(({ person }) => people.isYou(person))
  const refused = giving.refusedOf(role)
  const duties = coordination.flow?.flow.roles.find((each) => each.role === role)?.duties ?? []
  const isTaken = held.length > 0
  if (!isTaken && !canAct) return null
  const hasKey = role === 'commander'
  return (
    <li className={styles.row} data-row="">
      <div className={styles.line}>
        <span className={styles.role}>{roleName[role]}</span>
        <Holders held={held} people={people} />
        {canAct ? (
          <span className={styles.actions} role="group" aria-label={roleName[role]}>
            {own ? (
              <TextButton
                aria-busy={giving.isPending('role.release', role)}
                onClick={() => {
                  const { id } = own.person
                  giving.give('role.release', { incidentId: incident.id, role, person: id }, role)
                }}
              >
                Release
              </TextButton>
            ) : (
              <TextButton
                aria-busy={giving.isPending('role.assign', role)}
                aria-keyshortcuts={hasKey ? keyOf('take-command') : undefined}
                onClick={() => takeRole(props, role)}
              >
                {isTaken && isForOne(role) ? 'Take over' : 'Take'}
                {hasKey ? <KeyHint>{keyOf('take-command')}</KeyHint> : null}
              </TextButton>
            )}
            <TextButton aria-haspopup="dialog" onClick={() => open({ type: 'give-role', role })}>
              Give…
            </TextButton>
          </span>
        ) : null}
      </div>
      {refused ? (
        <p className={styles.refused}>
          {refused.message} {refused.hint}
        </p>
      ) : null}
      {own && duties.length > 0 ? (
        <ul className={styles.duties} aria-label={`Duties: ${roleName[role]}`}>
          {duties.map((duty) => (
            <li key={duty}>{duty}</li>
          ))}
        </ul>
      ) : null}
    </li>
  )
}

function Holders({
  held,
  people,
}: {
  readonly held: readonly HeldRole[]
  readonly people: PageSectionProps['people']
}) {
  const [first] = held
  if (!first) return <span className={styles.nobody}>nobody</span>
  return (
    <span className={styles.holder}>
      <strong>{held.map(({ person }) => people.nameOf(person)).join(', ')}</strong>
      {held.length === 1 ? (
        <span className={styles.since}>
          {' '}
          since <Instant at={first.at} precision="minute" />
        </span>
      ) : null}
    </span>
  )
}
