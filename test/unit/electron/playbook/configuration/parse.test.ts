import { format } from '#electron/host/node/configuration-format.ts'
import { describe, expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import { parseConfiguration } from '#electron/playbook/configuration/parse.ts'

/** The problems of a text as `line:column message`, the way a terminal shows them. */
function problems(text: string): readonly string[] {
  const parsed = parseConfiguration(text, 'deckwatch.yaml', format)
  if (parsed.ok) return []
  expect(parsed.error.every(({ file }) => file === 'deckwatch.yaml')).toBe(true)
  return parsed.error.map(({ line, column, message }) => `${line}:${column} ${message}`)
}

const source = (...lines: readonly string[]) =>
  ['sources:', '  - type: alertmanager', '    name: eu', '    url: http://eu:9093', ...lines].join(
    '\n',
  )

/** What it computed, and the processor time of that: another program's load does not count. */
function measured<Value>(work: () => Value): { readonly result: Value; readonly cpu: number } {
  const before = process.cpuUsage()
  const result = work()
  return { result, cpu: process.cpuUsage(before).user }
}

const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`

/** Nine lists of nine aliases each: 9^9 values from 600 bytes. */
const bomb = ['a: &a ["x","x","x","x","x","x","x","x","x"]']
  .concat(
    Array.from('bcdefghij').map((name, index) => {
      const before = 'abcdefghi'[index] ?? ''
      return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(',')}]`
    }),
  )
  .join('\n')

/** Two sources that share what stands in an extension at the top. */
const merged = `x-lab: &lab
  type: alertmanager
  interval: 5s
x-hosts: &hosts { url: http://eu:9093 }
sources:
  - <<: [*lab, *hosts]
    name: eu
  - { <<: *lab, name: us, url: http://us:9093, interval: 7s }
`

describe('merge keys', () => {
  it('take over what other maps say; the own value wins', () => {
    const parsed = parseConfiguration(merged, 'deckwatch.yaml', format)
    expect(parsed.ok && parsed.value.sources).toMatchObject([
      { name: 'eu', url: 'http://eu:9093', interval: 5_000 },
      { name: 'us', url: 'http://us:9093', interval: 7_000 },
    ])
  })

  it('are told of where the value is written, and where they take no map', () => {
    expect(problems(merged.replace('5s', '5 sheep'))).toEqual([expect.stringMatching(/^3:13 /)])
    const wrong = ['3', '[*lab, 3]', '*list'].map((value) =>
      problems(
        merged.replace('[*lab, *hosts]', value).replace('sources', 'x-l: &list []\nsources'),
      ),
    )
    for (const found of wrong) {
      expect(found).toContain(
        '7:5 the merge key << takes an alias (*name) of a map, or a list of them',
      )
    }
  })
})

describe('a good configuration', () => {
  it('is read whole, with durations in ms and matchers parsed', () => {
    const parsed = parseConfiguration(
      [
        '# Everything that can be said.',
        'me: Ada',
        'sources:',
        '  - type: alertmanager',
        '    name: eu',
        '    url: https://eu.example.org/alerts/',
        '    interval: 5s',
        '    auth: { basic: { username: deck, password: env:EU_PASSWORD } }',
        '    tls: { ca: /etc/ca.pem, cert: /etc/me.pem, key: /etc/me.key }',
        `    heartbeats: ['alertname="Watchdog"']`,
        '    filter: [team="payments"]',
        '  - type: prometheus',
        '    name: prom',
        '    url: http://prom:9090',
        '    auth: { bearer: file:/run/secrets/prom }',
        '    externalLabels: { cluster: eu }',
        '  - type: drill',
        'severity:',
        '  - when: severity="page"',
        '    is: P0',
        'groupBy: [alertname]',
        'flapping: { changes: 4, within: 10m }',
        'closeAfter: 1h30m',
      ].join('\n'),
      'deckwatch.yaml',
      format,
    )
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
    const { sources, severity, flapping, closeAfter } = parsed.value
    expect(sources.map(({ name }) => name)).toEqual(['eu', 'prom', 'drill'])
    expect(sources[0]).toMatchObject({ interval: 5_000, url: 'https://eu.example.org/alerts' })
    expect(sources[0]).toMatchObject({ auth: { basic: { password: 'env:EU_PASSWORD' } } })
    expect(severity[0]?.when.matchers).toEqual([{ name: 'severity', operator: '=', value: 'page' }])
    expect(flapping.within).toBe(600_000)
    expect(closeAfter).toBe(5_400_000)
  })

  it('may say a thing once and refer to it', () => {
    const text = source(
      '    auth: &login { bearer: env:TOKEN }',
      '  - type: alertmanager',
      '    name: us',
      '    url: http://us:9093',
      '    auth: *login',
    )
    const parsed = parseConfiguration(text, 'deckwatch.yaml', format)
    expect(parsed.ok && parsed.value.sources[1]).toMatchObject({ auth: { bearer: 'env:TOKEN' } })
  })
})

describe('a misspelt key', () => {
  it.each([
    ['sorces: []', '1:1 "sorces" is not a key that is known here; did you mean "sources"?'],
    [
      source('    inteval: 5s'),
      '5:5 sources[0]: "inteval" is not a key that is known here; did you mean "interval"?',
    ],
    [
      source('group_by: [alertname]'),
      '5:1 "group_by" is not a key that is known here; did you mean "groupBy"?',
    ],
    [
      source('    tls: { serverNam: x }'),
      '5:12 sources[0].tls: "serverNam" is not a key that is known here; did you mean "serverName"?',
    ],
    [
      source('    auth: { basik: { username: u, password: env:P } }'),
      '5:13 sources[0].auth: "basik" is not a key that is known here; did you mean "basic"?',
    ],
    [
      source('flapping: { change: 4 }'),
      '5:13 flapping: "change" is not a key that is known here; did you mean "changes"?',
    ],
    [
      source('growth: { time: 3 }'),
      '5:11 growth: "time" is not a key that is known here; did you mean "times"?',
    ],
    [
      'sources: [{ type: drill, sede: 2 }]',
      '1:26 sources[0]: "sede" is not a key that is known here; did you mean "seed"?',
    ],
  ])('of %j is named with the one that was meant', (text, expected) => {
    expect(problems(text)).toEqual([expected])
  })

  it('that resembles none gets the list of those that exist, of this kind of source only', () => {
    expect(problems('sources: [{ type: drill, receiver: x }]')).toEqual([
      '1:26 sources[0]: "receiver" is not a key that is known here; the keys here are type, name, seed, speed, interval',
    ])
  })
})

describe('a wrong value', () => {
  it.each([
    [
      'sources:\n  - type: alertmanger\n    name: a',
      '2:11 sources[0].type: "alertmanger" is not known; did you mean "alertmanager"? it is one of alertmanager, prometheus, drill',
    ],
    [
      'sources:\n  - name: a',
      '2:5 sources[0]: "type" is missing: one of alertmanager, prometheus, drill',
    ],
    ['sources:\n  - type: prometheus\n    name: a', '2:5 sources[0]: "url" is missing'],
    ['sources: []', '1:10 sources: name at least one source'],
    ['sources:', '1:1 sources: has no value'],
    ['sources: drill', '1:10 sources: expected a list (lines that start with "- "), found text'],
    ['- type: drill', '1:1 expected keys with values, found a list'],
    ['me: Ada', '1:1 "sources" is missing'],
    [
      source('growth: of'),
      '5:9 growth: write off, or the keys of the rule, as in { times: 2, more: 3 }',
    ],
    [source('growth:'), '5:1 growth: has no value'],
    [source('growth: { times: 0 }'), '5:18 growth.times: must be at least 1'],
    [
      source('growth:\n  first: PO\n'),
      '6:10 growth.first: "PO" is not known; it is one of P0, P1, P2, P3, none',
    ],
    [
      source('growth: { within: 5 }'),
      '5:19 growth.within: expected text, found a number; a duration has a unit, as in 15s',
    ],
    [
      source('growth: { labels: ["a, b"] }'),
      '5:20 growth.labels[0]: invalid label name: write one name each, such as alertname',
    ],
    [
      source('    interval: 15'),
      '5:15 sources[0].interval: expected text, found a number; a duration has a unit, as in 15s',
    ],
    [
      source('    interval: soon'),
      '5:15 sources[0].interval: "soon" is not a duration; write it as 15s, 5m or 1h30m',
    ],
    [source('    maxBodyMiB: 0'), '5:17 sources[0].maxBodyMiB: must be at least 1'],
    [source('    maxBodyMiB: 5000'), '5:17 sources[0].maxBodyMiB: must be at most 1024'],
    [source('    receiver: ""'), '5:15 sources[0].receiver: must not be empty'],
    [source('    receiver:'), '5:5 sources[0].receiver: has no value'],
    [
      'sources: [{ type: drill, seed: 1.5 }]',
      '1:32 sources[0].seed: expected a whole number, found a number',
    ],
    [source('    tls: { cert: x.pem }'), '5:10 sources[0].tls: cert and key belong together'],
    [
      source('severity:', '  - when: severity="page"', '    is: P9'),
      '7:9 severity[0].is: "P9" is not known; it is one of P0, P1, P2, P3',
    ],
    [
      source('severity:', '  - when: critical', '    is: P0'),
      '6:11 severity[0].when: expected a condition such as severity="critical", found "critical"',
    ],
    [
      source(`    heartbeats: ['a=~"("']`),
      '5:18 sources[0].heartbeats[0]: not a valid regular expression: missing closing ): `(`',
    ],
    [
      source('  - type: prometheus', '    name: eu', '    url: http://prom:9090'),
      '6:11 sources[1].name: source 1 has the name "eu" already',
    ],
    [
      source('people:', '  - { id: Ada, name: Ada }'),
      '6:11 people[0].id: an id has small letters, digits, dots, dashes and underscores, at most 64, and starts with a letter or a digit',
    ],
    [
      source('people:', '  - { id: ada, nmae: Ada }'),
      '6:16 people[0]: "nmae" is not a key that is known here; did you mean "name"?',
    ],
    [
      source('people: [{ id: ada, name: A }, { id: ada, name: B }]'),
      '5:38 people[1].id: "ada" is the id of another person already',
    ],
    [
      source('people: [{ id: ada, name: A }, { id: bo, name: a }]'),
      '5:48 people[1].name: "a" is ada already: give everybody a name of their own',
    ],
    [
      source('me: adda', 'people: [{ id: ada, name: Ada L }]'),
      '5:5 me: "adda" is none of the people: add them, or name one of them by their id; did you mean "ada"?',
    ],
    [
      source('me: ada', 'people: [{ id: ada, name: A }, { id: me, name: B }]'),
      '6:38 people[1].id: the id "me" is the owner\'s, who is ada here: choose another one',
    ],
  ])('in %j is told where it stands', (text, expected) => {
    expect(problems(text)).toEqual([expected])
  })

  it('is told for each of several, in the order of the file', () => {
    const told = problems(source('    interval: soon', 'grupBy: [a]', 'closeAfter: 1y'))
    expect(told.map((each) => each.split(' ')[0])).toEqual(['5:15', '6:1', '7:13'])
  })

  it('behind an alias is told where it is written', () => {
    const text = source(
      '    tls: &t { cert: x.pem }',
      '  - { type: prometheus, name: p, url: http://p:1, tls: *t }',
    )
    expect(problems(text)).toEqual([
      '5:13 sources[0].tls: cert and key belong together',
      '6:56 sources[1].tls: cert and key belong together',
    ])
  })
})

describe('what is not YAML as it is understood here', () => {
  it.each([
    ['', /^1:1 the file is empty\. Start with: sources: \[\{/],
    ['\n# later\n', /^1:1 the file is empty/],
    ['---\n', /^1:1 the file is empty/],
    ['sources:\n\t- type: drill', /^2:1 YAML is indented with spaces: replace the tab$/],
    ['sources:\n  - type: drill\n    name: a\n   seed: 1', /^4:\d+ .*the indentation is off$/],
    ['sources: [{ type: drill }', /^1:\d+ .*a bracket is not closed$/],
    ['me: "Ada', /^\d+:\d+ a quote, a bracket, a comma or a colon is missing/],
    ['me: @ada', /^1:5 a text cannot start with this character: put it in quotes$/],
    ['me: *ada', /^1:5 this alias \(\*name\) has no anchor/],
    ['me: a: b', /^1:\d+ a text with ": " in it belongs in quotes/],
    ['me: Ada\nme: Bo', /^2:1 "me" is written twice: first in line 1$/],
    ['a: 1\n---\nb: 2', /^\d+:1 one file holds one configuration/],
    ['sources: &all [*all]', /^1:\d+ .*expected keys with values, found a list$/],
    ['me: !ada x', /^1:\d+ tags \(!name\) are not supported/],
    ['me: !!binary aGVsbG8=', /^1:\d+ tags \(!name\) are not supported/],
    ['? [a]\n: 1', /^1:3 keys are plain texts$/],
  ])('%j is refused in words', (text, expected) => {
    const told = problems(text)
    expect(told[0]).toMatch(expected)
    expect(told.every((each) => !each.includes('undefined'))).toBe(true)
  })

  it('that unfolds into a bomb is refused before it unfolds', () => {
    expect(problems(`sources: []\n${bomb}`)).toEqual([
      '1:1 the aliases (*name) unfold into far too many values: write them out',
    ])
  })

  it('that is nested far too deep is refused', () => {
    // Where it gives up depends on how much of the stack is in use.
    expect(problems(`me: ${deep(20_000)}`)).toEqual([
      expect.stringMatching(/^1:\d+ the file is nested far too deep$/),
    ])
  })

  it('that has thousands of unknown keys costs little more than reading it, and tells fifty', () => {
    const text = Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`).join('\n')
    const read = measured(() => parseDocument(text, { uniqueKeys: false }))
    const told = measured(() => problems(text))
    expect(told.result).toHaveLength(50)
    // Looking each key up in the document, or comparing each with each other, costs a hundred times.
    expect(told.cpu / read.cpu).toBeLessThan(10)
  })
})

describe('a secret', () => {
  const secret = 'hunter2-s3cr3t'

  it.each([
    [
      `    auth: { bearer: ${secret} }`,
      '5:21 sources[0].auth.bearer: secrets are not written here: use env:NAME or file:/path/to/secret, or keychain:NAME',
    ],
    [
      `    auth: { basic: { username: deck, password: ${secret} } }`,
      '5:48 sources[0].auth.basic.password: secrets are not written here: use env:NAME or file:/path/to/secret, or keychain:NAME',
    ],
    [`    auth: ${secret}`, '5:11 sources[0].auth: expected'],
    [`    auth: { ${secret} }`, '5:13 sources[0].auth: this is not a key that is known here'],
    [
      `    auth: { bearer: [${secret}] }`,
      '5:21 sources[0].auth.bearer: expected text, found a list',
    ],
    [`    auth: { bearer: *${secret} }`, '5:21 this alias'],
    [`    auth: { bearer: !${secret} }`, '5:21 tags (!name)'],
    [`    auth: { bearer: @${secret} }`, '5:21 a text cannot start with this character'],
    [`    auth: { bearer: "${secret}`, 'a quote, a bracket, a comma or a colon is missing'],
    [`    auth: { bearer: "\\q${secret}" }`, 'this escape is not known'],
    [`    auth:\n      bearer: x\n       ${secret}: y`, ''],
  ])('in clear is refused and not repeated: %s', (line, expected) => {
    const told = problems(source(line)).join('\n')
    expect(told).toContain(expected)
    expect(told).not.toBe('')
    expect(told).not.toContain(secret)
    expect(told).not.toContain('s3cr3t')
  })

  it.each([
    [
      `    headers: { X-Api-Key: ${secret} }`,
      '5:27 sources[0].headers: secrets are not written here',
    ],
    [`    headers: { X-Login: Bearer ${secret} }`, '5:25 sources[0].headers: secrets are not'],
    [`    headers: { ${secret} }`, '5:16 sources[0].headers: has no value'],
    [`    headers: { X Login ${secret}: a }`, 'sources[0].headers: invalid header name'],
    [
      `    headers: { X-Login: env:${secret} }`,
      '5:25 sources[0].headers: a value that begins with',
    ],
    [
      `    headers: { X-Login: [${secret}] }`,
      '5:25 sources[0].headers: expected text, found a list',
    ],
    [`    headers: ${secret}`, '5:14 sources[0].headers: expected keys with values, found text'],
  ])('in a header is refused and not repeated: %s', (line, expected) => {
    const told = problems(source(line)).join('\n')
    expect(told).toContain(expected)
    expect(told).not.toContain(secret)
  })

  it.each([
    [
      `http://deck:${secret}@eu:9093`,
      'user names and passwords do not belong in the address: use auth',
    ],
    [`http://eu:9093/?token=${secret}`, 'invalid address: write it as http://host:port/prefix'],
    [`ftp://deck:${secret}@eu`, 'invalid address: write it as http://host:port/prefix'],
    [`deck:${secret}@eu:9093`, 'invalid address'],
  ])('in an address is refused and not repeated: %s', (url, expected) => {
    const told = problems(`sources:\n  - { type: prometheus, name: p, url: "${url}" }`).join('\n')
    expect(told).toContain(`2:39 sources[0].url: ${expected}`)
    expect(told).not.toContain(secret)
  })
})
