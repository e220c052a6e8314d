import { isIncidentOpen } from '#shared/domain/incident/status.ts'
import { IconCheck } from '@tabler/icons-react'
import { isOverdue, type PhaseProgress } from '#shared/domain/response/progress.ts'
import { useTicking } from '../../../components/clock.ts'
import { HiddenText } from '../../../components/hidden-text.tsx'
import { Instant } from '../../../components/instant.tsx'
import { formatAge, formatUntil } from '../../../text/age.ts'
import { plural } from '../../../text/plural.ts'
import type { FollowedPlan } from '../../../parts/plan/followed-plan.ts'
import styles from './phase-bar.module.css'

interface PhaseBarProps {
  readonly followed: FollowedPlan
  /** The place of the phase whose steps are shown. */
  readonly shown: number
  readonly onShow: (index: number) => void
}

/** The phases of a plan in a row: which one it is, how far each is, and how long it has. */
export function PhaseBar({ followed: { incident, progress }, shown, onShow }: PhaseBarProps) {
  const isRunning = isIncidentOpen(incident)
  return (
    <ol className={styles.bar} aria-label="Phases">
      {progress.phases.map((each, index) => {
        const isCurrent = index === progress.current
        return (
          // The phases of one revision of a plan do not move.
          <li key={index} className={styles.item}>
            <button
              type="button"
              className={styles.phase}
              aria-pressed={index === shown}
              aria-current={isCurrent ? 'step' : undefined}
              title={each.phase.name}
              onClick={() => onShow(index)}
            >
              <span className={styles.name}>
                {each.isOver && each.phase.steps.length > 0 ? (
                  <IconCheck size={14} className={styles.over} aria-hidden="true" />
                ) : null}
                <span className={styles.nameText}>{each.phase.name}</span>
              </span>
              <span className={styles.facts}>
                <Count progress={each} />
                {isRunning && !each.isOver ? (
                  <PhaseTime progress={each} isCurrent={isCurrent} />
                ) : null}
              </span>
            </button>
          </li>
        )
      })}
    </ol>
  )
}

function Count({ progress: { finished, phase } }: { readonly progress: PhaseProgress }) {
  const total = phase.steps.length
  if (total === 0) return <span>no steps</span>
  return (
    <span className={styles.count}>
      <span aria-hidden="true">
        {finished}/{total}
      </span>
      <HiddenText>{`${String(finished)} of ${plural(total, 'step')} finished`}</HiddenText>
    </span>
  )
}

interface PhaseTimeProps {
  readonly progress: PhaseProgress
  readonly isCurrent: boolean
}

/** How long a phase still has, since when it is overdue, or until when a later one should be over. */
function PhaseTime({ progress, isCurrent }: PhaseTimeProps) {
  const { dueAt } = progress
  const left = useTicking(({ engineNow }) => {
    if (dueAt === null) return ''
    const now = engineNow()
    if (isOverdue(progress, now)) return `overdue ${formatAge(now - dueAt)}`
    return isCurrent ? `${formatUntil(dueAt - now)} left` : ''
  })
  if (dueAt === null) return null
  if (left === '') {
    return (
      <span>
        until <Instant at={dueAt} precision="minute" />
      </span>
    )
  }
  return (
    <span className={styles.time} data-overdue={left.startsWith('overdue')}>
      {left}
    </span>
  )
}
