import { describe, expect, it } from 'vitest'
import { secretHandlers } from '#electron/engine/commands/secret.ts'
import { settingsHandlers } from '#electron/engine/commands/settings.ts'
import type { SecretProblem } from '#electron/engine/ports/secrets.ts'
import type { SettingsPort } from '#electron/engine/ports/settings.ts'
import { personActor } from '#shared/domain/actor/person.ts'
import { rights } from '#shared/domain/person/right.ts'
import { fail, ok } from '#shared/domain/result/result.ts'
import { createFakeClock } from '#test/fixtures/fake-clock.ts'
import { ada } from '#test/fixtures/persons.ts'

const entered = { name: 'am-lab', value: 'hunter2', address: 'https://am.example:9093/path' }
const locked: SecretProblem = { message: 'The keychain is locked.', hint: 'Unlock it.' }

const notUsed = () => {
  throw new Error('not used here')
}

/** Settings that keep secrets in a list, or cannot. */
function settingsOf(kept: unknown[], problem: SecretProblem | null = null): SettingsPort {
  const done = () => Promise.resolve(problem ? fail(problem) : ok(undefined))
  return {
    read: notUsed,
    write: notUsed,
    tryOut: notUsed,
    forgetSecret: (name) => Promise.resolve(name === entered.name),
    secrets: {
      kind: 'keychain',
      check: done,
      read: notUsed,
      write: (...secret) => {
        kept.push(secret)
        return done()
      },
      storedFor: notUsed,
      remove: notUsed,
    },
  }
}

describe('secrets that a person typed in', () => {
  it('are kept for the one server that they were entered for, and answered by reference', async () => {
    const kept: unknown[] = []
    const handlers = secretHandlers(settingsOf(kept))
    const stored = await handlers['secret.store'](entered)
    expect(stored).toMatchObject({ ok: true })
    expect(JSON.stringify(stored)).not.toContain(entered.value)
    expect(kept).toEqual([['am-lab', 'hunter2', 'https://am.example:9093']])
  })

  it('are kept for nothing that is no server', async () => {
    const kept: unknown[] = []
    const handlers = secretHandlers(settingsOf(kept))
    expect(
      await handlers['secret.store']({ ...entered, address: 'file:///etc/passwd' }),
    ).toMatchObject({ ok: false, error: { code: 'invalid-input' } })
    expect(kept).toEqual([])
  })

  it('say in words why they cannot be kept', async () => {
    const handlers = secretHandlers(settingsOf([], locked))
    expect(await handlers['secret.store'](entered)).toEqual({
      ok: false,
      error: { code: 'not-allowed-now', ...locked },
    })
    expect(await handlers['secret.status']()).toEqual({
      ok: true,
      value: { kind: 'keychain', problem: locked },
    })
  })

  it('are forgotten, and whether they were is said', async () => {
    const handlers = secretHandlers(settingsOf([]))
    for (const [name, isForgotten] of [
      ['am-lab', true],
      ['other', false],
    ] as const) {
      expect(await handlers['secret.forget']({ name })).toEqual({
        ok: true,
        value: { isForgotten },
      })
    }
    expect(await handlers['secret.status']()).toMatchObject({ value: { problem: null } })
  })
})

describe('an engine whose host has no configuration file', () => {
  it('says where to edit one, whatever of it is asked for', async () => {
    const secrets = secretHandlers(null)
    const conforming = { changedBy: notUsed }
    const settings = settingsHandlers(null, { clock: createFakeClock(), conforming })
    const actor = personActor(ada, 'cockpit')
    const call = { requestId: 'request-1', actor, rights, hidden: new Set<string>() }
    const change = { type: 'remove-source', name: 'am-lab' } as const
    const outcomes = [
      await secrets['secret.store'](entered),
      await secrets['secret.forget']({ name: 'am-lab' }),
      await secrets['secret.status'](),
      await settings['settings.read'](),
      await settings['settings.write']({ version: 'v1', change }, call),
    ]
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({
        ok: false,
        error: {
          code: 'not-allowed-now',
          hint: 'Edit the configuration file where Deckwatch runs.',
        },
      })
    }
  })
})
