import './zod-without-eval.ts'
import './theme/styles.ts'
import { MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { OWNER_ID } from '#shared/domain/person/schema.ts'
import { App } from './app.tsx'
import { browserPorts, doorPorts } from './engine/door/browser-door.ts'
import { desktopPorts } from './engine/bridge/desktop-socket.ts'
import { nudgeOnReturn } from './engine/bridge/nudge-on-return.ts'
import type { ClientPorts } from './engine/bridge/ports.ts'
import { SocketClient } from './engine/bridge/socket-client.ts'
import { createCockpit } from './engine/cockpit/cockpit.ts'
import { followAddress } from './engine/cockpit/follow-address.ts'
import { enter, leave, type Entry } from './engine/door/enter.ts'
import { eraseForAnother, eraseKept } from './engine/door/erase.ts'
import { browserKeyStore } from './engine/door/key-store.ts'
import { addressAfter, readSignInLink, type SignInLink } from './engine/door/sign-in-link.ts'
import { browserOffline } from './engine/offline/browser-offline.ts'
import { registerShell } from './engine/offline/register-shell.ts'
import { AskBeforeSignIn, SignedOut, SigningIn } from './screens/door/door-screen.tsx'
import { mantineTheme } from './theme/mantine-theme.ts'

const place = document.getElementById('root')
if (!place) throw new Error('The page has no place for the cockpit')
const root = createRoot(place)
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''

/** Runs the cockpit of one person. */
function run(ports: ClientPorts, person: string): SocketClient {
  const client = new SocketClient(ports)
  nudgeOnReturn(client)
  const cockpit = createCockpit(client, ports, browserOffline(ports.newId(), person))
  followAddress(cockpit, window)
  root.render(<App cockpit={cockpit} styleNonce={nonce} />)
  return client
}

function showDoor(screen: ReactNode): void {
  root.render(
    <MantineProvider
      theme={mantineTheme}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
      deduplicateInlineStyles
    >
      {screen}
    </MantineProvider>,
  )
}

/** In a browser: only who is signed in gets a cockpit. */
async function runBehindDoor(): Promise<void> {
  const keys = browserKeyStore()
  const ports = { door: doorPorts(location, keys), keys, erase: eraseKept, eraseForAnother }
  const link = readSignInLink(location.hash)
  // The code must not stay in the address bar, nor in the history.
  if (link) history.replaceState(null, '', addressAfter(link))
  // A link that is opened in this very tab changes nothing but what is behind `#`.
  window.addEventListener('hashchange', () => {
    if (readSignInLink(location.hash)) location.reload()
  })
  if (link) showDoor(<SigningIn />)
  goOn(await enter(ports, link), link)

  function goOn(entry: Entry, link: SignInLink | null): void {
    if (entry.kind === 'out') {
      showDoor(<SignedOut reason={entry.reason} />)
    } else if (entry.kind === 'ask') {
      const { record } = entry
      showDoor(
        <AskBeforeSignIn
          onStay={() => {
            goOn({ kind: 'in', record }, null)
          }}
          onUse={() => {
            showDoor(<SigningIn />)
            void enter(ports, link, true).then((next) => {
              goOn(next, null)
            })
          }}
        />,
      )
    } else {
      const { person } = entry.record
      const client = run(browserPorts(location, keys, person), person)
      client.listenConnection((connection) => {
        // A browser's host has an engine always: only its door refuses.
        if (connection.phase !== 'lost' || typeof connection.refusal !== 'string') return
        void leave(ports, connection.refusal).then((isOut) => {
          // All that this page holds goes with it.
          if (isOut) location.reload()
        })
      })
    }
  }
}

registerShell(navigator, location)
if (window.deckwatch) run(desktopPorts(window.deckwatch), OWNER_ID)
else void runBehindDoor()
