import { useDeferredValue, useId, useMemo, useRef, useState } from 'react'
import { findMatchersProblem } from '#shared/domain/silence/matchers.ts'
import { previewSilence, type SilencePreview } from '#shared/domain/silence/preview.ts'
import { MAX_COMMENT_LENGTH } from '#shared/domain/silence/schema.ts'
import { silenceWarnings, type SilenceWarning } from '#shared/domain/silence/warnings.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useTicking } from '../../components/clock.ts'
import { refusalOf } from '../../engine/commands/availability.ts'
import { describeRefusal } from '../../engine/commands/command-words.ts'
import { useActions, useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import type { SilenceTarget } from '../../engine/page/ui-store.ts'
import { plural } from '../../text/plural.ts'
import { DurationChoice } from './duration-choice.tsx'
import { MatcherRows } from './matcher-rows.tsx'
import { P0Question } from './p0-question.tsx'
import { PreviewList } from './preview-list.tsx'
import { ScopeChoice } from './scope-choice.tsx'
import {
  endOf,
  matchersOf,
  newDraft,
  withChange,
  withMatchers,
  withoutRow,
  withRow,
  type SilenceDraft,
} from './silence-draft.ts'
import { selectedKeys, type SilenceSubject } from './silence-subject.ts'
import { describeTime } from './silence-words.ts'
import type { ListedSilences } from './use-silences.ts'
import { useUnlisted } from './use-unlisted.ts'
import { useSilencing } from './use-silencing.ts'
import styles from './silence-form.module.css'
import inputStyles from './silence-input.module.css'

const MINUTE_MS = 60_000

interface SilenceFormProps {
  readonly target: SilenceTarget
  readonly subject: SilenceSubject
  readonly listed: readonly ListedSilences[]
  /** Reads the existing silences again. */
  readonly look: () => void
  /** True once another silence was seen to: a further one is possible, and not what is next. */
  readonly isAside: boolean
}

/** A new silence: what it matches, for how long and why, with what it would hide. */
export function SilenceForm({ target, subject, listed, look, isAside }: SilenceFormProps) {
  const { announcements, engineNow } = useCockpit()
  const actions = useActions()
  const lost = useMirror((state) => refusalOf(state, 'silence.create'))
  const commentId = useId()
  const { places } = subject.plan
  const [draft, setDraft] = useState<SilenceDraft>(() => newDraft(subject.proposal))
  const [isTried, setTried] = useState(false)
  const { step, setStep, done, silence } = useSilencing(places)
  const watch = useMirror((state) => state.watch)
  const selected = useMemo(() => selectedKeys(target, subject, watch), [target, subject, watch])
  const names = useMemo(
    () => [...new Set(subject.alerts.flatMap(({ labels }) => Object.keys(labels)))].sort(),
    [subject],
  )
  // The end moves with the clock; what is said of it changes by the minute.
  const minute = useTicking((clock) => String(Math.floor(clock.engineNow() / MINUTE_MS)))
  const now = engineNow()
  const previewed = useRef<HTMLDivElement>(null)
  const { preview, unlisted, warnings, problem } = usePreview(
    draft,
    subject,
    selected,
    listed,
    Number(minute) * MINUTE_MS,
  )
  const endsAt = endOf(draft, now)

  const comment = draft.comment.trim()
  const missing = missingOf({ comment, endsAt, now, hasProblem: problem !== null })
  const isWorking = step.kind === 'working'

  const send = async (evenP0: boolean) => {
    const end = endOf(draft, engineNow())
    if (end === null) return
    const isDone = await silence({
      matchers: [...matchersOf(draft)],
      comment,
      endsAt: Math.round(end),
      evenP0,
    })
    if (!isDone) {
      look()
      return
    }
    actions.closeDialog()
    const where = places.map(({ name }) => name).join(' and ')
    announcements.tell({
      politeness: 'polite',
      text: `Silenced in ${where} until ${describeTime(end, engineNow())}.`,
    })
  }
  const submit = () => {
    setTried(true)
    if (lost !== null || missing !== null || isWorking || step.kind === 'confirming') return
    if ((preview?.bySeverity.P0 ?? 0) + (unlisted?.p0 ?? 0) > 0) setStep({ kind: 'confirming' })
    else void send(false)
  }
  const change = (next: SilenceDraft) => {
    setDraft(next)
    // What was confirmed or refused was another silence.
    if (!isWorking) setStep({ kind: 'writing' })
  }

  return (
    <div
      className={styles.form}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
        const isField = event.target instanceof HTMLInputElement
        if (!isField && !event.ctrlKey && !event.metaKey) return
        event.preventDefault()
        submit()
      }}
    >
      <div className={styles.field}>
        <label htmlFor={commentId} className={styles.label}>
          Comment
        </label>
        <input
          id={commentId}
          className={`${inputStyles.input ?? ''} ${styles.comment ?? ''}`}
          data-autofocus
          value={draft.comment}
          maxLength={MAX_COMMENT_LENGTH}
          placeholder="Why, and where the work is tracked"
          autoComplete="off"
          aria-required="true"
          aria-invalid={isTried && comment === ''}
          onChange={({ target }) => change({ ...draft, comment: target.value })}
        />
      </div>
      <DurationChoice
        end={draft.end}
        until={endsAt === null ? '' : `until ${describeTime(endsAt, now)}`}
        onChange={(end) => change({ ...draft, end })}
      />
      <ScopeChoice
        subject={subject}
        matchers={matchersOf(draft)}
        onChoose={(matchers) => change(withMatchers(draft, matchers))}
      />
      <MatcherRows
        rows={draft.rows}
        problem={problem}
        names={names}
        onChange={(id, each) => change(withChange(draft, id, each))}
        onAdd={() => change(withRow(draft))}
        onRemove={(id) => change(withoutRow(draft, id))}
      />
      <div ref={previewed}>
        {preview ? (
          <PreviewList preview={preview} warnings={warnings} selected={selected} now={now} />
        ) : null}
      </div>
      {step.kind === 'refused' ? (
        <div className={styles.refused} role="alert">
          {step.errors.map((error, index) => (
            // The errors of one try do not move: their place is their identity.
            <p key={index}>{describeRefusal(error)}</p>
          ))}
          {done.size > 0 ? (
            <p>
              Silenced already in{' '}
              {places
                .filter(({ id }) => done.has(id))
                .map(({ name }) => name)
                .join(', ')}
              .
            </p>
          ) : null}
        </div>
      ) : null}
      <div className={styles.foot}>
        {step.kind === 'confirming' ? (
          <P0Question
            preview={preview}
            until={endsAt === null ? '' : describeTime(endsAt, now)}
            onCancel={() => setStep({ kind: 'writing' })}
            onConfirm={() => void send(true)}
          />
        ) : (
          <>
            <p className={styles.missing} role="status">
              {isTried ? missing : null}
            </p>
            {/* In a small window they lie below what is in sight. */}
            {warnings.length > 0 ? (
              <TextButton onClick={() => previewed.current?.scrollIntoView({ block: 'start' })}>
                {plural(warnings.length, 'warning')}
              </TextButton>
            ) : null}
            <ActionButton label="Cancel" onPress={actions.closeDialog} />
            <ActionButton
              label={labelOf(preview)}
              tone={isAside && comment === '' ? 'plain' : 'primary'}
              isPending={isWorking}
              refusedBecause={lost}
              onPress={submit}
            />
          </>
        )}
      </div>
    </div>
  )
}

/** What it would hide by what is written now; typing never waits for it. */
function usePreview(
  draft: SilenceDraft,
  subject: SilenceSubject,
  selected: ReadonlySet<string>,
  listed: readonly ListedSilences[],
  /** The begin of this minute, ms since the epoch, UTC: nothing is reckoned anew within it. */
  minute: number,
) {
  const alerts = useMirror(({ watch }) => watch?.alerts)
  const rows = useDeferredValue(draft.rows)
  const { places } = subject.plan
  const found = useMemo(() => {
    const matchers = matchersOf({ rows })
    const problem = findMatchersProblem(matchers)
    const realms = new Set(places.map(({ realm }) => realm))
    return problem || !alerts
      ? { matchers, problem, preview: null }
      : { matchers, problem: null, preview: previewSilence(alerts.values(), matchers, realms) }
  }, [alerts, rows, places])
  const unlisted = useUnlisted(listed, found.preview ? found.matchers : null)
  const endsAt = endOf(draft, minute)
  const warnings = useMemo<readonly SilenceWarning[]>(
    () =>
      found.preview
        ? silenceWarnings({
            preview: found.preview,
            matchers: found.matchers,
            endsAt: endsAt ?? minute,
            selected,
            existing: listed.flatMap(({ silences }) => silences),
            unlisted,
            now: minute,
          })
        : [],
    [found, endsAt, selected, listed, unlisted, minute],
  )
  return { ...found, unlisted, warnings }
}

/** What is still to be entered, as a sentence; null when nothing is. */
function missingOf(entered: {
  readonly comment: string
  readonly endsAt: number | null
  readonly now: number
  readonly hasProblem: boolean
}): string | null {
  if (entered.hasProblem) return 'Correct the matchers.'
  if (entered.endsAt === null || entered.endsAt <= entered.now) return 'Enter an end in the future.'
  return entered.comment === '' ? 'Enter a comment.' : null
}

/** Counts what it would change: what is silenced already is not hidden by it. */
function labelOf(preview: SilencePreview | null): string {
  const count = preview ? preview.hidden.length - preview.alreadySilenced : 0
  return count > 0 ? `Silence ${plural(count, 'alert')}` : 'Silence'
}
