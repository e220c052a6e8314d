import { createEngine } from '#electron/engine/engine.ts'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { createNodeIds } from '#electron/host/node/ids.ts'
import { openJournal } from '#electron/journal/sqlite.ts'
import { personActor } from '#shared/domain/actor/person.ts'
import { rights } from '#shared/domain/person/right.ts'
import { configurationSchema } from '#test/fixtures/configuration.ts'
import { ada } from '#test/fixtures/persons.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

/**
 * The process that is killed: the real engine on the real journal, and a person who writes notes one
 * after the other. Says `acknowledged` with the number of each once the engine has acknowledged it.
 */
const [, , directory, count] = process.argv
if (directory === undefined || count === undefined) {
  throw new Error('Usage: tail-program.ts <data directory> <notes>')
}
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
const clock = createNodeClock()
const journal = openJournal({ directory, clock, logger: silent, isNewAllowed: false })
if (!journal.ok) throw new Error(journal.error.message)
const source = createScriptedSource('am', { intervalMs: 1_000 })
source.show([signal({ alertname: 'Slow', severity: 'critical' })])
const engine = createEngine(
  {
    clock,
    ids: createNodeIds(),
    journal: journal.value,
    channels: [],
    presenter: { open: () => undefined },
    logger: silent,
  },
  {
    configuration: configurationSchema.parse({ sources: [{ type: 'drill' }] }),
    sources: [source],
    owner: ada,
    version: 'kill-test',
    config: { path: '/deckwatch.yaml', isPresent: false, loadedAt: 0, problems: [] },
  },
)

async function write(incidentId: string): Promise<void> {
  for (let number = 1; number <= Number(count); number += 1) {
    const requestId = `note ${String(number)}`
    const done = await engine.execute(
      'incident.note',
      { incidentId, text: requestId },
      { requestId, actor: personActor(ada, 'cockpit'), rights },
    )
    if (!done.ok) throw new Error(done.error.message)
    process.send?.({ acknowledged: number })
  }
}

const [known] = engine.state().incidents.keys()
if (known !== undefined) void write(known)
engine.listen((message) => {
  if (message.type !== 'delta') return
  for (const { body } of message.events) {
    if (body.type === 'incident.triggered') void write(body.incidentId)
  }
})
engine.start()
