import './zod-without-eval.ts'
import './theme/styles.ts'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { browserPorts, engineAddress } from './bridge/browser-ports.ts'
import { desktopPorts } from './bridge/desktop-socket.ts'
import { nudgeOnReturn } from './bridge/nudge-on-return.ts'
import { SocketClient } from './bridge/socket-client.ts'
import { browserOffline } from './offline/browser-offline.ts'
import { registerShell } from './offline/register-shell.ts'
import { createCockpit } from './state/cockpit.ts'
import { followAddress } from './state/follow-address.ts'

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
