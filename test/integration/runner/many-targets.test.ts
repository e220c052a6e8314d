import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AT_A_TIME } from '#electron/engine/executions/many-targets.ts'
import { hashOf } from '#electron/files/text-hash.ts'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { createRunner } from '#electron/runner/runner.ts'
import { compareTargets, latestOfGroup } from '#shared/domain/execution/groups.ts'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import { silentLogger, startTestEngine } from '#test/fixtures/engine.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { createMemoryTexts, createScriptedLibrary } from '#test/fixtures/scripted-runner.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'
import { eventually } from '#test/setup/eventually.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deckwatch-many-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const text = `# Pods
1. Look at them.

   \`\`\`sh {"name":"pods","risk":"read","expect":"output contains Running"}
   kubectl -n <namespace> get pod <pod>
   \`\`\`
`
const path = 'pods.md'
const pods = Array.from({ length: 9 }, (_, index) => `card-${String(index + 1)}`)

/** A `kubectl` that knows no `card-5` until the file `mended` is there, and notes when it comes and goes. */
function stubKubectl(): () => readonly string[] {
  mkdirSync(join(folder, 'bin'))
  const program = join(folder, 'bin/kubectl')
  const notes = join(folder, 'notes')
  writeFileSync(
    program,
    `#!/bin/bash
echo begin >> ${notes}
sleep 0.05
if [ "$5" = card-5 ] && [ ! -e ${folder}/mended ]; then
  echo "Error from server (NotFound): pods \\"$5\\" not found" >&2
  code=1
else
  echo "$5 in $2: Running"
fi
echo end >> ${notes}
exit $code
`,
  )
  chmodSync(program, 0o755)
  return () => readFileSync(notes, 'utf8').trim().split('\n')
}

async function started() {
  const source = createScriptedSource('prom')
  const journal = createMemoryJournal()
  const library = createScriptedLibrary({ [path]: text })
  const test = startTestEngine([source], {
    journal,
    runbookLibrary: library,
    trustedTexts: createMemoryTexts(),
    configuration: { groupBy: ['alertname'] },
    runner: createRunner({
      folder: join(folder, 'runs'),
      clock: createNodeClock(),
      logger: silentLogger,
      environment: {
        ...process.env,
        HOME: folder,
        PATH: [join(folder, 'bin'), process.env['PATH'] ?? ''].join(delimiter),
      },
    }),
  })
  source.show(pods.map((pod) => signal({ alertname: 'PodDown', namespace: 'shop', pod })))
  await test.clock.advance(0)
  await test.run('source.poll', {})
  await test.clock.advance(0)
  const [incident] = test.engine.state().incidents.values()
  const [step] = parseRunbook({ path, text }).steps
  const place = {
    incidentId: incident?.id ?? '',
    runbook: `playbook:${path}`,
    hash: hashOf(text),
    step: step?.id ?? '',
    code: step?.commands[0]?.start ?? 0,
  }
  await test.run('runbook.trust', { runbook: place.runbook, hash: place.hash })
  const batches = () =>
    journal.events.flatMap(({ body }) => (body.type === 'execution.group-finished' ? [body] : []))
  const rows = (group: string) =>
    compareTargets(latestOfGroup(test.engine.state().executions.values(), group)).map(
      ({ target, isOutlier, execution: { result } }) => [target, isOutlier, result?.summary],
    )
  return { test, place, batches, rows }
}

it('runs on each pod of the alerts, a few at a time, and again on the one that failed', async () => {
  const notes = stubKubectl()
  const { test, place, batches, rows } = await started()
  const begun = await test.run('execution.start-many', place)
  if (!begun.ok) throw new Error(begun.error.message)
  const { group } = begun.value
  await eventually(() => {
    expect(batches()).toHaveLength(1)
  })
  expect(batches()[0]).toMatchObject({
    count: 9,
    tally: { asExpected: 8, failed: 1 },
    problems: ['card-5'],
  })
  const alike = pods.filter((pod) => pod !== 'card-5')
  expect(rows(group)).toEqual([
    ['card-5', true, 'Error from server (NotFound): pods "card-5" not found'],
    ...alike.map((pod) => [pod, false, `${pod} in shop: Running`]),
  ])
  let running = 0
  const atOnce = notes().map((note) => (running += note === 'begin' ? 1 : -1))
  expect(Math.max(...atOnce)).toBeLessThanOrEqual(AT_A_TIME)

  writeFileSync(join(folder, 'mended'), '')
  await test.run('execution.start-many', { ...place, group, targets: ['card-5'] })
  await eventually(() => {
    expect(rows(group)).toEqual(pods.map((pod) => [pod, false, `${pod} in shop: Running`]))
  })
  await test.engine.stop()
})
