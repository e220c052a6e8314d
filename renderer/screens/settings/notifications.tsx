import { notificationPolicySchema } from '#shared/domain/configuration/schema.ts'
import { severities } from '#shared/domain/severity/schema.ts'
import {
  defaultNotificationTexts,
  toNotificationsInput,
  type NotificationTexts,
} from '#shared/domain/settings/notification-texts.ts'
import { useSettings, useSettingsModel } from './settings-model.ts'
import { fieldMessage } from './settings-words.ts'
import { CheckField, ChoiceField, TextField } from '../../components/fields/controls.tsx'
import { QuietHoursFields } from './quiet-hours.tsx'
import { QuietWorst } from './quiet-worst.tsx'
import { SaveBar } from './save-bar.tsx'
import { SeverityNotification } from './severity-notification.tsx'
import { TestNotification } from './test-notification.tsx'
import screen from './settings.module.css'

/** When and how a person is notified. */
export function Notifications() {
  const { actions } = useSettingsModel()
  const texts = useSettings(
    ({ drafts, file }) =>
      drafts.notifications?.value ?? file?.notifications ?? defaultNotificationTexts,
  )
  const errors = checkNotifications(texts)
  const put = (change: Partial<NotificationTexts>) =>
    actions.edit('notifications', { ...texts, ...change })
  return (
    <>
      <p className={screen.lead}>
        The cockpit always shows everything. These settings control notifications.
      </p>
      <section className={screen.panel} aria-labelledby="on-this-desktop">
        <h3 id="on-this-desktop" className={screen.heading}>
          Desktop
        </h3>
        <CheckField
          label="Notify on the desktop of the computer that runs Deckwatch"
          checked={texts.desktop}
          onChange={(desktop) => put({ desktop })}
        />
        <TestNotification />
      </section>
      <section className={screen.panel} aria-labelledby="by-severity">
        <h3 id="by-severity" className={screen.heading}>
          By severity
        </h3>
        {severities.map((severity) => (
          <SeverityNotification
            key={severity}
            severity={severity}
            texts={texts[severity]}
            repeatError={errors.get(`${severity}.repeat`)}
            onChange={(next) => put({ [severity]: next })}
          />
        ))}
      </section>
      <section className={screen.panel} aria-labelledby="quiet-hours">
        <h3 id="quiet-hours" className={screen.heading}>
          Quiet hours
        </h3>
        <QuietHoursFields
          hours={texts.quietHours}
          errors={errors}
          onChange={(quietHours) => put({ quietHours: [...quietHours] })}
        />
        <ChoiceField
          legend="Overrides quiet hours and do not disturb"
          value={texts.breaksThrough}
          options={[
            { value: 'P0', label: 'P0 critical' },
            { value: 'P1', label: 'P0 critical and P1 high' },
          ]}
          onChange={(breaksThrough) => put({ breaksThrough })}
        />
        <QuietWorst texts={texts} onLetThrough={() => put({ breaksThrough: 'P1' })} />
      </section>
      <section className={screen.panel} aria-labelledby="storms">
        <h3 id="storms" className={screen.heading}>
          {' '}
          Alert storms{' '}
        </h3>
        <TextField
          label="Send one summary from this many incidents at once"
          type="number"
          field="summaryFrom"
          value={String(texts.summaryFrom)}
          error={errors.get('summaryFrom')}
          onChange={(text) => put({ summaryFrom: Number(text) })}
        />
      </section>
      <div className={screen.foot}>
        <SaveBar part="notifications" check={() => [...errors.values()][0] ?? null} />
      </div>
    </>
  )
}

/** What the configuration would refuse, by the path of the field. */
function checkNotifications(texts: NotificationTexts): ReadonlyMap<string, string> {
  const parsed = notificationPolicySchema.safeParse(toNotificationsInput(texts))
  return new Map(
    (parsed.error?.issues ?? []).map((issue) => [
      issue.path.map(String).join('.'),
      fieldMessage(issue),
    ]),
  )
}
