import type { Trigger } from '#shared/domain/plan/schema.ts'
import { judgeTrigger, type Verdict } from '#shared/domain/trigger/judge.ts'
import { triggerText } from '#shared/domain/trigger/words.ts'
import { useTicking } from '../../components/clock.ts'
import { crossedWords, plannedWords } from './crossed-words.ts'
import { MeasuredLine } from './measured-line.tsx'
import styles from './trigger-lines.module.css'
import { useFollowed, type Followed } from './use-followed.ts'
import { verdictText } from './words.ts'

const words: Readonly<Record<Verdict['standing'], string>> = {
  unknown: 'Unknown',
  clear: 'Not crossed',
  holding: 'Pending',
  crossed: 'Crossed',
}

interface TriggerLinesProps {
  readonly incidentId: string
}

/** The triggers of an incident's plan, each with its value, its threshold and what happens then. */
export function TriggerLines({ incidentId }: TriggerLinesProps) {
  const followed = useFollowed(incidentId)
  if (!followed || followed.plan.triggers.length === 0) return null
  return (
    <ul className={styles.list}>
      {followed.plan.triggers.map((trigger) => (
        <li key={trigger.id}>
          <TriggerLine followed={followed} trigger={trigger} />
        </li>
      ))}
    </ul>
  )
}

interface TriggerLineProps {
  readonly followed: Followed
  readonly trigger: Trigger
}

/** One trigger; it counts by itself. What is recorded as crossed is shown as crossed, whatever comes. */
export function TriggerLine({ followed, trigger }: TriggerLineProps) {
  const { plan, measured, triggers } = followed
  const observed = measured?.triggers[trigger.id]
  const recorded = triggers?.crossed[trigger.id]
  const judge = (now: number) => judgeTrigger(trigger, { ...followed, observed, now })
  const standing = useTicking(({ engineNow }) => judge(engineNow()).standing)
  const facts = useTicking(({ engineNow }) => {
    const now = engineNow()
    return verdictText(judge(now), observed, now)
  })
  const deed = useTicking(({ engineNow }) =>
    recorded ? crossedWords(trigger, recorded.at, engineNow()) : plannedWords(trigger),
  )
  const tone = recorded ? 'crossed' : (standing as Verdict['standing'])
  return (
    <MeasuredLine
      incidentId={followed.incident.id}
      standing={{ tone, word: words[tone] }}
      text={`${triggerText(trigger, plan)} → ${deed}`}
      facts={facts}
    />
  )
}
