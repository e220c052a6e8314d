import { TextButton } from '../../../components/text-button.tsx'
import { FixedWhen } from '../../../parts/plan/fixed-when.tsx'
import { useFollowedPlan } from '../../../parts/plan/use-followed-plan.ts'
import type { FollowedRunbook } from './followed-runbook.ts'
import { WITHOUT_RUN } from './step-said.tsx'
import styles from './walkthrough.module.css'

interface WalkthroughEndProps {
  readonly followed: FollowedRunbook
  readonly heading: React.Ref<HTMLHeadingElement>
  readonly onGo: (stepId: string) => void
}

/** What a walkthrough ends in: what became of its steps, and when it counts as fixed. */
export function WalkthroughEnd({ followed, heading, onGo }: WalkthroughEndProps) {
  const plan = useFollowedPlan(followed.incident)
  const { steps, states, finished } = followed
  const count = (state: string) => steps.filter(({ id }) => states[id] === state).length
  const open = steps.length - finished
  const left = steps.find(({ id }) => (states[id] ?? 'open') === 'open')
  const parts = [
    [count('done'), 'done'],
    [count('skipped'), 'skipped'],
    [count('failed'), 'failed'],
    [open, 'open'],
  ] as const
  return (
    <article className={styles.step} aria-labelledby="walkthrough-end">
      <h2 id="walkthrough-end" ref={heading} tabIndex={-1} className={styles.end}>
        {open === 0 ? 'No open step' : 'End of the runbook'}
      </h2>
      <p>
        {parts
          .filter(([number]) => number > 0)
          .map(([number, word]) => `${String(number)} ${word}`)
          .join(', ')}
        .{' '}
        {left ? (
          <TextButton onClick={() => onGo(left.id)}>
            Go to the first open step: {left.title}
          </TextButton>
        ) : null}
      </p>
      <WithoutRun followed={followed} onGo={onGo} />
      {plan && plan.plan.fixedWhen.length > 0 ? (
        <FixedWhen followed={plan} />
      ) : (
        <p className={styles.soft}>
          No response plan says when it is fixed. Esc leads back to the incident.
        </p>
      )}
    </article>
  )
}

/** The steps that are done, but by other means than their commands. */
function WithoutRun({ followed, onGo }: Pick<WalkthroughEndProps, 'followed' | 'onGo'>) {
  const steps = followed.steps.filter(({ id }) => followed.withoutRun.has(id))
  if (steps.length === 0) return null
  return (
    <section aria-label={`Done, ${WITHOUT_RUN}`}>
      <p>Done, {WITHOUT_RUN}:</p>
      <ul className={styles.list}>
        {steps.map(({ id, title }) => (
          <li key={id}>
            <TextButton onClick={() => onGo(id)}>{title}</TextButton>
          </li>
        ))}
      </ul>
    </section>
  )
}
