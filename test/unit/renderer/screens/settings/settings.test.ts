import { describe, expect, it } from 'vitest'
import type { ContractError } from '#shared/contract/errors.ts'
import type { OperationName } from '#shared/contract/contract.ts'
import type { Settings, SettingsOutcome } from '#shared/contract/settings.ts'
import { defaultNotificationTexts } from '#shared/domain/settings/notification-texts.ts'
import type { SourceTexts } from '#shared/domain/source-kind/texts.ts'
import { sourceKind, sourceTexts } from '#test/fixtures/configuration.ts'
import { createSettingsActions } from '#renderer/screens/settings/settings-actions.ts'
import { isDirty } from '#renderer/screens/settings/settings-drafts.ts'
import {
  checkSource,
  configuredUses,
  completeAddress,
  isStoredForAddress,
  nameOfTypedSecret,
  withKind,
} from '#renderer/screens/settings/settings-source-form.ts'
import { createSettingsStore } from '#renderer/screens/settings/settings-store.ts'

const kind = sourceKind('alertmanager')
const am = sourceTexts('alertmanager', { name: 'am', url: 'http://am:9093' })
/** The source with other fields. */
const amWith = ({
  name = am.name,
  ...fields
}: { readonly name?: string } & Record<string, unknown>) =>
  ({ ...am, name, fields: { ...am.fields, ...fields } }) as SourceTexts
const file: Settings = {
  path: '/deckwatch.yaml',
  isPresent: true,
  version: 'v1',
  problems: [],
  sourceKinds: [kind, sourceKind('prometheus'), sourceKind('drill')],
  sources: [am],
  severity: [],
  groupBy: ['service'],
  notifications: defaultNotificationTexts,
  me: null,
  places: { data: '/data', log: '/data/deckwatch.log' },
}
const written: SettingsOutcome = { outcome: 'written', version: 'v2', isInForce: true }
const outrun: SettingsOutcome = {
  outcome: 'refused',
  reason: 'changed-meanwhile',
  message: 'The file has changed since.',
  hint: 'Look.',
  problems: [],
}

/** An engine that answers as told and remembers what it was asked. */
function openSettings(
  answers: Partial<Record<OperationName, (input: never) => unknown>> = {},
  now: () => Settings = () => file,
) {
  const asked: [OperationName, unknown][] = []
  const said: string[] = []
  const store = createSettingsStore()
  const defaults: Partial<Record<OperationName, (input: never) => unknown>> = {
    'settings.read': () => now(),
    'secret.status': () => ({ kind: 'file', problem: null }),
    'settings.write': () => written,
    'secret.forget': () => ({ isForgotten: true }),
    'source.try': () => ({ isWorking: true, findings: [], problem: null }),
    'secret.store': ({ name }: { name: string }) => ({ reference: `keychain:${name}` }),
  }
  const request = (name: OperationName, input: unknown) => {
    asked.push([name, input])
    const value = (answers[name] ?? defaults[name])?.(input as never)
    const error = value as { error?: ContractError }
    return Promise.resolve(error.error ? { ok: false, error: error.error } : { ok: true, value })
  }
  const actions = createSettingsActions({
    client: { request: request as never },
    store,
    say: (text) => said.push(text),
  })
  const writes = () => asked.filter(([name]) => name === 'settings.write').map(([, input]) => input)
  return { actions, store, asked, said, writes }
}

describe('drafts of the settings', () => {
  it('are no drafts any more when they say what the file says', async () => {
    const { actions, store } = openSettings()
    await actions.load()
    actions.edit('me', 'ada')
    expect(isDirty(store.getState().drafts.me)).toBe(true)
    actions.edit('me', '')
    expect(store.getState().drafts).toEqual({})
  })

  it('are saved with the version that they began with, and gone then', async () => {
    const { actions, store, writes, said } = openSettings()
    await actions.load()
    actions.edit('groupBy', 'service,  region ')
    expect(await actions.save('groupBy')).toBe(true)
    expect(writes()).toEqual([
      { version: 'v1', change: { type: 'set-group-by', labels: ['service', 'region'] } },
    ])
    expect(store.getState().drafts).toEqual({})
    expect(store.getState().saved?.text).toContain('grouped')
    expect(said.at(-1)).toContain('Saved.')
  })

  it('follow a file that changed elsewhere, and are written again by themselves', async () => {
    let current = file
    const { actions, writes } = openSettings(
      {
        'settings.write': ({ version }: { version: string }) =>
          version === current.version ? written : outrun,
      },
      () => current,
    )
    await actions.load()
    actions.edit('me', 'ada')
    current = { ...file, version: 'v9', groupBy: ['cluster'] }
    expect(await actions.save('me')).toBe(true)
    expect(writes()).toMatchObject([{ version: 'v1' }, { version: 'v9' }])
  })

  it('stay outdated where the file says something else of the same part, until a person chose', async () => {
    let current = file
    const { actions, store, writes } = openSettings(
      {
        'settings.write': ({ version }: { version: string }) =>
          version === current.version ? written : outrun,
      },
      () => current,
    )
    await actions.load()
    actions.edit('me', 'ada')
    current = { ...file, version: 'v9', me: 'bo' }
    expect(await actions.save('me')).toBe(false)
    expect(store.getState().refusals.me).toMatchObject({ reason: 'changed-meanwhile' })
    expect(store.getState().drafts.me).toMatchObject({ value: 'ada', version: 'v1' })
    actions.keepMine('me')
    expect(await actions.save('me')).toBe(true)
    expect(writes()).toHaveLength(2)
  })

  it('keep what is typed while they are saved: it goes on from what was written', async () => {
    let current = file
    const { actions, store, writes } = openSettings(
      {
        'settings.write': ({ change }: { change: { me: string } }) => {
          actions.edit('me', `${change.me} l`)
          current = { ...current, version: 'v2', me: change.me }
          return { ...written, version: 'v2' }
        },
      },
      () => current,
    )
    await actions.load()
    actions.edit('me', 'ada')
    expect(await actions.save('me')).toBe(true)
    expect(store.getState().drafts.me).toEqual({ value: 'ada l', base: 'ada', version: 'v2' })
    expect(await actions.save('me')).toBe(true)
    expect(writes()).toMatchObject([{ version: 'v1' }, { version: 'v2', change: { me: 'ada l' } }])
  })

  it('begin with what the file says of it, not with how it was typed', async () => {
    let current = file
    const { actions, store } = openSettings(
      {
        'settings.write': () => {
          actions.edit('groupBy', 'service,  region, zone')
          current = { ...current, version: 'v2', groupBy: ['service', 'region'] }
          return written
        },
      },
      () => current,
    )
    await actions.load()
    actions.edit('groupBy', 'service,  region ')
    await actions.save('groupBy')
    expect(store.getState().drafts.groupBy).toEqual({
      value: 'service,  region, zone',
      base: 'service, region',
      version: 'v2',
    })
  })

  it('survive an engine that is gone', async () => {
    const error = { code: 'engine-unreachable', message: 'Gone.' } as const
    const { actions, store, said } = openSettings({ 'settings.write': () => ({ error }) })
    await actions.load()
    actions.edit('me', 'ada')
    expect(await actions.save('me')).toBe(false)
    expect(store.getState().drafts.me?.value).toBe('ada')
    expect(said.at(-1)).toContain('Not saved: Gone.')
  })
})

describe('a source that is added from another screen', () => {
  it('begins as soon as the settings are read', async () => {
    const { actions, store } = openSettings()
    actions.startAdding()
    expect(store.getState().drafts.source).toBeUndefined()
    await actions.load()
    expect(store.getState().drafts.source?.value.editing).toBeNull()
    expect(store.getState().section).toBe('sources')
  })
})

describe('a source with a typed secret', () => {
  it('is saved with the name of the secret, which is kept first and then forgotten here', async () => {
    const { actions, store, asked } = openSettings()
    await actions.load()
    actions.startAdding()
    const auth = { kind: 'bearer', secret: '' } as const
    actions.editSource({ source: amWith({ name: 'new', auth }), typedSecret: 'hunter2' })
    expect(await actions.save('source')).toBe(true)
    const names = asked.map(([name]) => name)
    expect(names.indexOf('secret.store')).toBeLessThan(names.indexOf('settings.write'))
    expect(asked.find(([name]) => name === 'secret.store')?.[1]).toEqual({
      name: 'new-token',
      value: 'hunter2',
      address: 'http://am:9093',
    })
    expect(asked.find(([name]) => name === 'settings.write')?.[1]).toMatchObject({
      change: { source: { fields: { auth: { kind: 'bearer', secret: 'keychain:new-token' } } } },
    })
    expect(JSON.stringify(store.getState())).not.toContain('hunter2')
  })

  it('does not replace the secret that the saved source goes on with', () => {
    const draft = {
      editing: 'am',
      kind,
      source: am,
      typedSecret: 'x',
      keptSecret: null,
      keepsDrill: false,
    }
    expect(nameOfTypedSecret(draft, '')).toBe('am-token')
    expect(nameOfTypedSecret(draft, 'keychain:am-token')).toBe('am-token-2')
    expect(nameOfTypedSecret(draft, 'keychain:am-token-2')).toBe('am-token')
  })

  it('is forgotten when it was only tried and the source is not added', async () => {
    const { actions, asked } = openSettings()
    await actions.load()
    actions.startAdding()
    const auth = { kind: 'bearer', secret: '' } as const
    actions.editSource({ source: amWith({ name: 'new', auth }), typedSecret: 'hunter2' })
    await actions.tryOut()
    actions.discard('source')
    expect(asked.filter(([name]) => name === 'secret.forget')).toEqual([
      ['secret.forget', { name: 'new-token' }],
    ])
  })

  it('keeps what is typed while it is saved, and is then a change of what was added', async () => {
    let current = file
    const type = ({ name, ...fields }: { readonly name?: string; readonly url?: string }) => {
      const { source } = store.getState().drafts.source!.value
      actions.editSource({
        source: {
          ...source,
          name: name ?? source.name,
          fields: { ...source.fields, ...fields },
        },
      })
    }
    const { actions, store, writes } = openSettings(
      {
        'secret.store': ({ name }: { name: string }) => {
          type({ url: 'http://while-the-secret-is-kept' })
          return { reference: `keychain:${name}` }
        },
        'settings.write': ({ change }: { change: { source: SourceTexts } }) => {
          type({ name: 'renamed' })
          current = { ...current, version: 'v2', sources: [am, change.source] }
          return written
        },
      },
      () => current,
    )
    await actions.load()
    actions.startAdding()
    const auth = { kind: 'bearer', secret: '' } as const
    actions.editSource({ source: amWith({ name: 'new', auth }), typedSecret: 'hunter2' })
    expect(await actions.save('source')).toBe(true)
    const secret = 'keychain:new-token'
    const url = am.fields['url']
    expect(writes()).toMatchObject([{ change: { source: { fields: { url, auth: { secret } } } } }])
    expect(store.getState().drafts.source).toMatchObject({
      version: 'v2',
      base: { editing: 'new', source: { name: 'new', fields: { url } } },
      value: {
        editing: 'new',
        typedSecret: '',
        source: {
          name: 'renamed',
          fields: { url: 'http://while-the-secret-is-kept', auth: { secret } },
        },
      },
    })
  })

  it('leaves a form alone that was opened while it was saved', async () => {
    const { actions, store } = openSettings({
      'settings.write': () => {
        actions.startEditing(am)
        return written
      },
    })
    await actions.load()
    actions.startAdding()
    actions.editSource({ source: { ...am, name: 'new' } })
    await actions.save('source')
    expect(store.getState().drafts.source?.value.editing).toBe('am')
  })

  it('is not written when the secret cannot be kept', async () => {
    const error = { code: 'not-allowed-now', message: 'The keychain is locked.' } as const
    const { actions, store, writes } = openSettings({ 'secret.store': () => ({ error }) })
    await actions.load()
    actions.startAdding()
    const auth = { kind: 'bearer', secret: '' } as const
    actions.editSource({ source: amWith({ name: 'new', auth }), typedSecret: 'hunter2' })
    expect(await actions.save('source')).toBe(false)
    expect(writes()).toEqual([])
    expect(store.getState().drafts.source?.value.typedSecret).toBe('hunter2')
  })
})

describe('the trial of a source', () => {
  it('holds for what was tried: any change clears it, also while it runs', async () => {
    const { actions, store } = openSettings()
    await actions.load()
    actions.startAdding()
    actions.editSource({ source: am })
    await actions.tryOut()
    expect(store.getState().trial).toMatchObject({ kind: 'report' })
    actions.editSource({ source: amWith({ url: 'http://other' }) })
    expect(store.getState().trial).toBeNull()
    const running = actions.tryOut()
    actions.editSource({ source: amWith({ url: 'http://third' }) })
    await running
    expect(store.getState().trial).toBeNull()
    expect(store.getState().drafts.source?.value.source.fields['url']).toBe('http://third')
  })
})

describe('a source that fails its test', () => {
  const fails = { isWorking: false, findings: [], problem: null }

  async function drafted(answers: Parameters<typeof openSettings>[0]) {
    const opened = openSettings(answers)
    await opened.actions.load()
    opened.actions.startAdding()
    opened.actions.editSource({ source: { ...am, name: 'new' } })
    return opened
  }

  it('is saved only by who means it', async () => {
    const { actions, store, writes, said } = await drafted({ 'source.try': () => fails })
    expect(await actions.save('source')).toBe(false)
    expect(store.getState()).toMatchObject({ isDoubted: true, trial: { kind: 'report' } })
    expect(said.at(-1)).toContain('Save anyway?')
    expect(writes()).toEqual([])
    expect(await actions.save('source', true)).toBe(true)
    expect(writes()).toHaveLength(1)
    expect(store.getState().isDoubted).toBe(false)
  })

  it('is asked about no longer once it is changed, or edited on', async () => {
    const { actions, store, asked } = await drafted({
      'source.try': () => ({ error: { code: 'internal', message: 'No.' } }),
    })
    await actions.save('source')
    actions.keepEditing()
    expect(store.getState().isDoubted).toBe(false)
    // What is known of the very same source is not asked again.
    await actions.save('source')
    expect(asked.filter(([name]) => name === 'source.try')).toHaveLength(1)
    expect(store.getState().isDoubted).toBe(true)
    actions.editSource({ source: { ...am, name: 'newer' } })
    expect(store.getState()).toMatchObject({ isDoubted: false, trial: null })
  })

  it('is tried first where nobody did, and saved without a word where it works', async () => {
    const { actions, asked, writes } = await drafted({})
    expect(await actions.save('source')).toBe(true)
    const names = asked.map(([name]) => name)
    expect(names.indexOf('source.try')).toBeLessThan(names.indexOf('settings.write'))
    expect(writes()).toHaveLength(1)
  })
})

describe('completeAddress', () => {
  it.each([
    ['127.0.0.1:19093', 'http://127.0.0.1:19093'],
    [' am.example/prefix ', 'http://am.example/prefix'],
    ['am.example:443', 'https://am.example:443'],
    ['[::1]:9093', 'http://[::1]:9093'],
    ['https://am', 'https://am'],
    ['user:pass@am', 'user:pass@am'],
    ['127.0.0.1:19093/#/alerts', 'http://127.0.0.1:19093'],
    ['http://am/api/v2/alerts', 'http://am'],
    ['not an address', 'not an address'],
    ['ftp://am', 'ftp://am'],
    ['http//am', 'http//am'],
    ['', ''],
  ])('%j: %s', (text, address) => {
    expect(completeAddress(text).address).toBe(address)
  })
})

describe('checkSource', () => {
  const draft = (over: Record<string, unknown>, typedSecret = '') => ({
    editing: null,
    kind,
    source: amWith(over),
    typedSecret,
    keptSecret: null,
    keepsDrill: false,
  })
  it.each([
    [{}, []],
    [{ url: 'am:9093' }, ['url']],
    [{ url: 'http://user:pass@am' }, ['url']],
    [{ name: 'prom' }, ['name']],
    [{ name: 'a b' }, ['name']],
    [{ interval: '1' }, ['interval']],
    [{ heartbeats: ['alertname='] }, ['heartbeats']],
    [{ auth: { kind: 'bearer', secret: '' } }, ['secret']],
    [{ auth: { kind: 'basic', username: '', secret: 'env:' } }, ['secret', 'username']],
    [{ tls: { ca: '', cert: 'c.pem', key: '', serverName: '' } }, ['tls', 'tls.cert']],
  ])('%j: %j', (over, fields) => {
    expect(Object.keys(checkSource(draft(over), ['prom'], [])).sort()).toEqual(fields)
  })

  it('says it in the words of the form', () => {
    const errors = (over: Record<string, unknown>) =>
      Object.values(checkSource(draft(over), [], []))
    expect(errors({ maxBodyMiB: 0 })).toEqual(['Minimum 1'])
    expect(errors({ maxBodyMiB: 5_000 })).toEqual(['Maximum 1024'])
    expect(errors({ maxBodyMiB: Number.NaN })).toEqual(['Enter a number'])
    expect(errors({ url: 'http://user:pass@am' }).join()).not.toContain('use auth')
  })

  it('takes a typed secret for a reference', () => {
    const auth = { kind: 'bearer', secret: '' }
    expect(checkSource(draft({ auth }, 'hunter2'), [], [])).toEqual({})
  })

  it('asks again for a secret that belongs to another server', () => {
    const auth = { kind: 'bearer', secret: 'keychain:am-token' }
    const uses = configuredUses({ sources: [amWith({ auth })], sourceKinds: [kind] })
    expect(uses).toEqual([{ reference: 'keychain:am-token', origin: 'http://am:9093' }])
    expect(checkSource(draft({ auth }), [], uses)).toEqual({})
    const moved = { auth, url: 'http://other:9093' }
    expect(checkSource(draft(moved), [], uses)).toEqual({
      secret: 'Enter it again for http://other:9093',
    })
    expect(checkSource(draft(moved, 'hunter2'), [], uses)).toEqual({})
    const keptSecret = { reference: 'keychain:am-token', origin: 'http://other:9093' }
    expect(checkSource({ ...draft(moved), keptSecret }, [], uses)).toEqual({})
  })

  it('leaves new variables and files to the configuration file', () => {
    const auth = { kind: 'bearer', secret: 'env:AWS_SECRET_ACCESS_KEY' }
    const tls = { ca: 'ca.pem', cert: 'c.pem', key: '/root/.ssh/id', serverName: '' }
    const words = 'Can be set in the configuration file only, for http://am:9093'
    expect(checkSource(draft({ auth, tls }), [], [])).toEqual({
      secret: words,
      'tls.cert': words,
      'tls.key': words,
    })
  })

  it('holds each header to its own place', () => {
    const headers = [
      { name: 'X-Scope-OrgID', value: 'team-a' },
      { name: 'Host', value: 'x' },
      { name: '', value: '' },
      { name: '', value: 'x' },
      { name: 'X-Key', value: 'env:KEY' },
      { name: 'x-scope-orgid', value: 'b' },
      { name: 'X-Token', value: 'hunter2' },
    ]
    const errors = checkSource(draft({ headers }), [], [])
    expect(Object.keys(errors).sort()).toEqual(
      [1, 3, 4, 5, 6].map((index) => `headers.${String(index)}`),
    )
    expect(errors['headers.4']).toContain('configuration file only')
    expect(errors['headers.6']).toMatch(/^Secrets are not written here: in the configuration file/)
    expect(JSON.stringify(errors)).not.toContain('hunter2')
    const named = [{ name: 'X-Key', value: 'env:KEY' }]
    const uses = configuredUses({ sources: [amWith({ headers: named })], sourceKinds: [kind] })
    expect(checkSource(draft({ headers: named }), [], uses)).toEqual({})
    expect(checkSource(draft({ headers: named, url: 'http://other' }), [], uses)).toEqual({
      'headers.0': 'Can be set in the configuration file only, for http://other',
    })
  })

  it('knows for which address a secret is stored', () => {
    const auth = { kind: 'bearer', secret: 'keychain:am-token' }
    const uses = configuredUses({ sources: [amWith({ auth })], sourceKinds: [kind] })
    expect(isStoredForAddress(draft({ auth }), uses)).toBe(true)
    expect(isStoredForAddress(draft({ auth, url: ' am:9093/prefix' }), uses)).toBe(true)
    expect(isStoredForAddress(draft({ auth, url: 'http://other:9093' }), uses)).toBe(false)
    expect(isStoredForAddress(draft({ auth: { kind: 'none' } }), uses)).toBe(false)
  })

  it('keeps what two kinds share when the kind changes', () => {
    const prometheus = sourceKind('prometheus')
    const changed = withKind({ kind, source: amWith({ name: 'alertmanager' }) }, prometheus)
    expect(changed).toMatchObject({ type: 'prometheus', name: 'prometheus' })
    expect(changed.fields['url']).toBe('http://am:9093')
    expect(withKind({ kind, source: am }, prometheus).name).toBe('am')
    expect(changed.fields).not.toHaveProperty('filter')
  })
})
