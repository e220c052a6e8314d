import { useRef, useState } from 'react'
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
import type { SilenceOutcome } from './silence-done.tsx'
import type { ListedSilences } from './use-silences.ts'
import styles from './existing-silences.module.css'

interface ExistingSilencesProps {
  /** Null while they are being read. */
  readonly listed: readonly ListedSilences[] | null
  /** Reads them again. */
  readonly look: () => void
  /** One was extended or expired. */
  readonly onDone: (outcome: SilenceOutcome) => void
}

/** The silences that there are already, each with what can be done with it. */
export function ExistingSilences({ listed, look, onDone }: ExistingSilencesProps) {
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
              <ExistingSilence
                key={silence.id}
                silence={silence}
                place={place}
                look={look}
                onDone={onDone}
              />
            ))}
          </ul>
          {more > 0 ? <p className={styles.note}>and {plural(more, 'more silence')}</p> : null}
        </div>
      ))}
    </section>
  )
}

interface ExistingSilenceProps extends Pick<ExistingSilencesProps, 'look' | 'onDone'> {
  readonly silence: Silence
  readonly place: SilencePlace
}

/** What is being done, or went wrong, with one silence. */
type Step =
  | { readonly kind: 'rest' }
  | { readonly kind: 'choosing' }
  | { readonly kind: 'expiring' }
  | { readonly kind: 'working' }
  | { readonly kind: 'confirming'; readonly until: number; readonly error: ContractError }
  | { readonly kind: 'refused'; readonly error: ContractError }

function ExistingSilence({ silence, place, look, onDone }: ExistingSilenceProps) {
  const { client, announcements, engineNow } = useCockpit()
  const noExtend = useMirror((state) => refusalOf(state, 'silence.extend'))
  const [step, setStep] = useState<Step>({ kind: 'rest' })
  const id = { sourceId: place.id, silenceId: silence.id }
  const say = (text: string) => announcements.tell({ politeness: 'polite', text })

  const item = useRef<HTMLLIElement>(null)
  const extendButton = useRef<HTMLButtonElement>(null)
  const expireButton = useRef<HTMLButtonElement>(null)

  const hasFocus = () => item.current?.contains(document.activeElement) === true
  /** What was asked below a button goes away: the focus goes back to that button before it does. */
  const leaveTo = (button: typeof extendButton, next: Step) => {
    if (hasFocus()) button.current?.focus()
    setStep(next)
  }
  const refuse = (error: ContractError) => {
    setStep({ kind: 'refused', error })
    say(describeRefusal(error))
  }
  const finish = (text: string) => {
    setStep({ kind: 'rest' })
    say(text)
    onDone({ text, takesFocus: hasFocus() })
    look()
  }
  const extend = async (until: number, evenP0 = false) => {
    leaveTo(extendButton, { kind: 'working' })
    const result = await client.request('silence.extend', { ...id, endsAt: until, evenP0 })
    if (result.ok) {
      finish(`Silence extended until ${describeTime(until, engineNow())} in ${place.name}.`)
    } else if (result.error.code === 'needs-confirmation') {
      setStep({ kind: 'confirming', until, error: result.error })
    } else refuse(result.error)
  }
  const expire = async () => {
    leaveTo(expireButton, { kind: 'working' })
    const result = await client.request('silence.expire', id)
    if (result.ok) finish(`Silence expired in ${place.name}.`)
    else refuse(result.error)
  }

  return (
    <li ref={item} className={styles.silence} data-silence={silence.id}>
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
            ref={extendButton}
            label="Extend"
            isPending={step.kind === 'working'}
            refusedBecause={noExtend}
            aria-expanded={step.kind === 'choosing'}
            onPress={() => setStep({ kind: step.kind === 'choosing' ? 'rest' : 'choosing' })}
          />
          <ActionButton
            ref={expireButton}
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
          onCancel={() => leaveTo(expireButton, { kind: 'rest' })}
          onConfirm={() => void expire()}
        />
      ) : null}
      {step.kind === 'confirming' ? (
        <div className={styles.choices} role="alert">
          <p className={styles.question}>
            {step.error.message} {step.error.hint}
          </p>
          <ActionButton label="Cancel" onPress={() => leaveTo(extendButton, { kind: 'rest' })} />
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
