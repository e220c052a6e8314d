// Signals and ends of a program that another one stands in front of.
import { closeSync, openSync } from 'node:fs'
import { constants } from 'node:os'

/** Signals that somebody sends to a program, and those that a terminal sends to all of its foreground. */
const SENT = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGUSR2']
const OF_TERMINAL = ['SIGINT', 'SIGQUIT']

/** A shell looks whether a command was ended by one of these. */
const ENDS_BY = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Hands the signals that this program is sent on to another one, and ends by none of them. In a
 * terminal, those of its keys reach the other one without us; twice would mean something else to it.
 *
 * @param {(signal: NodeJS.Signals) => void} send
 * @returns {() => void} ends that.
 */
export function passSignals(send) {
  if (process.platform === 'win32') return () => undefined
  const isInTerminal = hasTerminal()
  const handlers = SENT.map((signal) => {
    const handler = () => {
      if (!isInTerminal || !OF_TERMINAL.includes(signal)) send(signal)
    }
    process.on(signal, handler)
    return { signal, handler }
  })
  return () => {
    for (const { signal, handler } of handlers) process.off(signal, handler)
  }
}

/**
 * Ends this program as the other one ended: by its code, or by its signal.
 *
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
export function endLike(code, signal) {
  if (signal !== null && ENDS_BY.includes(signal)) {
    process.kill(process.pid, signal)
    return
  }
  process.exitCode = code ?? (signal === null ? 1 : 128 + constants.signals[signal])
}

function hasTerminal() {
  try {
    closeSync(openSync('/dev/tty', 'r'))
    return true
  } catch {
    return false
  }
}
