import { describe, expect, it } from 'vitest'
import { notificationPolicySchema } from '#shared/domain/configuration/schema.ts'
import {
  defaultNotificationTexts,
  notificationTextsSchema,
  toNotificationsInput,
  toNotificationTexts,
} from '#shared/domain/settings/notification-texts.ts'

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
