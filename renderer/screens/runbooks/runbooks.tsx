import { useCallback, useEffect, useMemo, useRef } from 'react'
import { useRequest } from '../../components/use-request.ts'
import { useActions, useCockpit, useMirror, useUi } from '../../engine/cockpit/context.ts'
import { usePageKeys } from '../../keyboard/use-page-keys.ts'
import { isGlobal, type ShortcutAction } from '../../keyboard/shortcuts.ts'
import { useShortcuts } from '../../keyboard/use-shortcuts.ts'
import { stepFrom, stepKeys } from '../../lists/list-steps.ts'
import { plural } from '../../text/plural.ts'
import { useKnownRunbooks } from '../../parts/runbooks/use-known-runbooks.ts'
import { ListState } from './list-state.tsx'
import type { Found } from './runbook-index.ts'
import { FoundList, RunbookGroups, useLineFocus } from './runbook-list.tsx'
import { RunbookPage } from './runbook-page.tsx'
import { useRunbooks, useRunbooksModel, type RunbooksModel } from './runbooks-model.ts'
import { groupsOf } from './runbook-words.ts'
import { SearchField } from './search-field.tsx'
import { useWalked, WalkthroughScreen } from './walkthrough/walkthrough-screen.tsx'
import styles from './runbooks.module.css'

/** Lines that a page key moves by. */
const PAGE = 10

/** The runbooks: one that is followed for an incident, or all of them. */
export function Runbooks() {
  const model = useRunbooksModel()
  const actions = useActions()
  const back = useCallback(() => {
    const { incidentId } = model.store.getState()
    model.close(incidentId === null ? 'list' : 'elsewhere')
    if (incidentId !== null) actions.goTo(incidentId)
  }, [actions, model])
  useEscape(back)
  const asked = useUi(({ runbookRequest }) => runbookRequest)
  useRequest(asked, model.open)
  // From a runbook that an incident led to, the way to the list is the one from any other place.
  useRequest(
    useUi(({ againRequest }) => againRequest),
    () => {
      if (model.store.getState().incidentId !== null) model.close('list')
    },
  )
  const walked = useWalked()
  return walked ? <WalkthroughScreen walked={walked} onBack={back} /> : <Library onBack={back} />
}

interface LibraryProps {
  /** What leads back from the open one, as Escape does. */
  readonly onBack: () => void
}

/** The runbooks: searched, listed, and one of them opened as a text. */
function Library({ onBack }: LibraryProps) {
  const model = useRunbooksModel()
  const list = useRef<HTMLDivElement>(null)
  const openId = useRunbooks((view) => view.openId)
  const query = useRunbooks((view) => view.query).trim()
  const known = useKnownRunbooks((state) => state.list)
  const found = useFound(model, query)
  const groups = useMemo(() => groupsOf(known?.entries ?? []), [known])
  const lines = useMemo(
    () =>
      found
        ? found.runbooks.map(({ id }) => id)
        : groups.flatMap(({ entries }) => entries.map(({ id }) => id)),
    [found, groups],
  )
  const open = (id: string) => {
    const section = found?.runbooks.find((each) => each.id === id)?.section
    model.open({ id, fragment: section?.anchor ?? null, incidentId: null })
  }
  useFreshSearch(model)
  useLineFocus(list)
  useMoves(model, lines)
  const isEmpty = known?.entries.length === 0
  return (
    <main aria-label="Runbooks" className={styles.screen} data-open={openId !== null}>
      <div
        className={styles.list}
        data-scrolls=""
        tabIndex={-1}
        ref={list}
        onKeyDown={(event) => {
          const line = (event.target as HTMLElement).dataset['runbook']
          const step = stepKeys[event.key]
          if (line === undefined || !step || event.altKey || event.ctrlKey || event.metaKey) return
          event.preventDefault()
          // From the first line the way leads back to the search.
          if (step === 'previous' && line === lines[0]) model.callSearch()
          else goBy(model, lines, step)
        }}
      >
        <SearchField
          lines={lines}
          count={
            query !== '' && found
              ? plural(found.runbooks.length, 'runbook')
              : plural(known?.entries.length ?? 0, 'runbook')
          }
          onOpen={open}
        />
        <ListState />
        {!known ? (
          <Unknown />
        ) : isEmpty ? (
          <p className={styles.words}>
            No runbooks yet. A runbook is a Markdown file in <code>runbooks/</code> of the playbook,
            or a page that an alert or a plan leads to.
          </p>
        ) : found && found.runbooks.length === 0 ? (
          <p className={styles.words}>No runbook found. Try fewer words.</p>
        ) : found ? (
          <FoundList found={found} />
        ) : (
          <RunbookGroups groups={groups} />
        )}
      </div>
      {openId === null ? (
        <div className={styles.none}>
          {known && !isEmpty ? <p>Select a runbook to read it.</p> : null}
        </div>
      ) : (
        <RunbookPage key={openId} id={openId} onBack={onBack} />
      )}
    </main>
  )
}

/** Nothing is known: it is on its way, or it cannot come. */
function Unknown() {
  const phase = useMirror(({ connection }) => connection.phase)
  const isThere = useMirror(({ status }) => status === null || status.runbooks !== undefined)
  const problem = useKnownRunbooks((state) => state.problem)
  if (problem) return null
  return (
    <p className={styles.words}>
      {phase === 'lost'
        ? 'This browser has no copy of the runbooks, and Deckwatch cannot be asked.'
        : isThere
          ? 'Loading…'
          : 'This Deckwatch has no runbooks.'}
    </p>
  )
}

/** What the search finds; null while nothing is searched for. */
function useFound(model: RunbooksModel, query: string): Found | null {
  // Says when the same search would find something else.
  const version = useRunbooks(({ search }) => search.version)
  return useMemo(
    () => (query === '' ? null : model.find(query)),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- version: see above
    [model, query, version],
  )
}

/** Keeps the search in step while the place is shown, and asks again for a list that failed. */
function useFreshSearch(model: RunbooksModel): void {
  const { runbooks, mirror } = useCockpit()
  const list = useKnownRunbooks((state) => state.list)
  const kept = useKnownRunbooks((state) => state.kept)
  useEffect(() => {
    model.updateSearch()
  }, [model, list, kept])
  useEffect(() => {
    const { connection, status } = mirror.getState()
    const isMissing = runbooks.state.getState().problem !== null
    if (isMissing && connection.phase === 'open' && status?.runbooks) void runbooks.refresh()
  }, [mirror, runbooks])
}

function useEscape(back: () => void): void {
  const model = useRunbooksModel()
  usePageKeys(({ key }) => {
    if (key !== 'Escape' || model.store.getState().openId === null) return false
    back()
    return true
  })
}

type Move = Parameters<typeof stepFrom>[3]

function goBy(model: RunbooksModel, lines: readonly string[], step: Move): boolean {
  const { activeId } = model.store.getState()
  const id = stepFrom(lines, (line) => line, activeId, step, PAGE)
  if (id !== null) model.goToLine(id)
  return id !== null
}

/** The keys that lead through the list from wherever the focus is, but for the text: that scrolls. */
function useMoves(model: RunbooksModel, lines: readonly string[]): void {
  const { ui } = useCockpit()
  const perform = useCallback(
    (shortcut: ShortcutAction): boolean => {
      if (ui.getState().dialog || isGlobal(shortcut)) return false
      if (document.activeElement?.closest('[aria-labelledby="runbook-title"]')) return false
      switch (shortcut) {
        case 'next':
        case 'previous':
        case 'first':
        case 'last':
          return goBy(model, lines, shortcut)
        default:
          return false
      }
    },
    [lines, model, ui],
  )
  useShortcuts(perform)
}
