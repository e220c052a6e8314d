import { useId } from 'react'
import { weekDays } from '#shared/domain/quiet-hours/schema.ts'
import type { QuietHoursTexts } from '#shared/domain/settings/notification-texts.ts'
import { TextButton } from '../../components/text-button.tsx'
import { TextField } from '../../components/fields/controls.tsx'
import screen from './settings.module.css'
import styles from './notifications.module.css'

interface QuietHoursFieldsProps {
  readonly hours: readonly QuietHoursTexts[]
  /** By path, such as `quietHours.0.timeZone`. */
  readonly errors: ReadonlyMap<string, string>
  readonly onChange: (hours: readonly QuietHoursTexts[]) => void
}

const dayNames: Readonly<Record<(typeof weekDays)[number], string>> = {
  mon: 'Mon',
  tue: 'Tue',
  wed: 'Wed',
  thu: 'Thu',
  fri: 'Fri',
  sat: 'Sat',
  sun: 'Sun',
}
const usual: QuietHoursTexts = { from: '22:00', to: '07:00', days: [...weekDays], timeZone: '' }
/** Says what an end that is not later than the beginning means. */
function hintOfEnd({ from, to }: QuietHoursTexts): string | undefined {
  if (to > from) return undefined
  return from === '00:00' && to === '00:00' ? 'All day' : 'Next day'
}

const zones = Intl.supportedValuesOf('timeZone')

/** The hours in which only what breaks through is notified. */
export function QuietHoursFields({ hours, errors, onChange }: QuietHoursFieldsProps) {
  const listId = useId()
  return (
    <>
      {hours.length === 0 ? (
        <p className={screen.lead}>No quiet hours</p>
      ) : (
        <datalist id={listId}>
          {zones.map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
      )}
      {hours.map((each, index) => {
        const number = String(index + 1)
        const put = (change: Partial<QuietHoursTexts>) =>
          onChange(hours.with(index, { ...each, ...change }))
        const errorOf = (field: string) => errors.get(`quietHours.${String(index)}${field}`)
        return (
          // Hours have no identity but their place.
          <div
            key={number}
            className={styles.hours}
            role="group"
            aria-label={`Quiet hours ${number}`}
          >
            <div className={screen.row}>
              <TextField
                label="From"
                type="time"
                field={`quietHours.${String(index)}.from`}
                value={each.from}
                error={errorOf('.from') ?? errorOf('')}
                onChange={(from) => put({ from })}
              />
              <TextField
                label="To"
                hint={hintOfEnd(each)}
                type="time"
                field={`quietHours.${String(index)}.to`}
                value={each.to}
                error={errorOf('.to')}
                onChange={(to) => put({ to })}
              />
              <TextField
                label="Time zone"
                hint="Empty: the computer’s"
                list={listId}
                field={`quietHours.${String(index)}.timeZone`}
                value={each.timeZone}
                error={errorOf('.timeZone')}
                onChange={(timeZone) => put({ timeZone })}
              />
            </div>
            <div
              className={styles.days}
              role="group"
              aria-label="Start days"
              data-invalid={errorOf('.days') !== undefined}
            >
              {weekDays.map((day) => {
                const isOn = each.days.includes(day)
                return (
                  <button
                    key={day}
                    type="button"
                    className={styles.day}
                    aria-pressed={isOn}
                    onClick={() =>
                      put({
                        days: weekDays.filter((other) =>
                          other === day ? !isOn : each.days.includes(other),
                        ),
                      })
                    }
                  >
                    {dayNames[day]}
                  </button>
                )
              })}
            </div>
            {errorOf('.days') === undefined ? null : <p role="alert">Select at least one day</p>}
            <div>
              <TextButton onClick={() => onChange(hours.toSpliced(index, 1))}>
                Remove quiet hours
              </TextButton>
            </div>
          </div>
        )
      })}
      <div>
        <TextButton onClick={() => onChange([...hours, usual])}>Add quiet hours</TextButton>
      </div>
    </>
  )
}
