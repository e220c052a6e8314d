import { parentPort, workerData } from 'node:worker_threads'
import type { MeetingAgenda, ShiftDraft } from '#electron/engine/ports/readings.ts'
import { readAgenda } from './read-agenda.ts'
import { draftShift, readDocument, readEvents } from './shift-draft.ts'
import { threadDataSchema, toThreadSchema, type FromThread, type ToThread } from './messages.ts'
import { TooSlow } from './query.ts'
import { createReader } from './reader.ts'

/**
 * The thread that reads the journal and answers what history is asked. It takes turns: a batch of
 * events, then the queries that wait; what is cancelled in between is not answered.
 */
type Query = Extract<ToThread, { readonly id: number }>
/** What is answered in one go; a draft is not. */
type Question = Exclude<Query, { readonly type: 'agenda' | 'cancel' | 'draft' }>

/** A query may take this long, ms; the engine gives up a little later. */
const QUERY_LIMIT_MS = 5_000
/** After so many events memory is given back, when they have been read most likely. */
const TIDY_AFTER_EVENTS = 5_000
/** So much later, ms. */
const TIDY_AFTER_MS = 5_000
/** What the disk refused is tried again after this, ms, also when nothing is recorded. */
const RETRY_MS = 10_000

const port = parentPort
if (!port) throw new Error('This file is the program of a thread')
const send = (message: FromThread) => port.postMessage(message)

const reader = createReader(threadDataSchema.parse(workerData), (level, message, fields) => {
  send({ type: 'log', level, message, fields })
})
/**
 * What is being made, each a piece a turn: it takes long, and can be cancelled between. What it ends
 * with is the answer.
 */
const works = new Map<number, Generator<undefined, FromThread>>()
let waiting: Question[] = []
let turn: NodeJS.Immediate | null = null
const retry = setInterval(takeTurn, RETRY_MS)

let tidiedAt = 0
let tidying: NodeJS.Timeout | null = null

function takeTurn(): void {
  turn ??= setImmediate(() => {
    turn = null
    const hasMore = reader.readOn()
    const queries = waiting
    waiting = []
    for (const query of queries) answer(query)
    for (const [id, work] of works) workOn(id, work)
    if (hasMore || works.size > 0) takeTurn()
    tidyLater()
  })
}

/**
 * A storm, or a journal that is read anew, leaves 30 MiB of garbage that an idle thread would keep for
 * ever. `gc` is there as the hosts start Node with `--expose-gc`.
 */
function tidyLater(): void {
  if (tidying || reader.position() - tidiedAt < TIDY_AFTER_EVENTS) return
  tidying = setTimeout(() => {
    tidying = null
    tidiedAt = reader.position()
    // Another flavor collects and keeps the room.
    globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  }, TIDY_AFTER_MS)
}

/** Makes an agenda or a draft, and says it in a message. */
function* inPieces<Made>(
  making: Generator<undefined, Made>,
  messageOf: (made: Made) => FromThread,
): Generator<undefined, FromThread> {
  return messageOf(yield* making)
}

const agendaMessage =
  (id: number) =>
  ({ lines, unreadable, read }: MeetingAgenda): FromThread => ({
    type: 'agenda',
    id,
    agenda: { lines: [...lines], unreadable, read },
  })

const draftMessage =
  (id: number) =>
  (draft: ShiftDraft): FromThread => ({ type: 'draft', id, draft })

function workOn(id: number, work: Generator<undefined, FromThread>): void {
  try {
    const step = work.next()
    if (step.done !== true) return
    works.delete(id)
    send(step.value)
  } catch (error) {
    works.delete(id)
    const reason = error instanceof Error ? error.message : 'unknown'
    send({ type: 'log', level: 'warn', message: 'A reading failed.', fields: { reason } })
    send({ type: 'failed', id, message: reason })
  }
}

function giveUp(id: number): void {
  works.get(id)?.return({ type: 'failed', id, message: 'cancelled' })
  works.delete(id)
}

function answer(query: Question): void {
  const until = performance.now() + QUERY_LIMIT_MS
  try {
    const message = reader.ask((library): FromThread => {
      const read = reader.position()
      const { id } = query
      switch (query.type) {
        case 'incident': {
          const incident = library.incident(query.incidentId)
          return { type: 'incident', id, found: { incident, read } }
        }
        case 'before': {
          const before = library.before(query.incidentId, query.without)
          return { type: 'before', id, found: { before, read } }
        }
        case 'fired': {
          const { alerts, total } = library.fired(query.limit, query.without)
          return { type: 'fired', id, found: { alerts: [...alerts], total, read } }
        }
        case 'handoffs': {
          const page = library.handoffs(query.query)
          return { type: 'handoffs', id, page: { ...page, read } }
        }
        case 'events':
          return { type: 'events', id, events: readEvents(reader.journalPath, query.seqs) }
        case 'handoff': {
          const past = library.handoff(query.handoffId)
          const document = past && readDocument(reader.journalPath, past.seq)
          return { type: 'handoff', id, found: { past, document, read } }
        }
        case 'knowledge': {
          const found = library.knowledge(query.query)
          const runbooks = library.shelf.count()
          return { type: 'knowledge', id, found: { ...found, runbooks, read } }
        }
        case 'shelve': {
          return { type: 'shelve', id, missing: [...library.shelf.shelve(query.runbooks)] }
        }
        case 'keep-runbooks': {
          library.shelf.keep(query.texts)
          return { type: 'keep-runbooks', id }
        }
        case 'incidents': {
          const page = library.incidents(query.query, () => performance.now() > until)
          return { type: 'incidents', id, page: { ...page, incidents: [...page.incidents], read } }
        }
      }
    })
    send(message)
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown'
    if (!(error instanceof TooSlow)) {
      send({ type: 'log', level: 'warn', message: 'A query failed.', fields: { reason } })
    }
    send({ type: 'failed', id: query.id, message: reason })
    // What it found broken may have been begun anew.
    takeTurn()
  }
}

port.on('message', (raw: unknown) => {
  const message = toThreadSchema.parse(raw)
  switch (message.type) {
    case 'recorded':
      takeTurn()
      break
    case 'incidents':
    case 'incident':
    case 'before':
    case 'fired':
    case 'handoffs':
    case 'handoff':
    case 'events':
    case 'knowledge':
    case 'shelve':
    case 'keep-runbooks':
      waiting.push(message)
      takeTurn()
      break
    case 'agenda':
      works.set(message.id, inPieces(readAgenda(message.query, reader), agendaMessage(message.id)))
      takeTurn()
      break
    case 'draft':
      works.set(
        message.id,
        inPieces(draftShift(message.question, reader), draftMessage(message.id)),
      )
      takeTurn()
      break
    case 'cancel':
      giveUp(message.id)
      waiting = waiting.filter(({ id }) => id !== message.id)
      break
    case 'close':
      clearInterval(retry)
      if (turn) clearImmediate(turn)
      for (const id of [...works.keys()]) giveUp(id)
      reader.close()
      port.close()
      break
  }
})
takeTurn()
