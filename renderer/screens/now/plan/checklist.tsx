import { useState } from 'react'
import type { StepState } from '#shared/domain/response/schema.ts'
import { TextButton } from '../../../components/text-button.tsx'
import { useActions, useMirror, useUi } from '../../../engine/cockpit/context.ts'
import { idle, partOf } from '../../../engine/page/ui-store.ts'
import { readerOf } from '../../../engine/watch/reader.ts'
import { plural } from '../../../text/plural.ts'
import type { FollowedPlan } from '../../../parts/plan/followed-plan.ts'
import { markStep } from '../../../parts/plan/mark-step.ts'
import { StepLine } from './step-line.tsx'
import styles from './checklist.module.css'

/** So many finished steps at the top are shown; more fold away, so that the next one is in sight. */
const MAX_FINISHED_SHOWN = 3

interface ChecklistProps {
  readonly followed: FollowedPlan
  /** The place of the phase whose steps are shown. */
  readonly shown: number
  /** The step that Tab reaches. */
  readonly activeId: string | null
  readonly onActive: (stepId: string) => void
  /** Puts the focus on a step that is shown. */
  readonly onGo: (stepId: string) => void
  /** A step was finished by keyboard: what is next has the focus now. */
  readonly onFinished: (stepId: string) => void
  /** @param by 1 for the next phase, -1 for the one before. */
  readonly onPhase: (by: 1 | -1) => void
}

/** The steps of one phase. */
export function Checklist(props: ChecklistProps) {
  const { followed, shown, activeId, onActive, onGo, onFinished, onPhase } = props
  const { incident, progress, expected, response, queuedSteps, refusedBecause } = followed
  const actions = useActions()
  const me = useMirror(({ status }) => readerOf(status))
  const { pending } = useUi(({ work }) => work.get(incident.id) ?? idle)
  const [notingId, setNotingId] = useState<string | null>(null)
  const [isUnfolded, setUnfolded] = useState(false)
  const [runRequest, setRunRequest] = useState<{ readonly stepId: string } | null>(null)
  const phase = progress.phases[shown]
  if (!phase) return null
  const { steps, name } = phase.phase
  const stateOf = (id: string): StepState => expected[id] ?? 'open'
  const firstOpen = steps.findIndex(({ id }) => stateOf(id) === 'open')
  const leading = firstOpen < 0 ? 0 : firstOpen
  const canFold = leading > MAX_FINISHED_SHOWN
  const folded = canFold && !isUnfolded ? leading - 1 : 0

  /** Marks a step; by keyboard one goes on with the next. */
  const mark = (id: string, state: StepState, goesOn: boolean) => {
    if (markStep(actions, followed, id, state) && goesOn) onFinished(id)
  }
  const toggle = (id: string, isByKey: boolean) => {
    const isDone = stateOf(id) === 'done'
    mark(id, isDone ? 'open' : 'done', isByKey && !isDone)
  }
  const note = (id: string) => {
    if (refusedBecause === null) setNotingId(id)
    else actions.refuse(incident.id, 'plan.step', refusedBecause)
  }
  const noted = (id: string, text: string | null) => {
    // The field goes with what is recorded of it. One goes on from a step that is over; else the
    // focus stays with the step.
    if (text !== null && stateOf(id) !== 'open') onFinished(id)
    else onGo(id)
    setNotingId(null)
    if (text !== null) void actions.markStep(incident.id, id, stateOf(id), text)
  }

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyped(event.target)) return
    const id = activeId
    const index = steps.findIndex((each) => each.id === id)
    if (id === null || index < 0) return
    const step = (by: number) => {
      const to = steps[index + by]
      if (to && index + by >= folded) onGo(to.id)
    }
    const keys: Readonly<Record<string, () => void>> = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      ArrowRight: () => onPhase(1),
      ArrowLeft: () => onPhase(-1),
      '-': () => mark(id, 'skipped', true),
      f: () => mark(id, 'failed', true),
      n: () => note(id),
      // Elsewhere it presses what has the focus.
      ...((steps[index]?.run ?? null) === null
        ? {}
        : { Enter: () => setRunRequest({ stepId: id }) }),
    }
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (!act) return
    // Elsewhere on this screen the same key means something else.
    event.preventDefault()
    if (!event.repeat || event.key.startsWith('Arrow')) act()
  }

  return (
    <div className={styles.box}>
      {canFold ? (
        <p className={styles.fold}>
          <TextButton aria-expanded={isUnfolded} onClick={() => setUnfolded(!isUnfolded)}>
            {isUnfolded ? 'Fold finished steps' : `${plural(folded, 'finished step')} above`}
          </TextButton>
        </p>
      ) : null}
      {steps.length === 0 ? (
        <p className={styles.empty}>This phase has no steps.</p>
      ) : (
        <ol aria-label={`Steps of ${name}`} onKeyDown={onKeyDown}>
          {steps.map((step, index) =>
            index < folded ? null : (
              <StepLine
                key={step.id}
                incidentId={incident.id}
                runRequest={runRequest?.stepId === step.id ? runRequest : null}
                step={step}
                number={index + 1}
                mark={response.steps[step.id]}
                state={stateOf(step.id)}
                isQueued={queuedSteps.has(step.id)}
                isPending={pending.has(partOf('plan.step', step.id))}
                isNext={step.id === progress.next?.id}
                isActive={step.id === activeId}
                isNoting={step.id === notingId}
                isRefused={refusedBecause !== null}
                me={me}
                onFocus={() => onActive(step.id)}
                onToggle={(isByKey) => toggle(step.id, isByKey)}
                onMark={(state) => mark(step.id, state, false)}
                onNote={() => note(step.id)}
                onNoted={(text) => noted(step.id, text)}
              />
            ),
          )}
        </ol>
      )}
    </div>
  )
}

/** True for what is typed into: the note on a step. */
function isTyped(target: EventTarget): boolean {
  return target instanceof HTMLInputElement
}
