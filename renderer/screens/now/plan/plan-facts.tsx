import type { Plan } from '#shared/domain/plan/schema.ts'
import { Fact } from '../../../components/fact.tsx'
import { TextButton } from '../../../components/text-button.tsx'
import { useActions } from '../../../engine/cockpit/context.ts'
import { ownerName } from '../../../text/owner-name.ts'
import { PlanFileProblem } from './plan-file-problem.tsx'

interface PlanFactsProps {
  readonly plan: Plan
}

/** Who owns it, whom it escalates to, and where that is written. */
export function PlanFacts({ plan: { id, title, owner, escalation } }: PlanFactsProps) {
  const actions = useActions()
  return (
    <>
      <Fact term="owner">{owner === null ? 'none in the plan' : ownerName(owner)}</Fact>
      <Fact term="escalation">{escalation ?? 'no path in the plan'}</Fact>
      <Fact term="plan">
        <TextButton onClick={() => actions.showPlan(id)}>{title}</TextButton>
        <PlanFileProblem planId={id} />
      </Fact>
    </>
  )
}
