import type { DesktopBridge } from '#shared/contract/desktop-bridge.ts'
import { unopenedJournalSchema } from '#shared/contract/unopened-journal.ts'
import { pagePorts } from './browser-ports.ts'
import type { ClientPorts, Socket, SocketHandlers } from './ports.ts'

declare global {
  interface Window {
    /** There in the desktop's window only; the preload puts it there before the page runs. */
    readonly deckwatch?: DesktopBridge
  }
}

/** The page's own clocks and chance, and the way through the program around it. */
export function desktopPorts(bridge: DesktopBridge): ClientPorts {
  return {
    ...pagePorts(),
    openSocket: (handlers) => openDesktopSocket(bridge, handlers),
    startEngine: () => {
      bridge.tryAgain()
    },
  }
}

/** A socket to the engine that this very program runs. It counts as open from its first message. */
export function openDesktopSocket(bridge: DesktopBridge, handlers: SocketHandlers): Socket {
  let isOpen = false
  let isGone = false
  bridge.connect({
    received(text) {
      if (isGone) return
      if (!isOpen) {
        isOpen = true
        handlers.opened()
      }
      handlers.received(text)
    },
    closed(why) {
      if (isGone) return
      isGone = true
      handlers.closed(unopenedJournalSchema.safeParse(why).data)
    },
  })
  return {
    send(text) {
      bridge.send(text)
    },
    close() {
      if (isGone) return
      isGone = true
      bridge.disconnect()
    },
  }
}
