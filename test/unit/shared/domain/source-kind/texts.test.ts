import { describe, expect, it } from 'vitest'
import { vendors } from '#electron/vendors/registry.ts'
import { sourceKindSchema } from '#shared/domain/source-kind/field.ts'
import {
  sourceTextsSchema,
  textsOf,
  toSourceInput,
  toSourceTexts,
} from '#shared/domain/source-kind/texts.ts'
import { sourceConfigSchema, sourceKind, sourceTexts } from '#test/fixtures/configuration.ts'

describe('a source as texts', () => {
  it.each([
    { type: 'drill' },
    { type: 'drill', name: 'practice', seed: 9, speed: 2, interval: '500ms' },
    { type: 'alertmanager', name: 'am', url: 'http://am:9093' },
    {
      type: 'alertmanager',
      name: 'am',
      url: 'https://am:9093/prefix',
      interval: '1m',
      timeout: '2s',
      maxBodyMiB: 2,
      auth: { basic: { username: 'me', password: 'env:AM' } },
      tls: { ca: 'ca.pem', cert: 'c.pem', key: 'k.pem', serverName: 'am' },
      heartbeats: ['alertname="Watchdog"'],
      filter: ['team="a", env=~"x|y"'],
      receiver: 'oncall.*',
    },
    {
      type: 'prometheus',
      name: 'prom',
      url: 'http://prom:9090',
      auth: { bearer: 'keychain:prom-token' },
      externalLabels: { cluster: 'eu' },
      headers: { 'X-Scope-OrgID': 'team-a', 'X-Key': 'env:KEY', 2: 'two' },
    },
  ])('means the same as the file: %j', (input) => {
    const kind = sourceKind(input.type)
    const config = sourceConfigSchema.parse(input)
    const texts = toSourceTexts(kind, config)
    expect(sourceTextsSchema.parse(texts)).toEqual(texts)
    expect(sourceConfigSchema.parse(toSourceInput(kind, texts))).toEqual(config)
  })

  it('says no standard value', () => {
    const texts = sourceTexts('alertmanager', {
      name: 'am',
      url: 'http://am',
      interval: ' 15000ms ',
    })
    expect(toSourceInput(sourceKind('alertmanager'), texts)).toEqual({
      type: 'alertmanager',
      name: 'am',
      url: 'http://am',
    })
  })

  it('keeps a mistake for the configuration to find', () => {
    const texts = sourceTexts('prometheus', { interval: 'soon' })
    expect(toSourceInput(sourceKind('prometheus'), texts)).toMatchObject({
      interval: 'soon',
      url: '',
    })
  })

  it('leaves out headers that nothing was typed for, and trims the others', () => {
    const headers = [
      { name: ' X-Team ', value: ' a ' },
      { name: '', value: ' ' },
      { name: 'X-Half', value: '' },
    ]
    const input = toSourceInput(sourceKind('prometheus'), sourceTexts('prometheus', { headers }))
    expect(input['headers']).toEqual({ 'X-Team': 'a', 'X-Half': '' })
    const none = sourceTexts('prometheus', { headers: [{ name: '', value: '' }] })
    expect(toSourceInput(sourceKind('prometheus'), none)).not.toHaveProperty('headers')
  })

  it('has the empty value for a field that is missing or of another kind', () => {
    const { fields } = sourceKind('alertmanager')
    const hostile = { type: 'alertmanager', name: 'am', fields: { filter: 'no list', url: [] } }
    const texts = sourceTextsSchema.parse(hostile)
    const filter = fields['filter']
    const url = fields['url']
    if (filter?.kind !== 'matchers' || url?.kind !== 'address') throw new Error('other kinds')
    expect(textsOf(texts, 'filter', filter)).toEqual([])
    expect(textsOf(texts, 'url', url)).toBe('')
  })
})

describe('the kinds of sources', () => {
  it('are plain data that crosses the bridge as it is', () => {
    for (const { kind } of vendors) {
      expect(sourceKindSchema.parse(JSON.parse(JSON.stringify(kind)))).toEqual(kind)
    }
  })

  it('have types of their own, and standard values that their own schema takes', () => {
    const types = vendors.map(({ kind }) => kind.type)
    expect(new Set(types).size).toBe(types.length)
    for (const { kind } of vendors) {
      const needed = Object.entries(kind.fields).filter(([, field]) => field.kind === 'address')
      const addresses = Object.fromEntries(needed.map(([key]) => [key, 'http://localhost:1']))
      expect(
        sourceConfigSchema.safeParse({ type: kind.type, name: 'any', ...addresses }).success,
      ).toBe(true)
    }
  })
})
