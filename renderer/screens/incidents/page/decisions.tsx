import { EntryRow } from './entry-row.tsx'
import type { PageSectionProps } from './page-section.ts'
import { Section } from './section.tsx'

/** What was decided, and why: the newest first. */
export function Decisions({ coordination, people, canAct, open }: PageSectionProps) {
  const all = coordination.decisions.toReversed()
  return (
    <Section
      id="decisions"
      title="Decisions"
      add={
        canAct
          ? { label: 'Add', action: 'add-decision', onPress: () => open({ type: 'decision' }) }
          : undefined
      }
      empty={all.length === 0 ? 'No decision recorded yet' : null}
    >
      <ul>
        {all.map(({ id, text, reason, at, by }) => (
          <EntryRow key={id} text={text} note={reason} by={`by ${people.actorName(by)}`} at={at} />
        ))}
      </ul>
    </Section>
  )
}
