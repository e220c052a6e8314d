import { format } from '#electron/host/node/configuration-format.ts'
import { describe, expect, it } from 'vitest'
import { editConfiguration } from '#electron/playbook/configuration/edit.ts'
import { parseConfiguration } from '#electron/playbook/configuration/parse.ts'
import type { SettingsChange } from '#shared/contract/index.ts'
import { defaultNotificationTexts } from '#shared/domain/settings/notification-texts.ts'
import { toSourceTexts, type SourceTexts } from '#shared/domain/source-kind/texts.ts'
import { parse as parseYaml } from 'yaml'
import { sourceKind, sourceTexts } from '#test/fixtures/configuration.ts'

const FILE = '/etc/deckwatch.yaml'

const text = `# The watch of the payments team.
me:   ada        # aligned by hand


sources:
  # Europe first.
  - name: am-eu   # the old one
    type: alertmanager
    url: http://am-eu:9093
    interval: 30s # gentle
    heartbeats: ['alertname="Watchdog"']
    auth: { bearer: env:AM_TOKEN }
  - type: prometheus
    name: prom
    url: "http://prom:9090"

severity:
  - { when: 'team="billing"', is: P1 } # asked for by billing
  - when: severity="page"
    is: P0
# Last words.
`

const stored = new Map([
  ['prom-2-password', 'https://prom.example:9090'],
  ['prom-token', 'http://prom:9090'],
])

function edit(change: SettingsChange, from: string | null = text) {
  return editConfiguration(from, change, FILE, format, stored)
}
function edited(change: SettingsChange, from: string | null = text): string {
  const result = edit(change, from)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}
function source(name: string, from = text): SourceTexts {
  const parsed = parseConfiguration(from, FILE, format)
  if (!parsed.ok) throw new Error('the text of this test is broken')
  const found = parsed.value.sources.find((each) => each.name === name)
  if (!found || found.type === 'drill') throw new Error(`no source ${name}`)
  return toSourceTexts(sourceKind(found.type), found)
}
const added = sourceTexts('alertmanager', { name: 'am-us', url: 'http://am-us:9093' })
/** The source with other values for some fields. */
function withFields(texts: SourceTexts, fields: SourceTexts['fields']): SourceTexts {
  return { ...texts, fields: { ...texts.fields, ...fields } }
}
/** The lines of `after` that are not in the text of this test, and those that went. */
function difference(after: string) {
  const before = text.split('\n')
  const lines = after.split('\n')
  return {
    plus: lines.filter((line) => !before.includes(line)),
    minus: before.filter((line) => !lines.includes(line)),
  }
}

describe('a change of the configuration file', () => {
  it('adds a source and leaves the rest of the file to the letter', () => {
    const after = edited({ type: 'add-source', source: added, keepsDrill: false })
    expect(difference(after)).toEqual({
      plus: ['  - type: alertmanager', '    name: am-us', '    url: http://am-us:9093'],
      minus: [],
    })
    for (const kept of [
      'me:   ada        # aligned by hand\n\n\n',
      '# Europe first.',
      '# gentle',
    ]) {
      expect(after).toContain(kept)
    }
    expect(after.endsWith('# Last words.\n')).toBe(true)
  })

  it('changes one field of a source; its comments, quotes and order stay', () => {
    const change = withFields(source('am-eu'), { interval: '5s', url: 'http://am-eu:9093/prefix' })
    const after = edited({ type: 'update-source', name: 'am-eu', source: change })
    expect(after).toContain('interval: 5s # gentle')
    expect(after).toContain('url: http://am-eu:9093/prefix')
    expect(after).toContain('# the old one')
    expect(after).toContain(`heartbeats: ['alertname="Watchdog"']`)
    expect(after).toContain('url: "http://prom:9090"')
    expect(source('am-eu', after)).toEqual(change)
  })

  it('names no variable or file that the file does not, and leads no secret elsewhere', () => {
    const of = (fields: SourceTexts['fields']) =>
      edit({ type: 'update-source', name: 'am-eu', source: withFields(source('am-eu'), fields) })
    const refused = (words: string) => ({
      ok: false,
      error: { reason: 'not-valid', message: expect.stringContaining(words), problems: [] },
    })
    expect(of({ url: 'http://am-eu:9094' })).toMatchObject(
      refused('env:AM_TOKEN for http://am-eu:9094'),
    )
    expect(of({ url: 'https://am-eu:9093' })).toMatchObject(refused('https://am-eu:9093'))
    expect(of({ url: 'http://AM-EU:9093/prefix' })).toMatchObject({ ok: true })
    const bearer = (secret: string) => ({ auth: { kind: 'bearer', secret } as const })
    expect(of(bearer('env:HOME'))).toMatchObject(refused('env:HOME'))
    expect(of(bearer('file:/etc/passwd'))).toMatchObject(refused('file:/etc/passwd'))
    expect(of(bearer('keychain:prom-token'))).toMatchObject(
      refused('was entered for http://prom:9090, not for http://am-eu:9093'),
    )
    const tls = { ca: 'ca.pem', cert: 'c.pem', key: 'k.pem', serverName: '' }
    expect(of({ tls })).toMatchObject(refused('tls.cert:c.pem'))
    expect(of({ tls: { ...tls, cert: '', key: '' } })).toMatchObject({ ok: true })
  })

  it('holds headers to the same: plain values from a form, names of secrets from the file', () => {
    const by = (headers: Record<string, string>, fields: SourceTexts['fields'] = {}, from = text) =>
      edit(
        {
          type: 'update-source',
          name: 'am-eu',
          source: withFields(source('am-eu', from), {
            headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
            ...fields,
          }),
        },
        from,
      )
    const plain = by({ 'X-Scope-OrgID': 'team-a' })
    expect(plain.ok && plain.value).toContain('    headers:\n      X-Scope-OrgID: team-a\n')
    for (const reference of ['env:HOME', 'file:/etc/passwd', 'keychain:prom-token']) {
      expect(by({ 'X-Key': reference })).toMatchObject({
        ok: false,
        error: { reason: 'not-valid', message: expect.stringContaining('http://am-eu:9093') },
      })
    }
    // A person wrote it there: it stays for that server, and goes nowhere else.
    const named = text.replace('    auth:', '    headers: { X-Key: env:KEY } # by hand\n    auth:')
    const kept = by({ 'X-Key': 'env:KEY', 'X-Scope-OrgID': 'a' }, {}, named)
    expect(kept.ok && kept.value).toContain('{ X-Key: env:KEY, X-Scope-OrgID: a } # by hand')
    const moved = { url: 'http://elsewhere:9093', auth: { kind: 'none' } } as const
    expect(by({ 'X-Key': 'env:KEY' }, moved, named)).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('env:KEY for http://elsewhere:9093') },
    })
    const without = by({}, moved, named)
    expect(without.ok && without.value).not.toContain('env:KEY')
  })

  it('gives back what it was given for every field', () => {
    const whole = sourceTexts('prometheus', {
      name: 'prom-2',
      url: 'https://prom.example:9090/prefix',
      interval: '1m30s',
      timeout: '3s',
      maxBodyMiB: 8,
      auth: { kind: 'basic', username: 'deck', secret: 'keychain:prom-2-password' },
      tls: { ca: 'ca.pem', cert: 'c.pem', key: 'k.pem', serverName: 'prom.internal' },
      heartbeats: ['alertname="Watchdog", cluster=~"eu|us"'],
      externalLabels: { cluster: 'eu', replica: 'a' },
      headers: [
        { name: 'X-Scope-OrgID', value: 'team-a|team-b' },
        { name: 'X-Team', value: '42' },
      ],
    })
    // A client certificate is named by hand.
    const from = text.replace(
      '    url: "http://prom:9090"',
      '    url: https://prom.example:9090\n    tls: { cert: c.pem, key: k.pem }',
    )
    const after = edited({ type: 'update-source', name: 'prom', source: whole }, from)
    expect(source('prom-2', after)).toEqual(whole)
    const bare = sourceTexts('prometheus', { name: 'prom', url: 'http://prom:9090' })
    const back = edited({ type: 'update-source', name: 'prom-2', source: bare }, after)
    expect(source('prom', back)).toEqual(bare)
    expect(back).not.toContain('tls')
  })

  it('removes a source, but not the last one', () => {
    const after = edited({ type: 'remove-source', name: 'am-eu' })
    expect(after).not.toContain('am-eu')
    expect(edit({ type: 'remove-source', name: 'prom' }, after)).toMatchObject({
      ok: false,
      error: { reason: 'not-valid', problems: [{ message: expect.stringContaining('at least') }] },
    })
  })

  it('moves a rule with its comment, and touches no other key', () => {
    const after = edited({
      type: 'set-severity-rules',
      rules: [
        { when: 'severity="page"', is: 'P0' },
        { when: 'team="billing"', is: 'P1' },
        { when: 'env="dev"', is: 'P3' },
      ],
    })
    expect(after.indexOf('severity="page"')).toBeLessThan(after.indexOf('# asked for by billing'))
    expect(after).toContain('env="dev"')
    expect(after.slice(0, after.indexOf('severity:'))).toBe(
      text.slice(0, text.indexOf('severity:')),
    )
  })

  it('keeps the realm of a rule that it moves', () => {
    const before = edited({
      type: 'set-severity-rules',
      rules: [
        { when: 'a="1"', realm: 'prom', is: 'P1' },
        { when: 'b="1"', is: 'P2' },
      ],
    })
    const after = edited(
      {
        type: 'set-severity-rules',
        rules: [
          { when: 'b="1"', is: 'P2' },
          { when: 'a="1"', realm: 'prom', is: 'P1' },
        ],
      },
      before,
    )
    const rules = parseYaml(after) as { severity: unknown }
    expect(rules.severity).toEqual([
      { when: 'b="1"', is: 'P2' },
      { when: 'a="1"', realm: 'prom', is: 'P1' },
    ])
    expect(
      parseYaml(edited({ type: 'map-severity-word', word: 'x', is: 'P0' }, after)),
    ).toMatchObject({ severity: [{}, { realm: 'prom' }, { is: 'P0' }] })
  })

  it('adds what a severity word means behind the rules, and says so in a file that has none', () => {
    const after = edited({ type: 'map-severity-word', word: 'Sehr "kritisch"', is: 'P0' })
    expect(after).toContain('# asked for by billing')
    const added = 'severity="Sehr \\"kritisch\\""'
    expect(after.indexOf(added)).toBeGreaterThan(after.indexOf('severity="page"'))
    const first = edited({ type: 'map-severity-word', word: 'ernst', is: 'P1' }, null)
    expect(first).toContain('severity="ernst"')
  })

  it('writes of the notifications what differs from the usual, and takes it back', () => {
    const notifications = {
      ...defaultNotificationTexts,
      P2: { ...defaultNotificationTexts.P2, notify: false, repeat: '2h' },
      quietHours: [{ from: '22:00', to: '07:00', days: [], timeZone: 'Europe/Berlin' }],
    }
    const refused = edit({ type: 'set-notifications', notifications })
    expect(refused).toMatchObject({ ok: false, error: { reason: 'not-valid' } })
    const after = edited({
      type: 'set-notifications',
      notifications: {
        ...notifications,
        quietHours: [{ ...notifications.quietHours[0]!, days: ['mon', 'fri'] }],
      },
    })
    const kept = text.replace('# Last words.\n', '')
    expect(after.slice(0, kept.length)).toBe(kept)
    expect(after.slice(kept.length)).toBe(`notifications:
  P2:
    notify: false
    repeat: 2h
  quietHours:
    - from: 22:00
      to: 07:00
      days:
        - mon
        - fri
      timeZone: Europe/Berlin
# Last words.
`)
    const back = edited(
      { type: 'set-notifications', notifications: defaultNotificationTexts },
      after,
    )
    expect(back).toBe(text)
  })

  it('sets and removes what alerts are grouped by, and the name', () => {
    const grouped = edited({ type: 'set-group-by', labels: [' service ', '', 'region'] })
    expect(parseConfiguration(grouped, FILE, format)).toMatchObject({
      value: { groupBy: ['service', 'region'] },
    })
    const usual = edited(
      { type: 'set-group-by', labels: ['alertname', 'cluster', 'service'] },
      grouped,
    )
    expect(usual).toBe(text)
    expect(edited({ type: 'set-me', me: 'grace' })).toContain('me:   grace'.replace('   ', ' '))
    expect(edited({ type: 'set-me', me: null })).not.toContain('ada')
  })

  it('changes nothing when nothing is changed', () => {
    expect(edited({ type: 'update-source', name: 'am-eu', source: source('am-eu') })).toContain(
      'interval: 30s # gentle',
    )
    expect(edited({ type: 'set-me', me: 'ada' })).toBe(text)
    expect(edited({ type: 'set-group-by', labels: ['alertname', 'cluster', 'service'] })).toBe(text)
  })
})

describe('the style of a file', () => {
  it.each([
    ['four spaces', 'sources:\n    - type: drill\n      name:   one # first\n'],
    ['lists that are not indented', 'sources:\n- type: drill\n  name:   one # first\n'],
    ['line ends of Windows', 'sources:\r\n  - type: drill\r\n    name:   one # first\r\n'],
    ['flow style', 'sources: [{type: drill, name: one}]   # first\n'],
    ['no line end at its end', 'sources:\n  - type: drill\n    name:   one # first'],
  ])('stays: %s', (_name, from) => {
    const after = edited({ type: 'add-source', source: added, keepsDrill: true }, from)
    expect(parseConfiguration(after, FILE, format)).toMatchObject({
      value: { sources: [{ name: 'one' }, { name: 'am-us' }] },
    })
    expect(after).toContain('# first')
    const firstLines = from
      .split('\n')
      .slice(0, 3)
      .filter((line) => !line.includes('[{'))
    for (const line of firstLines) expect(after).toContain(line)
    if (from.includes('\r\n')) expect(after.replaceAll('\r\n', '')).not.toContain('\n')
  })

  it('of a text over several lines survives a change elsewhere', () => {
    const from = `me: >-
  Ada
  Lovelace
sources:
  - type: drill
`
    const after = edited({ type: 'set-group-by', labels: ['service'] }, from)
    expect(after).toContain('me: >-\n  Ada\n  Lovelace\n')
  })
})

describe('the first file', () => {
  it('has the new source without the drill, or beside it when that is wanted', () => {
    expect(edited({ type: 'add-source', source: added, keepsDrill: false }, null)).toBe(
      `# Deckwatch reads this file again whenever it changes.

sources:
  - type: alertmanager
    name: am-us
    url: http://am-us:9093
`,
    )
    const both = edited({ type: 'add-source', source: added, keepsDrill: true }, null)
    expect(parseConfiguration(both, FILE, format)).toMatchObject({
      value: { sources: [{ type: 'drill' }, { name: 'am-us' }] },
    })
  })

  it('goes on with the drill when something else is set, and keeps the comments of an empty file', () => {
    const after = edited({ type: 'set-me', me: 'ada' }, '# nothing yet\n')
    expect(after).toContain('# nothing yet')
    expect(parseConfiguration(after, FILE, format)).toMatchObject({
      value: { me: 'ada', sources: [{ type: 'drill' }] },
    })
  })

  it('takes the place of the drill of a file', () => {
    const after = edited(
      { type: 'add-source', source: added, keepsDrill: false },
      'sources:\n  - type: drill # practice\n',
    )
    expect(after).not.toContain('drill')
  })
})

describe('a change that cannot be', () => {
  const me: SettingsChange = { type: 'set-me', me: 'bo' }

  it('of a broken file is refused with its mistakes and their places', () => {
    expect(edit(me, 'sorces: []\n')).toMatchObject({
      ok: false,
      error: { reason: 'broken', problems: [{ file: FILE, line: 1, column: 1 }] },
    })
  })

  it('to something that is not valid says what, and never a secret', () => {
    const refused = edit({
      type: 'add-source',
      source: withFields(added, { auth: { kind: 'bearer', secret: 'hunter2' } }),
      keepsDrill: false,
    })
    expect(refused).toMatchObject({ ok: false, error: { reason: 'not-valid' } })
    expect(JSON.stringify(refused)).not.toContain('hunter2')
    const twin = edit({ type: 'add-source', source: { ...added, name: 'prom' }, keepsDrill: false })
    expect(JSON.stringify(twin)).toContain('has the name')
  })

  it('of a source that is not there is refused', () => {
    expect(edit({ type: 'remove-source', name: 'gone' })).toMatchObject({
      ok: false,
      error: { reason: 'not-valid', message: expect.stringContaining('"gone"') },
    })
  })

  it('of what a merge key brings is made in the source alone, or left to a person', () => {
    const merged = `x-lab: &lab { type: alertmanager, interval: 5s, receiver: oncall }
sources:
  - { <<: *lab, name: eu, url: http://eu:9093 }
  - { <<: *lab, name: us, url: http://us:9093 }
`
    const faster = withFields(source('eu', merged), { interval: '1s' })
    const after = edited({ type: 'update-source', name: 'eu', source: faster }, merged)
    expect(source('eu', after).fields['interval']).toBe('1s')
    expect(source('us', after).fields['interval']).toBe('5s')
    expect(after).toContain('<<: *lab')
    const bare = withFields(source('eu', merged), { receiver: '' })
    expect(edit({ type: 'update-source', name: 'eu', source: bare }, merged)).toMatchObject({
      ok: false,
      error: { reason: 'not-editable' },
    })
  })

  it('that would reach other sources through an alias is left to a person', () => {
    const aliased = `sources:
  - &one { type: drill, name: one }
  - { type: alertmanager, name: am, url: "http://am:9093", auth: &a { bearer: env:T } }
  - { type: prometheus, name: prom, url: "http://prom:9090", auth: *a }
`
    const other = { auth: { kind: 'bearer', secret: 'keychain:prom-token' } as const }
    const own = withFields(source('prom', aliased), other)
    const after = edited({ type: 'update-source', name: 'prom', source: own }, aliased)
    expect(source('am', after).fields['auth']).toEqual({ kind: 'bearer', secret: 'env:T' })
    expect(source('prom', after)).toEqual(own)
    const shared = withFields(source('am', aliased), other)
    for (const change of [
      { type: 'update-source', name: 'am', source: shared },
      { type: 'remove-source', name: 'am' },
    ] as const) {
      expect(edit(change, aliased)).toMatchObject({ ok: false, error: { reason: 'not-editable' } })
    }
  })
})

describe('a change that is refused', () => {
  const fieldOf = (change: SettingsChange) => {
    const result = edit(change)
    return result.ok ? 'written' : (result.error.field ?? null)
  }
  const add = (fields: SourceTexts['fields'], name = added.name): SettingsChange => ({
    type: 'add-source',
    source: { ...withFields(added, fields), name },
    keepsDrill: false,
  })

  it('names the field that it is refused for', () => {
    expect(fieldOf(add({}))).toBe('written')
    expect(fieldOf(add({ url: 'no address' }))).toBe('url')
    expect(fieldOf(add({}, 'prom'))).toBe('name')
    const auth = { kind: 'bearer', secret: 'keychain:prom-token' } as const
    expect(fieldOf(add({ auth }))).toBe('auth')
    const tls = { ca: '', cert: '/c.pem', key: '/k.pem', serverName: '' }
    expect(fieldOf(add({ tls, url: 'https://am-us:9093' }))).toBe('tls.cert')
    const notifications = { ...defaultNotificationTexts, summaryFrom: 1 }
    expect(fieldOf({ type: 'set-notifications', notifications })).toBe('summaryFrom')
    expect(fieldOf({ type: 'set-group-by', labels: ['a b'] })).toBe('groupBy')
    expect(fieldOf({ type: 'remove-source', name: 'gone' })).toBeNull()
  })
})
