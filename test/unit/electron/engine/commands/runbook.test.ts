import { describe, expect, it } from 'vitest'
import { emptyPlaybook } from '#electron/engine/configuration/playbook.ts'
import { personActor } from '#shared/domain/actor/person.ts'
import { rights } from '#shared/domain/person/right.ts'
import { emptyWatch } from '#shared/domain/watch/state.ts'
import { ada } from '#test/fixtures/persons.ts'
import { runbookHandlers } from '#electron/engine/commands/runbook.ts'
import type { RunbookLibrary } from '#electron/engine/ports/runbook-library.ts'
import { contract } from '#shared/contract/index.ts'
import type { RunbookEntry } from '#shared/domain/runbook/entry.ts'
import { ok } from '#shared/domain/result/result.ts'
import { createFakeClock } from '#test/fixtures/fake-clock.ts'

const id = 'url:https://a.example/x.md'
const entry: RunbookEntry = {
  id,
  title: 'X',
  format: 'markdown',
  origin: {
    kind: 'url',
    address: 'https://a.example/x.md',
    fetchedAt: null,
    lastTriedAt: 1,
    problem: 'a.example did not answer.',
  },
  state: 'failed',
  size: null,
  hash: null,
}

const library: RunbookLibrary = {
  start: () => undefined,
  revision: () => 7,
  list: () => ({ revision: 7, entries: [entry], more: 1 }),
  read: () => Promise.resolve(ok({ entry, text: '# X' })),
  fetch: (_id, signal) =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        resolve(ok(entry))
      })
    }),
  linked: () => undefined,
  configure: () => undefined,
  close: () => Promise.resolve(),
}

const call = {
  requestId: 'request-1',
  actor: personActor(ada, 'cockpit'),
  rights,
  hidden: new Set<string>(),
}

function handlersOf(runbookLibrary?: RunbookLibrary, clock = createFakeClock()) {
  const inForce = { playbook: () => emptyPlaybook }
  return runbookHandlers({ clock, inForce, recorder: { state: () => emptyWatch }, runbookLibrary })
}

describe('the runbooks of an engine', () => {
  it('are listed and read as the contract says', async () => {
    const handlers = handlersOf(library)
    const list = { revision: 7, entries: [entry], more: 1 }
    expect(handlers['runbook.list']({}, call)).toEqual(ok(list))
    expect(contract['runbook.list'].output.parse(list)).toEqual(list)
    const read = await handlers['runbook.read']({ id }, call)
    expect(read).toEqual(ok({ entry, text: '# X' }))
    expect(contract['runbook.read'].output.safeParse({ entry, text: '# X' }).success).toBe(true)
  })

  it('are not waited for without end', async () => {
    const clock = createFakeClock()
    const fetched = handlersOf(library, clock)['runbook.fetch']({ id }, call)
    await clock.advance(20_000)
    expect(await fetched).toEqual(ok({ entry }))
  })

  it('are not there where the host has none', async () => {
    const handlers = handlersOf()
    const none = { ok: false, error: { code: 'not-allowed-now' } }
    expect(handlers['runbook.list']({}, call)).toMatchObject(none)
    expect(await handlers['runbook.read']({ id }, call)).toMatchObject(none)
    expect(await handlers['runbook.fetch']({ id }, call)).toMatchObject(none)
  })

  it.each([
    '',
    'x',
    'playbook:',
    'url:',
    'url:ftp://a.example/',
    'url:https://',
    `playbook:${'x'.repeat(3_000)}`,
  ])('have no id %j', (wrong) => {
    expect(contract['runbook.read'].input.safeParse({ id: wrong }).success).toBe(false)
  })
})
