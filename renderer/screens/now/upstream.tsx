import type { Incident } from '#shared/domain/incident/schema.ts'
import type { SharedAncestor, WrongUpstream } from '#shared/domain/service/upstream.ts'
import { PanelHeading } from '../../components/panel-heading.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'
import { upstreamOf } from '../../engine/watch/upstream.ts'
import { ownerName } from '../../text/owner-name.ts'
import { plural } from '../../text/plural.ts'
import styles from './upstream.module.css'

interface UpstreamProps {
  readonly incident: Incident
}

/** What is wrong with what the incident's services need, and what it shares with other incidents. */
export function Upstream({ incident }: UpstreamProps) {
  const upstream = useMirror(({ watch, services }) =>
    watch ? upstreamOf(watch, services, incident.id) : null,
  )
  if (!upstream || upstream.services.length === 0) return null
  const { wrong, shared, all } = upstream
  // A shared service that is wrong itself stands there already; what it is about itself is not upstream.
  const named = new Set([...upstream.services, ...wrong.map(({ name }) => name)])
  const others = shared.filter(({ name }) => !named.has(name))
  return (
    <section className={styles.box} aria-labelledby="upstream-title">
      <PanelHeading
        id="upstream-title"
        title="Upstream"
        detail={wrong.length === 0 ? undefined : String(wrong.length)}
      />
      {wrong.length === 0 && others.length === 0 ? (
        <p className={styles.soft}>
          {all.length === 0
            ? 'Nothing is known that it depends on.'
            : `No open incident on the ${plural(all.length, 'service')} that it depends on.`}
        </p>
      ) : (
        <ul className={styles.list}>
          {wrong.map((each) => (
            <Wrong key={each.name} wrong={each} />
          ))}
          {others.map((each) => (
            <Shared key={each.name} shared={each} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Wrong({ wrong }: { readonly wrong: WrongUpstream }) {
  const { name, owner, isOrigin, incidentIds, path } = wrong
  return (
    <li>
      <strong>{name}</strong>
      {isOrigin ? ', probable origin' : ''}{' '}
      <span className={styles.soft} title={path.join(' → ')}>
        {owner === null ? 'no owner' : ownerName(owner)}
      </span>
      <Incidents ids={incidentIds} />
    </li>
  )
}

function Shared({ shared }: { readonly shared: SharedAncestor }) {
  const { name, incidentIds } = shared
  return (
    <li>
      <strong>{name}</strong>{' '}
      <span className={styles.soft}>
        {plural(incidentIds.length, 'open incident depends', 'open incidents depend')} on it
      </span>
    </li>
  )
}

/** The incidents of a service, each a press away. */
function Incidents({ ids }: { readonly ids: readonly string[] }) {
  const actions = useActions()
  const incidents = useMirror(({ watch }) => watch?.incidents)
  return (
    <ul>
      {ids.map((id) => (
        <li key={id}>
          <TextButton onClick={() => actions.goTo(id)}>
            {incidents?.get(id)?.title ?? 'an incident'}
          </TextButton>
        </li>
      ))}
    </ul>
  )
}
