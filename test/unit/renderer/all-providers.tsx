import type { ReactNode } from 'react'
import { AlertsModelProvider } from '#renderer/screens/alerts/alerts-model-provider.tsx'
import { GuideProvider } from '#renderer/screens/guide/guide-provider.tsx'
import { HistoryProvider } from '#renderer/screens/incidents/history-provider.tsx'
import { AttentionProvider } from '#renderer/screens/now/attention-provider.tsx'
import { RunbooksProvider } from '#renderer/screens/runbooks/runbooks-provider.tsx'
import { SettingsProvider } from '#renderer/screens/settings/settings-provider.tsx'

/** What the page holds around its screens, for a part that reaches into several of them. */
export function AllProviders({ children }: { readonly children: ReactNode }) {
  return (
    <AttentionProvider>
      <AlertsModelProvider>
        <HistoryProvider>
          <SettingsProvider>
            <RunbooksProvider>
              <GuideProvider>{children}</GuideProvider>
            </RunbooksProvider>
          </SettingsProvider>
        </HistoryProvider>
      </AlertsModelProvider>
    </AttentionProvider>
  )
}
