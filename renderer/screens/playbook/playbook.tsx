import { useEffect } from 'react'
import { useLateFocus } from '../../components/late-focus.ts'
import { useAskBeforeLeaving } from '../../components/use-ask-before-leaving.ts'
import { SmallButton } from '../../components/small-button.tsx'
import { useRequest } from '../../components/use-request.ts'
import { useCockpit, useMirror, useUi } from '../../engine/cockpit/context.ts'
import type { PlaybookRequest } from '../../engine/page/ui-store.ts'
import { AuditView } from './audit-view.tsx'
import { FileEditor } from './file-editor.tsx'
import { draftFor, newPlanFor } from './new-plan.ts'
import { PlanList } from './plan-list.tsx'
import { usePlaybook, usePlaybookModel } from './playbook-model.ts'
import { PlaybookState } from './playbook-state.tsx'
import { unsavedPaths } from './playbook-store.ts'
import styles from './playbook.module.css'

/** The playbook: its plans and other files, what is wrong with them, and one of them opened. */
export function Playbook() {
  useFreshPlaybook()
  usePlaybookRequests()
  const { actions, store } = usePlaybookModel()
  const facts = usePlaybook((state) => state.facts)
  const unread = usePlaybook((state) => state.unread)
  const unopened = usePlaybook((state) => state.unopened)
  const editor = usePlaybook((state) => state.editor)
  const audit = usePlaybook((state) => state.audit)
  const focusLater = useLateFocus(usePlaybook(({ asked }) => asked))
  return (
    <main aria-label="Playbook" className={styles.screen}>
      <div className={styles.list} data-scrolls="" tabIndex={-1}>
        {unread ? (
          <p className={styles.refusal}>
            {unread.message} {unread.hint}
          </p>
        ) : null}
        {facts ? (
          <>
            <PlaybookState facts={facts} />
            <p className={styles.tools}>
              <SmallButton onClick={() => void actions.audit()}>Coverage of alerts</SmallButton>
              {facts.isEditable ? (
                <SmallButton
                  onClick={() =>
                    void actions.start(...newPlanFor(facts, unsavedPaths(store.getState())))
                  }
                >
                  New plan
                </SmallButton>
              ) : null}
            </p>
            <PlanList facts={facts} />
          </>
        ) : unread ? null : (
          <p className={styles.refusal}>Loading…</p>
        )}
      </div>
      {audit ? (
        <AuditView audit={audit} />
      ) : editor ? (
        <FileEditor key={editor.path} editor={editor} focusLater={focusLater} />
      ) : (
        <div className={styles.none}>
          <p>
            {unopened
              ? `${unopened.message} ${unopened.hint ?? ''}`
              : 'Select a plan or another file to read or change it.'}
          </p>
        </div>
      )}
    </main>
  )
}

/** Reads the playbook when the screen opens, when the engine comes back and when it was reloaded. */
function useFreshPlaybook(): void {
  const { actions } = usePlaybookModel()
  const phase = useMirror(({ connection }) => connection.phase)
  // Only what tells another state apart: the status itself is sent again all the time.
  const version = useMirror(({ status }) =>
    status === null ? '' : JSON.stringify([status.playbook, status.config.problems]),
  )
  useEffect(() => {
    if (phase === 'open') void actions.load()
  }, [actions, phase, version])

  useAskBeforeLeaving(usePlaybook((state) => unsavedPaths(state).length > 0))
}

/** Opens what another screen asked for, once the playbook is known. */
function usePlaybookRequests(): void {
  const { mirror } = useCockpit()
  const { actions, store } = usePlaybookModel()
  const facts = usePlaybook((state) => state.facts)
  const asked = useUi(({ playbookRequest }) => playbookRequest)
  useRequest<PlaybookRequest>(facts ? asked : null, (request) => {
    if (!facts) return
    if (request.kind === 'plan') {
      const plan = facts.plans.find(({ id }) => id === request.planId)
      if (plan) actions.open(plan.path, { line: plan.line, column: 1 })
      return
    }
    if (request.kind === 'file') {
      actions.open(request.path, request.place)
      return
    }
    if (request.kind === 'learned') {
      actions.startFromIncident(request.incidentId, request.what)
      return
    }
    const alert = mirror.getState().watch?.alerts.get(request.alertKey)
    if (alert) void actions.start(...draftFor(alert, facts, unsavedPaths(store.getState())))
  })
}
