import { describe, expect, it } from 'vitest'
import { createShelving } from '#electron/engine/knowledge/shelving.ts'
import type { ShelvedRunbook, ShelvedText } from '#electron/engine/ports/readings.ts'
import { fail, ok } from '#shared/domain/result/result.ts'
import { createFakeClock } from '#test/fixtures/fake-clock.ts'
import { createScriptedLibrary } from '#test/fixtures/scripted-runner.ts'

function stage(texts: Readonly<Record<string, string>>, over: { mostBytes?: number } = {}) {
  const clock = createFakeClock()
  const library = createScriptedLibrary(texts)
  const kept = new Map<string, ShelvedText>()
  const rounds: (readonly ShelvedRunbook[])[] = []
  const brought: number[] = []
  const errors: unknown[] = []
  const script = {
    isDown: false,
    isFull: false,
    isBroken: false,
    held: Promise.resolve<unknown>(null),
  }
  const down = fail({ code: 'unavailable', message: 'No.', hint: '' } as const)
  const shelving = createShelving({
    clock,
    library,
    logger: { error: (fields) => errors.push(fields) },
    readings: {
      shelve: async (runbooks) => {
        await Promise.resolve()
        rounds.push(runbooks)
        await script.held
        if (script.isBroken) throw new Error('broken')
        if (script.isDown) return down
        for (const id of kept.keys()) if (!runbooks.some((each) => each.id === id)) kept.delete(id)
        return ok(
          runbooks.filter(({ id, hash }) => kept.get(id)?.hash !== hash).map(({ id }) => id),
        )
      },
      keepRunbooks: async (given) => {
        await Promise.resolve()
        brought.push(given.length)
        if (script.isFull) return down
        for (const text of given) kept.set(text.id, text)
        return ok(null)
      },
    },
    ...over,
  })
  const pass = async () => {
    await clock.advance(2_000)
    for (let turn = 0; turn < 200; turn += 1) await Promise.resolve()
  }
  return { brought, clock, errors, kept, library, pass, rounds, script, shelving }
}

describe('the shelf of runbooks', () => {
  it('gets the texts that are missing, some at a time, and no others', async () => {
    const texts = Object.fromEntries(
      Array.from({ length: 45 }, (_, at) => [`r${String(at)}.md`, `# R${String(at)}`]),
    )
    const { brought, kept, library, pass, shelving } = stage(texts)
    shelving.look()
    shelving.look()
    await pass()
    expect(brought).toEqual([20, 20, 5])
    expect(kept.get('playbook:r3.md')).toMatchObject({ title: 'R3', names: 'r3.md', text: '# R3' })
    expect(shelving.listed()).toBe(45)
    library.write('r3.md', '# Other')
    shelving.look()
    await pass()
    expect(brought).toEqual([20, 20, 5, 1])
    expect(kept.get('playbook:r3.md')?.text).toBe('# Other')
  })

  it('holds no more than there is room for', () => {
    const { shelving } = stage(
      { 'a.md': 'x'.repeat(60), 'b.md': 'y'.repeat(60) },
      { mostBytes: 100 },
    )
    expect(shelving.listed()).toBe(1)
  })

  it('waits for the round before it', async () => {
    const { clock, pass, rounds, script, shelving } = stage({ 'a.md': '# A' })
    const { promise, resolve } = Promise.withResolvers<undefined>()
    script.held = promise
    shelving.look()
    await clock.advance(2_000)
    shelving.look()
    await clock.advance(2_000)
    await Promise.resolve()
    expect(rounds).toHaveLength(1)
    resolve(undefined)
    await pass()
    await pass()
    expect(rounds).toHaveLength(2)
  })

  it('leaves it at that while history does not answer, and tells of what is a bug', async () => {
    const { brought, errors, pass, script, shelving } = stage({ 'a.md': '# A' })
    script.isDown = true
    shelving.look()
    await pass()
    expect(brought).toEqual([])
    script.isDown = false
    script.isFull = true
    shelving.look()
    await pass()
    expect(brought).toEqual([1])
    expect(errors).toEqual([])
    script.isBroken = true
    shelving.look()
    await pass()
    expect(errors).toHaveLength(1)
  })

  it('looks no more once it is stopped', async () => {
    const { pass, rounds, shelving } = stage({ 'a.md': '# A' })
    shelving.look()
    shelving.stop()
    shelving.look()
    await pass()
    expect(rounds).toEqual([])
  })

  it('leaves out what has no text', async () => {
    const { kept, library, pass, shelving } = stage({ 'a.md': '# A' })
    library.read = () => Promise.resolve(fail({ code: 'not-found', message: 'Gone.' }))
    shelving.look()
    await pass()
    expect(kept.size).toBe(0)
  })
})
