import { actorName } from '#shared/domain/actor/name.ts'
import { impactSentence, isWithoutNumbers } from '#shared/domain/impact/sentence.ts'
import { saidSentence } from '#shared/domain/impact/words.ts'
import { useTicking } from '../../components/clock.ts'
import { Instant } from '../../components/instant.tsx'
import numeric from '../../components/numeric.module.css'
import { OutsideText } from '../../components/outside-text.tsx'
import styles from './impact-line.module.css'
import { useFollowed, useLook, type Followed } from './use-followed.ts'
import { originsText, unknownText } from './words.ts'

interface ImpactLineProps {
  readonly incidentId: string
}

/**
 * The harm that an incident does, in one sentence with where its numbers come from. What a person
 * said stands first, and apart from what is measured. Nothing where neither plan nor person says any.
 */
export function ImpactLine({ incidentId }: ImpactLineProps) {
  const followed = useFollowed(incidentId)
  return followed && <Impact {...followed} />
}

function Impact(followed: Followed) {
  const { incident, impact } = followed
  useLook(incident.id)
  const said = impact?.said ?? null
  const sentence = said && saidSentence(said)
  return (
    <div className={styles.impact}>
      {said && sentence !== null && (
        <>
          <p className={styles.sentence}>
            <OutsideText>{sentence}</OutsideText>
          </p>
          <p className={styles.origin}>
            said by {actorName(said.by)} at <Instant at={said.at} precision="minute" />:{' '}
            <OutsideText>{said.reason}</OutsideText>
          </p>
        </>
      )}
      <Measured {...followed} isBeside={sentence !== null} />
    </div>
  )
}

function Measured({ plan, measured, isBeside }: Followed & { readonly isBeside: boolean }) {
  const at = (now: number) => impactSentence(plan.impact, (name) => measured?.values[name], now)
  const text = useTicking(({ engineNow }) => at(engineNow()).text ?? '')
  /** Empty while any number is known. */
  const reasons = useTicking(({ engineNow }) => {
    const sentence = at(engineNow())
    return isWithoutNumbers(sentence) ? unknownText(sentence.values) : ''
  })
  const origins = useTicking(({ engineNow }) => originsText(at(engineNow()).values, engineNow()))
  if (reasons !== '') return <p className={styles.origin}>{`numbers ${reasons}`}</p>
  if (text === '' && origins === '') return null
  return (
    <>
      {text !== '' && (
        <p className={isBeside ? styles.origin : styles.sentence}>
          {isBeside && 'measured: '}
          <OutsideText>{text}</OutsideText>
        </p>
      )}
      {origins !== '' && (
        <p className={`${styles.origin ?? ''} ${numeric.numeric ?? ''}`}>{origins}</p>
      )}
    </>
  )
}
