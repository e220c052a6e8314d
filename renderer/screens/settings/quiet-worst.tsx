import { useMemo } from 'react'
import { isActive } from '#shared/domain/alert/schema.ts'
import type { NotificationTexts } from '#shared/domain/settings/notification-texts.ts'
import { TextButton } from '../../components/text-button.tsx'
import { useMirror } from '../../engine/cockpit/context.ts'
import { plural } from '../../text/plural.ts'
import screen from './settings.module.css'

const noAlerts = new Map<string, never>()

interface QuietWorstProps {
  readonly texts: Pick<NotificationTexts, 'quietHours' | 'breaksThrough'>
  /** Lets P1 override quiet hours as well. */
  readonly onLetThrough: () => void
}

/**
 * Asks whoever calls their worst alerts P1, as Opsgenie does, or “page”: with quiet hours that only
 * P0 overrides, nothing would ever wake them.
 */
export function QuietWorst({ texts, onLetThrough }: QuietWorstProps) {
  const alerts = useMirror(({ watch }) => watch?.alerts ?? noAlerts)
  const high = useMemo(() => {
    let count = 0
    for (const alert of alerts.values()) {
      if (!isActive(alert)) continue
      if (alert.severity === 'P0') return 0
      if (alert.severity === 'P1') count += 1
    }
    return count
  }, [alerts])
  if (high === 0 || texts.breaksThrough === 'P1' || texts.quietHours.length === 0) return null
  return (
    <p className={screen.notice}>
      No current alert is P0, and {plural(high, 'alert')} {high === 1 ? 'is' : 'are'} P1. If P1 is
      the worst that you use, quiet hours hold back everything.{' '}
      <TextButton onClick={onLetThrough}>Let P1 override quiet hours</TextButton>
    </p>
  )
}
