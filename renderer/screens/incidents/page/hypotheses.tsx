import type { Hypothesis } from '#shared/domain/coordination/schema.ts'
import { TextButton } from '../../../components/text-button.tsx'
import { EntryRow } from './entry-row.tsx'
import type { PageSectionProps } from './page-section.ts'
import { Section } from './section.tsx'

const order = { open: 0, confirmed: 1, 'ruled-out': 2 } as const

/** What could be the cause: open until it is confirmed or ruled out, with a reason. */
export function Hypotheses(props: PageSectionProps) {
  const { coordination, canAct, open } = props
  const all = coordination.hypotheses.toSorted((a, b) => order[a.state] - order[b.state])
  const count = all.filter(({ state }) => state === 'open').length
  return (
    <Section
      id="hypotheses"
      title="Hypotheses"
      detail={count === 0 ? undefined : `${String(count)} open`}
      add={
        canAct
          ? {
              label: 'Add',
              action: 'add-hypothesis',
              onPress: () => open({ type: 'hypothesis' }),
            }
          : undefined
      }
      empty={all.length === 0 ? 'No hypothesis on the cause yet' : null}
    >
      <ul>
        {all.map((hypothesis) => (
          <Row key={hypothesis.id} hypothesis={hypothesis} {...props} />
        ))}
      </ul>
    </Section>
  )
}

function Row({
  hypothesis,
  incident,
  people,
  giving,
  canAct,
  open,
}: PageSectionProps & { readonly hypothesis: Hypothesis }) {
  const { id, text, state, at, by, settled } = hypothesis
  const isOpen = state === 'open'
  const said = settled ?? { at, by }
  const settle = (wanted: 'confirmed' | 'ruled-out') =>
    open({ type: 'settle', hypothesisId: id, state: wanted })
  return (
    <EntryRow
      text={text}
      state={isOpen ? undefined : state === 'confirmed' ? 'Confirmed' : 'Ruled out'}
      tone={isOpen ? undefined : state === 'confirmed' ? 'good' : 'over'}
      by={`by ${people.actorName(said.by)}`}
      at={said.at}
      note={settled?.reason ?? null}
      refused={giving.refusedOf(id)}
    >
      {canAct && isOpen ? (
        <>
          <TextButton aria-haspopup="dialog" onClick={() => settle('confirmed')}>
            Confirm…
          </TextButton>
          <TextButton aria-haspopup="dialog" onClick={() => settle('ruled-out')}>
            Rule out…
          </TextButton>
        </>
      ) : canAct ? (
        <TextButton
          onClick={() => {
            const input = { incidentId: incident.id, hypothesisId: id, state: 'open' } as const
            giving.give('hypothesis.settle', input, id)
          }}
        >
          Open again
        </TextButton>
      ) : null}
    </EntryRow>
  )
}
