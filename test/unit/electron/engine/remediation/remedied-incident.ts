import { createMeasurements } from '#electron/measurements/measurements.ts'
import { hashOf } from '#electron/files/text-hash.ts'
import type { Change } from '#shared/domain/change/schema.ts'
import { policyOf } from '#shared/domain/remediation/policy.ts'
import { remediationFileSchema } from '#shared/domain/remediation/file.ts'
import { remediationKey } from '#shared/domain/remediation/schema.ts'
import { toTimeline } from '#shared/domain/timeline/timeline.ts'
import type { Journal } from '#electron/engine/ports/journal.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { createFakeChannel } from '#test/fixtures/fake-channel.ts'
import { createFakeClock, type FakeClock } from '#test/fixtures/fake-clock.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { playbookWith } from '#test/fixtures/playbook.ts'
import {
  createMemoryTexts,
  createScriptedLibrary,
  createScriptedRunner,
} from '#test/fixtures/scripted-runner.ts'
import { createScriptedQueries } from '#test/fixtures/scripted-queries.ts'
import { createScriptedListener } from '#test/fixtures/scripted-listener.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

export const text = `# Checkout
## Diagnosis
1. Look.

   \`\`\`sh {"name":"pods"}
   read pods
   \`\`\`
## Resolution
1. Restart it.

   \`\`\`sh {"name":"restart"}
   change restart
   \`\`\`
2. Roll it back.

   \`\`\`sh {"name":"rollback"}
   change rollback
   \`\`\`
3. Edit it.

   \`\`\`sh {"name":"refused"}
   refuse this
   \`\`\`
4. Delete it.

   \`\`\`sh {"name":"delete"}
   destroy all
   \`\`\`
`

export const runbook = 'playbook:checkout.md'

/** A policy as its file says it, with something else in its place. */
export function restart(change: object = {}): object {
  return {
    name: 'restart-checkout',
    title: 'Restart checkout',
    when: { plan: 'slow', promql: 'memory > 0.9', for: '1m' },
    do: { runbook: 'checkout.md', step: 'restart' },
    evidence: ['pods'],
    atMost: { times: 2, within: '1h' },
    mode: 'act',
    afterwards: { watch: '5m' },
    ...change,
  }
}

interface Options {
  readonly policies?: readonly object[]
  readonly runbooks?: object
  readonly isTrusted?: boolean
  readonly before?: { readonly clock: FakeClock; readonly journal: Journal }
}

/** An engine with one incident that follows the plan `slow`, and policies of remediation. */
export async function remedied({
  policies = [restart()],
  runbooks = { remediation: true },
  isTrusted = true,
  before,
}: Options = {}) {
  const clock = before?.clock ?? createFakeClock()
  const journal = before?.journal ?? createMemoryJournal()
  const runner = createScriptedRunner()
  const queries = createScriptedQueries(() => clock.now())
  queries.set('memory', 0.5)
  queries.set('errors', 0)
  const source = { ...createScriptedSource('prom'), queries }
  const channel = createFakeChannel()
  const listener = createScriptedListener()
  const library = createScriptedLibrary({ 'checkout.md': text })
  const remediations = remediationFileSchema
    .parse({ remediations: policies })
    .remediations.map(policyOf)
    .filter((policy) => policy !== null)
  const test = startTestEngine([source], {
    clock,
    journal,
    runner,
    channels: [channel],
    listener,
    runbookLibrary: library,
    trustedTexts: createMemoryTexts(),
    measurements: createMeasurements({ clock, random: () => 0.5, timeZone: 'UTC' }),
    configuration: { runbooks },
    playbook: playbookWith([{ plan: 'slow', match: ['alertname="Slow"'] }], { remediations }),
  })
  const show = async (...names: readonly string[]) => {
    source.show(names.map((alertname) => signal({ alertname, service: 'checkout' })))
    await test.run('source.poll', {})
    await clock.advance(0)
  }
  const trust = () => test.run('runbook.trust', { runbook, hash: hashOf(text) })
  await clock.advance(0)
  if (isTrusted) await trust()
  await show('Slow')
  await clock.advance(5_000)
  const [first] = test.engine.state().incidents.values()
  const id = first?.id ?? ''
  const state = () => test.engine.state()
  return {
    test,
    clock,
    journal,
    runner,
    queries,
    channel,
    listener,
    library,
    show,
    trust,
    id,
    state,
    incident: () => state().incidents.get(id),
    remediation: (policy = 'restart-checkout') =>
      state().remediations.get(remediationKey({ incidentId: id, policy })),
    record: (policy = 'restart-checkout') => state().remediationRecords.get(policy),
    scripts: () => runner.runs.map(({ script }) => script),
    /** Ends what runs under this script last, and lets the engine take it in. */
    end: async (script: string, more: Parameters<(typeof runner.runs)[number]['end']>[0] = {}) => {
      runner.runs.findLast((each) => each.script === script)?.end(more)
      await clock.advance(0)
    },
    timeline: () => toTimeline(journal.incidentEvents(id, 1_000)).map((line) => line.text),
    pages: () => [...state().pages.values()].filter(({ incidentIds }) => incidentIds.includes(id)),
  }
}

/** A deployment of checkout. */
export function deployment(happenedAt: number): Change {
  return {
    id: 'deploy-1',
    kind: 'deployment',
    service: 'checkout',
    title: 'checkout v2',
    version: 'v2',
    by: null,
    link: null,
    happenedAt,
    isTimeEstimated: false,
    until: null,
    origin: 'webhook',
  }
}
