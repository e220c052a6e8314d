import { useLayoutEffect, useRef, useState } from 'react'
import { nextAfter } from '#shared/domain/response/progress.ts'
import { FollowContext, type Follow } from '../../../components/follow-context.ts'
import { PanelHeading } from '../../../components/panel-heading.tsx'
import { TextButton } from '../../../components/text-button.tsx'
import { useRequest } from '../../../components/use-request.ts'
import { useCockpit, useUi } from '../../../engine/cockpit/context.ts'
import { Diagnostics } from '../../../parts/execution/diagnostics.tsx'
import { FollowedRunbooks } from '../../../parts/runbooks/followed-runbooks.tsx'
import { AlertChart } from '../../../parts/measurements/alert-chart.tsx'
import { TriggerLines } from '../../../parts/measurements/trigger-lines.tsx'
import { plural } from '../../../text/plural.ts'
import { linkedFileOf } from '../../../text/runbook-link.ts'
import { Checklist } from './checklist.tsx'
import { FixedWhen } from '../../../parts/plan/fixed-when.tsx'
import { foreseenPlan, isConfirmed, type FollowedPlan } from '../../../parts/plan/followed-plan.ts'
import { PhaseBar } from './phase-bar.tsx'
import { MoreOfPlan, Options } from './plan-details.tsx'
import styles from './plan-view.module.css'

interface PlanViewProps {
  readonly followed: FollowedPlan
}

/** Where the focus is to go: another object each time. */
type Wanted = { readonly step: string } | { readonly criterion: string } | { readonly end: true }

/** What is said where no step is open. */
const FIXED_NEXT = 'No open step. Is it fixed? P leads to what a person confirms.'
const FINISHED = 'No open step: the plan is finished'

/** The plan of an incident: its phases, the steps of one of them, the ways out, and when it is over. */
export function PlanView({ followed }: PlanViewProps) {
  const { actions } = useCockpit()
  const incidentId = followed.incident.id
  const follow: Follow = (href) => {
    const place = linkedFileOf(href, null)
    return (
      place &&
      (() => {
        actions.showRunbook({ ...place, incidentId })
      })
    )
  }
  return (
    <FollowContext value={follow}>
      <PlanParts followed={followed} />
    </FollowContext>
  )
}

function PlanParts({ followed }: PlanViewProps) {
  const { actions, announcements, offline } = useCockpit()
  const { incident, plan, progress, expected } = followed
  /** What a person goes on by; what is shown may lag behind their keys. */
  const foreseen = () => foreseenPlan(followed, offline.book.list())
  const root = useRef<HTMLElement>(null)
  /** The phase that a person looks at; null while it is the current one, whichever that is. */
  const [chosen, setChosen] = useState<number | null>(null)
  const [lastStep, setLastStep] = useState<string | null>(null)
  const [wanted, setWanted] = useState<Wanted | null>(null)
  const shown = Math.min(
    chosen ?? progress.current ?? progress.phases.length - 1,
    progress.phases.length - 1,
  )
  const steps = progress.phases[shown]?.phase.steps ?? []
  const isOpen = (id: string) => (expected[id] ?? 'open') === 'open'
  const activeId =
    steps.find(({ id }) => id === lastStep)?.id ??
    steps.find(({ id }) => isOpen(id))?.id ??
    steps[0]?.id ??
    null

  const isFinished = progress.total > 0 && progress.next === null
  /** Also while the engine has not yet recorded the last step. */
  const isAtEnd = wanted !== null && 'end' in wanted
  const endWords = plan.fixedWhen.some(({ kind }) => kind === 'person') ? FIXED_NEXT : FINISHED

  const goToStep = (step: string) => {
    setChosen(progress.phases.findIndex(({ phase }) => phase.steps.some(({ id }) => id === step)))
    setLastStep(step)
    setWanted({ step })
  }
  /** @param by 1 for the next phase that has steps, -1 for the one before. */
  const goToPhase = (by: 1 | -1) => {
    const there = by === 1 ? progress.phases.slice(shown + 1) : progress.phases.slice(0, shown)
    const found = (by === 1 ? there : there.toReversed()).find(
      ({ phase }) => phase.steps.length > 0,
    )
    const ahead = foreseen().expected
    const to =
      found?.phase.steps.find(({ id }) => (ahead[id] ?? 'open') === 'open') ?? found?.phase.steps[0]
    if (to) goToStep(to.id)
  }
  /** What a person has still to confirm. */
  const goToCriterion = () => {
    const ahead = foreseen()
    const next = plan.fixedWhen.find(({ kind, id }) => kind === 'person' && !isConfirmed(ahead, id))
    if (next) setWanted({ criterion: next.id })
    return next !== undefined
  }
  /** Where nothing happens by Space: that it is fixed is never confirmed by going on ticking. */
  const goToEnd = () => {
    setWanted({ end: true })
    say(endWords)
  }
  const say = (text: string) => announcements.tell({ politeness: 'polite', text })

  useLayoutEffect(() => {
    if (wanted === null) return
    root.current?.querySelector<HTMLElement>(selectorOf(wanted))?.focus()
  }, [wanted])

  useRequest(
    useUi(({ planRequest }) => (planRequest?.incidentId === incident.id ? planRequest : null)),
    () => {
      const { next } = foreseen().progress
      if (next) goToStep(next.id)
      else if (!goToCriterion()) goToEnd()
    },
  )

  return (
    <section ref={root} className={styles.plan} aria-labelledby="plan-title">
      <div className={styles.head}>
        <PanelHeading
          id="plan-title"
          title="Response plan"
          detail={plan.title}
          actions={
            <TextButton onClick={() => actions.showPlan(plan.id)}>Open in the playbook</TextButton>
          }
        />
      </div>
      {progress.phases.length === 0 ? (
        <p className={styles.empty}>This plan has no steps.</p>
      ) : (
        <>
          <PhaseBar followed={followed} shown={shown} onShow={setChosen} />
          <Checklist
            // Each phase is unfolded, and noted on, by itself.
            key={shown}
            followed={followed}
            shown={shown}
            activeId={activeId}
            onActive={setLastStep}
            onGo={goToStep}
            onFinished={(id) => {
              const next = nextAfter(plan, { ...foreseen().expected, [id]: 'done' }, id)
              if (next) goToStep(next.id)
              else goToEnd()
            }}
            onPhase={goToPhase}
          />
        </>
      )}
      {isFinished || isAtEnd ? (
        <p className={styles.end} tabIndex={-1} data-plan-end>
          {isFinished
            ? endWords
            : `${String(progress.finished)} of ${plural(progress.total, 'step')} finished.`}
        </p>
      ) : null}
      <FollowedRunbooks incidentId={incident.id} />
      <Diagnostics incidentId={incident.id} />
      <AlertChart key={incident.id} incidentId={incident.id} />
      <Options plan={plan} />
      <FixedWhen followed={followed} />
      {plan.triggers.length === 0 ? null : (
        <section className={styles.triggers} aria-labelledby="triggers-title">
          <h3 id="triggers-title" className={styles.title}>
            Triggers
          </h3>
          <TriggerLines incidentId={incident.id} />
        </section>
      )}
      <div className={styles.more}>
        <MoreOfPlan plan={plan} incidentId={incident.id} />
      </div>
    </section>
  )
}

function selectorOf(wanted: Wanted): string {
  if ('end' in wanted) return '[data-plan-end]'
  return 'step' in wanted
    ? `[data-step="${CSS.escape(wanted.step)}"] [role="checkbox"]`
    : `[data-criterion="${CSS.escape(wanted.criterion)}"]`
}
