import { impactValue } from '#shared/domain/impact/sentence.ts'
import { formatValue } from '#shared/domain/measurement/format.ts'
import { baselineText } from '#shared/domain/trigger/judge.ts'
import { useTicking } from '../../components/clock.ts'
import numeric from '../../components/numeric.module.css'
import styles from './impact-line.module.css'
import { useFollowed, useLook } from './use-followed.ts'
import { originText } from './words.ts'

interface MeasuredValueProps {
  readonly incidentId: string
  /** Of a value of the plan's impact. */
  readonly name: string
}

/** One value of an impact with what it usually is at this hour, where it comes from and how old it is. */
export function MeasuredValue({ incidentId, name }: MeasuredValueProps) {
  const followed = useFollowed(incidentId)
  useLook(incidentId)
  const value = followed?.plan.impact.values[name]
  const observed = followed?.measured?.values[name]
  const at = (now: number) => value && impactValue(name, value, observed?.reading, now)
  const text = useTicking(({ engineNow }) => at(engineNow())?.text ?? 'unknown')
  const origin = useTicking(({ engineNow }) => {
    const known = at(engineNow())
    return known ? originText(known, engineNow()) : ''
  })
  if (!value) return null
  const usual = observed?.baseline
    ? baselineText(observed.baseline, (each) => formatValue(each, value.unit))
    : ''
  return (
    <span className={numeric.numeric}>
      {text}{' '}
      <span className={styles.origin}>
        {[usual, origin].filter((part) => part !== '').join(' · ')}
      </span>
    </span>
  )
}
