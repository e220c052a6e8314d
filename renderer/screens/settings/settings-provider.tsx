import { useState } from 'react'
import { useCockpit } from '../../engine/cockpit/context.ts'
import type { LocalStore } from './settings-appearance.ts'
import { createSettingsDesk, SettingsContext } from './settings-desk.ts'
import { useTextSize } from './use-text-size.ts'

/** Keeps the settings for the screens below: drafts outlive a change of screen. */
export function SettingsProvider({ children }: { readonly children: React.ReactNode }) {
  const cockpit = useCockpit()
  const [desk] = useState(() => createSettingsDesk(cockpit, browserStorage()))
  useTextSize(desk.appearance.store)
  return <SettingsContext value={desk}>{children}</SettingsContext>
}

/** What this browser keeps for us; null where asking for it alone is forbidden. */
function browserStorage(): LocalStore | null {
  try {
    return window.localStorage
  } catch {
    return null
  }
}
