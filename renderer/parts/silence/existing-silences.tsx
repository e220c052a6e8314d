import { useState } from 'react'
import type { ContractError } from '#shared/contract/errors.ts'
import { formatMatchers } from '#shared/domain/silence/matchers.ts'
import type { SilencePlace } from '#shared/domain/silence/place.ts'
import type { Silence } from '#shared/domain/silence/schema.ts'
import { Countdown } from '../../components/countdown.tsx'
import { Instant } from '../../components/instant.tsx'
import { ActionButton } from '../../components/action-button.tsx'
import { SmallButton } from '../../components/small-button.tsx'
import { refusalOf } from '../../engine/commands/availability.ts'
import { describeRefusal } from '../../engine/commands/command-words.ts'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { plural } from '../../text/plural.ts'
import { extendChoices } from '../../text/silence-choices.ts'
import { ExpireQuestion } from './expire-question.tsx'
import { describeTime } from './silence-words.ts'
import type { ListedSilences } from './use-silences.ts'
import styles from './existing-silences.module.css'

interface ExistingSilencesProps {
  /** Null while they are being read. */
  readonly listed: readonly ListedSilences[] | null
  /** Reads them again. */
  readonly look: () => void
}

/** The silences that there are already, each with what can be done with it. */
export function ExistingSilences({ listed, look }: ExistingSilencesProps) {
  if (listed === null) return <p className={styles.note}>Reading existing silences…</p>
  const isEmpty = listed.every(({ silences, error }) => silences.length === 0 && error === null)
  if (isEmpty) return null
  return (
    <section className={styles.box} aria-labelledby="existing-silences-title">
      <h3 id="existing-silences-title" className={styles.title}>
        Existing silences
      </h3>
      {listed.map(({ place, silences, more, error }) => (
        <div key={place.id}>
          {error ? (
            <p className={styles.error} role="alert">
              {error.message} {error.hint} <SmallButton onClick={look}>Try again</SmallButton>
            </p>
          ) : null}
          <ul className={styles.list}>
            {silences.map((silence) => (
              <ExistingSilence key={silence.id} silence={silence} place={place} look={look} />
            ))}
          </ul>
          {more > 0 ? <p className={styles.note}>and {plural(more, 'more silence')}</p> : null}
        </div>
      ))}
    </section>
  )
}

interface ExistingSilenceProps {
  readonly silence: Silence
  readonly place: SilencePlace
  readonly look: () => void
}

/** What is being done, or went wrong, with one silence. */
type Step =
  | { readonly kind: 'rest' }
  | { readonly kind: 'choosing' }
  | { readonly kind: 'expiring' }
  | { readonly kind: 'working' }
  | { readonly kind: 'confirming'; readonly until: number; readonly error: ContractError }
  | { readonly kind: 'refused'; readonly error: ContractError }

function ExistingSilence({ silence, place, look }: ExistingSilenceProps) {
  const { client, announcements, engineNow } = useCockpit()
  const noExtend = useMirror((state) => refusalOf(state, 'silence.extend'))
  const [step, setStep] = useState<Step>({ kind: 'rest' })
  const id = { sourceId: place.id, silenceId: silence.id }
  const say = (text: string) => announcements.tell({ politeness: 'polite', text })

  const extend = async (until: number, evenP0 = false) => {
    setStep({ kind: 'working' })
    const result = await client.request('silence.extend', { ...id, endsAt: until, evenP0 })
    if (!result.ok) {
      const { error } = result
      setStep(
        error.code === 'needs-confirmation'
          ? { kind: 'confirming', until, error }
          : { kind: 'refused', error },
      )
      if (error.code !== 'needs-confirmation') say(describeRefusal(error))
      return
    }
    setStep({ kind: 'rest' })
    say(`Silence extended until ${describeTime(until, engineNow())} in ${place.name}.`)
    look()
  }
  const expire = async () => {
    setStep({ kind: 'working' })
    const result = await client.request('silence.expire', id)
    if (!result.ok) {
      setStep({ kind: 'refused', error: result.error })
      say(describeRefusal(result.error))
      return
    }
    setStep({ kind: 'rest' })
    say(`Silence expired in ${place.name}.`)
    look()
  }

  return (
    <li className={styles.silence} data-silence={silence.id}>
      <div className={styles.head}>
        <div className={styles.facts}>
          <p>
            {silence.state === 'pending' ? (
              <>
                From <Instant at={silence.startsAt} precision="minute" />,{' '}
              </>
            ) : null}
            {silence.state === 'pending' ? 'until' : 'Until'}{' '}
            <Instant at={silence.endsAt} precision="minute" /> (
            <Countdown until={silence.endsAt} />) by {silence.createdBy || 'nobody named'} in{' '}
            {place.name}
            {silence.comment === '' ? null : <>: “{silence.comment}”</>}
          </p>
          <p className={styles.matchers}>{formatMatchers(silence.matchers)}</p>
        </div>
        <div className={styles.buttons}>
          <ActionButton
            label="Extend"
            isPending={step.kind === 'working'}
            refusedBecause={noExtend}
            aria-expanded={step.kind === 'choosing'}
            onPress={() => setStep({ kind: step.kind === 'choosing' ? 'rest' : 'choosing' })}
          />
          <ActionButton
            label="Expire"
            isPending={step.kind === 'working'}
            refusedBecause={noExtend}
            aria-expanded={step.kind === 'expiring'}
            onPress={() => setStep({ kind: step.kind === 'expiring' ? 'rest' : 'expiring' })}
          />
        </div>
      </div>
      {step.kind === 'choosing' ? (
        <div className={styles.choices} role="group" aria-label="Extend">
          {extendChoices(silence.endsAt, engineNow()).map(({ id: choice, label, until }) => (
            <ActionButton key={choice} label={label} onPress={() => void extend(until)} />
          ))}
        </div>
      ) : null}
      {step.kind === 'expiring' ? (
        <ExpireQuestion
          silence={silence}
          place={place}
          onCancel={() => setStep({ kind: 'rest' })}
          onConfirm={() => void expire()}
        />
      ) : null}
      {step.kind === 'confirming' ? (
        <div className={styles.choices} role="alert">
          <p className={styles.question}>
            {step.error.message} {step.error.hint}
          </p>
          <ActionButton label="Cancel" onPress={() => setStep({ kind: 'rest' })} />
          <ActionButton
            label="Extend anyway"
            tone="danger"
            onPress={() => void extend(step.until, true)}
          />
        </div>
      ) : null}
      {step.kind === 'refused' ? (
        <p className={styles.error}>
          {step.error.message} {step.error.hint}
        </p>
      ) : null}
    </li>
  )
}
