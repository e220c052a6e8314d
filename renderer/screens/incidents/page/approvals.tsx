import type { Approval } from '#shared/domain/coordination/schema.ts'
import { TextButton } from '../../../components/text-button.tsx'
import { EntryRow } from './entry-row.tsx'
import type { PageSectionProps } from './page-section.ts'
import { Section } from './section.tsx'

/** What only goes ahead when a named person approves it: nobody else sees the buttons. */
export function Approvals(props: PageSectionProps) {
  const { coordination, canAct, open } = props
  const all = coordination.approvals.toSorted(
    (a, b) => Number(a.answered !== null) - Number(b.answered !== null),
  )
  const waiting = all.filter(({ answered }) => answered === null).length
  return (
    <Section
      id="approvals"
      title="Approvals"
      detail={waiting === 0 ? undefined : `${String(waiting)} pending`}
      add={
        canAct
          ? { label: 'Request', action: 'ask-approval', onPress: () => open({ type: 'approval' }) }
          : undefined
      }
      empty={all.length === 0 ? 'No approval requested' : null}
    >
      <ul>
        {all.map((approval) => (
          <Row key={approval.id} approval={approval} {...props} />
        ))}
      </ul>
    </Section>
  )
}

function Row({
  approval,
  people,
  canAct,
  open,
}: PageSectionProps & { readonly approval: Approval }) {
  const { id, text, of, at, by, answered } = approval
  if (answered) {
    const isGiven = answered.answer === 'given'
    return (
      <EntryRow
        text={text}
        state={isGiven ? 'Approved' : 'Refused'}
        tone={isGiven ? 'good' : 'late'}
        by={`by ${people.actorName(answered.by)}`}
        at={answered.at}
        note={answered.reason}
      />
    )
  }
  const isYours = people.isYou(of)
  const answer = (given: 'given' | 'refused') =>
    open({ type: 'answer', approvalId: id, answer: given })
  return (
    <EntryRow
      text={text}
      state={isYours ? 'Waits for you' : `Waits for ${people.nameOf(of)}`}
      tone="late"
      by={`requested by ${people.actorName(by)}`}
      at={at}
    >
      {canAct && isYours ? (
        <>
          <TextButton aria-haspopup="dialog" onClick={() => answer('given')}>
            Approve…
          </TextButton>
          <TextButton aria-haspopup="dialog" onClick={() => answer('refused')}>
            Refuse…
          </TextButton>
        </>
      ) : null}
    </EntryRow>
  )
}
