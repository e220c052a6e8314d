import { IconArrowLeft } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import type { RunbookEntry } from '#shared/domain/runbook/entry.ts'
import { runbookAddressOf, runbookPathOf } from '#shared/domain/runbook/id.ts'
import { Age } from '../../components/age.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { ExternalLink } from '../../components/external-link.tsx'
import { FollowContext } from '../../components/follow-context.ts'
import { Instant } from '../../components/instant.tsx'
import { KeyHint } from '../../components/key-hint.tsx'
import { useLateFocus } from '../../components/late-focus.ts'
import { SmallButton } from '../../components/small-button.tsx'
import { useRequest } from '../../components/use-request.ts'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'
import { usePageKeys } from '../../keyboard/use-page-keys.ts'
import { anchorOfLink } from '../../text/link-anchor.ts'
import { safeLink } from '../../text/links.ts'
import { placeOfFile } from '../../text/playbook-place.ts'
import { useKnownRunbooks } from '../../parts/runbooks/use-known-runbooks.ts'
import { FetchButton } from './fetch-button.tsx'
import { SECTION } from './heading-ids.ts'
import { useFollow, useNewText } from './open-text.ts'
import { RunbookText } from './runbook-text.tsx'
import { useRunbooks, useRunbooksModel } from './runbooks-model.ts'
import { hostOf, standingOf } from './runbook-words.ts'
import styles from './runbook-page.module.css'

interface RunbookPageProps {
  readonly id: string
  /** What leads back, as Escape does. */
  readonly onBack: () => void
}

/** One runbook: where it comes from, how old it is, and its text. */
export function RunbookPage({ id, onBack }: RunbookPageProps) {
  const incidentId = useRunbooks((view) => view.incidentId)
  const text = useRunbooks((view) => view.text)
  const listed = useKnownRunbooks(({ list }) => list?.byId.get(id))
  const entry = text.kind === 'read' ? text.read.entry : listed
  const heading = useRef<HTMLHeadingElement>(null)
  const focusRequest = useRunbooks((view) => view.focusRequest)
  useRequest(focusRequest, () => heading.current?.focus({ preventScroll: true }))
  const missing = useFragment(heading)
  const follow = useFollow(id)
  useNewText(id)
  const title = entry?.title ?? runbookPathOf(id) ?? runbookAddressOf(id) ?? id
  return (
    <section
      className={styles.page}
      aria-labelledby="runbook-title"
      aria-busy={text.kind === 'loading'}
      data-scrolls=""
      // It scrolls, so the keyboard must be able to get here.
      tabIndex={0}
    >
      <div className={styles.bar}>
        <SmallButton aria-keyshortcuts="Escape" onClick={onBack}>
          <IconArrowLeft size={15} aria-hidden="true" />
          {incidentId === null ? 'Back to the list' : 'Back to the incident'} <KeyHint>Esc</KeyHint>
        </SmallButton>
        <Ways id={id} entry={entry} />
        {text.kind === 'read' && text.runbook && text.runbook.steps.length > 0 ? <Steps /> : null}
      </div>
      <header className={styles.head}>
        <h2 id="runbook-title" ref={heading} tabIndex={-1} className={styles.title}>
          {title}
        </h2>
        <Origin id={id} entry={entry} />
        {text.kind === 'read' && !text.read.isCurrent ? (
          <p className={styles.warn}>
            Deckwatch has or had another version of it; this is the copy kept in this browser.
          </p>
        ) : null}
        {missing === null ? null : (
          <p className={styles.warn} role="status">
            No section <code>#{missing}</code> in this runbook: shown from the top.
          </p>
        )}
      </header>
      {text.kind === 'loading' ? (
        <p className={styles.soft}>Loading…</p>
      ) : text.kind === 'none' ? (
        <NoText id={id} entry={listed} message={text.error.message} hint={text.error.hint} />
      ) : text.read.text.trim() === '' ? (
        <p className={styles.soft}>The runbook is empty.</p>
      ) : (
        <FollowContext value={follow}>
          <RunbookText title={title} format={text.read.entry.format} text={text.read.text} />
        </FollowContext>
      )}
      <Unfetched id={id} />
    </section>
  )
}

/** Leads to the steps of the text. */
function Steps() {
  const model = useRunbooksModel()
  usePageKeys((event, target) => {
    if (event.key.toLowerCase() !== 't' || event.repeat) return false
    if (event.ctrlKey || event.metaKey || event.altKey) return false
    if (target?.closest('input, textarea, select')) return false
    model.toggleWhole()
    return true
  })
  return (
    <SmallButton aria-keyshortcuts="T" onClick={model.toggleWhole}>
      Step by step <KeyHint>T</KeyHint>
    </SmallButton>
  )
}

/** Where else it can be opened. */
function Ways({ id, entry }: { readonly id: string; readonly entry: RunbookEntry | undefined }) {
  const actions = useActions()
  const path = runbookPathOf(id)
  const href = safeLink(runbookAddressOf(id) ?? '')
  const isInPlaybook = entry?.origin.kind === 'playbook'
  return (
    <span className={styles.ways}>
      {entry?.origin.kind === 'url' && entry.state === 'kept' ? (
        <FetchButton id={id} label="Fetch again" />
      ) : null}
      {path !== null && isInPlaybook ? (
        <SmallButton onClick={() => actions.showFile(path, { line: 1, column: 1 })}>
          Open in the playbook
        </SmallButton>
      ) : null}
      {href === null ? null : <ExternalLink href={href}>Open in the browser</ExternalLink>}
    </span>
  )
}

function Origin({ id, entry }: { readonly id: string; readonly entry: RunbookEntry | undefined }) {
  const isLost = useMirror(({ connection }) => connection.phase !== 'open')
  const isHere = useKnownRunbooks(({ kept }) => kept.has(id))
  if (!entry) return null
  const { origin } = entry
  const standing = entry.state === 'kept' ? standingOf(entry, isLost, isHere || !isLost) : null
  return (
    <>
      <p className={styles.soft}>
        <code>{origin.kind === 'playbook' ? origin.path : origin.address}</code>
        {origin.kind === 'playbook' && origin.commit !== null ? (
          <>
            {' '}
            · commit <code title={origin.commit}>{origin.commit.slice(0, 8)}</code>
          </>
        ) : null}
        {origin.kind === 'url' && origin.fetchedAt !== null ? (
          <>
            {' '}
            · fetched <Instant at={origin.fetchedAt} precision="minute" /> (
            <Age since={origin.fetchedAt} /> ago)
          </>
        ) : null}
      </p>
      {standing ? (
        <p className={styles.warn}>
          {standing.words}
          {origin.kind === 'url' && origin.lastTriedAt !== null ? (
            <>
              , tried <Age since={origin.lastTriedAt} /> ago
            </>
          ) : null}
        </p>
      ) : null}
    </>
  )
}

interface NoTextProps {
  readonly id: string
  readonly entry: RunbookEntry | undefined
  readonly message: string
  readonly hint: string | undefined
}

/** Why there is no text, and what can be done about it. */
function NoText({ id, entry, message, hint }: NoTextProps) {
  const playbook = useMirror(({ status }) => status?.playbook?.origin)
  const phase = useMirror(({ connection }) => connection.phase)
  const path = runbookPathOf(id)
  const host = hostOf(id)
  if (path === null) {
    return (
      <div className={styles.none}>
        {entry?.state === 'failed' ? (
          <p className={styles.bad}>Not fetched: {entry.origin.problem ?? message}</p>
        ) : entry?.state === 'needs-consent' ? (
          <p>
            Deckwatch has not asked <strong>{host}</strong> for this page: the configuration does
            not name that host. Fetching it asks once, for this page.
          </p>
        ) : entry?.state === 'not-fetched' && phase === 'open' ? (
          <p>Not fetched yet. Deckwatch is about to.</p>
        ) : (
          <p>
            {message} {hint}
          </p>
        )}
        <p>
          <FetchButton id={id} label={`Fetch from ${host}`} />
        </p>
      </div>
    )
  }
  const { where, path: place } = placeOfFile(path, playbook)
  return (
    <div className={styles.none}>
      <p>
        {entry && phase === 'open'
          ? `${entry.origin.problem ?? message} ${hint ?? ''}`
          : phase === 'open'
            ? `There is no such runbook ${where}:`
            : 'This browser has no copy of it, and Deckwatch cannot be asked.'}
      </p>
      <p>
        <code>{place}</code> <CopyButton text={place} what="the path of the runbook" />
      </p>
    </div>
  )
}

function Unfetched({ id }: { readonly id: string }) {
  const error = useRunbooks(({ unfetched }) => unfetched.get(id))
  if (!error) return null
  return (
    <p className={styles.bad} role="status">
      {error.message} {error.hint}
    </p>
  )
}

/**
 * Goes to the place that a link named, once the text is there.
 *
 * @returns the name of a place that the text does not have; null while it has.
 */
function useFragment(heading: React.RefObject<HTMLElement | null>): string | null {
  const isRead = useRunbooks(({ text }) => text.kind === 'read')
  const request = useRunbooks((view) => view.fragmentRequest)
  const focusLater = useLateFocus(request)
  const [missing, setMissing] = useState<{ readonly of: object; readonly name: string } | null>(
    null,
  )
  useRequest(isRead ? request : null, (asked) => {
    const anchor = anchorOfLink(asked.fragment)
    const section = document.getElementById(SECTION + anchor)
    const isTitle = anchorOfLink(heading.current?.textContent ?? '') === anchor
    const place = section ?? (isTitle ? heading.current : null)
    setMissing(place ? null : { of: asked, name: asked.fragment })
    place?.scrollIntoView({ block: 'start' })
    focusLater(place, { preventScroll: true })
  })
  return missing?.of === request ? missing.name : null
}
