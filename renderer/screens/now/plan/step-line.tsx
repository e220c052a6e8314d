import { IconCheck, IconHourglass, IconMinus, IconX } from '@tabler/icons-react'
import type { PlanStep } from '#shared/domain/plan/schema.ts'
import type { StepMark, StepState } from '#shared/domain/response/schema.ts'
import type { Reader } from '#shared/domain/person/identity.ts'
import { HiddenText } from '../../../components/hidden-text.tsx'
import { Instant } from '../../../components/instant.tsx'
import { KeyHint } from '../../../components/key-hint.tsx'
import { MarkdownText } from '../../../components/markdown-text.tsx'
import { OutsideText } from '../../../components/outside-text.tsx'
import { NamedRun } from '../../../parts/execution/named-run.tsx'
import { keyOf } from '../../../keyboard/shortcuts.ts'
import { whoIs } from '../../../text/who.ts'
import { StepNote } from '../../../parts/plan/step-note.tsx'
import styles from './step-line.module.css'

const marks = {
  open: null,
  done: IconCheck,
  skipped: IconMinus,
  failed: IconX,
} as const satisfies Record<StepState, unknown>

const words: Readonly<Record<StepState, string>> = {
  open: 'open',
  done: 'done',
  skipped: 'skipped',
  failed: 'failed',
}

/** What is said of a step by whoever did it. */
interface Said {
  readonly mark: StepMark | undefined
  /** What it will be once the engine has recorded what waits. */
  readonly state: StepState
  readonly isQueued: boolean
  readonly isPending: boolean
}

interface StepLineProps extends Said {
  readonly incidentId: string
  /** The key wants what the active step names to be run: another object each time. */
  readonly runRequest: object | null
  readonly step: PlanStep
  /** 1-based place in its phase. */
  readonly number: number
  /** The step to do next. */
  readonly isNext: boolean
  /** The step that Tab reaches; it offers what can be done with it. */
  readonly isActive: boolean
  readonly isNoting: boolean
  readonly isRefused: boolean
  readonly me: Reader | undefined
  readonly onToggle: (isByKey: boolean) => void
  readonly onMark: (state: StepState) => void
  readonly onNote: () => void
  readonly onNoted: (note: string | null) => void
  readonly onFocus: () => void
}

/** One step of the checklist: its mark, what it says, and who did what with it. */
export function StepLine(props: StepLineProps) {
  const { step, number, state, isQueued, isPending, isNext, isActive, isNoting } = props
  const Mark = marks[state]
  return (
    <li
      className={styles.line}
      data-state={state}
      data-next={isNext}
      data-active={isActive}
      data-step={step.id}
    >
      <button
        type="button"
        role="checkbox"
        aria-checked={state === 'done'}
        aria-busy={isPending}
        aria-labelledby={`step-${step.id} state-${step.id}`}
        aria-keyshortcuts={isNext ? keyOf('next-step') : undefined}
        tabIndex={isActive ? 0 : -1}
        className={styles.box}
        onFocus={props.onFocus}
        // A press by keyboard has no place.
        onClick={({ detail }) => props.onToggle(detail === 0)}
      >
        {Mark ? <Mark size={16} stroke={2.5} aria-hidden="true" /> : null}
      </button>
      <div className={styles.body}>
        <div className={styles.first}>
          <span className={styles.number} aria-hidden="true">
            {number}
          </span>
          <div id={`step-${step.id}`} className={styles.text}>
            <MarkdownText>{step.text}</MarkdownText>
          </div>
          {isNext ? <KeyHint>{keyOf('next-step')}</KeyHint> : null}
        </div>
        <StepSaid {...props} isQueued={isQueued} />
        {step.run === null ? null : (
          <NamedRun
            incidentId={props.incidentId}
            name={step.run}
            isActive={isActive}
            runRequest={props.runRequest}
          />
        )}
        <HiddenText>
          <span id={`state-${step.id}`}>
            {words[state]}
            {isQueued ? ', queued' : ''}
          </span>
        </HiddenText>
        {isNoting ? (
          <StepNote text={props.mark?.note ?? ''} onDone={props.onNoted} />
        ) : isActive && !props.isRefused ? (
          <StepButtons {...props} />
        ) : null}
      </div>
    </li>
  )
}

/** Who did what with a step, and what they noted; nothing of one that nobody touched. */
function StepSaid({ mark, state, isQueued, me }: Said & { readonly me: Reader | undefined }) {
  const isSaid = mark?.state === state && state !== 'open'
  if (!isSaid && !isQueued && !mark?.note) return null
  return (
    <p className={styles.said}>
      {isQueued ? (
        <span className={styles.queued}>
          <IconHourglass size={13} aria-hidden="true" />
          {words[state]}, queued
        </span>
      ) : isSaid ? (
        <span>
          {words[state]} by {whoIs(mark.by, me)} <Instant at={mark.at} precision="minute" />
        </span>
      ) : null}
      {mark?.note ? (
        <span className={styles.note}>
          “<OutsideText>{mark.note}</OutsideText>”
        </span>
      ) : null}
    </p>
  )
}

/** What a press does with the step; each is a key as well. */
function StepButtons({ state, onToggle, onMark, onNote }: StepLineProps) {
  const buttons: readonly (readonly [string, string, string, () => void])[] = [
    [
      state === 'done' ? 'Open again' : 'Done',
      'Space',
      'Space',
      () => {
        onToggle(false)
      },
    ],
    ['Skip', '–', '-', () => onMark('skipped')],
    ['Failed', 'F', 'F', () => onMark('failed')],
    ['Note', 'N', 'N', onNote],
  ]
  return (
    <div className={styles.buttons} role="group" aria-label="This step">
      {buttons.map(([label, hint, key, press]) => (
        <button
          key={label}
          type="button"
          // The keys do the same: one stop of Tab a step is enough.
          tabIndex={-1}
          className={styles.button}
          aria-keyshortcuts={key}
          onClick={press}
        >
          {label} <KeyHint>{hint}</KeyHint>
        </button>
      ))}
    </div>
  )
}
