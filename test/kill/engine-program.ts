import { flushCompileCache } from 'node:module'
import { createEngine } from '#electron/engine/engine.ts'
import type { Clock } from '#electron/engine/ports.ts'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { createNodeIds } from '#electron/host/node/ids.ts'
import { openJournal } from '#electron/journal/sqlite.ts'
import { receiptSchema } from '#shared/contract/index.ts'
import { configurationSchema } from '#shared/domain/configuration/schema.ts'
import { requestSchema, type Report } from './messages.ts'
import { createStorm } from './storm.ts'

/**
 * The process that is killed: the real engine on the real journal, with a source in a storm. Its
 * timers run twenty times as fast, so that polls, snapshots and checkpoints all happen within the
 * fraction of a second that it lives.
 */
const HASTE = 20

const directory = process.argv[2]
if (directory === undefined) throw new Error('Usage: engine-program.ts <data directory>')

const tell = (report: Report, then: () => void = () => undefined) => {
  process.send?.(report, then)
}

const real = createNodeClock()
const clock: Clock = { ...real, after: (ms, callback) => real.after(ms / HASTE, callback) }
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
      channels: [], presenter: { open: () => undefined },
      logger,
    },
    {
      configuration: configurationSchema.parse({ sources: [{ type: 'drill' }] }),
      sources: [createStorm(() => clock.now())],
      me: 'ada',
      version: 'kill-test',
      config: { path: '/deckwatch.yaml', isPresent: false, loadedAt: 0, problems: [] },
    },
  )
  tell({
    type: 'ready',
    ms: performance.now() - began,
    incidentIds: [...engine.state().incidents.keys()],
  })
  engine.listen((message) => {
    if (message.type !== 'delta') return
    for (const { body } of message.events) {
      if (body.type === 'incident.triggered') tell({ type: 'incident', id: body.incidentId })
    }
  })
  process.on('message', (message) => {
    const { id, name, input } = requestSchema.parse(message)
    const call = { requestId: id, actor: { kind: 'person' as const, name: 'ada' } }
    void engine.execute(name, input, call).then((outcome) => {
      tell({ type: 'answer', id, seq: outcome.ok ? receiptSchema.parse(outcome.value).seq : null })
    })
  })
  engine.start()
}
