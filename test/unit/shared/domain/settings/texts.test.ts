import { describe, expect, it } from 'vitest'
import {
  notificationPolicySchema,
  sourceConfigSchema,
} from '#shared/domain/configuration/schema.ts'
import {
  defaultNotificationTexts,
  notificationTextsSchema,
  toNotificationsInput,
  toNotificationTexts,
} from '#shared/domain/settings/notification-texts.ts'
import {
  emptySource,
  sourceTextsSchema,
  toSourceInput,
  toSourceTexts,
} from '#shared/domain/settings/source-texts.ts'

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
    },
  ])('means the same as the file: %j', (input) => {
    const config = sourceConfigSchema.parse(input)
    const texts = toSourceTexts(config)
    expect(sourceTextsSchema.parse(texts)).toEqual(texts)
    expect(sourceConfigSchema.parse(toSourceInput(texts))).toEqual(config)
  })

  it('says no default', () => {
    const texts = {
      ...emptySource('alertmanager'),
      name: 'am',
      url: 'http://am',
      interval: ' 15000ms ',
    }
    expect(toSourceInput(texts)).toEqual({ type: 'alertmanager', name: 'am', url: 'http://am' })
  })

  it('keeps a mistake for the configuration to find', () => {
    expect(toSourceInput({ ...emptySource('prometheus'), interval: 'soon' })).toMatchObject({
      interval: 'soon',
      url: '',
    })
  })
})

describe('a notification policy as texts', () => {
  it('means the same as the file', () => {
    const policy = notificationPolicySchema.parse({
      desktop: false,
      P2: { notify: false, sound: 'none', urgency: 'low', repeat: '90m' },
      quietHours: [
        { from: '22:00', to: '07:00' },
        { from: '12:00', to: '13:00', days: ['sat', 'sun'], timeZone: 'Europe/Berlin' },
      ],
      breaksThrough: 'P1',
      summaryFrom: 9,
    })
    const texts = toNotificationTexts(policy)
    expect(notificationTextsSchema.parse(texts)).toEqual(texts)
    expect(notificationPolicySchema.parse(toNotificationsInput(texts))).toEqual(policy)
  })

  it('says nothing of what is usual', () => {
    expect(toNotificationsInput(defaultNotificationTexts)).toEqual({})
  })
})
