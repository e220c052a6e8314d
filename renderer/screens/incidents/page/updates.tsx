import { useTicking } from '../../../components/clock.ts'
import { formatAge, formatUntil } from '../../../text/age.ts'
import { EntryRow } from './entry-row.tsx'
import type { PageSectionProps } from './page-section.ts'
import { Section } from './section.tsx'

/** What was written for those who do not work on it, and when the next one is promised. */
export function Updates({ incident, coordination, people, canAct, open }: PageSectionProps) {
  const { update } = coordination
  const isClosed = incident.status === 'closed'
  const next = useTicking(({ engineNow }) =>
    isClosed ? '' : nextText(update?.nextAt ?? null, engineNow()),
  )
  return (
    <Section
      id="updates"
      title="Updates"
      add={
        canAct
          ? { label: 'Write', action: 'write-update', onPress: () => open({ type: 'update' }) }
          : undefined
      }
      empty={update ? null : 'No update written for others yet'}
    >
      {update ? (
        <ul>
          <EntryRow
            text={update.text}
            state={next === '' ? undefined : next}
            tone={next.startsWith('Next overdue') ? 'late' : undefined}
            by={`by ${people.actorName(update.by)}`}
            at={update.at}
          />
        </ul>
      ) : null}
    </Section>
  )
}

/** `Next in 12m`, `Next overdue by 4m`; empty where none is promised. */
function nextText(nextAt: number | null, now: number): string {
  if (nextAt === null) return ''
  return nextAt < now
    ? `Next overdue by ${formatAge(now - nextAt)}:`
    : `Next in ${formatUntil(nextAt - now)}:`
}
