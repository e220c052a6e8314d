import { useMemo, useState } from 'react'
import { changesNear, type ChangeRelation, type NearChange } from '#shared/domain/change/near.ts'
import { surroundingsOf } from '#shared/domain/change/surroundings.ts'
import { betweenWords, changeName, changeNouns } from '#shared/domain/change/words.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { emptyServiceMap } from '#shared/domain/service/service-map.ts'
import { ClampedText } from '../../components/clamped-text.tsx'
import { ExternalLink } from '../../components/external-link.tsx'
import { PanelHeading } from '../../components/panel-heading.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { alertsOf } from '../../engine/watch/derived.ts'
import { safeLink } from '../../text/links.ts'
import { plural } from '../../text/plural.ts'
import { formatUtc } from '../../text/time.ts'
import styles from './what-changed.module.css'

/** Changes that are shown before somebody asks for all. */
const SHOWN = 3

const relationWords: Readonly<Record<ChangeRelation, string | null>> = {
  same: null,
  upstream: 'upstream',
  unknown: 'service not known',
  other: 'another service',
}

interface WhatChangedProps {
  readonly incident: Incident
}

/** What changed near the start of an incident, what most likely has to do with it first. */
export function WhatChanged({ incident }: WhatChangedProps) {
  const near = useChangesNear(incident)
  const isAnyKnown = useMirror(({ watch }) => (watch?.changes.size ?? 0) > 0)
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? near : near.slice(0, SHOWN)
  return (
    <section className={styles.box} aria-labelledby="what-changed-title">
      <PanelHeading
        id="what-changed-title"
        title="What changed"
        detail={near.length === 0 ? undefined : String(near.length)}
      />
      {near.length === 0 ? <NoChange isAnyKnown={isAnyKnown} /> : null}
      <ul className={styles.list}>
        {shown.map((each) => (
          <ChangeLine key={each.change.id} near={each} />
        ))}
      </ul>
      {near.length > SHOWN ? (
        <TextButton aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Collapse' : plural(near.length - SHOWN, 'more change')}
        </TextButton>
      ) : null}
    </section>
  )
}

function NoChange({ isAnyKnown }: { readonly isAnyKnown: boolean }) {
  return (
    <p className={styles.soft}>
      {isAnyKnown
        ? 'No change is known within a day before the start.'
        : 'No changes are reported to Deckwatch. Set up the webhook in Settings, Changes and jobs.'}
    </p>
  )
}

function ChangeLine({
  near: { change, relation, beforeMs, covers },
}: {
  readonly near: NearChange
}) {
  const href = change.link === null ? null : safeLink(change.link)
  const name = changeName(change)
  // The name says it where there is no version.
  const title = change.version === null || change.title === change.version ? null : change.title
  const details = [
    changeNouns[change.kind],
    title,
    change.by === null ? null : `by ${change.by}`,
  ].filter((text) => text !== null && text !== name)
  const relationWord = relationWords[relation]
  return (
    <li className={styles.change} data-relation={relation}>
      <span className={styles.between} title={formatUtc(change.happenedAt)}>
        {change.isTimeEstimated ? 'about ' : null}
        {covers ? 'under way' : betweenWords(beforeMs)}
      </span>
      <span className={styles.what}>
        <span className={styles.name}>
          {href === null ? (
            <ClampedText lines={2}>{name}</ClampedText>
          ) : (
            <ExternalLink href={href}>{name}</ExternalLink>
          )}
        </span>
        <span className={styles.soft}>
          {details.join(' · ')}
          {relationWord === null ? null : <em className={styles.relation}>{relationWord}</em>}
        </span>
      </span>
    </li>
  )
}

function useChangesNear({ id, startedAt, revision }: Incident): readonly NearChange[] {
  const { mirror } = useCockpit()
  const changes = useMirror(({ watch }) => watch?.changes)
  const recorded = useMirror(({ watch }) => watch?.surroundings.get(id))
  return useMemo(() => {
    const { watch } = mirror.getState()
    if (!changes || !watch) return []
    const labels = () => alertsOf(watch, id).map((alert) => alert.labels)
    return changesNear(
      changes.values(),
      startedAt,
      recorded ?? surroundingsOf(labels(), emptyServiceMap),
    )
    // The revision says when the incident or one of its alerts changed.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the alerts are those of this revision
  }, [mirror, changes, recorded, id, startedAt, revision])
}
