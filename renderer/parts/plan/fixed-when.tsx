import { IconCheck, IconHourglass, IconPointFilled } from '@tabler/icons-react'
import type { Criterion } from '#shared/domain/plan/schema.ts'
import { HiddenText } from '../../components/hidden-text.tsx'
import { Instant } from '../../components/instant.tsx'
import { MarkdownText } from '../../components/markdown-text.tsx'
import { useActions, useMirror, useUi } from '../../engine/cockpit/context.ts'
import { idle, partOf } from '../../engine/page/ui-store.ts'
import { readerOf } from '../../engine/watch/reader.ts'
import { CriterionLine } from '../measurements/criterion-line.tsx'
import { whoIs } from '../../text/who.ts'
import { isConfirmed, type FollowedPlan } from './followed-plan.ts'
import { toggleCriterion } from './mark-step.ts'
import styles from './fixed-when.module.css'

interface FixedWhenProps {
  readonly followed: FollowedPlan
}

/** When it counts as fixed: what a person confirms, and what is measured. */
export function FixedWhen({ followed }: FixedWhenProps) {
  const { fixedWhen } = followed.plan
  if (fixedWhen.length === 0) return null
  const met = fixedWhen.filter(({ id }) => isConfirmed(followed, id)).length
  return (
    <section className={styles.box} aria-labelledby="fixed-when-title">
      <h3 id="fixed-when-title" className={styles.title}>
        Fixed when{' '}
        <span className={styles.count} data-all={met === fixedWhen.length}>
          {met} of {fixedWhen.length} met
        </span>
      </h3>
      <ul>
        {fixedWhen.map((criterion) => (
          <li key={criterion.id} className={styles.line}>
            {criterion.kind === 'person' ? (
              <Confirmed criterion={criterion} followed={followed} />
            ) : (
              <Measured criterion={criterion} followed={followed} />
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

interface ConfirmedProps extends FixedWhenProps {
  readonly criterion: Extract<Criterion, { readonly kind: 'person' }>
}

/** What a person judges, one at a time: a press never goes on to the next. */
function Confirmed({ criterion: { id, text }, followed }: ConfirmedProps) {
  const actions = useActions()
  const { incident, queuedCriteria } = followed
  const { pending } = useUi(({ work }) => work.get(incident.id) ?? idle)
  const isMet = isConfirmed(followed, id)
  return (
    <>
      <button
        type="button"
        role="checkbox"
        aria-checked={isMet}
        aria-busy={pending.has(partOf('plan.criterion', id))}
        aria-labelledby={`criterion-${id} criterion-state-${id}`}
        className={styles.mark}
        data-criterion={id}
        onClick={() => {
          toggleCriterion(actions, followed, id)
        }}
      >
        {isMet ? <IconCheck size={16} stroke={2.5} aria-hidden="true" /> : null}
      </button>
      <div className={styles.body}>
        <div id={`criterion-${id}`}>
          <MarkdownText>{text}</MarkdownText>
        </div>
        <p id={`criterion-state-${id}`} className={styles.said}>
          {queuedCriteria.has(id) ? (
            <>
              <IconHourglass size={13} aria-hidden="true" />
              {isMet ? 'confirmed, queued' : 'open again, queued'}
            </>
          ) : (
            <Mark followed={followed} id={id} open="a person confirms it" met="confirmed" />
          )}
        </p>
      </div>
    </>
  )
}

interface MeasuredProps {
  readonly criterion: Extract<Criterion, { readonly kind: 'promql' }>
  readonly followed: FollowedPlan
}

/** What is measured; nobody ticks it. */
function Measured({ criterion, followed }: MeasuredProps) {
  const isMet = isConfirmed(followed, criterion.id)
  const Icon = isMet ? IconCheck : IconPointFilled
  return (
    <>
      <span className={styles.measured} data-met={isMet}>
        <Icon size={16} aria-hidden="true" />
      </span>
      <div className={styles.body}>
        <CriterionLine incidentId={followed.incident.id} criterion={criterion} />
      </div>
    </>
  )
}

interface MarkProps {
  readonly followed: FollowedPlan
  readonly id: string
  readonly open: string
  readonly met: string
}

/** What was said of it last, by whom and when. */
function Mark({ followed: { response }, id, open, met }: MarkProps) {
  const me = useMirror(({ status }) => readerOf(status))
  const mark = response.criteria[id]
  if (!mark?.isMet) return <span>{open}</span>
  return (
    <span>
      <HiddenText>Met: </HiddenText>
      {met}
      {mark.by.kind === 'person' ? ` by ${whoIs(mark.by, me)}` : ''}{' '}
      <Instant at={mark.at} precision="minute" />
    </span>
  )
}
