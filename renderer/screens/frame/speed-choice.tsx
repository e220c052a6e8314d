import styles from './speed-choice.module.css'

const speeds = [1, 5, 20] as const

interface SpeedChoiceProps {
  /** How many times faster than life the story runs. */
  readonly speed: number
  readonly isDisabled: boolean
  readonly onChoose: (speed: number) => void
}

/** How fast the drill runs. */
export function SpeedChoice({ speed, isDisabled, onChoose }: SpeedChoiceProps) {
  return (
    <div className={styles.choice} role="group" aria-label="Drill speed">
      {speeds.map((each) => (
        <button
          key={each}
          type="button"
          className={styles.speed}
          aria-pressed={each === speed}
          aria-label={each === 1 ? 'Real time' : `${String(each)} times faster`}
          disabled={isDisabled}
          onClick={() => onChoose(each)}
        >
          {each}×
        </button>
      ))}
    </div>
  )
}
