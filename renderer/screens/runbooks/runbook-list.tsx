import { memo, useState } from 'react'
import type { RunbookEntry } from '#shared/domain/runbook/entry.ts'
import { Age } from '../../components/age.tsx'
import { useRequest } from '../../components/use-request.ts'
import { SmallButton } from '../../components/small-button.tsx'
import { useMirror } from '../../engine/cockpit/context.ts'
import { formatCount } from '../../text/plural.ts'
import { useKnownRunbooks } from '../../parts/runbooks/use-known-runbooks.ts'
import { FetchButton } from './fetch-button.tsx'
import { FoundText } from '../../components/found-text.tsx'
import type { Found, FoundRunbook } from './runbook-index.ts'
import { useRunbooks, useRunbooksModel } from './runbooks-model.ts'
import { firstOf, hostOf, nameInGroup, standingOf, type RunbookGroup } from './runbook-words.ts'
import styles from './runbook-list.module.css'

/** Lines that are shown before a person asks for all: each costs the page some time. */
const SHOWN_FIRST = 300

/** All runbooks by their folder or their host. */
export function RunbookGroups({ groups }: { readonly groups: readonly RunbookGroup[] }) {
  const [isAll, setAll] = useState(false)
  const total = groups.reduce((sum, { entries }) => sum + entries.length, 0)
  return (
    <>
      {firstOf(groups, isAll ? total : SHOWN_FIRST).map(({ name, shown, entries }) => (
        <section key={name} aria-label={name}>
          <h2 className={styles.group}>
            {name} <span className={styles.count}>{formatCount(entries.length)}</span>
          </h2>
          <ul>
            {shown.map((entry) => (
              <Row key={entry.id} entry={entry} />
            ))}
          </ul>
        </section>
      ))}
      {total > SHOWN_FIRST && !isAll ? (
        <p className={styles.more}>
          <SmallButton onClick={() => setAll(true)}>
            Show {formatCount(total - SHOWN_FIRST)} more
          </SmallButton>
        </p>
      ) : null}
    </>
  )
}

/** The runbooks that a search found, the best first. */
export function FoundList({ found }: { readonly found: Found }) {
  const byId = useKnownRunbooks(({ list }) => list?.byId)
  return (
    <>
      {found.hasAllWords ? null : (
        <p className={styles.note}>No runbook has all words. These have some of them:</p>
      )}
      <ul aria-label="Search results">
        {found.runbooks.map((each) => {
          const entry = byId?.get(each.id)
          return entry ? <Row key={each.id} entry={entry} found={each} /> : null
        })}
      </ul>
    </>
  )
}

interface RowProps {
  readonly entry: RunbookEntry
  readonly found?: FoundRunbook
}

const Row = memo(function Row({ entry, found }: RowProps) {
  const model = useRunbooksModel()
  const { id, title } = entry
  const isOpen = useRunbooks(({ openId }) => openId === id)
  const isActive = useRunbooks(({ activeId }) => activeId === id)
  const { section = null, name = null } = found ?? {}
  return (
    <li className={styles.line}>
      <button
        type="button"
        className={styles.row}
        data-runbook={id}
        data-active={isActive}
        aria-current={isOpen ? 'true' : undefined}
        title={id.replace(/^(?:playbook|url):/, '')}
        onFocus={() => model.moveTo(id)}
        onClick={() => model.open({ id, fragment: section?.anchor ?? null, incidentId: null })}
      >
        <span className={styles.title}>{found ? <FoundText pieces={found.title} /> : title}</span>
        <span className={styles.name}>{name ? <FoundText pieces={name} /> : nameInGroup(id)}</span>
        {section ? (
          <span className={styles.where}>
            {section.heading === '' ? null : <strong>{section.heading}: </strong>}
            <FoundText pieces={section.around} />
          </span>
        ) : null}
        <State entry={entry} />
      </button>
      {entry.state === 'needs-consent' ? (
        <p className={styles.tool}>
          <FetchButton id={id} label={`Fetch from ${hostOf(id)}`} />
        </p>
      ) : null}
    </li>
  )
})

/** How a runbook stands, and how old a copy of a page is. */
function State({ entry }: { readonly entry: RunbookEntry }) {
  const isLost = useMirror(({ connection }) => connection.phase !== 'open')
  const isHere = useKnownRunbooks(({ kept }) => kept.has(entry.id))
  const standing = standingOf(entry, isLost, isHere)
  const fetchedAt = entry.origin.kind === 'url' ? entry.origin.fetchedAt : null
  if (!standing && fetchedAt === null) return null
  return (
    <span className={styles.state} data-tone={standing?.tone ?? 'plain'}>
      {standing?.words}
      {standing && fetchedAt !== null ? ' · ' : null}
      {fetchedAt === null ? null : (
        <>
          fetched <Age since={fetchedAt} /> ago
        </>
      )}
    </span>
  )
}

/** Puts the focus on the line that the keyboard is on, whenever that is wanted. */
export function useLineFocus(list: React.RefObject<HTMLElement | null>): void {
  const model = useRunbooksModel()
  const request = useRunbooks(({ listRequest }) => listRequest)
  useRequest(request, () => {
    const { activeId } = model.store.getState()
    const lines = [...(list.current?.querySelectorAll<HTMLElement>('[data-runbook]') ?? [])]
    const line = lines.find(({ dataset }) => dataset['runbook'] === activeId) ?? lines[0]
    line?.focus()
    line?.scrollIntoView({ block: 'nearest' })
  })
}
