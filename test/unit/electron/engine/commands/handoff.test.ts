import { describe, expect, it } from 'vitest'
import type { Readings, ReadingsFailure } from '#electron/engine/ports/readings.ts'
import type { InputOf, OperationName, OutputOf, ContractError } from '#shared/contract/index.ts'
import { personActor } from '#shared/domain/actor/person.ts'
import type { TravellingAcceptance } from '#shared/domain/handoff-document/travel.ts'
import { hashOfHandoff, type HandoffDocument } from '#shared/domain/handoff/document.ts'
import type { Person } from '#shared/domain/person/schema.ts'
import { fail, type Result } from '#shared/domain/result/result.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { createMemoryReadings } from '#test/fixtures/memory-readings.ts'
import { createScriptedSource } from '#test/fixtures/scripted-source.ts'
import { documentOf } from '#test/fixtures/shifts/shifts.ts'

const Ada: Person = { id: 'ada', name: 'Ada' }
const Bo: Person = { id: 'bo', name: 'Bo' }
const Cy: Person = { id: 'cy', name: 'Cy' }
const HOUR = 3_600_000

function start(options: { readings?: Readings | null } = {}) {
  const journal = createMemoryJournal()
  const memory = createMemoryReadings(journal)
  const readings = options.readings === undefined ? memory : options.readings
  const test = startTestEngine([createScriptedSource('am')], {
    journal,
    owner: Ada,
    ...(readings ? { readings } : {}),
    configuration: { people: [Ada, Bo, Cy], me: 'ada' },
  })
  let count = 0
  const by =
    (person: Person) =>
    async <Name extends OperationName>(
      name: Name,
      input: InputOf<Name>,
    ): Promise<Result<OutputOf<Name>, ContractError>> => {
      count += 1
      const call = {
        requestId: `handoff-test-${String(count)}`,
        actor: personActor(person, 'cockpit'),
        rights: ['read', 'act'] as const,
      }
      return (await test.engine.execute(name, input, call)) as never
    }
  const now = test.clock.now()
  const document = (more: Partial<HandoffDocument> = {}) =>
    documentOf([], { from: now - 12 * HOUR, to: now }, more)
  const types = () => journal.events.map(({ body }) => body.type)
  return { ...test, journal, ada: by(Ada), bo: by(Bo), cy: by(Cy), now, document, types }
}

const line = (incidentId: string) => ({
  id: `ongoing:${incidentId}`,
  section: 'ongoing' as const,
  under: null,
  text: 'Something leaks',
  severity: 'P0' as const,
  incidentId,
  events: [1],
  nextStep: null,
  contact: null,
})

describe('a handoff of the engine', () => {
  it('is sent, opened, answered, accepted, listed, read and compared', async () => {
    const { ada, bo, document, types } = start()
    const sent = document()
    const { handoffId } = sent
    const hash = hashOfHandoff(sent)
    expect(await ada('handoff.send', { handoffId, document: sent, way: 'here' })).toMatchObject({
      ok: true,
    })
    expect((await bo('handoff.open', { handoffId })).ok).toBe(true)
    const answer = { handoffId, questionId: 'concerns', answer: 'none' }
    expect((await bo('handoff.answer', answer)).ok).toBe(true)
    expect((await bo('handoff.accept', { handoffId, hash })).ok).toBe(true)
    expect(types().filter((type) => type.startsWith('handoff.'))).toEqual([
      'handoff.sent',
      'handoff.opened',
      'handoff.answered',
      'handoff.accepted',
    ])
    expect(await ada('handoff.list', {})).toMatchObject({
      ok: true,
      value: { handoffs: [{ handoff: { accepted: { by: Bo } } }], next: null },
    })
    expect(await ada('handoff.read', { handoffId })).toMatchObject({
      ok: true,
      value: { document: sent },
    })
    const other = document({ handoffId: 'handoff-2', lines: [line('i-1')] })
    await ada('handoff.send', { handoffId: 'handoff-2', document: other, way: 'here' })
    expect(await ada('handoff.compare', { earlier: handoffId, later: 'handoff-2' })).toMatchObject({
      ok: true,
      value: { added: [{ incidentId: 'i-1' }], gone: [], still: [] },
    })
    expect((await ada('handoff.withdraw', { handoffId: 'handoff-2' })).ok).toBe(true)
  })

  it('is refused as the text of another one, or of another person', async () => {
    const { ada, bo, document } = start()
    const sent = document()
    expect(
      await ada('handoff.send', { handoffId: 'handoff-9', document: sent, way: 'here' }),
    ).toMatchObject({ ok: false, error: { message: 'The text is of another handoff.' } })
    expect(
      await bo('handoff.send', { handoffId: sent.handoffId, document: sent, way: 'here' }),
    ).toMatchObject({ ok: false, error: { code: 'not-allowed-now' } })
  })

  it('comes from another desktop once, also long after the state has let go of it', async () => {
    const { ada, document } = start()
    const got = document({ from: { id: 'me', name: 'Eve' }, to: { id: null, name: 'Ada' } })
    const { handoffId } = got
    expect((await ada('handoff.receive', { document: got })).ok).toBe(true)
    expect((await ada('handoff.withdraw', { handoffId, reason: 'mine no more' })).ok).toBe(true)
    expect(await ada('handoff.receive', { document: got })).toMatchObject({
      ok: false,
      error: { code: 'already-done' },
    })
  })

  it('goes to another desktop, and is accepted by what comes back', async () => {
    const { ada, document } = start()
    const sent = document({ to: { id: null, name: 'Eve' } })
    const { handoffId } = sent
    await ada('handoff.send', { handoffId, document: sent, way: 'to-file' })
    const acceptance: TravellingAcceptance = {
      format: 'deckwatch-acceptance',
      version: 1,
      handoffId,
      hash: hashOfHandoff(sent),
      by: { id: 'me', name: 'Eve' },
      acceptedAt: 1_000,
      answers: [],
    }
    expect(
      await ada('handoff.take-acceptance', {
        acceptance: { ...acceptance, hash: '0'.repeat(64) },
      }),
    ).toMatchObject({ ok: false })
    expect((await ada('handoff.take-acceptance', { acceptance })).ok).toBe(true)
  })

  it('is drafted for whoever asks, with where each line comes from', async () => {
    const { ada, bo, now, engine } = start()
    await ada('incident.declare', { title: 'Refunds are late', severity: 'P1' })
    const period = { from: now - HOUR, to: now + HOUR, zone: 'UTC' }
    const drafted = await bo('handoff.draft', period)
    if (!drafted.ok) throw new Error(drafted.error.message)
    expect(drafted.value.lines).toMatchObject([{ section: 'ongoing', severity: 'P1' }])
    expect(drafted.value.lag.recorded).toBe(engine.state().seq)
    const events = drafted.value.lines[0]?.events ?? []
    expect(await bo('handoff.sources', { events })).toMatchObject({
      ok: true,
      value: { entries: [{ type: 'incident.declared' }, { type: 'incident.acknowledged' }] },
    })
    expect(await bo('handoff.draft', { ...period, to: period.from })).toMatchObject({
      ok: false,
      error: { code: 'invalid-input' },
    })
  })

  it('says what is not known, and what history cannot say', async () => {
    const { ada, document } = start()
    const unknown = { handoffId: 'handoff-9' }
    expect(await ada('handoff.read', unknown)).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    })
    expect(
      await ada('handoff.compare', { earlier: 'handoff-8', later: 'handoff-9' }),
    ).toMatchObject({ ok: false, error: { code: 'not-found' } })
    const sent = document()
    await ada('handoff.send', { handoffId: sent.handoffId, document: sent, way: 'here' })
    expect(
      await ada('handoff.compare', { earlier: sent.handoffId, later: 'handoff-9' }),
    ).toMatchObject({ ok: false, error: { code: 'not-found' } })
  })

  it('is sent also where no history is kept; the rest is refused in words', async () => {
    const { ada, now, document } = start({ readings: null })
    const sent = document()
    const { handoffId } = sent
    expect((await ada('handoff.send', { handoffId, document: sent, way: 'here' })).ok).toBe(true)
    const refused = { ok: false, error: { code: 'history-unavailable' } }
    expect(await ada('handoff.list', {})).toMatchObject(refused)
    expect(await ada('handoff.read', { handoffId })).toMatchObject(refused)
    expect(await ada('handoff.sources', { events: [1] })).toMatchObject(refused)
    expect(await ada('handoff.draft', { from: now - HOUR, to: now, zone: 'UTC' })).toMatchObject(
      refused,
    )
    expect(await ada('handoff.compare', { earlier: handoffId, later: handoffId })).toMatchObject(
      refused,
    )
  })

  it('says that a text cannot be read where only its event is damaged', async () => {
    const journal = createMemoryJournal()
    const memory = createMemoryReadings(journal)
    const failure: ReadingsFailure = { code: 'unavailable', message: 'Not now.', hint: 'Wait.' }
    const broken: Readings = {
      ...memory,
      handoff: (id, signal) =>
        memory
          .handoff(id, signal)
          .then((found) =>
            found.ok ? { ...found, value: { ...found.value, document: null } } : found,
          ),
      handoffs: () => Promise.resolve(fail(failure)),
    }
    const test = startTestEngine([createScriptedSource('am')], {
      journal,
      owner: Ada,
      readings: broken,
      configuration: { people: [Ada, Bo], me: 'ada' },
    })
    const sent = documentOf([], { from: 0, to: HOUR })
    await test.run('handoff.send', { handoffId: sent.handoffId, document: sent, way: 'here' })
    expect(await test.run('handoff.read', { handoffId: sent.handoffId })).toMatchObject({
      ok: false,
      error: { message: 'The text of this handoff cannot be read.' },
    })
    expect(await test.run('handoff.list', {})).toMatchObject({
      ok: false,
      error: { message: 'Not now.' },
    })
  })

  it('is of persons: no source hands a shift over', async () => {
    const { engine, document } = start()
    const sent = document()
    const outcome = await engine.execute(
      'handoff.send',
      { handoffId: sent.handoffId, document: sent, way: 'here' },
      { requestId: 'request-of-am', actor: { kind: 'source', id: 'am' }, rights: ['act'] },
    )
    expect(outcome).toMatchObject({ ok: false, error: { code: 'not-permitted' } })
  })
})

describe('a handoff that names a confidential incident', () => {
  async function confidential() {
    const test = start()
    const { ada, engine } = test
    await ada('incident.declare', { title: 'A leak', severity: 'P0' })
    const [incident] = engine.state().incidents.keys()
    if (incident === undefined) throw new Error('no incident')
    const restricted = await ada('incident.restrict', { incidentId: incident, people: ['bo'] })
    if (!restricted.ok) throw new Error(restricted.error.message)
    return { ...test, incident }
  }

  it('is not sent to somebody who may not see it', async () => {
    const { ada, document, incident } = await confidential()
    const sent = document({ lines: [line(incident)], to: Cy })
    expect(
      await ada('handoff.send', { handoffId: sent.handoffId, document: sent, way: 'here' }),
    ).toMatchObject({
      ok: false,
      error: { message: 'Cy may not see a confidential incident in this handoff.' },
    })
    const two = { ...sent, lines: [line(incident), { ...line(incident), id: 'again' }] }
    expect(
      (await ada('handoff.send', { handoffId: sent.handoffId, document: two, way: 'here' })).ok,
    ).toBe(false)
  })

  it('is there for those who may see it, and for nobody else', async () => {
    const { ada, bo, cy, document, incident, now } = await confidential()
    const sent = document({ lines: [line(incident)] })
    const { handoffId } = sent
    const ok = await ada('handoff.send', { handoffId, document: sent, way: 'here' })
    expect(ok.ok).toBe(true)
    expect((await bo('handoff.read', { handoffId })).ok).toBe(true)
    expect(await cy('handoff.read', { handoffId })).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    })
    expect(await cy('handoff.list', {})).toMatchObject({ ok: true, value: { handoffs: [] } })
    expect(await cy('handoff.open', { handoffId })).toMatchObject({ ok: false })
    const period = { from: now - HOUR, to: now + HOUR, zone: 'UTC' }
    expect(await cy('handoff.draft', period)).toMatchObject({ ok: true, value: { lines: [] } })
    const mine = await bo('handoff.draft', period)
    expect(mine.ok && mine.value.lines.length).toBe(1)
    const events = mine.ok ? (mine.value.lines[0]?.events ?? []) : []
    expect(await cy('handoff.sources', { events })).toMatchObject({
      ok: true,
      value: { entries: [] },
    })
  })
})
