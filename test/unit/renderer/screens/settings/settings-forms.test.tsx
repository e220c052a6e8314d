// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import type { Settings as SettingsFile } from '#shared/contract/settings.ts'
import { defaultNotificationTexts } from '#shared/domain/settings/notification-texts.ts'
import { Settings } from '#renderer/screens/settings/settings.tsx'
import { sourceKind, sourceTexts } from '#test/fixtures/configuration.ts'
import { alertWith } from '#test/fixtures/watch-entities.ts'
import { AllProviders } from '../../all-providers.tsx'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

const gone = sourceTexts('prometheus', { name: 'gone', url: 'http://127.0.0.1:9' })
const file: SettingsFile = {
  path: '/deckwatch.yaml',
  isPresent: true,
  version: 'v1',
  problems: [],
  sourceKinds: [sourceKind('alertmanager'), sourceKind('prometheus'), sourceKind('drill')],
  sources: [sourceTexts('alertmanager', { name: 'lab', url: 'http://127.0.0.1:9093' }), gone],
  severity: [],
  groupBy: ['alertname'],
  notifications: defaultNotificationTexts,
  me: null,
  places: { data: '/data', log: '/log' },
}

async function showSettings(section: string, over: Partial<SettingsFile> = {}) {
  const shown = showCockpit(
    <AllProviders>
      <Settings />
    </AllProviders>,
    stateWith({
      alerts: [
        alertWith({ key: 'a', labels: { alertname: 'Slow', service: 'search' } }),
        alertWith({ key: 'b', labels: { alertname: 'Down', service: 'search' } }),
      ],
    }),
  )
  const { screen, user, answer, asked, until } = shown
  const read = async (then: Partial<SettingsFile> = {}) => {
    await answer('settings.read', { ...file, ...over, ...then })
    await answer('secret.status', { kind: 'file', problem: null })
  }
  await read()
  await user.click(screen.getByRole('button', { name: section }))
  const button = (name: string | RegExp) => screen.getByRole('button', { name })
  const field = (name: string | RegExp) => screen.getByLabelText<HTMLInputElement>(name)
  const put = async (name: string | RegExp, text: string) => {
    await user.clear(field(name))
    await user.click(field(name))
    await user.paste(text)
  }
  const changes = () =>
    asked('settings.write').map((input) => (input as { readonly change: unknown }).change)
  /** A source is tried before it is saved: it answers as it should. */
  const passTest = async () => {
    const before = asked('settings.write').length
    await until(() => asked('source.try').length > 0)
    await answer('source.try', { isWorking: true, problem: null, findings: [] })
    await until(() => asked('settings.write').length > before)
  }
  return { ...shown, passTest, read, button, field, put, changes }
}

describe('the severities', () => {
  it('are not saved while a rule is not understood, and count what a rule takes', async () => {
    const { user, screen, button, field, put, changes } = await showSettings('Severities')
    await user.click(button('Add a rule'))
    await user.click(button('Save'))
    expect(screen.getByText(/rule 1 is invalid/)).toBeTruthy()
    expect(document.activeElement).toBe(field(/Rule 1: alerts/))
    await put(/Rule 1: alerts/, 'service=')
    expect(screen.getByText(/^Invalid condition/)).toBeTruthy()
    await put(/Rule 1: alerts/, 'service="search"')
    await user.selectOptions(field('Severity'), 'P0')
    expect(await screen.findByText('2 alerts')).toBeTruthy()
    await user.click(button('Save'))
    expect(changes()).toEqual([
      { type: 'set-severity-rules', rules: [{ when: 'service="search"', is: 'P0' }] },
    ])
  })

  it('name words that nothing maps, and map one by one click, also when the file changed meanwhile', async () => {
    const { user, screen, button, say, said, answer, asked, cockpit, read } =
      await showSettings('Severities')
    expect(screen.queryByText('Unknown severities')).toBeNull()
    const unknown = alertWith({
      key: 'c',
      labels: { alertname: 'Full', severity: 'Kri\u00adtisch' },
      decisions: ['unknown-severity severity="Kritisch"'],
    })
    await say({
      type: 'snapshot',
      state: stateWith({ seq: 9, alerts: [unknown, { ...unknown, key: 'd', status: 'resolved' }] }),
    })
    expect(
      await screen.findByText(
        /Severity “Kri⟨U\+00AD⟩tisch” is unknown and counts as P2 \(1 alert\)/,
      ),
    ).toBeTruthy()
    await user.click(button(/^P1 high: map/))
    await answer('settings.read', { ...file, version: 'v7' })
    await answer('settings.write', {
      outcome: 'refused',
      reason: 'changed-meanwhile',
      message: 'x',
      hint: 'y',
      problems: [],
    })
    await answer('settings.read', { ...file, version: 'v8' })
    await answer('settings.write', {
      outcome: 'refused',
      reason: 'not-writable',
      message: 'The file cannot be written.',
      hint: 'Change its permissions.',
      problems: [],
    })
    expect(screen.getByRole('alert').textContent).toBe(
      'Not saved: The file cannot be written. Change its permissions.',
    )
    const change = { type: 'map-severity-word', word: 'Kri\u00adtisch', is: 'P1' }
    expect(asked('settings.write')).toEqual([
      { version: 'v7', change },
      { version: 'v8', change },
    ])
    expect(cockpit.mirror.getState().watch?.alerts.size).toBe(2)
    await user.click(button(/^P0 critical: map/))
    await answer('settings.read', { ...file, version: 'v9' })
    await answer('settings.write', { outcome: 'written', version: 'v10', isInForce: true })
    const done = 'Mapped: “Kri⟨U+00AD⟩tisch” is P0. Written to the configuration file.'
    expect(said).toContainEqual({ politeness: 'polite', text: done })
    expect(screen.getByText(`✓ ${done}`)).toBeTruthy()
    await read()
  })

  it('can be put into another order', async () => {
    const { user, button, changes } = await showSettings('Severities', {
      severity: [
        { when: 'service="a"', is: 'P0' },
        { when: 'service="b"', is: 'P1' },
      ],
    })
    expect(button('Move rule 1 up').hasAttribute('disabled')).toBe(true)
    await user.click(button('Move rule 2 up'))
    await user.click(button('Remove rule 2'))
    await user.click(button('Save'))
    expect(changes()).toEqual([
      { type: 'set-severity-rules', rules: [{ when: 'service="b"', is: 'P1' }] },
    ])
  })
})

describe('the grouping', () => {
  it('is not saved with what cannot be a label, and warns of what no alert has', async () => {
    const { user, screen, button, field, put, changes, until } = await showSettings('Grouping')
    await put(/Labels/, 'alert name, \u{1f921},,')
    await user.click(button('Save'))
    expect(screen.getByText(/Not saved: Invalid label name “alert name”/)).toBeTruthy()
    expect(screen.queryByText(/would form/)).toBeNull()
    await until(() => document.activeElement === field(/Labels/))
    await put(/Labels/, 'alertnmae')
    expect(screen.getByText(/did you mean alertname/)).toBeTruthy()
    expect(await screen.findByText(/would form 1 incident/)).toBeTruthy()
    expect(changes()).toEqual([])
  })

  it('asks what should hold when the file changed meanwhile', async () => {
    const { user, screen, button, put, cockpit, say, read, changes, until, asked } =
      await showSettings('Grouping')
    await put(/Labels/, 'service')
    const { status } = cockpit.mirror.getState()
    await say({
      type: 'status',
      status: { ...status!, config: { ...status!.config, loadedAt: 5 } },
    })
    await until(() => asked('settings.read').length === 2)
    await read({ version: 'v2', groupBy: ['cluster'] })
    expect(screen.getByText('The file has changed since.')).toBeTruthy()
    expect(button('Save').getAttribute('aria-disabled')).toBe('true')
    await user.click(button('Keep mine'))
    await user.click(button('Save'))
    expect(changes()).toEqual([{ type: 'set-group-by', labels: ['service'] }])
  })
})

describe('the notifications', () => {
  it('ask whether P1 overrides quiet hours where nothing is P0', async () => {
    const { user, screen, button, say, changes } = await showSettings('Notifications')
    const alert = alertWith({ key: 'c', severity: 'P1' })
    await say({ type: 'snapshot', state: stateWith({ seq: 9, alerts: [alert] }) })
    expect(screen.queryByText(/No current alert is P0/)).toBeNull()
    await user.click(button('Add quiet hours'))
    expect(screen.getByText(/No current alert is P0, and 1 alert is P1/)).toBeTruthy()
    await user.click(button('Let P1 override quiet hours'))
    expect(screen.queryByText(/No current alert is P0/)).toBeNull()
    await user.click(button('Save'))
    expect(changes()).toMatchObject([{ notifications: { breaksThrough: 'P1' } }])
  })

  it('say what is wrong where it is wrong', async () => {
    const { user, screen, button, field, put, changes, until } = await showSettings('Notifications')
    await user.click(button('Add quiet hours'))
    await put('Time zone', 'Mars/Olympus')
    expect(screen.getByText(/unknown time zone/i)).toBeTruthy()
    await put(/one summary/, '1')
    expect(screen.getByText('Minimum 2')).toBeTruthy()
    await user.click(button('Save'))
    expect(changes()).toEqual([])
    await until(() => document.activeElement === field('Time zone'))
    await put(/one summary/, '4')
    await put('Time zone', 'Europe/Berlin')
    await user.click(button('Sun'))
    expect(field('Time zone').getAttribute('aria-invalid')).not.toBe('true')
    await user.click(button('Save'))
    const [change] = changes() as readonly {
      readonly notifications: typeof defaultNotificationTexts
    }[]
    expect(change?.notifications.summaryFrom).toBe(4)
    expect(change?.notifications.quietHours).toEqual([
      expect.objectContaining({
        timeZone: 'Europe/Berlin',
        days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
      }),
    ])
  })
})

describe('the sources', () => {
  it('are removed after a question only, and one must stay', async () => {
    const { user, screen, button, changes } = await showSettings('Sources')
    const [, remove] = screen.getAllByRole('button', { name: 'Remove…' })
    await user.click(remove!)
    await user.click(button('Cancel'))
    expect(changes()).toEqual([])
    await user.click(screen.getAllByRole('button', { name: 'Remove…' })[1]!)
    await user.click(button('Remove gone'))
    expect(changes()).toEqual([{ type: 'remove-source', name: 'gone' }])
  })

  it('keep the last one', async () => {
    const { button } = await showSettings('Sources', { sources: [gone] })
    expect(button('Remove…').getAttribute('aria-disabled')).toBe('true')
    expect(button('Remove…').title).toMatch(/Last source/)
  })

  it('are tried before they are saved, with the address written out and the first mistake found', async () => {
    const { user, screen, button, field, asked, answer, until } = await showSettings('Sources')
    await user.click(button('Add a source…'))
    expect(document.activeElement).toBe(field('Address'))
    const test = () => screen.getAllByRole('button', { name: 'Test connection' }).at(-1)!
    await user.type(field('Address'), 'local host')
    await user.click(test())
    expect(screen.getByText(/invalid address/i)).toBeTruthy()
    await until(() => document.activeElement === field('Address'))
    expect(asked('source.try')).toEqual([])
    await user.clear(field('Address'))
    await user.type(field('Address'), '127.0.0.1:9093')
    await user.click(test())
    expect(field('Address').value).toBe('http://127.0.0.1:9093')
    await until(() => asked('source.try').length === 1)
    await answer('source.try', { isWorking: true, problem: null, findings: ['1 alert'] })
    expect(screen.getByText(/Connection OK/)).toBeTruthy()
    await user.type(field('Display name'), '2')
    // What was found holds for what was tried, and for nothing else.
    expect(screen.queryByText(/Connection OK/)).toBeNull()
  })

  it('have headers of their own: plain ones here, names of secrets in the file', async () => {
    const lab = sourceTexts('alertmanager', {
      name: 'lab',
      url: 'http://127.0.0.1:9093',
      headers: [{ name: 'X-Key', value: 'env:KEY' }],
    })
    const { user, screen, button, field, put, changes, passTest } = await showSettings('Sources', {
      sources: [lab, gone],
    })
    await user.click(screen.getAllByRole('button', { name: 'Edit…' })[0]!)
    const value = (number: number) => field(`Header ${String(number)}: value`)
    expect(value(1).readOnly).toBe(true)
    expect(value(1).value).toBe('env:KEY')
    await user.click(button('Add a header'))
    await put('Header 2: name', 'Host')
    await put('Header 2: value', 'env:OTHER')
    expect(value(2).readOnly).toBe(false)
    await user.click(button('Save'))
    expect(screen.getByText(/Host cannot be set: it follows from the address/)).toBeTruthy()
    await put('Header 2: name', 'X-Scope-OrgID')
    expect(screen.getByText(/in the configuration file only/)).toBeTruthy()
    await put('Header 2: value', 'team-a')
    await user.click(button('Save'))
    await passTest()
    const sent = (headers: unknown) => ({
      type: 'update-source',
      name: 'lab',
      source: { fields: { headers } },
    })
    expect(changes()).toMatchObject([
      sent([
        { name: 'X-Key', value: 'env:KEY' },
        { name: 'X-Scope-OrgID', value: 'team-a' },
      ]),
    ])
  })

  it('give up a header whose secret the file names', async () => {
    const headers = [{ name: 'X-Key', value: 'env:KEY' }]
    const lab = sourceTexts('alertmanager', { name: 'lab', url: 'http://127.0.0.1:9093', headers })
    const { user, screen, button, changes, passTest } = await showSettings('Sources', {
      sources: [lab, gone],
    })
    await user.click(screen.getAllByRole('button', { name: 'Edit…' })[0]!)
    await user.click(button('Remove header 1'))
    await user.click(button('Save'))
    await passTest()
    expect(changes()).toMatchObject([{ source: { fields: { headers: [] } } }])
  })

  it('do not offer to keep a secret that is stored for another address', async () => {
    const auth = { kind: 'bearer', secret: 'keychain:lab-token' } as const
    const lab = sourceTexts('alertmanager', { name: 'lab', url: 'http://127.0.0.1:9093', auth })
    const { user, screen, put } = await showSettings('Sources', { sources: [lab, gone] })
    await user.click(screen.getAllByRole('button', { name: 'Edit…' })[0]!)
    expect(screen.getByText(/Leave empty to keep the stored one/)).toBeTruthy()
    await put('Address', 'http://127.0.0.1:9094')
    expect(screen.queryByText(/Leave empty to keep the stored one/)).toBeNull()
    expect(screen.getByText(/The stored one is for another address/)).toBeTruthy()
    await put('Address', 'http://127.0.0.1:9093/prefix')
    expect(screen.getByText(/Leave empty to keep the stored one/)).toBeTruthy()
  })

  it('go to the field that a save fails for, with why', async () => {
    const { user, screen, button, field, answer, until, asked } = await showSettings('Sources')
    await user.click(button('Add a source…'))
    await user.type(field('Address'), '127.0.0.1:9093')
    await user.click(button('Save and poll'))
    await until(() => asked('source.try').length === 1)
    await answer('source.try', { isWorking: true, problem: null, findings: [] })
    await until(() => asked('settings.write').length === 1)
    await answer('settings.write', {
      outcome: 'refused',
      reason: 'not-valid',
      message: 'The stored secret was entered for http://other.',
      hint: 'Enter it again for this address.',
      problems: [],
      field: 'tls.cert',
    })
    await until(() => document.activeElement === screen.queryByLabelText('Client certificate'))
    expect(field('Client certificate').getAttribute('aria-invalid')).toBe('true')
    expect(screen.getAllByText(/Enter it again for this address/)).toHaveLength(1)
    // With the next change it is about something else.
    await user.type(field('Client certificate'), 'c')
    expect(screen.queryByText(/Enter it again for this address/)).toBeNull()
  })

  it('that fail their test are saved after a question only', async () => {
    const { user, screen, button, field, asked, answer, until, changes } =
      await showSettings('Sources')
    await user.click(button('Add a source…'))
    await user.type(field('Address'), '127.0.0.1:9093')
    await user.click(button('Save and poll'))
    await until(() => asked('source.try').length === 1)
    await answer('source.try', {
      isWorking: false,
      problem: { code: 'unreachable', message: 'Connection refused.', hint: 'Start it.' },
      findings: [],
    })
    expect(changes()).toEqual([])
    // The answer that changes nothing is at hand.
    await until(() => document.activeElement === screen.queryByText('Keep editing')?.parentElement)
    await user.click(button('Keep editing'))
    expect(screen.queryByRole('button', { name: 'Save anyway' })).toBeNull()
    expect(document.activeElement).toBe(field('Address'))
    await user.click(button('Save and poll'))
    await user.click(button('Save anyway'))
    expect(changes()).toMatchObject([{ type: 'add-source' }])
  })

  it('ask about a source that failed its test, but take the focus from nobody who went on', async () => {
    const { user, screen, button, field, answer, asked, until } = await showSettings('Sources')
    await user.click(button('Add a source…'))
    await user.type(field('Address'), '127.0.0.1:9093')
    await user.click(button('Save and poll'))
    await until(() => asked('source.try').length === 1)
    button('Cancel').focus()
    await answer('source.try', {
      isWorking: false,
      problem: { code: 'unreachable', message: 'Connection refused.', hint: 'Start it.' },
      findings: [],
    })
    await until(() => screen.queryByText('Keep editing') !== null)
    expect(document.activeElement).toBe(button('Cancel'))
  })

  it('show the form anew when it is asked for again, and from elsewhere', async () => {
    const { user, screen, cockpit, button, field, until } = await showSettings('Sources')
    await user.click(button('Add a source…'))
    await user.type(field('Address'), 'half')
    await user.click(button('Grouping'))
    cockpit.actions.addSource()
    await until(() => screen.queryByLabelText('Address') === document.activeElement)
    expect(field('Address').value).toBe('http://half')
    await user.click(screen.getAllByRole('button', { name: 'Edit…' })[0]!)
    expect(screen.getByRole('heading', { name: 'Edit lab' })).toBeTruthy()
    expect(document.activeElement).toBe(field('Address'))
  })
})

describe('a broken file', () => {
  it('is changed by nobody, and what was written stays', async () => {
    const { screen, button, put, field } = await showSettings('About', {
      problems: [{ file: '/deckwatch.yaml', line: 3, column: 5, message: 'sped is not known' }],
    })
    await put('Name', 'grace')
    expect(screen.getByText('/deckwatch.yaml:3:5')).toBeTruthy()
    expect(button('Save').title).toContain('fix it first')
    expect(field('Name').value).toBe('grace')
  })
})
