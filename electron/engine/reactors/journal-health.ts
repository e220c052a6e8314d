import type { Outbox } from '../outbox/outbox.ts'
import type { StatusBoard } from '../status/status-board.ts'
import type { Reactor } from './reactor.ts'

/** A journal that took something for this long, ms, works: a disk that is just full fails now and then. */
const WORKS_AFTER_MS = 60_000

/** Says that the journal cannot record, on the screen and through the channels, until it can. */
export function journalHealth(
  status: Pick<StatusBoard, 'raise' | 'clear'>,
  outbox: Pick<Outbox, 'fails' | 'worksAgain'>,
): Reactor {
  return {
    doing: 'showing whether the journal works',
    recorded() {
      status.clear('journal-full')
      status.clear('journal-failed')
      outbox.worksAgain('journal', WORKS_AFTER_MS)
    },
    refused({ code, message, hint }) {
      status.raise(code, message, hint)
      outbox.fails('journal', `${message} ${hint}`)
    },
  }
}
