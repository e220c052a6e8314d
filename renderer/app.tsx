import { MantineProvider } from '@mantine/core'
import type { Cockpit } from './state/cockpit.ts'
import { CockpitContext, useUi } from './state/context.ts'
import { mantineTheme } from './theme/mantine-theme.ts'
import { AlertDeskProvider } from './views/alerts/alert-desk-provider.tsx'
import { Alerts } from './views/alerts/alerts.tsx'
import { Frame } from './views/frame/frame.tsx'
import { Now } from './views/now/now.tsx'
import { SettingsProvider } from './views/settings/settings-provider.tsx'
import { Settings } from './views/settings/settings.tsx'

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
        <AlertDeskProvider>
          <SettingsProvider>
            <Frame>
              <CurrentScreen />
            </Frame>
          </SettingsProvider>
        </AlertDeskProvider>
      </CockpitContext>
    </MantineProvider>
  )
}

function CurrentScreen() {
  const screen = useUi((ui) => ui.screen)
  switch (screen) {
    case 'now':
      return <Now />
    case 'alerts':
      return <Alerts />
    case 'settings':
      return <Settings />
  }
}
