import { createContext, use } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ContractError } from '#shared/contract/errors.ts'
import type { Cockpit } from '../../engine/cockpit/cockpit.ts'
import type { ReadRunbook } from '../../engine/offline/runbook-shelf.ts'
import type { RunbookRequest } from '../../engine/page/ui-store.ts'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import type { Runbook } from '#shared/domain/runbook/schema.ts'
import { linkedRunbooks } from '../../engine/watch/linked-runbooks.ts'
import { RunbookSearch, type SearchState } from './runbook-search.ts'

/** What there is to show of the open runbook. */
export type OpenText =
  | { readonly kind: 'loading' }
  | {
      readonly kind: 'read'
      readonly read: ReadRunbook
      /** Its steps; null where no incident led to it, so that nothing is followed. */
      readonly runbook: Runbook | null
    }
  | { readonly kind: 'none'; readonly error: ContractError }

/** A place in a text that is gone to: another object each time. */
export interface FragmentRequest {
  readonly fragment: string
}

/** The place as it is left and come back to. */
export interface RunbooksView {
  readonly query: string
  /** The line that the keyboard is on. */
  readonly activeId: string | null
  readonly openId: string | null
  /** The incident that led to the open one; null where none did. */
  readonly incidentId: string | null
  readonly text: OpenText
  /** True while the whole text is shown in place of its steps. */
  readonly isWhole: boolean
  /** The place in the open text that was asked for last. */
  readonly fragmentRequest: FragmentRequest | null
  /** The step in the open one that was asked for last: another object each time. */
  readonly stepRequest: { readonly stepId: string } | null
  /** What was entered for steps, by incident and runbook: it outlives a look elsewhere. */
  readonly entered: ReadonlyMap<string, Readonly<Record<string, string>>>
  /** The text of the open one is to have the focus: another object each time. */
  readonly focusRequest: object | null
  /** The focus is wanted in the search: another object each time. */
  readonly searchRequest: object | null
  /** The focus is wanted on the active line: another object each time. */
  readonly listRequest: object | null
  /** Pages that the server is being asked for. */
  readonly fetching: ReadonlySet<string>
  /** Why a page could not be asked for, by id. */
  readonly unfetched: ReadonlyMap<string, ContractError>
  readonly search: SearchState
}

export type RunbooksModel = ReturnType<typeof createRunbooksModel>

/** The runbooks as this page shows them, and what can be done with them. */
export function createRunbooksModel({
  runbooks,
  mirror,
  announcements,
}: Pick<Cockpit, 'runbooks' | 'mirror' | 'announcements'>) {
  const store: StoreApi<RunbooksView> = createStore<RunbooksView>(() => ({
    query: '',
    activeId: null,
    openId: null,
    incidentId: null,
    text: { kind: 'loading' },
    isWhole: false,
    fragmentRequest: null,
    stepRequest: null,
    entered: new Map(),
    focusRequest: null,
    searchRequest: null,
    listRequest: null,
    fetching: new Set(),
    unfetched: new Map(),
    search: { version: 0, waiting: 0, untexted: 0 },
  }))
  const search = new RunbookSearch({
    shelf: runbooks,
    linked: () => {
      const { watch } = mirror.getState()
      return watch ? linkedRunbooks(watch) : new Map<string, never>()
    },
    changed: (state) => {
      store.setState({ search: state })
    },
  })

  const read = async (id: string) => {
    const result = await runbooks.read(id)
    // Somebody may have gone on to another one.
    const { openId, text } = store.getState()
    if (openId !== id) return
    if (!result.ok && text.kind === 'read') {
      // What somebody is reading is not taken away from them.
      store.setState({ text: { ...text, read: { ...text.read, isCurrent: false } } })
      return
    }
    store.setState({
      text: result.ok
        ? { kind: 'read', read: result.value, runbook: stepsOf(result.value) }
        : { kind: 'none', error: result.error },
    })
    if (!result.ok) return
    search.note(result.value.entry, result.value.text)
    void runbooks.touch(id)
  }

  /** Read only where it is followed: a text without end takes time. */
  const stepsOf = ({ entry, text }: ReadRunbook): Runbook | null => {
    if (store.getState().incidentId === null) return null
    const path = entry.origin.kind === 'playbook' ? entry.origin.path : entry.origin.address
    return parseRunbook({ path, text })
  }

  const open = ({ id, fragment, incidentId, step = null }: RunbookRequest) => {
    const isOther = store.getState().openId !== id
    store.setState({
      openId: id,
      activeId: id,
      incidentId,
      focusRequest: {},
      isWhole: false,
      fragmentRequest: fragment === null ? null : { fragment },
      stepRequest: step === null ? null : { stepId: step },
      ...(isOther ? { text: { kind: 'loading' } as const } : {}),
    })
    void read(id)
  }

  return {
    store,
    shelf: runbooks,
    find: (query: string) => search.find(query),
    /** Brings the search in step with what is kept. */
    updateSearch: () => void search.update(),
    open,
    /** Reads the open one again: another text of it may be there by now. */
    readAgain: () => {
      const { openId } = store.getState()
      if (openId !== null) void read(openId)
    },
    /** Leaves the text; the focus goes to its line in the list, unless another place is gone to. */
    close: (leadsTo: 'list' | 'elsewhere') => {
      store.setState({
        openId: null,
        incidentId: null,
        fragmentRequest: null,
        stepRequest: null,
        ...(leadsTo === 'list' ? { listRequest: {} } : {}),
      })
    },
    /**
     * Keeps what was entered for an input.
     *
     * @param value null: it is taken back.
     */
    enter: (key: string, input: string, value: string | null) => {
      const { entered } = store.getState()
      const { [input]: _before, ...others } = entered.get(key) ?? {}
      const after = value === null ? others : { ...others, [input]: value }
      store.setState({ entered: new Map(entered).set(key, after) })
    },
    /** Shows the whole text, or its steps again. */
    toggleWhole: () => {
      const { isWhole } = store.getState()
      store.setState({ isWhole: !isWhole, focusRequest: {}, fragmentRequest: null })
    },
    goToFragment: (fragment: string) => {
      store.setState({ fragmentRequest: { fragment } })
    },
    setQuery: (query: string) => {
      store.setState({ query, activeId: null })
    },
    moveTo: (id: string) => {
      store.setState({ activeId: id })
    },
    goToLine: (id: string) => {
      store.setState({ activeId: id, listRequest: {} })
    },
    callSearch: () => {
      store.setState({ searchRequest: {} })
    },
    /** A person wants this page to be fetched now. */
    fetch: async (id: string) => {
      const { fetching, unfetched } = store.getState()
      if (fetching.has(id)) return
      const before = new Map(unfetched)
      before.delete(id)
      store.setState({ fetching: new Set(fetching).add(id), unfetched: before })
      const result = await runbooks.fetch(id)
      const after = store.getState()
      const rest = new Set(after.fetching)
      rest.delete(id)
      store.setState({
        fetching: rest,
        ...(result.ok ? {} : { unfetched: new Map(after.unfetched).set(id, result.error) }),
      })
      const problem = result.ok ? result.value.origin.problem : result.error.message
      announcements.tell({
        politeness: 'polite',
        text: problem === null ? 'Fetched.' : `Not fetched: ${problem}`,
      })
      if (store.getState().openId === id) await read(id)
    },
  }
}

/** The runbooks of the components below. */
export const RunbooksContext = createContext<RunbooksModel | null>(null)

/** @throws outside of a cockpit, which is a bug. */
export function useRunbooksModel(): RunbooksModel {
  const model = use(RunbooksContext)
  if (!model) throw new Error('This component needs the runbooks around it')
  return model
}

/** Reads from what is shown; renders again only when the selected value changes. */
export function useRunbooks<Value>(select: (view: RunbooksView) => Value): Value {
  return useStore(useRunbooksModel().store, select)
}
