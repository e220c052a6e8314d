import './zod-without-eval.ts'
import './theme/styles.ts'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { browserPorts, engineAddress } from './engine/bridge/browser-ports.ts'
import { desktopPorts } from './engine/bridge/desktop-socket.ts'
import { nudgeOnReturn } from './engine/bridge/nudge-on-return.ts'
import { SocketClient } from './engine/bridge/socket-client.ts'
import { browserOffline } from './engine/offline/browser-offline.ts'
import { registerShell } from './engine/offline/register-shell.ts'
import { createCockpit } from './engine/cockpit/cockpit.ts'
import { followAddress } from './engine/cockpit/follow-address.ts'

const root = document.getElementById('root')
if (!root) throw new Error('The page has no place for the cockpit')
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''

const { deckwatch } = window
const ports = deckwatch ? desktopPorts(deckwatch) : browserPorts(engineAddress(location))
const client = new SocketClient(ports)
nudgeOnReturn(client)
const cockpit = createCockpit(client, ports, browserOffline(ports.newId()))
registerShell(navigator, location)
followAddress(cockpit, window)
createRoot(root).render(<App cockpit={cockpit} styleNonce={nonce} />)
