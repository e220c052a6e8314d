import { describe, expect, it } from 'vitest'
import { configurationSchema, defaultConfiguration } from '#test/fixtures/configuration.ts'
import { parseDuration } from '#shared/domain/duration/duration.ts'

const am = { type: 'alertmanager', name: 'am', url: 'http://am:9093/' }

function messages(value: unknown): string[] {
  const parsed = configurationSchema.safeParse(value)
  return parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
}

describe('parseDuration', () => {
  it.each([
    ['15s', 15_000],
    ['1h30m', 5_400_000],
    ['250ms', 250],
    ['2d', 172_800_000],
    ['1w', 604_800_000],
    [' 5m ', 300_000],
    ['5', null],
    ['', null],
    ['5 m', null],
    ['-5m', null],
    ['1y', null],
    ['9999w', null],
  ])('reads %j as %j', (text, expected) => {
    expect(parseDuration(text)).toBe(expected)
  })
})

it.each(['am', 'eu', 'default'])('takes %s for the realm of a severity rule', (realm) => {
  const severity = [{ when: 'a="b"', realm, is: 'P1' }]
  expect(messages({ sources: [{ ...am, realm: 'eu' }], severity })).toEqual([])
})

describe('configurationSchema', () => {
  it('fills in defaults and drops the slash at the end of an address', () => {
    const { sources, groupBy, flapping, growth } = configurationSchema.parse({ sources: [am] })
    expect(sources[0]).toMatchObject({
      url: 'http://am:9093',
      interval: 15_000,
      timeout: 10_000,
      heartbeats: [],
    })
    expect(groupBy).toEqual(['alertname', 'cluster', 'service'])
    expect(flapping).toEqual({ changes: 5, within: 1_800_000 })
    expect(growth).toMatchObject({ times: 2, more: 3, first: 'P0', withinMs: 300_000 })
    expect(growth?.labels).toEqual(expect.arrayContaining(['rulename', 'cluster', 'zone']))
    expect(defaultConfiguration.sources).toMatchObject([{ type: 'drill', name: 'drill', speed: 1 }])
  })

  it.each([
    ['off', null],
    [false, null],
    [{ first: 'none' }, { times: 2, more: 3, first: null, withinMs: 300_000 }],
    [
      { times: 1.5, within: '0s' },
      { times: 1.5, more: 3, first: 'P0', withinMs: 0 },
    ],
  ])('reads growth: %j', (growth, rule) => {
    const read = configurationSchema.parse({ sources: [am], growth }).growth
    expect(read).toEqual(rule && { ...rule, labels: expect.any(Array) as unknown })
  })

  it.each([
    [{ sources: [] }, 'at least one source'],
    [{ sources: [{ ...am, url: 'am:9093' }] }, 'invalid address'],
    [{ sources: [{ ...am, url: 'http://ada:pw@am:9093' }] }, 'use auth'],
    [{ sources: [{ ...am, url: 'http://am:9093?x=1' }] }, 'invalid address'],
    [{ sources: [{ ...am, interval: '15' }] }, 'not a duration'],
    [{ sources: [{ ...am, interval: '1ms' }] }, 'must be between'],
    [{ sources: [{ ...am, auth: { bearer: 'hunter2' } }] }, 'use env:NAME or file:'],
    [{ sources: [{ ...am, tls: { cert: 'a.pem' } }] }, 'belong together'],
    [{ sources: [{ ...am, heartbeats: ['{{'] }] }, 'closing "}" is missing'],
    [{ sources: [am, am] }, 'source 1 has the name "am" already'],
    [{ sources: [{ ...am, name: 'deckwatch' }] }, 'the name of Deckwatch itself'],
    [{ sources: [{ ...am, name: 'a b' }] }, 'use letters'],
    [{ sources: [{ ...am, realm: 'a b' }] }, 'use letters'],
    [{ sources: [{ ...am, realm: '' }] }, 'use letters'],
    [
      { sources: [{ ...am, realm: 'eu' }], severity: [{ when: 'a="b"', realm: 'us', is: 'P1' }] },
      'severity.0.realm: no source is called "us", and none has it as its realm',
    ],
    [{ sources: [am], grupBy: [] }, 'Unrecognized key'],
    [{ sources: [am], groupBy: ['alert name'] }, 'invalid label name'],
    [{ sources: [am], groupBy: ['\u{1f921}'] }, 'invalid label name'],
  ])('refuses %j', (value, message) => {
    expect(messages(value).join('\n')).toContain(message)
  })

  it('never repeats a secret that was written in clear', () => {
    expect(messages({ sources: [{ ...am, auth: { bearer: 'hunter2' } }] }).join()).not.toContain(
      'hunter2',
    )
    expect(messages({ sources: [{ ...am, url: 'http://ada:hunter2@am' }] }).join()).not.toContain(
      'hunter2',
    )
  })
})
