import { useEffect } from 'react'
import { feedbackOf } from '#shared/domain/feedback/schema.ts'
import { pagedOf } from '#shared/domain/incident/paging.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { isReader } from '#shared/domain/actor/person.ts'
import { OWNER_ID } from '#shared/domain/person/schema.ts'
import { KeyHint } from '../../components/key-hint.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { rightRefusal } from '../../engine/commands/availability.ts'
import {
  useActions,
  useCockpit,
  useMirror,
  useOffline,
  useUi,
} from '../../engine/cockpit/context.ts'
import { readerOf } from '../../engine/watch/reader.ts'
import styles from './useful-question.module.css'

/** Asks whoever was paged, once the incident is resolved, whether that was useful: once, and never again. */
export function UsefulQuestion({ incident }: { readonly incident: Incident }) {
  const isAsked = useIsAsked(incident)
  return isAsked ? <Question incidentId={incident.id} /> : null
}

function Question({ incidentId }: { readonly incidentId: string }) {
  const actions = useActions()
  const { ui } = useCockpit()
  useEffect(() => {
    // Before the keys of the screen, which have another meaning without Shift.
    const onKeyDown = (event: KeyboardEvent) => {
      if (!event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return
      if (ui.getState().dialog || isTyped(event.target)) return
      const key = event.key.toLowerCase()
      if (key !== 'y' && key !== 'n') return
      event.preventDefault()
      void actions.rate(incidentId, key === 'y')
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [actions, ui, incidentId])
  return (
    <div className={styles.question} role="group" aria-label="Was this page useful?">
      <span>Was this page useful?</span>
      <TextButton aria-keyshortcuts="Shift+Y" onClick={() => void actions.rate(incidentId, true)}>
        Yes <KeyHint>⇧ Y</KeyHint>
      </TextButton>
      <TextButton aria-keyshortcuts="Shift+N" onClick={() => void actions.rate(incidentId, false)}>
        No <KeyHint>⇧ N</KeyHint>
      </TextButton>
      <TextButton onClick={() => actions.leaveUnrated(incidentId)}>Skip</TextButton>
    </div>
  )
}

function useIsAsked({ id, status, paged }: Incident): boolean {
  const reader = useMirror((state) => readerOf(state.status))
  const feedback = useMirror(({ watch }) => watch?.feedbacks.get(id))
  const mayAct = useMirror((state) => rightRefusal(state.status, 'feedback.give') === null)
  const isLeft = useUi(({ unrated }) => unrated.has(id))
  const isQueued = useOffline(({ kept }) =>
    kept.some(({ name, input }) => name === 'feedback.give' && input.incidentId === id),
  )
  if (!reader || status !== 'resolved' || isLeft || isQueued || !mayAct) return false
  const recipient = reader.id === reader.owner ? OWNER_ID : reader.id
  const wasPaged = pagedOf({ paged }, recipient)?.pageId ?? null
  if (wasPaged === null) return false
  return feedbackOf(feedback, ({ by }) => isReader(by, reader)) === null
}

function isTyped(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select')
}
