import { useEffect, useLayoutEffect } from 'react'
import { useRequest } from '../../components/use-request.ts'
import { useMirror, useOffline, useUi } from '../../engine/cockpit/context.ts'
import { CompareView } from './compare-view.tsx'
import { DraftView } from './draft-view.tsx'
import { HandoffBar } from './handoff-bar.tsx'
import { useHandoff, useHandoffModel } from './handoff-model.ts'
import { HistoryView } from './history-view.tsx'
import { ImportView } from './import-view.tsx'
import { OpenHandoff } from './open-handoff.tsx'
import styles from './handoff.module.css'

/** Shifts that are handed over and taken over. */
export function Handoff() {
  const model = useHandoffModel()
  const view = useHandoff((state) => state.view)
  const isOpen = useMirror(({ connection }) => connection.phase === 'open')
  const areDraftsRead = useOffline((state) => state.areDraftsRead)
  // Before anything that was asked for by name, which then takes its place.
  useLayoutEffect(() => model.arrive(), [model])
  useRequest(
    useUi(({ againRequest }) => againRequest),
    () => model.arrive(),
  )
  useEffect(() => {
    if (view.kind === 'draft') void model.draft()
  }, [model, view.kind, isOpen, areDraftsRead])
  return (
    <main className={styles.screen} aria-label="Handoff">
      <HandoffBar />
      {view.kind === 'draft' ? <DraftView /> : null}
      {view.kind === 'handoff' ? (
        <OpenHandoff key={view.handoffId} handoffId={view.handoffId} />
      ) : null}
      {view.kind === 'history' ? <HistoryView /> : null}
      {view.kind === 'compare' ? (
        <CompareView key={`${view.earlier} ${view.later}`} {...view} />
      ) : null}
      {view.kind === 'import' ? <ImportView /> : null}
    </main>
  )
}
