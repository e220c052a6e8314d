import { Worker } from 'node:worker_threads'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type {
  AgendaQuery,
  FiredAlerts,
  FoundHandoff,
  PastHandoffs,
  KnowledgeQuery,
  MeetingAgenda,
  PastIncidentQuery,
  PastIncidents,
  Readings,
  ReadingsFailure,
  ShiftDraft,
  ShiftQuestion,
  ShelvedRunbook,
  ShelvedText,
} from '#electron/engine/ports/readings.ts'
import type { PastIncident } from '#shared/domain/history/schema.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { fromThreadSchema, type FromThread, type ThreadData, type ToThread } from './messages.ts'
import { workerFile } from './worker-file.ts'

/** The thread starts this long after the engine, ms, or with the first query: a start has no time. */
const START_AFTER_MS = 1_000
/** A thread that ended is started again after this, ms. */
const RESTART_AFTER_MS = 5_000
/** How long the thread may take to let go of its files, ms. */
const CLOSE_LIMIT_MS = 2_000

const UNAVAILABLE: ReadingsFailure = {
  code: 'unavailable',
  message: 'Past incidents cannot be looked up now.',
  hint: 'Try again in a few seconds. If it goes on, the log says why; what is open is not affected.',
}
const CANCELLED: ReadingsFailure = {
  code: 'cancelled',
  message: 'The search took too long and was cancelled.',
  hint: 'Narrow it down: a shorter period, fewer conditions, or a simpler expression.',
}

export interface ReadingsOptions {
  /** The journal's file, and the data directory that the readings are kept in. */
  readonly journalPath: string
  readonly directory: string
  readonly clock: Clock
  readonly logger: Logger
}

type Answer = Extract<FromThread, { readonly type: Question['type'] }>
type Question =
  | { readonly type: 'incidents'; readonly query: PastIncidentQuery }
  | { readonly type: 'draft'; readonly question: ShiftQuestion }
  | { readonly type: 'handoffs'; readonly query: { before: number | null; limit: number } }
  | { readonly type: 'events'; readonly seqs: number[] }
  | { readonly type: 'handoff'; readonly handoffId: string }
  | { readonly type: 'incident'; readonly incidentId: string }
  | { readonly type: 'before'; readonly incidentId: string; readonly without: readonly string[] }
  | { readonly type: 'fired'; readonly limit: number; readonly without: readonly string[] }
  | { readonly type: 'knowledge'; readonly query: KnowledgeQuery }
  | { readonly type: 'shelve'; readonly runbooks: readonly ShelvedRunbook[] }
  | { readonly type: 'keep-runbooks'; readonly texts: readonly ShelvedText[] }
  | { readonly type: 'agenda'; readonly query: AgendaQuery }

/**
 * The readings of a journal on the disk, in a thread of their own. They never hold the engine up:
 * it posts messages and gets answers.
 */
export function startReadings({
  journalPath,
  directory,
  clock,
  logger,
}: ReadingsOptions): Readings {
  const waiting = new Map<number, (result: Result<Answer, ReadingsFailure>) => void>()
  let thread: Worker | null = null
  let ended: Promise<void> = Promise.resolve()
  let isClosed = false
  let lastId = 0
  let cancelTimer = clock.after(START_AFTER_MS, start)

  const post = (message: ToThread) => thread?.postMessage(message)

  function start(): void {
    cancelTimer()
    if (thread || isClosed) return
    const data: ThreadData = { journalPath, directory }
    const worker = new Worker(workerFile, {
      workerData: data,
      name: 'readings',
      // It holds a batch of events and a page of answers.
      resourceLimits: { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 8 },
    })
    worker.unref()
    worker.on('message', (raw: unknown) => heard(fromThreadSchema.parse(raw)))
    worker.on('error', (error: unknown) => {
      logger.error({ err: error }, 'The thread that reads the journal failed: this is a bug')
    })
    ended = new Promise((resolve) => {
      worker.once('exit', () => {
        if (thread === worker) thread = null
        failAll()
        if (!isClosed) cancelTimer = clock.after(RESTART_AFTER_MS, start)
        resolve()
      })
    })
    thread = worker
  }

  function heard(message: FromThread): void {
    if (message.type === 'log') {
      logger[message.level](message.fields, message.message)
      return
    }
    const settle = waiting.get(message.id)
    waiting.delete(message.id)
    settle?.(message.type === 'failed' ? fail(UNAVAILABLE) : ok(message))
  }

  function failAll(): void {
    for (const settle of waiting.values()) settle(fail(UNAVAILABLE))
    waiting.clear()
  }

  function ask(question: Question, signal: AbortSignal): Promise<Result<Answer, ReadingsFailure>> {
    if (signal.aborted) return Promise.resolve(fail(CANCELLED))
    if (!thread) start()
    if (!thread) return Promise.resolve(fail(UNAVAILABLE))
    lastId += 1
    const id = lastId
    return new Promise((resolve) => {
      const cancel = () => {
        waiting.delete(id)
        post({ type: 'cancel', id })
        resolve(fail(CANCELLED))
      }
      signal.addEventListener('abort', cancel, { once: true })
      waiting.set(id, (result) => {
        signal.removeEventListener('abort', cancel)
        resolve(result)
      })
      post(messageOf(question, id))
    })
  }

  return {
    recorded() {
      post({ type: 'recorded' })
    },
    async incidents(query, signal): Promise<Result<PastIncidents, ReadingsFailure>> {
      const answer = await ask({ type: 'incidents', query }, signal)
      if (!answer.ok) return answer
      return answer.value.type === 'incidents' ? ok(answer.value.page) : fail(UNAVAILABLE)
    },
    async incident(
      incidentId,
      signal,
    ): Promise<Result<{ incident: PastIncident | null; read: number }, ReadingsFailure>> {
      const answer = await ask({ type: 'incident', incidentId }, signal)
      if (!answer.ok) return answer
      return answer.value.type === 'incident' ? ok(answer.value.found) : fail(UNAVAILABLE)
    },
    async before(incidentId, without, signal) {
      const answer = await ask({ type: 'before', incidentId, without }, signal)
      if (!answer.ok) return answer
      return answer.value.type === 'before' ? ok(answer.value.found) : fail(UNAVAILABLE)
    },
    async fired(limit, without, signal): Promise<Result<FiredAlerts, ReadingsFailure>> {
      const answer = await ask({ type: 'fired', limit, without }, signal)
      if (!answer.ok) return answer
      return answer.value.type === 'fired' ? ok(answer.value.found) : fail(UNAVAILABLE)
    },
    async draft(question, signal): Promise<Result<ShiftDraft, ReadingsFailure>> {
      const answer = await ask({ type: 'draft', question }, signal)
      if (!answer.ok) return answer
      return answer.value.type === 'draft' ? ok(answer.value.draft) : fail(UNAVAILABLE)
    },
    async handoffs(query, signal): Promise<Result<PastHandoffs, ReadingsFailure>> {
      const answer = await ask({ type: 'handoffs', query: { ...query } }, signal)
      if (!answer.ok) return answer
      return answer.value.type === 'handoffs' ? ok(answer.value.page) : fail(UNAVAILABLE)
    },
    async events(seqs, signal) {
      const answer = await ask({ type: 'events', seqs: [...seqs] }, signal)
      if (!answer.ok) return answer
      return answer.value.type === 'events'
        ? ok({ events: answer.value.events })
        : fail(UNAVAILABLE)
    },
    async handoff(handoffId, signal): Promise<Result<FoundHandoff, ReadingsFailure>> {
      const answer = await ask({ type: 'handoff', handoffId }, signal)
      if (!answer.ok) return answer
      return answer.value.type === 'handoff' ? ok(answer.value.found) : fail(UNAVAILABLE)
    },
    async knowledge(query, signal) {
      const answer = await ask({ type: 'knowledge', query }, signal)
      if (!answer.ok) return answer
      return answer.value.type === 'knowledge' ? ok(answer.value.found) : fail(UNAVAILABLE)
    },
    async shelve(runbooks, signal) {
      const answer = await ask({ type: 'shelve', runbooks }, signal)
      if (!answer.ok) return answer
      return answer.value.type === 'shelve' ? ok(answer.value.missing) : fail(UNAVAILABLE)
    },
    async keepRunbooks(texts, signal) {
      const answer = await ask({ type: 'keep-runbooks', texts }, signal)
      return answer.ok ? ok(null) : answer
    },
    async agenda(query, signal): Promise<Result<MeetingAgenda, ReadingsFailure>> {
      const answer = await ask({ type: 'agenda', query }, signal)
      if (!answer.ok) return answer
      return answer.value.type === 'agenda' ? ok(answer.value.agenda) : fail(UNAVAILABLE)
    },
    async close() {
      if (isClosed) return
      isClosed = true
      cancelTimer()
      failAll()
      const closing = thread
      if (!closing) return
      // A process that has nothing else to do would end before its journal is closed.
      closing.ref()
      post({ type: 'close' })
      const giveUp = clock.after(CLOSE_LIMIT_MS, () => void closing.terminate())
      await ended
      giveUp()
    },
  }
}

function messageOf(question: Question, id: number): ToThread {
  switch (question.type) {
    case 'incidents':
      return incidentsMessage(question.query, id)
    case 'knowledge': {
      const { query } = question
      return { type: 'knowledge', id, query: { ...query, without: [...query.without] } }
    }
    case 'shelve':
      return { type: 'shelve', id, runbooks: [...question.runbooks] }
    case 'keep-runbooks':
      return { type: 'keep-runbooks', id, texts: [...question.texts] }
    case 'draft': {
      const { leftOut, confidential, ...rest } = question.question
      const ids = { leftOut: [...leftOut], confidential: [...confidential] }
      return { type: 'draft', id, question: { ...rest, ...ids } }
    }
    case 'agenda': {
      const { query } = question
      return { type: 'agenda', id, query: { ...query, leftOut: [...query.leftOut] } }
    }
    case 'incident':
    case 'handoffs':
    case 'handoff':
    case 'events':
      return { ...question, id }
    case 'before':
    case 'fired':
      return { ...question, id, without: [...question.without] }
  }
}

function incidentsMessage(query: PastIncidentQuery, id: number): ToThread {
  return {
    type: 'incidents',
    id,
    query: {
      ...query,
      status: [...query.status],
      severity: [...query.severity],
      labels: [...query.labels],
      without: [...query.without],
    },
  }
}
