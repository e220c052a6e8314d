import { actorName } from '#shared/domain/actor/name.ts'
import { impactSentence, isWithoutNumbers } from '#shared/domain/impact/sentence.ts'
import { saidSentence } from '#shared/domain/impact/words.ts'
import { useTicking } from '../../components/clock.ts'
import { Instant } from '../../components/instant.tsx'
import numeric from '../../components/numeric.module.css'
import { OutsideText } from '../../components/outside-text.tsx'
import { useMirror } from '../../engine/cockpit/context.ts'
import { ImpactButton } from './impact-button.tsx'
import styles from './impact-line.module.css'
import { useFollowed, useLook, type Followed } from './use-followed.ts'
import { originsText, unknownText } from './words.ts'

interface ImpactLineProps {
  readonly incidentId: string
}

/**
 * The harm that an incident does, in one sentence with where its numbers come from. What a person
 * said stands first, with who, when and why, and apart from what is measured.
 */
export function ImpactLine({ incidentId }: ImpactLineProps) {
  const followed = useFollowed(incidentId)
  const incident = useMirror(({ watch }) => watch?.incidents.get(incidentId))
  const said = useMirror(({ watch }) => watch?.impacts.get(incidentId)?.said ?? null)
  const sentence = said && saidSentence(said)
  if (!incident) return null
  const isSaid = sentence !== null
  return (
    <div className={styles.impact}>
      {said && isSaid && (
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
      {followed ? (
        <Measured {...followed} isBeside={isSaid} />
      ) : (
        <ImpactButton incident={incident} isFirst={!isSaid} />
      )}
    </div>
  )
}

function Measured({
  incident,
  plan,
  measured,
  isBeside,
}: Followed & { readonly isBeside: boolean }) {
  useLook(incident.id)
  const at = (now: number) => impactSentence(plan.impact, (name) => measured?.values[name], now)
  const text = useTicking(({ engineNow }) => at(engineNow()).text ?? '')
  /** Empty while any number is known. */
  const reasons = useTicking(({ engineNow }) => {
    const sentence = at(engineNow())
    return isWithoutNumbers(sentence) ? unknownText(sentence.values) : ''
  })
  const origins = useTicking(({ engineNow }) => originsText(at(engineNow()).values, engineNow()))
  const isNothing = reasons === '' && text === '' && origins === ''
  return (
    <>
      {reasons === '' && text !== '' && (
        <p className={isBeside ? styles.origin : styles.sentence}>
          {isBeside && 'measured: '}
          <OutsideText>{text}</OutsideText>
        </p>
      )}
      {/* On the line of the origins it takes no room of its own. */}
      <div className={styles.foot}>
        {reasons !== '' ? (
          <p className={styles.origin}>{`numbers ${reasons}`}</p>
        ) : origins === '' ? null : (
          <p className={`${styles.origin ?? ''} ${numeric.numeric ?? ''}`}>{origins}</p>
        )}
        <ImpactButton incident={incident} isFirst={isNothing && !isBeside} />
      </div>
    </>
  )
}
