import type { ContractError } from '#shared/contract/errors.ts'
import { isOutrun, type Settings, type SettingsChange } from '#shared/contract/settings.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { SourceKind } from '#shared/domain/source-kind/field.ts'
import { originOf } from '#shared/domain/source-kind/secrets.ts'
import {
  addressOf,
  authOf,
  emptySource,
  textsOf,
  withField,
  type SourceTexts,
} from '#shared/domain/source-kind/texts.ts'
import type { EngineClient } from '../../engine/bridge/engine-client.ts'
import {
  afterWrite,
  changeOf,
  followFile,
  isSame,
  partOf,
  type Drafts,
  type PartName,
  type SettingsParts,
  type SourceDraft,
} from './settings-drafts.ts'
import { nameOfTypedSecret, secretOf, withSecret } from './settings-source-form.ts'
import type { Refusal, SettingsSection, SettingsStore, Trial } from './settings-store.ts'

/** The field of a source that names alerts which must always fire. */
const HEARTBEATS = 'heartbeats'

/** Nothing is known of how the source answers. */
const untried = { trial: null, isDoubted: false } as const

interface Ports {
  readonly client: Pick<EngineClient, 'request'>
  readonly store: SettingsStore
  /** Says something to who cannot see the screen. */
  readonly say: (text: string) => void
}

export type SettingsActions = ReturnType<typeof createSettingsActions>

/** What a person can do with the settings. Drafts stay until they are saved or discarded. */
export function createSettingsActions({ client, store, say }: Ports) {
  /** Names of the secrets that were kept for a draft which may yet be thrown away. */
  const tried = new Set<string>()
  const setDrafts = (drafts: Drafts) => {
    store.setState({ drafts, saved: null })
  }
  const dropDraft = (part: PartName) => {
    const { [part]: _dropped, ...drafts } = store.getState().drafts
    const { [part]: _refusal, ...refusals } = store.getState().refusals
    store.setState({ drafts, refusals, ...(part === 'source' ? untried : {}) })
  }
  const setSaving = (part: PartName | 'remove', isSaving: boolean) => {
    const saving = new Set(store.getState().saving)
    if (isSaving) saving.add(part)
    else saving.delete(part)
    store.setState({ saving })
  }
  const refuse = (part: PartName | 'remove', refusal: Refusal) => {
    store.setState(({ refusals }) => ({ refusals: { ...refusals, [part]: refusal } }))
    const { message, hint } = 'error' in refusal ? refusal.error : refusal
    say(`Not saved: ${message} ${hint ?? ''}`)
  }

  /**
   * @param then what changes together with the file, or without it where it cannot be read: nothing
   * old is seen beside the new.
   */
  async function load(then: (file: Settings | null) => void = () => undefined): Promise<void> {
    const read = await client.request('settings.read', {})
    then(read.ok ? read.value : null)
    if (!read.ok) {
      store.setState({ unread: read.error })
      return
    }
    store.setState(({ drafts }) => ({
      file: read.value,
      unread: null,
      drafts: followFile(drafts, read.value),
    }))
    const secrets = await client.request('secret.status', {})
    if (secrets.ok) store.setState({ secrets: secrets.value })
  }

  async function write(
    part: PartName | 'remove',
    version: string,
    change: SettingsChange,
    sent: Drafts,
  ): Promise<boolean> {
    const { [part]: _before, ...refusals } = store.getState().refusals
    store.setState({ refusals, saved: null })
    let result = await client.request('settings.write', { version, change })
    if (result.ok && isOutrun(result.value)) {
      await load()
      // A file that changed elsewhere, in another part or a comment, takes this change as it is.
      const now = store.getState().file?.version
      const follows = part === 'remove' || store.getState().drafts[part]?.version === now
      if (now !== undefined && now !== version && follows) {
        result = await client.request('settings.write', { version: now, change })
      }
    }
    if (!result.ok) {
      refuse(part, { reason: 'failed', error: result.error })
      // Whether it was written is not known: the file knows.
      if (result.error.code === 'engine-unreachable') void load()
      return false
    }
    if (result.value.outcome === 'refused') {
      refuse(part, result.value)
      if (result.value.reason !== 'not-valid') await load()
      return false
    }
    const written = result.value
    const text = savedWords(change)
    const words = written.isInForce
      ? text
      : `${text} The file is written, but Deckwatch has not applied it: see the notices.`
    await load((read) => {
      if (part !== 'remove') {
        const drafts = afterWrite(store.getState().drafts, part, sent, written.version, read)
        if (drafts[part]) store.setState({ drafts })
        else dropDraft(part)
      }
      if (part === 'source') forgetTried()
      store.setState({ saved: { part, text: words } })
    })
    say(words)
    return true
  }

  /** Keeps a typed secret first: the file is only ever given its name. */
  async function keepTypedSecret(draft: SourceDraft): Promise<Result<SourceDraft, ContractError>> {
    const signIn = authOf(draft.kind, draft.source)?.auth.kind ?? 'none'
    if (draft.typedSecret === '' || signIn === 'none') return ok(draft)
    const saved = store.getState().file?.sources.find(({ name }) => name === draft.editing)
    const used =
      saved?.type === draft.kind.type ? secretOf({ kind: draft.kind, source: saved }) : ''
    const name = nameOfTypedSecret(draft, used)
    const address = addressOf(draft.kind, draft.source)?.address ?? ''
    const value = draft.typedSecret
    const stored = await client.request('secret.store', { name, value, address })
    if (!stored.ok) return fail(stored.error)
    tried.add(name)
    const { reference } = stored.value
    return ok({
      ...draft,
      source: withSecret(draft, reference),
      typedSecret: '',
      keptSecret: { reference, origin: originOf(address) ?? address },
    })
  }

  /** Lays the name of a kept secret into the form, beside what was typed there meanwhile. */
  function putKept(was: SourceDraft, kept: SourceDraft): void {
    const now = store.getState().drafts.source?.value
    if (now?.editing !== was.editing || kept === was) return
    const auth = authOf(kept.kind, kept.source)?.auth ?? { kind: 'none' }
    const signIn = authOf(now.kind, now.source)?.auth.kind
    const isAnother = now.typedSecret !== was.typedSecret || signIn !== auth.kind
    if (isAnother || auth.kind === 'none') return
    const { keptSecret } = kept
    putSource({ ...now, source: withSecret(now, auth.secret), typedSecret: '', keptSecret })
  }

  function putSource(value: SourceDraft): void {
    const { drafts } = store.getState()
    if (drafts.source) setDrafts({ ...drafts, source: { ...drafts.source, value } })
  }

  /** Tries the source as it stands in the form. */
  async function tryDraft(): Promise<void> {
    const draft = store.getState().drafts.source
    if (!draft) return
    store.setState({ trial: { kind: 'running' } })
    const kept = await keepTypedSecret(draft.value)
    if (!kept.ok) {
      store.setState({ trial: { kind: 'failed', error: kept.error } })
      return
    }
    // Whoever went on writing meanwhile asks again.
    if (!isInForm(draft.value)) {
      if (!store.getState().drafts.source) forgetTried()
      return
    }
    putSource(kept.value)
    await findOut(kept.value)
  }

  function isInForm(value: SourceDraft): boolean {
    return store.getState().drafts.source?.value === value
  }

  /** Asks how a source answers; the form shows it as long as it is about what stands in it. */
  async function findOut(value: SourceDraft): Promise<Trial> {
    if (isInForm(value)) store.setState({ trial: { kind: 'running' } })
    const result = await client.request('source.try', { source: value.source })
    const trial: Trial = result.ok
      ? { kind: 'report', report: result.value }
      : { kind: 'failed', error: result.error }
    if (isInForm(value)) store.setState({ trial })
    return trial
  }

  /** Whether a source may be saved without a question; where it may not, it is asked. */
  async function passesTest(value: SourceDraft): Promise<boolean> {
    const { trial: known } = store.getState()
    const isKnown = known !== null && known.kind !== 'running' && isInForm(value)
    const trial = isKnown ? known : await findOut(value)
    // An engine that is away takes no change: that is said when it is given one.
    if (trial.kind === 'failed' && trial.error.code === 'engine-unreachable') return true
    if (trial.kind === 'report' && trial.report.isWorking) return true
    if (isInForm(value)) store.setState({ isDoubted: true })
    say('Not saved yet: the connection test failed. Save anyway?')
    return false
  }

  /** Forgets the secrets of trials; the engine keeps those that the file names. */
  function forgetTried(): void {
    for (const name of tried) void client.request('secret.forget', { name })
    tried.clear()
  }

  function beginSource(editing: string | null, kind: SourceKind, source: SourceTexts): void {
    forgetTried()
    const { file, drafts } = store.getState()
    const value: SourceDraft = {
      editing,
      kind,
      source,
      typedSecret: '',
      keptSecret: null,
      keepsDrill: false,
    }
    store.setState({
      section: 'sources',
      drafts: { ...drafts, source: { value, base: value, version: file?.version ?? 'none' } },
      ...untried,
      saved: null,
      formRequest: { editing },
    })
  }

  /** Asked for on another screen, before the settings were read: it begins as soon as they are. */
  function whenRead(then: (file: Settings) => void): void {
    const { file } = store.getState()
    if (file) {
      then(file)
      return
    }
    store.setState({ section: 'sources' })
    const stop = store.subscribe(({ file: read }) => {
      if (!read) return
      stop()
      then(read)
    })
  }

  return {
    load: () => load(),
    show: (section: SettingsSection) => {
      store.setState({ section })
    },
    /** Changes a part; one that is as the file has it is no draft any more. */
    edit: <Name extends Exclude<PartName, 'source'>>(name: Name, value: SettingsParts[Name]) => {
      const { file, drafts } = store.getState()
      if (!file) return
      const known = drafts[name]
      const base = known?.base ?? partOf(file, name)
      if (isSame(value, base)) dropDraft(name)
      else {
        setDrafts({ ...drafts, [name]: { value, base, version: known?.version ?? file.version } })
      }
    },
    discard: (part: PartName) => {
      dropDraft(part)
      if (part === 'source') forgetTried()
      store.setState({ saved: null })
    },
    /** "Keep what I wrote": the next save replaces what is in the file by now. */
    keepMine: (part: PartName) => {
      const { drafts, file, refusals } = store.getState()
      const draft = drafts[part]
      if (!draft || !file) return
      const { [part]: _refusal, ...others } = refusals
      store.setState({
        drafts: { ...drafts, [part]: { ...draft, version: file.version } },
        refusals: others,
      })
    },
    /** Goes on with a source that is being added, or begins one of the first kind that there is. */
    startAdding: () => {
      if (store.getState().drafts.source?.value.editing === null) {
        store.setState({ section: 'sources', formRequest: { editing: null } })
        return
      }
      whenRead(({ sourceKinds }) => {
        const kind = sourceKinds.find(({ isEditable }) => isEditable)
        if (kind) beginSource(null, kind, { ...emptySource(kind), name: kind.type })
      })
    },
    startEditing: (source: SourceTexts) => {
      const kind = store.getState().file?.sourceKinds.find(({ type }) => type === source.type)
      if (kind) beginSource(source.name, kind, source)
    },
    /** Opens the form of a source with these heartbeats beside those that it has. Saves nothing. */
    offerHeartbeats: (name: string, matchers: readonly string[]) => {
      whenRead(({ sources, sourceKinds }) => {
        const source = sources.find((each) => each.name === name)
        const kind = sourceKinds.find(({ type }) => type === source?.type)
        const field = kind?.fields[HEARTBEATS]
        if (!source || !kind || field?.kind !== 'matchers') return
        const { drafts } = store.getState()
        // What is being changed of the very source stays.
        if (drafts.source?.value.editing !== name) beginSource(name, kind, source)
        store.setState({
          section: 'sources',
          formRequest: { editing: name, field: HEARTBEATS },
        })
        const draft = store.getState().drafts.source?.value
        if (!draft) return
        const known = textsOf(draft.source, HEARTBEATS, field)
        const added = matchers.filter((each) => !known.includes(each))
        putSource({ ...draft, source: withField(draft.source, HEARTBEATS, [...known, ...added]) })
      })
    },
    editSource: (change: Partial<SourceDraft>) => {
      const draft = store.getState().drafts.source
      if (!draft) return
      putSource({ ...draft.value, ...change })
      // Why it was refused was about what stood there.
      const { source: _refusal, ...refusals } = store.getState().refusals
      store.setState({ refusals })
      // What was found holds for what was tried, and for nothing else.
      store.setState(untried)
    },
    /** Tries the source as it stands in the form. */
    tryOut: async () => {
      await tryDraft()
    },
    /** Back from the question whether a source that failed its test is to be saved. */
    keepEditing: () => {
      store.setState({ isDoubted: false })
    },
    /**
     * Saves a part. A source is tried first, and one that fails is saved only by who means it.
     *
     * @param isMeant the answer to that question.
     * @returns true once it is written.
     */
    save: async (part: PartName, isMeant = false): Promise<boolean> => {
      if (store.getState().saving.has(part)) return false
      setSaving(part, true)
      try {
        let sent = store.getState().drafts
        if (part === 'source' && sent.source) {
          const kept = await keepTypedSecret(sent.source.value)
          if (!kept.ok) {
            refuse(part, { reason: 'failed', error: kept.error, field: 'auth' })
            return false
          }
          putKept(sent.source.value, kept.value)
          // What is in the form by now is this, or what somebody typed on to.
          const now = store.getState().drafts.source?.value
          const value = now && isSame(now, kept.value) ? now : kept.value
          if (!isMeant && !(await passesTest(value))) return false
          store.setState({ isDoubted: false })
          sent = { ...sent, source: { ...sent.source, value } }
        }
        const change = changeOf(part, sent)
        const version = sent[part]?.version
        if (!change || version === undefined) return false
        return await write(part, version, change, sent)
      } finally {
        setSaving(part, false)
      }
    },
    removeSource: async (name: string): Promise<boolean> => {
      const { file } = store.getState()
      if (!file) return false
      setSaving('remove', true)
      try {
        const change: SettingsChange = { type: 'remove-source', name }
        return await write('remove', file.version, change, {})
      } finally {
        setSaving('remove', false)
      }
    },
    dismissRefusal: (part: PartName | 'remove') => {
      const { [part]: _refusal, ...refusals } = store.getState().refusals
      store.setState({ refusals })
    },
  }
}

function savedWords(change: SettingsChange): string {
  switch (change.type) {
    case 'add-source':
      return `Saved. ${change.source.name} is now polled.`
    case 'update-source':
      return `Saved. ${change.source.name} updated.`
    case 'remove-source':
      return `Removed. ${change.name} is no longer polled.`
    case 'set-severity-rules':
    case 'map-severity-word':
      return 'Saved. Severities applied.'
    case 'set-group-by':
      return 'Saved. New alerts are grouped by these labels.'
    case 'set-notifications':
      return 'Saved. Notification settings applied.'
    case 'set-me':
      return 'Saved. Your actions are recorded under this name.'
  }
}
