import type { DraftKind } from '#shared/domain/knowledge/draft.ts'
import { namesOf, pathOf } from './draft-paths.ts'
import { NO_FILE_VERSION, type FileChange } from '#shared/contract/playbook.ts'
import type { EngineClient } from '../../engine/bridge/engine-client.ts'
import {
  isDirty,
  unsavedPaths,
  type Editor,
  type PlaybookStore,
  type TextPlace,
} from './playbook-store.ts'

/** A text that is being written is checked once nothing was typed for this time, ms. */
const CHECK_AFTER_MS = 250

interface Ports {
  readonly client: Pick<EngineClient, 'request'>
  readonly store: PlaybookStore
  /** Calls back after a time, ms; returns what stops it. */
  readonly after: (ms: number, callback: () => void) => () => void
  /** Says something to who cannot see the screen. */
  readonly say: (text: string) => void
  /** False where the engine would not check a text for whoever reads this page. */
  readonly mayCheck: () => boolean
}

export type PlaybookActions = ReturnType<typeof createPlaybookActions>

/** What a person can do with the playbook. What is written stays until it is saved or discarded. */
export function createPlaybookActions({ client, store, after, say, mayCheck }: Ports) {
  let stopTimer = () => {
    // Nothing is waited for yet.
  }
  /**
   * Changes by the form and saving follow each other: each works on what the one before has made. To
   * look at a text changes nothing: nothing waits for it.
   */
  let line: Promise<void> = Promise.resolve()
  const inLine = (work: () => Promise<void>) => {
    line = line.then(work)
    return line
  }

  /** Changes the editor, if it still is about this file. */
  const edit = (path: string, change: Partial<Editor>) => {
    const { editor } = store.getState()
    if (editor?.path === path) store.setState({ editor: { ...editor, ...change } })
  }

  /** Shows another file, or none; what is not saved in the one that was open is kept. */
  const show = (next: Editor | null) => {
    const { editor, kept } = store.getState()
    const after = new Map(kept)
    if (editor && isDirty(editor)) after.set(editor.path, editor)
    if (next) after.delete(next.path)
    store.setState({ editor: next, kept: after, unopened: null, audit: null })
  }

  /** Asks what the text of the editor would be as its file, with some changes. */
  async function check(changes: readonly FileChange[] = []): Promise<void> {
    const { editor } = store.getState()
    if (!editor || !mayCheck()) return
    const { path, text } = editor
    const answer = await client.request('playbook.check', { path, text, changes: [...changes] })
    const now = store.getState().editor
    // What was written meanwhile is checked by itself.
    if (now?.path !== path || now.text !== text) return
    if (!answer.ok) {
      const { message, hint } = answer.error
      edit(path, {
        isChecking: false,
        ...(changes.length > 0 ? { formRefusal: `${message} ${hint ?? ''}`.trim() } : {}),
      })
      return
    }
    const isChanged = answer.value.text !== text
    edit(path, {
      ...answer.value,
      isChecking: false,
      formRefusal: null,
      ...(isChanged ? { result: null } : {}),
    })
  }

  const checkSoon = () => {
    stopTimer()
    stopTimer = after(CHECK_AFTER_MS, () => void check())
  }

  async function load(): Promise<void> {
    const read = await client.request('playbook.read', {})
    if (read.ok) store.setState({ facts: read.value, unread: null })
    else store.setState({ unread: read.error })
  }

  async function open(path: string, place: TextPlace | null = null): Promise<void> {
    const { editor } = store.getState()
    store.setState({ asked: {} })
    if (editor?.path === path) {
      store.setState({ audit: null })
      if (place) edit(path, { goTo: { ...place } })
      return
    }
    const left = store.getState().kept.get(path)
    if (left) {
      show({ ...left, goTo: place })
      await follow()
      return
    }
    const file = await client.request('playbook.file', { path })
    if (!file.ok) {
      store.setState({ unopened: file.error })
      return
    }
    const { text, version, isEditable, problems } = file.value
    show({
      ...emptyEditor,
      path,
      version,
      saved: text,
      text,
      isEditable,
      problems,
      goTo: place,
    })
    await check()
  }

  /** Looks whether the open file is still what was read. */
  async function follow(): Promise<void> {
    const { editor } = store.getState()
    if (!editor || editor.isNew) return
    const { path } = editor
    const file = await client.request('playbook.file', { path })
    const now = store.getState().editor
    if (!file.ok || now?.path !== path) return
    const { text, version, problems } = file.value
    if (version === now.version) {
      if (!isDirty(now)) edit(path, { problems, onDisk: null })
    } else if (isDirty(now) && now.text !== text) edit(path, { onDisk: { text, version } })
    else {
      edit(path, { text, saved: text, version, problems, onDisk: null, result: null })
      await check()
    }
  }

  async function save(): Promise<void> {
    const { editor } = store.getState()
    if (!editor || editor.isSaving || !isDirty(editor)) return
    const { path, text, version } = editor
    edit(path, { isSaving: true, result: null })
    const answer = await client.request('playbook.save', { path, version, text })
    if (!answer.ok) {
      const { message, hint = '' } = answer.error
      edit(path, {
        isSaving: false,
        result: { kind: 'refused', message, hint, isOutrun: false },
      })
      say(`Not saved: ${message} ${hint}`)
      return
    }
    const outcome = answer.value
    if (outcome.outcome === 'refused') {
      const { message, hint, problems, reason } = outcome
      const isOutrun = reason === 'changed-meanwhile'
      edit(path, {
        isSaving: false,
        result: { kind: 'refused', message, hint, isOutrun },
        ...(problems.length > 0 ? { problems } : {}),
      })
      say(`Not saved: ${message} ${hint}`)
      if (isOutrun) void follow()
      return
    }
    const { isInForce } = outcome
    edit(path, {
      isSaving: false,
      isNew: false,
      saved: text,
      version: outcome.version,
      onDisk: null,
      result: { kind: 'saved', isInForce },
    })
    say(isInForce ? 'Saved, in effect' : 'Written to the file, not in effect')
    await load()
  }

  /** A text that is not in a file yet. */
  const start = (path: string, text: string) => {
    store.setState({ asked: {} })
    show({
      ...emptyEditor,
      path,
      version: NO_FILE_VERSION,
      text,
      isNew: true,
      isEditable: store.getState().facts?.isEditable ?? true,
    })
    return check()
  }

  /** A plan or a runbook from what was done in an incident: in the editor, for a person to go on. */
  async function startFromIncident(incidentId: string, kind: DraftKind): Promise<void> {
    const { facts } = store.getState()
    const paths = [
      ...(facts?.files ?? []).map(({ path }) => path),
      ...unsavedPaths(store.getState()),
    ]
    const ids = kind === 'plan' ? (facts?.plans ?? []).map(({ id }) => id) : []
    const taken = [...new Set([...ids, ...namesOf(kind, paths)])]
    const draft = await client.request('knowledge.draft', { incidentId, kind, taken })
    if (draft.ok) await start(pathOf(kind, draft.value.name), draft.value.text)
    else store.setState({ unopened: draft.error, editor: null, audit: null })
  }

  return {
    load: async () => {
      await load()
      await follow()
    },
    open: (path: string, place: TextPlace | null = null) => void open(path, place),
    /** Starts a file that is not there yet. */
    start,
    startFromIncident: (incidentId: string, kind: DraftKind) =>
      void startFromIncident(incidentId, kind),
    write: (text: string) => {
      const { editor } = store.getState()
      if (!editor || text === editor.text) return
      edit(editor.path, { text, isChecking: true, result: null })
      checkSoon()
    },
    /** Changes single values; comments and all the rest of the text stay. */
    change: (changes: readonly FileChange[]) => inLine(() => check(changes)),
    save: () => inLine(save),
    /** Back to what was read. */
    discard: () => {
      const { editor } = store.getState()
      if (!editor) return
      if (editor.isNew) store.setState({ editor: null })
      else {
        edit(editor.path, { text: editor.saved, result: null, formRefusal: null })
        void check()
      }
    },
    /** Goes on with what somebody else wrote; what was written here is gone. */
    takeDisk: () => {
      const { editor } = store.getState()
      if (!editor?.onDisk) return
      const { text, version } = editor.onDisk
      edit(editor.path, { text, saved: text, version, onDisk: null, result: null })
      void check()
    },
    /** Saving will write over what somebody else wrote. */
    keepMine: () => {
      const { editor } = store.getState()
      if (!editor?.onDisk) return
      const { text, version } = editor.onDisk
      edit(editor.path, { saved: text, version, onDisk: null, result: null })
    },
    goTo: (place: TextPlace) => {
      const { editor } = store.getState()
      store.setState({ asked: {} })
      if (editor) edit(editor.path, { goTo: { ...place } })
    },
    /** The place was gone to: it is not gone to again when the screen is shown anew. */
    arrived: () => {
      const { editor } = store.getState()
      if (editor?.goTo) edit(editor.path, { goTo: null })
    },
    close: () => {
      show(null)
    },
    /** Holds every alert that is known against the playbook. */
    audit: async () => {
      show(null)
      store.setState({ audit: { kind: 'asking' } })
      const found = await client.request('playbook.audit', {})
      // Somebody may have gone on to a file meanwhile.
      if (!store.getState().audit) return
      store.setState({
        audit: found.ok
          ? { kind: 'found', report: found.value }
          : { kind: 'refused', error: found.error },
      })
    },
    closeAudit: () => {
      store.setState({ audit: null })
    },
  }
}

const emptyEditor: Editor = {
  path: '',
  version: '',
  saved: '',
  text: '',
  isNew: false,
  isEditable: true,
  problems: [],
  value: null,
  isChecking: false,
  isSaving: false,
  result: null,
  onDisk: null,
  formRefusal: null,
  goTo: null,
}
