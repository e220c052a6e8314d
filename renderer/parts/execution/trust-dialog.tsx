import { diffLines } from 'diff'
import { useEffect, useMemo, useState } from 'react'
import type { ContractError } from '#shared/contract/errors.ts'
import type { OutputOf } from '#shared/contract/contract.ts'
import { ActionButton } from '../../components/action-button.tsx'
import formStyles from '../../components/dialog-form.module.css'
import { DialogRefusals } from '../../components/dialog-form.tsx'
import { HiddenText } from '../../components/hidden-text.tsx'
import { Instant } from '../../components/instant.tsx'
import { useActions, useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { describeRefusal } from '../../engine/commands/command-words.ts'
import { refusalOf } from '../../engine/commands/availability.ts'
import { readerOf } from '../../engine/watch/reader.ts'
import { whoIs } from '../../text/who.ts'
import runStyles from './run-dialog.module.css'
import styles from './trust-dialog.module.css'

interface TrustDialogProps {
  readonly runbook: string
  readonly hash: string
  readonly title: string
  /** The text that is to be trusted. */
  readonly text: string
}

type Trusted = OutputOf<'runbook.trusted'>

/** Lines without a change that stand around one. */
const AROUND = 3

/** Shows what changed since the runbook was trusted last, or all of it, and asks for trust. */
export function TrustDialog({ runbook, hash, title, text }: TrustDialogProps) {
  const actions = useActions()
  const { client } = useCockpit()
  const me = useMirror(({ status }) => readerOf(status))
  const forbidden = useMirror((state) => refusalOf(state, 'runbook.trust'))
  const [before, setBefore] = useState<Trusted | null>(null)
  const [isPending, setPending] = useState(false)
  const [refused, setRefused] = useState<ContractError | null>(null)
  useEffect(() => {
    let isWanted = true
    void client.request('runbook.trusted', { runbook }).then((result) => {
      if (!isWanted) return
      if (result.ok) setBefore(result.value)
      else setRefused(result.error)
    })
    return () => {
      isWanted = false
    }
  }, [client, runbook])
  const trust = async () => {
    if (isPending || forbidden !== null || before === null) return
    setPending(true)
    const result = await client.request('runbook.trust', { runbook, hash })
    setPending(false)
    if (result.ok || result.error.code === 'already-done') actions.closeDialog()
    else setRefused(result.error)
  }
  const trusted = before?.trusted ?? null
  return (
    <div className={formStyles.form}>
      <p className={formStyles.about}>{title}</p>
      <p>
        {before === null
          ? 'Loading…'
          : trusted === null
            ? 'Nobody has trusted the commands of this runbook on this Deckwatch yet. Read them: once trusted, they can be run by a press.'
            : before.text === null
              ? 'It has changed since it was trusted, and the earlier text is not kept: read all of it.'
              : 'It has changed since it was trusted'}
        {trusted && before?.text ? (
          <>
            {' '}
            by {whoIs(trusted.by, me)} <Instant at={trusted.at} precision="minute" />. Read what is
            different:
          </>
        ) : null}
      </p>
      {before === null ? null : <Difference before={before.text} after={text} />}
      <DialogRefusals refused={refused && describeRefusal(refused)} forbidden={forbidden} />
      <div className={runStyles.buttons}>
        <ActionButton label="Cancel" onPress={actions.closeDialog} />
        <ActionButton
          label="Trust this text"
          tone="primary"
          isPending={isPending}
          refusedBecause={forbidden ?? (before === null ? 'Not loaded yet.' : null)}
          onPress={() => void trust()}
        />
      </div>
    </div>
  )
}

interface Line {
  readonly kind: 'same' | 'added' | 'removed' | 'gap'
  readonly text: string
}

const signs: Readonly<Record<Line['kind'], string>> = {
  same: ' ',
  added: '+',
  removed: '−',
  gap: '⋯',
}

function Difference({ before, after }: { readonly before: string | null; readonly after: string }) {
  const lines = useMemo(() => linesOf(before, after), [before, after])
  return (
    <pre className={styles.difference} tabIndex={0} data-scrolls="" aria-label="Text">
      {lines.map(({ kind, text }, index) => (
        <span key={index} className={styles.line} data-kind={kind}>
          <span aria-hidden="true">{signs[kind]} </span>
          {kind === 'added' || kind === 'removed' ? <HiddenText>{kind}: </HiddenText> : null}
          {text}
          {'\n'}
        </span>
      ))}
    </pre>
  )
}

/** The lines that differ, with some around them; all of them where there is no earlier text. */
function linesOf(before: string | null, after: string): readonly Line[] {
  if (before === null) return split(after).map((text) => ({ kind: 'same', text }))
  const all = diffLines(before, after).flatMap(({ value, added, removed }) =>
    split(value).map((text): Line => ({
      kind: added ? 'added' : removed ? 'removed' : 'same',
      text,
    })),
  )
  const isNear = all.map((_, index) =>
    all.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ kind }) => kind !== 'same'),
  )
  return all.flatMap((line, index): readonly Line[] => {
    if (isNear[index] === true) return [line]
    return index === 0 || isNear[index - 1] === true ? [{ kind: 'gap', text: '' }] : []
  })
}

function split(text: string): readonly string[] {
  return text.replace(/\n$/, '').split('\n')
}
