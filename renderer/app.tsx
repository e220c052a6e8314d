import { MantineProvider } from '@mantine/core'
import type { Cockpit } from './engine/cockpit/cockpit.ts'
import { ClockContext } from './components/clock.ts'
import { CockpitContext, useUi } from './engine/cockpit/context.ts'
import { mantineTheme } from './theme/mantine-theme.ts'
import { AlertsModelProvider } from './screens/alerts/alerts-model-provider.tsx'
import { Alerts } from './screens/alerts/alerts.tsx'
import { Frame } from './screens/frame/frame.tsx'
import { GuideProvider } from './screens/guide/guide-provider.tsx'
import { Handoff } from './screens/handoff/handoff.tsx'
import { HandoffProvider } from './screens/handoff/handoff-provider.tsx'
import { HistoryProvider } from './screens/incidents/history-provider.tsx'
import { Incidents } from './screens/incidents/incidents.tsx'
import { MeetingsProvider } from './screens/meetings/meetings-provider.tsx'
import { Meetings } from './screens/meetings/meetings.tsx'
import { AttentionProvider } from './screens/now/attention-provider.tsx'
import { Now } from './screens/now/now.tsx'
import { PlaybookProvider } from './screens/playbook/playbook-provider.tsx'
import { Playbook } from './screens/playbook/playbook.tsx'
import { RunbooksProvider } from './screens/runbooks/runbooks-provider.tsx'
import { Reviews } from './screens/reviews/reviews.tsx'
import { Runbooks } from './screens/runbooks/runbooks.tsx'
import { SettingsProvider } from './screens/settings/settings-provider.tsx'
import { Settings } from './screens/settings/settings.tsx'

interface AppProps {
  readonly cockpit: Cockpit
  /** What the content security policy lets injected styles through by. */
  readonly styleNonce: string
}

/** The whole page: theme and state around the screen that is shown. */
export function App({ cockpit, styleNonce }: AppProps) {
  return (
    <MantineProvider
      theme={mantineTheme}
      defaultColorScheme="auto"
      getStyleNonce={() => styleNonce}
      deduplicateInlineStyles
    >
      <CockpitContext value={cockpit}>
        <ClockContext value={cockpit}>
          <AttentionProvider>
            <AlertsModelProvider>
              <HistoryProvider>
                <SettingsProvider>
                  <PlaybookProvider>
                    <RunbooksProvider>
                      <HandoffProvider>
                        <MeetingsProvider>
                          <GuideProvider>
                            <Frame>
                              <CurrentScreen />
                            </Frame>
                          </GuideProvider>
                        </MeetingsProvider>
                      </HandoffProvider>
                    </RunbooksProvider>
                  </PlaybookProvider>
                </SettingsProvider>
              </HistoryProvider>
            </AlertsModelProvider>
          </AttentionProvider>
        </ClockContext>
      </CockpitContext>
    </MantineProvider>
  )
}

function CurrentScreen() {
  const screen = useUi((ui) => ui.screen)
  const isReviewing = useUi(({ reviews }) => reviews !== null)
  // Reviews have their place among the incidents.
  if (screen === 'incidents' && isReviewing) return <Reviews />
  switch (screen) {
    case 'now':
      return <Now />
    case 'alerts':
      return <Alerts />
    case 'incidents':
      return <Incidents />
    case 'runbooks':
      return <Runbooks />
    case 'handoff':
      return <Handoff />
    case 'playbook':
      return <Playbook />
    case 'meetings':
      return <Meetings />
    case 'settings':
      return <Settings />
  }
}
