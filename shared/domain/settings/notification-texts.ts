import { z } from 'zod'
import { formatDuration } from '../duration/format-duration.ts'
import { notificationPolicySchema, type NotificationPolicy } from '../configuration/schema.ts'
import { weekDays } from '../quiet-hours/schema.ts'
import { soundSchema, urgencySchema } from '../notification/schema.ts'
import { severities } from '../severity/schema.ts'
import { isSameDuration } from '../duration/duration.ts'
import type { PlainMap, PlainValue } from '../text/plain.ts'

const severityTexts = z.object({
  notify: z.boolean(),
  urgency: urgencySchema,
  sound: soundSchema,
  repeat: z.string().max(40),
})

/** Quiet hours as a form edits them; an empty zone is the machine's. */
export const quietHoursTextsSchema = z.object({
  from: z.string().max(10),
  to: z.string().max(10),
  days: z.array(z.enum(weekDays)).max(7),
  timeZone: z.string().max(100),
})
export type QuietHoursTexts = Readonly<z.infer<typeof quietHoursTextsSchema>>

/** The notification policy as a form edits it: durations are text. */
export const notificationTextsSchema = z.object({
  desktop: z.boolean(),
  P0: severityTexts,
  P1: severityTexts,
  P2: severityTexts,
  P3: severityTexts,
  quietHours: z.array(quietHoursTextsSchema).max(20),
  breaksThrough: z.enum(['P0', 'P1']),
  summaryFrom: z.number(),
})
export type NotificationTexts = Readonly<z.infer<typeof notificationTextsSchema>>

/** A policy as texts. */
export function toNotificationTexts(policy: NotificationPolicy): NotificationTexts {
  const severity = (of: (typeof severities)[number]) => ({
    ...policy[of],
    repeat: formatDuration(policy[of].repeat),
  })
  return {
    desktop: policy.desktop,
    P0: severity('P0'),
    P1: severity('P1'),
    P2: severity('P2'),
    P3: severity('P3'),
    quietHours: policy.quietHours.map(({ from, to, days, timeZone }) => ({
      from,
      to,
      days,
      timeZone: timeZone ?? '',
    })),
    breaksThrough: policy.breaksThrough,
    summaryFrom: policy.summaryFrom,
  }
}

/** What holds when the file says nothing of notifications. */
export const defaultNotificationTexts: NotificationTexts = toNotificationTexts(
  notificationPolicySchema.parse({}),
)

/** What the file says: the defaults are left out. Not checked: `notificationPolicySchema` does that. */
export function toNotificationsInput(texts: NotificationTexts): PlainMap {
  const usual = defaultNotificationTexts
  const told: Record<string, PlainValue> = {}
  if (texts.desktop !== usual.desktop) told['desktop'] = texts.desktop
  for (const each of severities) {
    const policy = severityInput(texts[each], usual[each])
    if (Object.keys(policy).length > 0) told[each] = policy
  }
  if (texts.quietHours.length > 0) told['quietHours'] = texts.quietHours.map(toHoursInput)
  if (texts.breaksThrough !== usual.breaksThrough) told['breaksThrough'] = texts.breaksThrough
  if (texts.summaryFrom !== usual.summaryFrom) told['summaryFrom'] = texts.summaryFrom
  return told
}

type SeverityTexts = NotificationTexts['P0']

function severityInput(texts: SeverityTexts, usual: SeverityTexts): PlainMap {
  return {
    ...(texts.notify === usual.notify ? {} : { notify: texts.notify }),
    ...(texts.urgency === usual.urgency ? {} : { urgency: texts.urgency }),
    ...(texts.sound === usual.sound ? {} : { sound: texts.sound }),
    ...(isSameDuration(texts.repeat, usual.repeat) ? {} : { repeat: texts.repeat.trim() }),
  }
}

function toHoursInput({ from, to, days, timeZone }: QuietHoursTexts): PlainMap {
  const inOrder = weekDays.filter((day) => days.includes(day))
  return {
    from,
    to,
    ...(inOrder.length === weekDays.length ? {} : { days: inOrder }),
    ...(timeZone.trim() === '' ? {} : { timeZone: timeZone.trim() }),
  }
}
