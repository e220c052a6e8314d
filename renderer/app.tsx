import { MantineProvider } from '@mantine/core'
import type { Cockpit } from './state/cockpit.ts'
import { CockpitContext } from './state/context.ts'
import { mantineTheme } from './theme/mantine-theme.ts'
import { Now } from './views/now/now.tsx'

interface AppProps {
  readonly cockpit: Cockpit
  /** What the content security policy lets injected styles through by. */
  readonly styleNonce: string
}

/** The whole page: theme and state around the one screen there is. */
export function App({ cockpit, styleNonce }: AppProps) {
  return (
    <MantineProvider
      theme={mantineTheme}
      defaultColorScheme="auto"
      getStyleNonce={() => styleNonce}
      deduplicateInlineStyles
    >
      <CockpitContext value={cockpit}>
        <Now />
      </CockpitContext>
    </MantineProvider>
  )
}
