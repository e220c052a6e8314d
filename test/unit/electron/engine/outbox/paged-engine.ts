import type { Presenter } from '#electron/engine/ports/presenter.ts'
import { startTestEngine, type TestEngine } from '#test/fixtures/engine.ts'
import { createFakeChannel } from '#test/fixtures/fake-channel.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { createScriptedSource } from '#test/fixtures/scripted-source.ts'
import { ada } from '#test/fixtures/persons.ts'

export const MINUTE = 60_000

/** Labels of an alert; its severity by the common words. */
export const labels = (name: string, severity = 'critical') => ({ alertname: name, severity })

/** An engine with one source and a desktop to notify. */
export function startPagedEngine(notifications: object = {}, presenter?: Presenter) {
  const source = createScriptedSource('am')
  const channel = createFakeChannel()
  const journal = createMemoryJournal()
  const test = startTestEngine([source], {
    journal,
    channels: [channel],
    configuration: { notifications },
    ...(presenter ? { presenter } : {}),
  })
  /** Puts another notification policy in force while it runs. */
  async function reconfigure(next: object): Promise<void> {
    await test.engine.reconfigure({
      configuration: test.configuration({ notifications: next }),
      sources: [source],
      owner: ada,
      version: 'test',
      config: { path: '/deckwatch.yaml', isPresent: true, loadedAt: 0, problems: [] },
    })
  }
  return { source, channel, journal, test, reconfigure }
}

/** Asks the sources now and lets what follows happen. */
export async function poll(test: TestEngine): Promise<void> {
  await test.clock.advance(0)
  await test.run('source.poll', {})
  await test.clock.advance(0)
}

/** The types of the events of an incident, in order. */
export function types({ journal }: Pick<TestEngine, 'journal'>, id: string): string[] {
  return journal.incidentEvents(id, 200).map(({ body }) => body.type)
}

/** The incident whose title begins so. */
export function incidentOf(test: TestEngine, title: string) {
  const found = [...test.engine.state().incidents.values()].find((each) =>
    each.title.startsWith(title),
  )
  if (!found) throw new Error(`no incident ${title}`)
  return found
}
