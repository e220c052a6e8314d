import { flushCompileCache } from 'node:module'
import { createEngine } from '#electron/engine/engine.ts'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { createNodeIds } from '#electron/host/node/ids.ts'
import { openJournal } from '#electron/journal/sqlite.ts'
import { receiptSchema } from '#shared/contract/index.ts'
import { clockBook } from '#test/fixtures/clocks.ts'
import { configurationSchema } from '#test/fixtures/configuration.ts'
import { playbookWith } from '#test/fixtures/playbook.ts'
import { decideClockDeadlines } from '#shared/domain/clock/decide.ts'
import { pageVerdict, verdictContext } from '#shared/domain/page/verdict.ts'
import { z } from 'zod'
import { hastyClock } from './hasty-clock.ts'
import { createLedgerChannel } from './ledger.ts'
import { requestSchema, type Report } from './messages.ts'
import { createStorm, LASTING } from './storm.ts'
import { personActor } from '#shared/domain/actor/person.ts'
import { rights } from '#shared/domain/person/right.ts'
import { ada } from '#test/fixtures/persons.ts'

/**
 * The process that is killed: the real engine on the real journal, with a source in a storm and a
 * channel whose receiver remembers, in haste. With `drain` the storm stands still and the program
 * ends by itself once nothing is left to be told.
 */
const [, , directory, ledger, lasting, mode] = process.argv
if (directory === undefined || ledger === undefined || lasting === undefined) {
  throw new Error('Usage: engine-program.ts <data directory> <ledger> <lasting alerts> [drain]')
}
/** When each alert began that stays, ms since the epoch. */
const lastingSince = z.array(z.number()).parse(JSON.parse(lasting))
const isDraining = mode === 'drain'
/** How often a draining engine looks whether all is told, ms of real time. */
const LOOK_MS = 50

const tell = (report: Report, then: () => void = () => undefined) => {
  process.send?.(report, then)
}

const clock = hastyClock(createNodeClock())
const stillAt = clock.now()
const configuration = configurationSchema.parse({ sources: [{ type: 'drill' }] })
/** So short that they fall due within the lives of engines, and between them. */
const clocks = clockBook({
  use: 'hasty',
  sets: { hasty: { every: { acknowledge: '3s', respond: '10s', escalate: '30s' } } },
})
const logger = { info: () => undefined, warn: () => undefined, error: () => undefined }

// A process that is killed does not write it by itself.
flushCompileCache()
tell({ type: 'opening' })
const began = performance.now()
const journal = openJournal({ directory, clock, logger, isNewAllowed: false })
if (!journal.ok) {
  tell({ type: 'refused', message: journal.error.message }, () => process.exit(1))
} else {
  const engine = createEngine(
    {
      clock,
      ids: createNodeIds(),
      journal: journal.value,
      channels: [createLedgerChannel(ledger, { isReliable: isDraining, random: Math.random })],
      presenter: { open: () => undefined },
      logger,
    },
    {
      configuration,
      sources: [createStorm(() => (isDraining ? stillAt : clock.now()), lastingSince)],
      playbook: playbookWith([], { clocks }),
      owner: ada,
      version: 'kill-test',
      config: { path: '/deckwatch.yaml', isPresent: false, loadedAt: 0, problems: [] },
    },
  )
  tell({
    type: 'ready',
    ms: performance.now() - began,
    incidentIds: [...engine.state().incidents.values()]
      .filter(({ group }) => group['alertname'] !== LASTING)
      .map(({ id }) => id),
  })
  engine.listen((message) => {
    if (message.type !== 'delta') return
    for (const { body } of message.events) {
      if (body.type !== 'incident.triggered' || body.group['alertname'] === LASTING) continue
      tell({ type: 'incident', id: body.incidentId })
    }
  })
  process.on('message', (message) => {
    const { id, name, input } = requestSchema.parse(message)
    const call = { requestId: id, actor: personActor(ada, 'cockpit'), rights }
    void engine.execute(name, input, call).then((outcome) => {
      tell({ type: 'answer', id, seq: outcome.ok ? receiptSchema.parse(outcome.value).seq : null })
    })
  })
  engine.start()
  if (isDraining) {
    const hasPolled = () =>
      [...engine.state().sources.values()].some(({ health }) => health === 'healthy')
    // The newest of them may have been seen first by this very engine: its clock still runs.
    const areLastingOverdue = () =>
      [...engine.state().clocks.values()].filter(
        ({ incidentId, clocks: { acknowledge } }) =>
          engine.state().incidents.get(incidentId)?.group['alertname'] === LASTING &&
          typeof acknowledge?.expiredAt === 'number',
      ).length >= lastingSince.length
    const isAllTold = () => {
      const look = verdictContext(configuration.notifications, engine.state(), clock.now())
      return (
        journal.value.waitingDeliveries('desktop', 1).length === 0 &&
        [...engine.state().incidents.values()].every(
          (incident) => pageVerdict(incident, look).kind !== 'due',
        ) &&
        [...engine.state().clocks.values()].every(
          (each) => decideClockDeadlines(each, clock.now()).length === 0,
        )
      )
    }
    const timer = setInterval(() => {
      if (!hasPolled() || !areLastingOverdue() || !isAllTold()) return
      clearInterval(timer)
      void engine.stop().then(() => {
        tell({ type: 'drained' }, () => process.exit(0))
      })
    }, LOOK_MS)
  }
}
