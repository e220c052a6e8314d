import { useState } from 'react'
import type { AgendaLine, Proposal } from '#shared/domain/agenda/line.ts'
import { MAX_MEETING_TEXT, type ProposalAnswer as Answer } from '#shared/domain/meeting/schema.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { Field } from '../../components/fields/field.tsx'
import fieldStyles from '../../components/fields/fields.module.css'
import { refusalOf } from '../../engine/commands/availability.ts'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'
import styles from './meetings.module.css'

interface ProposalAnswerProps {
  readonly line: AgendaLine
  readonly proposal: Proposal
  readonly day: string
}

/** Accepts or refuses a proposal. What is accepted is a task of whoever accepts it. */
export function ProposalAnswer({ line, proposal, day }: ProposalAnswerProps) {
  const actions = useActions()
  const refusedBecause = useMirror((state) => refusalOf(state, 'proposal.answer'))
  const [reason, setReason] = useState<string | null>(null)
  const [isPending, setPending] = useState(false)
  const { answered } = proposal
  if (answered) {
    const how = answered.answer === 'accepted' ? 'accepted' : 'refused'
    const why = answered.reason === null ? '' : ` (“${answered.reason}”)`
    return (
      <p className={styles.answered}>
        {answered.by} {how} this{why}
      </p>
    )
  }
  const give = async (answer: Answer, why: string | null) => {
    if (isPending) return
    setPending(true)
    await actions.answerProposal({
      ...{ day, proposalId: proposal.id, kind: proposal.kind, text: line.text },
      ...{ events: [...line.events], answer, reason: why },
    })
    setPending(false)
  }
  return (
    <div className={styles.buttons}>
      <span data-key="accept">
        <ActionButton
          label="Accept"
          hint="A"
          isPending={isPending}
          refusedBecause={refusedBecause}
          onPress={() => void give('accepted', null)}
        />
      </span>
      <span data-key="refuse">
        <ActionButton
          label="Refuse"
          hint="R"
          isPending={isPending}
          refusedBecause={refusedBecause}
          onPress={() => setReason(reason === null ? '' : null)}
        />
      </span>
      {reason === null ? null : (
        <div className={styles.reason}>
          <Field label="Why not?" hint="Enter refuses the proposal, Escape cancels">
            {(control) => (
              <input
                {...control}
                // The person has just asked for it.
                ref={(input) => input?.focus()}
                className={fieldStyles.input}
                value={reason}
                maxLength={MAX_MEETING_TEXT}
                onChange={({ target }) => setReason(target.value)}
                onKeyDown={(event) => {
                  if (event.nativeEvent.isComposing) return
                  if (event.key === 'Escape') setReason(null)
                  else if (event.key === 'Enter' && reason.trim() !== '') {
                    void give('refused', reason.trim())
                  } else return
                  event.preventDefault()
                  event.stopPropagation()
                }}
              />
            )}
          </Field>
        </div>
      )}
    </div>
  )
}
