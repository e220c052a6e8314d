/** The IPC channels of the desktop host. Those that a page sends on are checked one by one. */
export const desktopChannels = {
  /** Page to host: a new connection; its number. */
  connect: 'deckwatch:connect',
  /** Page to host: a message of the contract, as JSON. */
  send: 'deckwatch:send',
  /** Page to host: lets go of the connection. */
  disconnect: 'deckwatch:disconnect',
  /** Page to host: start the engine again, which could not be started. */
  tryAgain: 'deckwatch:try-again',
  /** Host to page: the connection's number and a message of the contract, as JSON. */
  receive: 'deckwatch:receive',
  /** Host to page: the number of a connection that has ended; why, where there is no engine for it. */
  closed: 'deckwatch:closed',
} as const

/** Longest message of a page, in UTF-16 units: a note of 10,000 characters fits many times. */
export const MAX_DESKTOP_MESSAGE = 1024 * 1024

/** What a connection of the page tells. */
export interface DesktopListener {
  received(text: string): void
  /** @param why an `UnopenedJournal` where the program has no engine; to be parsed. */
  closed(why?: unknown): void
}

/**
 * All that the page in the desktop's window can reach of the program around it, as `window.deckwatch`.
 * It carries the messages of the contract and nothing else: no names of channels, no files, no Node.
 */
export interface DesktopBridge {
  /** Opens the page's one connection to the engine, in place of an earlier one. */
  connect(listener: DesktopListener): void
  send(text: string): void
  /** Lets go of the connection: its listener is not called any more. */
  disconnect(): void
  /** Has the program start its engine again where it could not; does nothing while it runs. */
  tryAgain(): void
}
