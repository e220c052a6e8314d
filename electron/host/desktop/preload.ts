import { contextBridge, ipcRenderer } from 'electron'
import {
  desktopChannels,
  type DesktopBridge,
  type DesktopListener,
} from '#shared/contract/desktop-bridge.ts'

// The only code of ours between the page and the program. It is sandboxed: no Node, no modules, and
// the page gets these four methods, never a way to name a channel.
let current: { readonly number: number; readonly listener: DesktopListener } | null = null
let count = 0

ipcRenderer.on(desktopChannels.receive, (_event, number: unknown, text: unknown) => {
  if (current && current.number === number && typeof text === 'string') {
    current.listener.received(text)
  }
})
ipcRenderer.on(desktopChannels.closed, (_event, number: unknown, why: unknown) => {
  if (!current || current.number !== number) return
  const { listener } = current
  current = null
  listener.closed(why)
})

const bridge: DesktopBridge = {
  connect(listener) {
    count += 1
    current = { number: count, listener }
    ipcRenderer.send(desktopChannels.connect, count)
  },
  send(text) {
    ipcRenderer.send(desktopChannels.send, text)
  },
  disconnect() {
    if (current === null) return
    ipcRenderer.send(desktopChannels.disconnect, current.number)
    current = null
  },
  tryAgain() {
    ipcRenderer.send(desktopChannels.tryAgain)
  },
}

contextBridge.exposeInMainWorld('deckwatch', bridge)
