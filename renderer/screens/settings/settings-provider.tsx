import { useState } from 'react'
import { useRequest } from '../../components/use-request.ts'
import { useCockpit, useUi } from '../../engine/cockpit/context.ts'
import { browserStore } from '../../engine/page/local-store.ts'
import { createSettingsModel, SettingsContext } from './settings-model.ts'
import { useTextSize } from './use-text-size.ts'

/** Keeps the settings for the screens below: drafts outlive a change of screen. */
export function SettingsProvider({ children }: { readonly children: React.ReactNode }) {
  const cockpit = useCockpit()
  const [settings] = useState(() => createSettingsModel(cockpit, browserStore()))
  useTextSize(settings.appearance.store)
  const request = useUi((ui) => ui.addSourceRequest)
  const heartbeats = useUi((ui) => ui.heartbeatRequest)
  useRequest(request, settings.actions.startAdding)
  useRequest(heartbeats, ({ source, matchers }) => {
    settings.actions.offerHeartbeats(source, matchers)
  })
  return <SettingsContext value={settings}>{children}</SettingsContext>
}
