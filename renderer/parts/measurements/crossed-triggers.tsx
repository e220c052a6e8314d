import type { Trigger } from '#shared/domain/plan/schema.ts'
import { triggerText } from '#shared/domain/trigger/words.ts'
import { useTicking } from '../../components/clock.ts'
import { OutsideText } from '../../components/outside-text.tsx'
import { crossedWords } from './crossed-words.ts'
import styles from './crossed-triggers.module.css'
import { useShownLabels } from './shown-labels.ts'
import { useFollowed, type Followed } from './use-followed.ts'

interface CrossedTriggersProps {
  readonly incidentId: string
}

/** What is crossed now and asks a person to act, at the head of an incident. Nothing while none is. */
export function CrossedTriggers({ incidentId }: CrossedTriggersProps) {
  const followed = useFollowed(incidentId)
  const crossed = followed?.triggers?.crossed ?? {}
  const triggers = followed?.plan.triggers.filter(({ id }) => crossed[id] !== undefined) ?? []
  if (!followed || triggers.length === 0) return null
  return (
    <ul className={styles.list} aria-label="Crossed triggers">
      {triggers.map((trigger) => (
        <li key={trigger.id}>
          <Crossed followed={followed} trigger={trigger} at={crossed[trigger.id]?.at ?? 0} />
        </li>
      ))}
    </ul>
  )
}

interface CrossedProps {
  readonly followed: Followed
  readonly trigger: Trigger
  readonly at: number
}

function Crossed({ followed: { incident, plan }, trigger, at }: CrossedProps) {
  const text = useShownLabels(incident.id, triggerText(trigger, plan))
  const deed = useTicking(({ engineNow }) => crossedWords(trigger, at, engineNow()))
  return (
    <>
      <strong>
        Trigger <OutsideText>{deed}</OutsideText>
      </strong>{' '}
      <span className={styles.text}>
        <OutsideText>{text}</OutsideText>
      </span>
    </>
  )
}
