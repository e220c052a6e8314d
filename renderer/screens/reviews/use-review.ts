import { useCallback, useEffect, useMemo, useState } from 'react'
import type { ContractError } from '#shared/contract/errors.ts'
import type { OutputOf } from '#shared/contract/contract.ts'
import type { ReviewDocument } from '#shared/domain/review/document.ts'
import { isAbout } from '../../engine/offline/kept-command.ts'
import { documentOf } from '#shared/domain/review-draft/to-document.ts'
import type { ReviewDraft } from '#shared/domain/review-draft/schema.ts'
import type { Review } from '#shared/domain/review/schema.ts'
import {
  useActions,
  useCockpit,
  useMirror,
  useOffline,
  useUi,
} from '../../engine/cockpit/context.ts'
import {
  isSameReview,
  localReviewKey,
  readLocalReview,
  writeLocalReview,
  type LocalReview,
} from './local-review.ts'

type Saved = OutputOf<'review.read'>

/** The review of an incident as it is edited here. */
export interface OpenReview {
  /** Where it stands; null for an incident that wants none, and where the engine let go of it. */
  readonly review: Review | null
  /** What is edited; null before anything of it is known. */
  readonly document: ReviewDocument | null
  /** What the journal says; null while it is read, and where it cannot be. */
  readonly draft: ReviewDraft | null
  /** False where the record was too long to read all of it for the draft. */
  readonly isComplete: boolean
  /** True while something is not saved. */
  readonly hasUnsaved: boolean
  /** What was saved by somebody else since this was edited from; null for nothing. */
  readonly newer: { readonly document: ReviewDocument; readonly local: LocalReview } | null
  readonly error: ContractError | null
  /** What came of the last save or step; null before. */
  readonly outcome: { readonly text: string; readonly isProblem: boolean } | null
  readonly isWaiting: boolean
  readonly edit: (change: (document: ReviewDocument) => ReviewDocument) => void
  readonly save: () => Promise<void>
  /** Goes on from what was saved by somebody else, with this text in place of one's own. */
  readonly goOnWith: (document: ReviewDocument) => void
  readonly give: (name: StepName, input?: { readonly meetsAt: number }) => Promise<void>
  readonly publish: () => Promise<void>
}

interface Outcome {
  readonly text: string
  readonly isProblem: boolean
  /** True for what waits for the engine. */
  readonly isKept: boolean
}

type StepName = 'review.open' | 'review.schedule' | 'review.hold'

const OFFLINE = 'Kept on this computer; it is sent when Deckwatch is reachable again.'

/** Reads, edits and saves the review of one incident. Mount it anew for each incident. */
export function useReview(incidentId: string): OpenReview {
  const { client, engineNow } = useCockpit()
  const actions = useActions()
  const isOpen = useMirror(({ connection }) => connection.phase === 'open')
  const review = useMirror(({ watch }) => watch?.reviews.get(incidentId) ?? null)
  const changed = useMirror(({ recorded }) => recorded.get(incidentId) ?? 0)
  const revision = review?.revision ?? 0
  const kept = useOffline((state) => state.kept)
  const waiting = useMemo(
    () =>
      kept.filter(
        (command) =>
          command.name === 'review.save' &&
          isAbout(command, incidentId) &&
          command.state !== 'rejected',
      ),
    [kept, incidentId],
  )
  const isQueued = kept.some((command) => isAbout(command, incidentId))
  const key = localReviewKey(incidentId)
  const text = useUi(({ drafts }) => drafts.get(key))
  const local = useMemo(() => readLocalReview(text), [text])
  const { saved, drafted, error } = useRead(incidentId, revision, changed, isOpen)
  const [outcome, setOutcome] = useState<Outcome | null>(null)

  const initial = useMemo(() => (drafted ? documentOf(drafted.draft) : null), [drafted])
  const stored = saved?.document ?? initial
  useEffect(() => {
    if (!local || !saved?.document) return
    // What was sent is saved: what was written on since is edited from there.
    if (isSameReview(local.document, saved.document)) actions.setDraft(key, '')
    else if (local.sent && isSameReview(local.sent, saved.document)) {
      const { revision: from, document: base } = saved
      const { document: mine } = local
      actions.setDraft(key, writeLocalReview({ revision: from, base, document: mine, sent: null }))
    }
  }, [actions, key, local, saved])

  const document = local?.document ?? stored
  const isBehind = local !== null && saved !== null && saved.revision > local.revision
  const newer =
    isBehind && saved.document && !isOwn(local, saved.document)
      ? { document: saved.document, local }
      : null

  const edit = useCallback<OpenReview['edit']>(
    (change) => {
      const from = local ?? (stored && { revision, base: stored, document: stored, sent: null })
      if (!from) return
      const next = { ...from, document: change(from.document) }
      actions.setDraft(key, writeLocalReview(next))
      setOutcome(null)
    },
    [actions, key, local, revision, stored],
  )

  const say = (given: Awaited<ReturnType<typeof actions.giveOneOfMany>>, done: string) => {
    if (given.kind === 'kept') setOutcome({ text: OFFLINE, isProblem: false, isKept: true })
    else if (given.result.ok) setOutcome({ text: done, isProblem: false, isKept: false })
    else {
      const { message, hint } = given.result.error
      setOutcome({ text: `${message} ${hint ?? ''}`.trim(), isProblem: true, isKept: false })
    }
    return given.kind === 'kept' || given.result.ok
  }
  const title = document?.title ?? ''
  const openFirst = async () => {
    if (review?.openedAt !== undefined && review.openedAt !== null) return true
    const given = await actions.giveOneOfMany('review.open', { incidentId }, title)
    if (given.kind === 'answered' && !given.result.ok) {
      // Somebody else has opened it in this moment, or it waits for the engine already.
      const { code, message } = given.result.error
      if (code === 'already-done' || message === 'Already queued.') return true
    }
    return say(given, 'Review opened.')
  }
  const save = async () => {
    if (!document || !(await openFirst())) return
    for (const each of waiting) await actions.withdraw(each)
    const from = local?.revision ?? revision
    const input = { incidentId, revision: from, document }
    if (local) actions.setDraft(key, writeLocalReview({ ...local, sent: document }))
    say(await actions.giveOneOfMany('review.save', input, title), 'Saved.')
  }
  const give: OpenReview['give'] = async (name, input) => {
    if (name !== 'review.open' && !(await openFirst())) return
    const now = engineNow()
    const whole = { incidentId, meetsAt: now, ...input }
    const words = {
      'review.open': 'Opened.',
      'review.schedule': 'Scheduled.',
      'review.hold': 'Marked as held.',
    }
    const given = await actions.giveOneOfMany(
      name,
      name === 'review.schedule' ? whole : { incidentId },
      title,
    )
    say(given, words[name])
  }
  const publish = async () => {
    const result = await client.request('review.publish', { incidentId, revision })
    say({ kind: 'answered', result }, `Published: revision ${String(revision)}.`)
  }
  return {
    review,
    document,
    draft: drafted?.draft ?? null,
    isComplete: drafted?.isComplete ?? true,
    hasUnsaved: local !== null,
    newer,
    error: document ? null : error,
    // What was queued is said as long as it is.
    outcome: outcome?.isKept === true && !isQueued ? null : outcome,
    isWaiting: waiting.length > 0,
    edit,
    save,
    goOnWith(merged) {
      if (!saved?.document) return
      const next = { revision: saved.revision, base: saved.document, document: merged, sent: null }
      actions.setDraft(key, writeLocalReview(next))
      setOutcome(null)
    },
    give,
    publish,
  }
}

/** True where what is saved is what was written, or sent to be saved, here. */
function isOwn({ document, sent }: LocalReview, saved: ReviewDocument): boolean {
  return isSameReview(document, saved) || (sent !== null && isSameReview(sent, saved))
}

/** What the engine has of it: the text that was saved last, and what the journal says. */
function useRead(incidentId: string, revision: number, changed: number, isOpen: boolean) {
  const { client } = useCockpit()
  const [saved, setSaved] = useState<Saved | null>(null)
  const [drafted, setDrafted] = useState<OutputOf<'review.draft'> | null>(null)
  const [error, setError] = useState<ContractError | null>(null)
  useEffect(() => {
    if (!isOpen) return undefined
    const state = { isStale: false }
    void client.request('review.read', { incidentId }).then((result) => {
      if (state.isStale) return
      if (result.ok) setSaved(result.value)
      else setError(result.error)
    })
    return () => {
      state.isStale = true
    }
  }, [client, incidentId, revision, isOpen])
  useEffect(() => {
    if (!isOpen) return undefined
    const state = { isStale: false }
    void client.request('review.draft', { incidentId }).then((result) => {
      if (state.isStale) return
      if (result.ok) setDrafted(result.value)
      else setError(result.error)
    })
    return () => {
      state.isStale = true
    }
  }, [client, incidentId, changed, isOpen])
  return { saved, drafted, error }
}
