import { IconArrowLeft } from '@tabler/icons-react'
import { useLayoutEffect, useRef, useState } from 'react'
import type { Incident } from '#shared/domain/incident/schema.ts'
import type { StepState } from '#shared/domain/response/schema.ts'
import { openingStep, openStepBehind } from '#shared/domain/walkthrough/path.ts'
import type { Answer } from '#shared/domain/walkthrough/schema.ts'
import type { Runbook, Step } from '#shared/domain/runbook/schema.ts'
import { Age } from '../../../components/age.tsx'
import { FollowContext } from '../../../components/follow-context.ts'
import { KeyHint } from '../../../components/key-hint.tsx'
import { PanelHeading } from '../../../components/panel-heading.tsx'
import { SmallButton } from '../../../components/small-button.tsx'
import { TextButton } from '../../../components/text-button.tsx'
import { useRequest } from '../../../components/use-request.ts'
import { useActions, useMirror, useUi } from '../../../engine/cockpit/context.ts'
import type { ReadRunbook } from '../../../engine/offline/runbook-shelf.ts'
import { queueOf } from '../../../engine/watch/derived.ts'
import { describeRefusal } from '../../../engine/commands/command-words.ts'
import { StepNote } from '../../../parts/plan/step-note.tsx'
import { formatAge } from '../../../text/age.ts'
import { anchorOfLink } from '../../../text/link-anchor.ts'
import { useFollow, useNewText } from '../open-text.ts'
import { useRunbooks, useRunbooksModel } from '../runbooks-model.ts'
import { standingOf } from '../runbook-words.ts'
import type { FollowedRunbook } from './followed-runbook.ts'
import { answerQuestion, markRunbookStep, noteRunbookStep } from './mark-runbook-step.ts'
import { Outline } from './outline.tsx'
import { openQuestion, Questions } from './questions.tsx'
import { hasLead, StepBody } from './step-body.tsx'
import type { RunRequest } from './step-code.tsx'
import { StepSaid } from './step-said.tsx'
import { StepInputs } from './step-inputs.tsx'
import { StepTools } from './step-tools.tsx'
import { useFollowedRunbook, usePhaseOfPlan } from './use-followed-runbook.ts'
import { useStepKeys, type StepKey } from './use-step-keys.ts'
import { WalkthroughEnd } from './walkthrough-end.tsx'
import { WalkthroughFacts } from './walkthrough-facts.tsx'
import hidden from '../../../components/hidden.module.css'
import styles from './walkthrough.module.css'

/** A runbook that an incident led to, with steps that can be followed. */
export interface Walked {
  readonly incident: Incident
  readonly id: string
  readonly hash: string
  readonly runbook: Runbook
  readonly read: ReadRunbook
}

/** The runbook that is followed; null while a text is read, or the list is shown. */
export function useWalked(): Walked | null {
  const id = useRunbooks((view) => view.openId)
  const incidentId = useRunbooks((view) => view.incidentId)
  const isWhole = useRunbooks((view) => view.isWhole)
  const text = useRunbooks((view) => view.text)
  const incident = useMirror(({ watch }) =>
    incidentId === null ? undefined : watch?.incidents.get(incidentId),
  )
  if (id === null || !incident || isWhole || text.kind !== 'read') return null
  const { runbook, read } = text
  const { hash } = read.entry
  if (!runbook || runbook.steps.length === 0 || hash === null) return null
  return { incident, id, hash, runbook, read }
}

interface WalkthroughScreenProps {
  readonly walked: Walked
  /** What leads back to the incident, as Escape does. */
  readonly onBack: () => void
}

/** A runbook, step by step: all steps, the one that is in focus, and what it is followed with. */
export function WalkthroughScreen({ walked, onBack }: WalkthroughScreenProps) {
  const follow = useFollow(walked.id)
  useNewText(walked.id)
  return (
    <main aria-label="Runbook" className={styles.screen}>
      <FollowContext value={follow}>
        <Followed
          // Each runbook of each incident has its own place.
          key={`${walked.incident.id} ${walked.id}`}
          walked={walked}
          onBack={onBack}
        />
      </FollowContext>
    </main>
  )
}

/** The step that is shown: another object each time one goes to one. */
interface Place {
  /** Null: the end. */
  readonly stepId: string | null
  /** Where it stands among the steps; it says where to go on when a changed text has it no more. */
  readonly index: number
  /** True where the step that was shown before is gone, and this one stands in its place. */
  readonly isInPlace: boolean
}

function Followed({ walked, onBack }: WalkthroughScreenProps) {
  const { incident, runbook, read } = walked
  const model = useRunbooksModel()
  const actions = useActions()
  const followed = useFollowedRunbook(walked)
  const { steps, states } = followed
  const phase = usePhaseOfPlan(incident)
  const heading = useRef<HTMLHeadingElement>(null)
  const opening = (section: string | null): string | null =>
    openingStep(runbook, steps, {
      section: section === null ? null : anchorOfLink(section),
      walkthrough: followed.walkthrough,
      states,
      phase,
    })
  const placeOf = (stepId: string | null, isInPlace = false): Place => ({
    stepId,
    index: steps.findIndex(({ id }) => id === stepId),
    isInPlace,
  })
  const [place, setPlace] = useState<Place>(() => {
    const { stepRequest, fragmentRequest } = model.store.getState()
    const asked = steps.find(({ id }) => id === stepRequest?.stepId)
    return placeOf(asked?.id ?? opening(fragmentRequest?.fragment ?? null))
  })
  const [isNoting, setNoting] = useState(false)
  const enteredFor = `${incident.id} ${walked.id}`
  const values = useRunbooks(({ entered }) => entered.get(enteredFor)) ?? nothingEntered
  const [runRequest, setRunRequest] = useState<RunRequest | null>(null)
  // A changed text may have the step no more: one stays where it was.
  const index = steps.findIndex(({ id }) => id === place.stepId)
  const isGone = place.stepId !== null && index < 0
  if (isGone) {
    const near = steps[Math.min(place.index, steps.length - 1)]
    setPlace(placeOf(near?.id ?? null, true))
  }
  const step = steps[index]

  const go = (stepId: string | null) => {
    setNoting(false)
    setPlace(placeOf(stepId))
  }
  useLayoutEffect(() => {
    heading.current?.focus({ preventScroll: true })
    heading.current?.scrollIntoView({ block: 'nearest' })
  }, [place])
  useRequest(
    useRunbooks((view) => view.fragmentRequest),
    ({ fragment }) => {
      go(opening(fragment))
    },
  )
  useRequest(
    useRunbooks((view) => view.stepRequest),
    ({ stepId }) => {
      if (steps.some(({ id }) => id === stepId)) go(stepId)
    },
  )

  const mark = (state: StepState, goesOn: boolean) => {
    if (!step || !markRunbookStep(actions, followed, step, state) || !goesOn) return
    go(openStepBehind(steps, { ...states, [step.id]: state }, step.id))
  }
  const note = () => {
    if (followed.refusedBecause === null) setNoting(true)
    else actions.refuse(incident.id, 'walkthrough.step', followed.refusedBecause)
  }
  const noted = (text: string | null) => {
    setNoting(false)
    heading.current?.focus({ preventScroll: true })
    if (step && text !== null) noteRunbookStep(actions, followed, step, text)
  }
  const answer = (decision: number, value: Answer) => {
    const question = step?.decisions[decision]
    if (step && question) answerQuestion(actions, followed, step, decision, question, value)
  }
  const answerOpen = (value: Answer) => {
    if (step) answer(openQuestion(followed, step), value)
  }
  /** The end lies behind the last step. */
  const by = (offset: number) => {
    const from = step ? index : steps.length
    const to = Math.min(steps.length, Math.max(0, from + offset))
    if (to !== from) go(steps[to]?.id ?? null)
  }
  const perform: Readonly<Record<StepKey, () => void>> = {
    // A step that is done already is only left behind.
    done: () => mark('done', true),
    skip: () => mark('skipped', true),
    failed: () => mark('failed', true),
    note,
    yes: () => answerOpen('yes'),
    no: () => answerOpen('no'),
    next: () => by(1),
    previous: () => by(-1),
    first: () => go(steps[0]?.id ?? null),
    last: () => go(steps.at(-1)?.id ?? null),
    whole: model.toggleWhole,
    run: () => setRunRequest(step ? { stepId: step.id } : null),
  }
  useStepKeys((key) => perform[key]())

  return (
    <div className={styles.columns}>
      <header className={styles.bar}>
        <SmallButton aria-keyshortcuts="Escape" onClick={onBack}>
          <IconArrowLeft size={15} aria-hidden="true" />
          Back to the incident <KeyHint>Esc</KeyHint>
        </SmallButton>
        <p className={styles.title}>
          <strong>{runbook.title}</strong>
          <Progress followed={followed} index={step ? index : null} />
        </p>
        <SmallButton aria-keyshortcuts="T" onClick={model.toggleWhole}>
          Whole text <KeyHint>T</KeyHint>
        </SmallButton>
      </header>
      <Outline followed={followed} currentId={step?.id ?? null} onGo={go} />
      <div className={styles.middle} data-scrolls="" tabIndex={-1}>
        <Elsewhere incident={incident} />
        <Warnings walked={walked} />
        {place.isInPlace ? (
          <p className={styles.warn} role="status">
            The text of this runbook has changed: the step that you were at has other words now.
          </p>
        ) : null}
        {step ? (
          <StepCard
            followed={followed}
            step={step}
            number={index + 1}
            heading={heading}
            isNoting={isNoting}
            values={values}
            runRequest={runRequest}
            onMark={(state) => mark(state, state !== 'open')}
            onNote={note}
            onNoted={noted}
            onAnswer={answer}
          />
        ) : (
          <WalkthroughEnd followed={followed} heading={heading} onGo={go} />
        )}
      </div>
      <aside className={styles.aside} aria-label="About this runbook">
        {step ? (
          <StepInputs
            key={step.id}
            followed={followed}
            step={step}
            entered={values}
            onEnter={(id, value) => {
              model.enter(enteredFor, id, value)
            }}
          />
        ) : null}
        <PanelHeading title="Runbook" />
        <WalkthroughFacts followed={followed} entry={read.entry} />
      </aside>
    </div>
  )
}

const nothingEntered: Readonly<Record<string, string>> = {}

/** What else waits for a person, which nobody sees from here. */
function Elsewhere({ incident }: { readonly incident: Incident }) {
  const actions = useActions()
  const incidents = useMirror(({ watch }) => watch?.incidents)
  const others = incidents
    ? queueOf(incidents).triggered.filter(({ id }) => id !== incident.id)
    : []
  const [first] = others
  if (!first) return null
  const words =
    others.length === 1 ? 'Another incident is' : `${String(others.length)} other incidents are`
  return (
    <p className={styles.elsewhere} role="status">
      {words} triggered: {first.severity} {first.title}{' '}
      <TextButton onClick={() => actions.goTo(first.id)}>Go to the most urgent</TextButton>
    </p>
  )
}

interface ProgressProps {
  readonly followed: FollowedRunbook
  /** Null at the end. */
  readonly index: number | null
}

/** `Investigation · step 3 of 9 · 4m spent of about 12m`. */
function Progress({ followed, index }: ProgressProps) {
  const { steps, finished, walkthrough, runbook } = followed
  const section = runbook.sections.find(({ id }) => id === steps[index ?? -1]?.section)?.title
  const estimate = runbook.estimate === null ? null : `about ${formatAge(runbook.estimate)}`
  return (
    <span className={styles.soft}>
      {section === undefined ? '' : ` · ${section}`}
      {index === null ? '' : ` · step ${String(index + 1)} of ${String(steps.length)}`}
      {` · ${String(finished)} finished`}
      {walkthrough ? (
        <>
          {' · '}
          <Age since={walkthrough.startedAt} /> spent{estimate === null ? '' : ` of ${estimate}`}
        </>
      ) : estimate === null ? (
        ''
      ) : (
        ` · ${estimate}`
      )}
    </span>
  )
}

interface StepCardProps {
  readonly followed: FollowedRunbook
  readonly step: Step
  /** Counted from 1. */
  readonly number: number
  readonly heading: React.Ref<HTMLHeadingElement>
  readonly isNoting: boolean
  readonly values: Readonly<Record<string, string>>
  readonly runRequest: RunRequest | null
  readonly onMark: (state: StepState) => void
  readonly onNote: () => void
  readonly onNoted: (note: string | null) => void
  readonly onAnswer: (decision: number, answer: Answer) => void
}

/** The one step that is in focus. */
function StepCard(props: StepCardProps) {
  const { followed, step, number, heading, isNoting, values, runRequest } = props
  const { onMark, onNote, onNoted, onAnswer } = props
  const actions = useActions()
  const { runbook, incident, refusedBecause, states, walkthrough } = followed
  const isTitled = !hasLead(runbook.blocks.slice(step.from, step.until))
  return (
    <article className={styles.step} aria-labelledby="walkthrough-step">
      <h2 id="walkthrough-step" ref={heading} tabIndex={-1} className={styles.number}>
        Step {number}
        <span className={isTitled ? styles.stepTitle : hidden.hidden}>{` ${step.title}`}</span>
      </h2>
      <StepBody followed={followed} step={step} values={values} runRequest={runRequest} />
      <Questions followed={followed} step={step} onAnswer={onAnswer} />
      <StepSaid followed={followed} stepId={step.id} />
      {isNoting ? (
        <StepNote key={step.id} text={walkthrough?.steps[step.id]?.note ?? ''} onDone={onNoted} />
      ) : null}
      <StepTools
        state={states[step.id] ?? 'open'}
        refusedBecause={refusedBecause}
        onMark={onMark}
        onNote={onNote}
        onRefused={(reason) => actions.refuse(incident.id, 'walkthrough.step', reason)}
      />
      <Refusal incidentId={incident.id} />
    </article>
  )
}

/** Why the last word on a step was refused. */
function Refusal({ incidentId }: { readonly incidentId: string }) {
  const refusal = useUi(({ work }) => work.get(incidentId)?.refusal)
  if (!refusal?.name.startsWith('walkthrough.')) return null
  return (
    <p className={styles.bad} role="status">
      {describeRefusal(refusal.error)}
    </p>
  )
}

/** What whoever follows this text has to know of it. */
function Warnings({ walked: { read, runbook } }: { readonly walked: Walked }) {
  const isLost = useMirror(({ connection }) => connection.phase !== 'open')
  const standing = standingOf(read.entry, isLost, true)
  const [finding] = runbook.findings
  return (
    <>
      {read.isCurrent ? null : (
        <p className={styles.warn}>
          Deckwatch has or had another version of it; this is the copy kept in this browser.
        </p>
      )}
      {standing ? <p className={styles.warn}>{standing.words}</p> : null}
      {finding ? (
        <p className={styles.soft}>
          Line {finding.line}: {finding.message}
        </p>
      ) : null}
    </>
  )
}
