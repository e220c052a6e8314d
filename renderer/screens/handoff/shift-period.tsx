import { useState } from 'react'
import { wholeTime } from '#shared/domain/handoff/clock-words.ts'
import { periodProblem } from '#shared/domain/handoff/shift.ts'
import { SmallButton } from '../../components/small-button.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useCockpit } from '../../engine/cockpit/context.ts'
import { useHandoff, useHandoffModel } from './handoff-model.ts'
import { fromInput, toInput } from './local-input.ts'
import type { Workbench } from './workbench.ts'
import styles from './draft-head.module.css'

const whys = {
  'taken-over': 'since you took over',
  'handed-over': 'since you last handed over',
  default: 'the last 12 hours: no handoff says when your shift began',
} as const

/** From when to when the shift goes, and a form to say otherwise. */
export function ShiftPeriod({ workbench }: { readonly workbench: Workbench }) {
  const model = useHandoffModel()
  const start = useHandoff((state) => state.start)
  const [isEditing, setEditing] = useState(false)
  const { period, endsNow, zone, drills } = workbench
  if (!isEditing) {
    return (
      <div className={styles.period}>
        {drills === 'only' ? <strong className={styles.mark}>Practice</strong> : null}
        <h2 className={styles.title}>
          {wholeTime(period.from, zone)} to {endsNow ? 'now' : wholeTime(period.to, zone)}
        </h2>
        <span className={styles.why}>{start === null ? null : whys[start]}</span>
        <TextButton onClick={() => setEditing(true)}>Change the shift</TextButton>
      </div>
    )
  }
  return (
    <PeriodForm
      workbench={workbench}
      onCancel={() => setEditing(false)}
      onApply={(from, to, drills) => {
        setEditing(false)
        model.setShift({ period: { from, to: to ?? period.to }, endsNow: to === null, drills })
        void model.draft()
      }}
    />
  )
}

interface PeriodFormProps {
  readonly workbench: Workbench
  readonly onCancel: () => void
  /** `to` null: it ends now. */
  readonly onApply: (from: number, to: number | null, drills: Workbench['drills']) => void
}

function PeriodForm({ workbench, onCancel, onApply }: PeriodFormProps) {
  const { period, endsNow, zone } = workbench
  const { engineNow } = useCockpit()
  const [now] = useState(engineNow)
  const [from, setFrom] = useState(toInput(period.from))
  const [to, setTo] = useState(endsNow ? '' : toInput(period.to))
  // Practice is taken on with Apply alone: a real handoff is never marked by looking at the form.
  const [drills, setDrills] = useState(workbench.drills)
  const begin = fromInput(from)
  const end = to === '' ? null : fromInput(to)
  const problem =
    begin === null ? 'Write when it began.' : periodProblem({ from: begin, to: end ?? now })
  return (
    <form
      className={styles.form}
      aria-label="The shift"
      onSubmit={(event) => {
        event.preventDefault()
        if (begin !== null && problem === null) onApply(begin, end, drills)
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        onCancel()
      }}
    >
      <label>
        From{' '}
        <input
          type="datetime-local"
          value={from}
          // Whoever asks for it types next.
          ref={(input) => input?.focus()}
          onChange={({ target }) => setFrom(target.value)}
        />
      </label>
      <label>
        to <input type="datetime-local" value={to} onChange={({ target }) => setTo(target.value)} />
      </label>
      <span className={styles.why}>Empty: until now. Times of {zone}.</span>
      <label className={styles.practice}>
        <input
          type="checkbox"
          checked={drills === 'only'}
          onChange={({ target }) => setDrills(target.checked ? 'only' : 'without')}
        />{' '}
        Practice: only incidents of the drill
      </label>
      <SmallButton type="submit" disabled={problem !== null}>
        Apply
      </SmallButton>
      <SmallButton onClick={onCancel}>Cancel</SmallButton>
      {problem === null ? null : <span className={styles.refusal}>{problem}</span>}
    </form>
  )
}
