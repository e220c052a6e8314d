import type { NotificationTexts } from '#shared/domain/settings/notification-texts.ts'
import type { Severity } from '#shared/domain/severity/schema.ts'
import { SeverityMark } from '../../components/severity-mark.tsx'
import { CheckField, SelectField, TextField } from '../../components/fields/controls.tsx'
import styles from './notifications.module.css'

type Texts = NotificationTexts['P0']

interface SeverityNotificationProps {
  readonly severity: Severity
  readonly texts: Texts
  readonly repeatError: string | undefined
  readonly onChange: (texts: Texts) => void
}

const urgencies = [
  { value: 'critical', label: 'Persistent' },
  { value: 'normal', label: 'Normal' },
  { value: 'low', label: 'Low' },
] as const

const sounds = [
  { value: 'alarm', label: 'Alarm' },
  { value: 'alert', label: 'Chime' },
  { value: 'none', label: 'None' },
] as const

/** How incidents of one severity are notified. */
export function SeverityNotification({
  severity,
  texts,
  repeatError,
  onChange,
}: SeverityNotificationProps) {
  return (
    <div className={styles.severity} role="group" aria-label={severity}>
      <div>
        <SeverityMark severity={severity} tone="quiet" />
      </div>
      <div className={styles.tell}>
        <CheckField
          label="Notify me"
          checked={texts.notify}
          onChange={(notify) => onChange({ ...texts, notify })}
        />
      </div>
      <SelectField
        label="Urgency"
        value={texts.urgency}
        options={urgencies}
        onChange={(urgency) => onChange({ ...texts, urgency })}
      />
      <SelectField
        label="Sound"
        value={texts.sound}
        options={sounds}
        onChange={(sound) => onChange({ ...texts, sound })}
      />
      <TextField
        label="Repeat every"
        field={`${severity}.repeat`}
        value={texts.repeat}
        error={repeatError}
        onChange={(repeat) => onChange({ ...texts, repeat })}
      />
    </div>
  )
}
