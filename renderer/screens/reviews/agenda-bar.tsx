import { IconPlayerPause, IconPlayerPlay, IconPlayerSkipForward } from '@tabler/icons-react'
import { useState } from 'react'
import {
  agenda,
  atPart,
  idleTimer,
  leftOf,
  toggled,
  type AgendaTimer,
} from '#shared/domain/review/agenda.ts'
import { useClock, useTicking } from '../../components/clock.ts'
import { HiddenText } from '../../components/hidden-text.tsx'
import { KeyHint } from '../../components/key-hint.tsx'
import { SmallButton } from '../../components/small-button.tsx'
import styles from './agenda-bar.module.css'

/** The timer of a meeting, and what steers it. */
export interface AgendaControl {
  readonly timer: AgendaTimer
  readonly toggle: () => void
  readonly goTo: (part: number) => void
}

/** Keeps the timer of a meeting for as long as its page is open. */
export function useAgenda(): AgendaControl {
  const { steady } = useClock()
  const [timer, setTimer] = useState(idleTimer)
  return {
    timer,
    toggle: () => setTimer(toggled(timer, steady())),
    goTo: (part) => setTimer(atPart(timer, part, steady())),
  }
}

/** The part of the meeting that runs, how much time it has left, and the parts as a whole. */
export function AgendaBar({ timer, toggle, goTo }: AgendaControl) {
  const part = agenda[timer.part]
  const isRunning = timer.since !== null
  const isLast = timer.part === agenda.length - 1
  const Icon = isRunning ? IconPlayerPause : IconPlayerPlay
  return (
    <section className={styles.agenda} aria-label="Agenda">
      <div className={styles.line}>
        <p className={styles.part}>
          <span className={styles.number}>
            {timer.part + 1} of {agenda.length}
          </span>{' '}
          <strong>{part?.name}</strong>
        </p>
        <Left timer={timer} />
        <SmallButton aria-keyshortcuts="t" onClick={toggle}>
          <Icon size={15} aria-hidden="true" />
          {isRunning ? 'Pause' : 'Start'} <KeyHint>T</KeyHint>
        </SmallButton>
        <SmallButton aria-keyshortcuts="n" disabled={isLast} onClick={() => goTo(timer.part + 1)}>
          <IconPlayerSkipForward size={15} aria-hidden="true" />
          Next <KeyHint>N</KeyHint>
        </SmallButton>
      </div>
      <p className={styles.what}>{part?.what}</p>
      <ol className={styles.parts}>
        {agenda.map(({ name, minutes }, index) => (
          <li key={name}>
            <button
              type="button"
              className={styles.step}
              aria-current={index === timer.part ? 'step' : undefined}
              title={`${name}, ${String(minutes)} min`}
              onClick={() => goTo(index)}
            >
              <HiddenText>{name}, </HiddenText>
              {minutes}
              <HiddenText> minutes</HiddenText>
            </button>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** `14:32`, or how long the part is over its time. */
function Left({ timer }: { readonly timer: AgendaTimer }) {
  const text = useTicking(({ steady }) => {
    const seconds = Math.ceil(leftOf(timer, steady()) / 1_000)
    const size = Math.abs(seconds)
    const clock = `${String(Math.floor(size / 60))}:${String(size % 60).padStart(2, '0')}`
    return seconds < 0 ? `over by ${clock}` : clock
  })
  return (
    <span
      className={styles.left}
      data-over={text.startsWith('over')}
      role="timer"
      aria-label="Time left"
    >
      {text}
    </span>
  )
}
