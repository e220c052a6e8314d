import { measuresLeft } from '#shared/domain/coordination/schema.ts'
import { TextButton } from '../../../components/text-button.tsx'
import { EntryRow } from './entry-row.tsx'
import type { PageSectionProps } from './page-section.ts'
import { Section } from './section.tsx'

/** What is in place for a time only: all of it is removed before the incident is closed. */
export function Measures({ coordination, people, canAct, open }: PageSectionProps) {
  const left = measuresLeft(coordination)
  const all = [...left, ...coordination.measures.filter(({ removed }) => removed !== null)]
  return (
    <Section
      id="measures"
      title="Temporary measures"
      detail={left.length === 0 ? undefined : `${String(left.length)} in place`}
      add={
        canAct
          ? { label: 'Add', action: 'add-measure', onPress: () => open({ type: 'measure' }) }
          : undefined
      }
      empty={all.length === 0 ? 'None. What is in place must be removed before closing.' : null}
    >
      <ul>
        {all.map(({ id, text, at, by, removed }) => (
          <EntryRow
            key={id}
            text={text}
            state={removed ? 'Removed' : undefined}
            tone={removed ? 'over' : undefined}
            by={`by ${people.actorName(removed?.by ?? by)}`}
            at={removed?.at ?? at}
            note={removed?.note ?? null}
          >
            {canAct && !removed ? (
              <TextButton
                aria-haspopup="dialog"
                onClick={() => open({ type: 'remove-measure', measureId: id })}
              >
                Removed…
              </TextButton>
            ) : null}
          </EntryRow>
        ))}
      </ul>
    </Section>
  )
}
