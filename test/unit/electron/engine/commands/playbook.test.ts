import { describe, expect, it } from 'vitest'
import { playbookHandlers } from '#electron/engine/commands/playbook.ts'
import type { PlaybookPort } from '#electron/engine/ports/playbook.ts'
import type { SettingsOutcome } from '#shared/contract/index.ts'
import { fail } from '#shared/domain/result/result.ts'
import { createFakeClock } from '#test/fixtures/fake-clock.ts'

const file = { path: 'plans/disk.yaml', text: 'plan: disk\n', changes: [] }
const save = { path: file.path, version: 'v1', text: file.text }

const unreachable = {
  code: 'not-allowed-now',
  message: 'The repository cannot be reached.',
} as const

const outrun: SettingsOutcome = {
  outcome: 'refused',
  reason: 'changed-meanwhile',
  message: 'The file was changed meanwhile.',
  hint: 'Read it again.',
  problems: [],
}

/** A playbook whose repository answers when it is given up, and not before. */
function portOf(asked: unknown[]): PlaybookPort {
  const refused = { code: 'not-found', message: 'There is no such file.' } as const
  return {
    status: () => {
      throw new Error('not asked here')
    },
    read: () => {
      throw new Error('not asked here')
    },
    text: (path) => {
      asked.push(['text', path])
      return Promise.resolve(fail(refused))
    },
    check: (...input) => {
      asked.push(['check', ...input])
      return Promise.resolve(fail(refused))
    },
    save: (...input) => {
      asked.push(['save', ...input])
      return Promise.resolve(outrun)
    },
    pull: (followRewritten, signal) => {
      asked.push(['pull', followRewritten])
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          resolve(fail(unreachable))
        })
      })
    },
  }
}

describe('the playbook of an engine', () => {
  it('is asked for with what the cockpit sent, and its answers are passed on', async () => {
    const asked: unknown[] = []
    const handlers = playbookHandlers(portOf(asked), createFakeClock())
    const notFound = { ok: false, error: { code: 'not-found' } }
    expect(await handlers['playbook.file']({ path: file.path })).toMatchObject(notFound)
    expect(await handlers['playbook.check'](file)).toMatchObject(notFound)
    expect(await handlers['playbook.save'](save)).toMatchObject({
      ok: true,
      value: outrun,
    })
    expect(asked).toEqual([
      ['text', file.path],
      ['check', file.path, file.text, []],
      ['save', file.path, 'v1', file.text],
    ])
  })

  it('gives up a repository that does not answer', async () => {
    const clock = createFakeClock()
    const handlers = playbookHandlers(portOf([]), clock)
    const pulled = handlers['playbook.pull']({ followRewritten: false })
    await clock.advance(20_000)
    expect(await pulled).toEqual({ ok: false, error: unreachable })
  })

  it('is said to be missing where the host has none', async () => {
    const handlers = playbookHandlers(null, createFakeClock())
    const outcomes = [
      await handlers['playbook.read'](),
      await handlers['playbook.file']({ path: file.path }),
      await handlers['playbook.check'](file),
      await handlers['playbook.save'](save),
      await handlers['playbook.pull']({ followRewritten: false }),
    ]
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({
        ok: false,
        error: { code: 'not-allowed-now', message: 'This Deckwatch has no playbook folder.' },
      })
    }
  })
})
