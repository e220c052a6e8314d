import type { Reader } from '#shared/domain/person/identity.ts'
import type { MarkedEntry } from '#shared/domain/timeline/marked.ts'
import { useActions, useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { keptRefusal, rightRefusal } from '../../engine/commands/availability.ts'
import { sentenceOf } from '../../text/timeline-sentence.ts'
import { EntryActions } from './entry-actions.tsx'
import { EntryImage } from './entry-image.tsx'
import { TimelineList } from './timeline-list.tsx'
import { TimelineRow } from './timeline-row.tsx'

interface TimelineEntriesProps {
  readonly ref: React.RefObject<HTMLOListElement | null>
  readonly incidentId: string
  readonly entries: readonly MarkedEntry[]
  readonly me: Reader | undefined
  readonly onLeave: () => void
}

/** The entries, and what can be done with each of them. */
export function TimelineEntries({ ref, incidentId, entries, me, onLeave }: TimelineEntriesProps) {
  const actions = useActions()
  const { announcements } = useCockpit()
  const forbidden = useMirror(({ status }) => rightRefusal(status, 'entry.star'))
  const taskRefusal = useMirror((state) => {
    const incident = state.watch?.incidents.get(incidentId)
    return incident ? keptRefusal(incident, state, 'task.open') : 'This incident is closed.'
  })
  const refuse = (text: string) => announcements.tell({ politeness: 'polite', text })

  const star = ({ seq, at, isStarred }: MarkedEntry) => {
    if (forbidden === null) {
      void actions.starEntry({ incidentId, entry: seq, recordedAt: at, isStarred: !isStarred })
    } else refuse(forbidden)
  }
  const correct = (entry: MarkedEntry) => {
    const written = writtenIn(entry)
    if (forbidden !== null) refuse(forbidden)
    else if (written === null) refuse('Only what a person wrote can be corrected.')
    else {
      const { seq, at, correction } = entry
      const text = correction?.text ?? written
      actions.open({ kind: 'correct', incidentId, entry: { seq, at, text } })
    }
  }
  const makeTask = (entry: MarkedEntry) => {
    if (taskRefusal !== null) {
      refuse(taskRefusal)
      return
    }
    const { text } = sentenceOf(entry, me)
    const made = { seq: entry.seq, text: entry.correction?.text ?? text }
    actions.open({
      kind: 'incident-form',
      incidentId,
      form: { type: 'task', taskId: null, entry: made },
    })
  }
  const open = ({ seq, image }: MarkedEntry) => {
    if (image) actions.open({ kind: 'image', incidentId, entry: seq, image })
  }

  const onKey = (key: string, entry: MarkedEntry): boolean => {
    if (key === '*') star(entry)
    else if (key === '+') makeTask(entry)
    else if (key === 'Enter') (entry.image ? open : correct)(entry)
    else if (key === 'Escape') onLeave()
    else return false
    return true
  }

  return (
    <TimelineList
      ref={ref}
      entries={entries}
      onKey={onKey}
      renderLine={(entry, line, isActive) => (
        <TimelineRow
          key={entry.seq}
          entry={entry}
          sentence={sentenceOf(entry, me)}
          me={me}
          line={line}
          image={
            entry.image ? (
              <EntryImage
                incidentId={incidentId}
                entry={entry.seq}
                image={entry.image}
                onOpen={() => open(entry)}
              />
            ) : null
          }
          actions={
            isActive && forbidden === null ? (
              <EntryActions
                entry={entry}
                canCorrect={writtenIn(entry) !== null}
                onStar={() => star(entry)}
                onCorrect={() => correct(entry)}
                onTask={taskRefusal === null ? () => makeTask(entry) : null}
              />
            ) : null
          }
        />
      )}
    />
  )
}

/** What a person wrote there, which can be corrected; null for what was recorded by itself. */
function writtenIn({ kind, actor, text, image }: MarkedEntry): string | null {
  if (actor.kind !== 'person') return null
  if (image) return image.caption
  return kind === 'note' ? text : null
}
