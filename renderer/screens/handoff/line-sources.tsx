import { useEffect, useState } from 'react'
import { saidAt } from '#shared/domain/actor/schema.ts'
import type { Reader } from '#shared/domain/person/identity.ts'
import type { HandoffLine } from '#shared/domain/handoff/schema.ts'
import type { TimelineEntry } from '#shared/domain/timeline/timeline.ts'
import { Instant } from '../../components/instant.tsx'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { readerOf } from '../../engine/watch/reader.ts'
import { sentenceOf } from '../../text/timeline-sentence.ts'
import styles from './line-sources.module.css'

/** Where a line of the draft comes from: the entries of timelines that it says. */
export function LineSources({ line }: { readonly line: HandoffLine | null }) {
  const me = useMirror(({ status }) => readerOf(status))
  const { entries, problem } = useSources(line?.events ?? [])
  return (
    <section className={styles.sources} aria-label="Where the line comes from" data-scrolls>
      <h3 className={styles.title}>Where it comes from</h3>
      {line === null || line.events.length === 0 ? (
        <p className={styles.quiet}>
          {line === null ? 'Select a line.' : 'Written by you: it is not in the journal.'}
        </p>
      ) : null}
      {problem === null ? null : <p className={styles.quiet}>{problem}</p>}
      <ol className={styles.entries}>
        {entries.map((entry) => (
          <SourceRow key={entry.seq} entry={entry} me={me} />
        ))}
      </ol>
    </section>
  )
}

function SourceRow({
  entry,
  me,
}: {
  readonly entry: TimelineEntry
  readonly me: Reader | undefined
}) {
  const { who, text } = sentenceOf(entry, me)
  return (
    <li className={styles.row}>
      <Instant at={saidAt(entry.actor, entry.at)} precision="second" />
      <span>
        {who === null ? null : <strong>{who} </strong>}
        {text}
        {entry.until === undefined ? null : (
          <>
            {' '}
            <Instant at={entry.until} precision="minute" />
          </>
        )}
        {entry.detail === undefined ? null : ` ${entry.detail}`}
        {entry.count > 1 ? ` (${String(entry.count)} times)` : null}
      </span>
    </li>
  )
}

/** A line that the focus only passes is not asked about. */
const PASSING_MS = 150

function useSources(events: readonly number[]): {
  readonly entries: readonly TimelineEntry[]
  readonly problem: string | null
} {
  const { client } = useCockpit()
  const isOpen = useMirror(({ connection }) => connection.phase === 'open')
  const key = events.join(' ')
  const [found, setFound] = useState<{
    readonly key: string
    readonly entries: readonly TimelineEntry[]
    readonly problem: string | null
  } | null>(null)
  useEffect(() => {
    if (key === '' || !isOpen) return undefined
    const state = { isStale: false }
    const timer = setTimeout(() => {
      void client
        .request('handoff.sources', { events: key.split(' ').map(Number) })
        .then((result) => {
          if (state.isStale) return
          setFound(
            result.ok
              ? { key, entries: result.value.entries, problem: null }
              : { key, entries: [], problem: result.error.message },
          )
        })
    }, PASSING_MS)
    return () => {
      state.isStale = true
      clearTimeout(timer)
    }
  }, [client, key, isOpen])
  if (key === '') return { entries: [], problem: null }
  if (found?.key === key) return found
  return { entries: [], problem: isOpen ? null : 'Shown again once Deckwatch is back.' }
}
