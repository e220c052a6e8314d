import { describe, expect, it } from 'vitest'
import { keptCommandSchema } from '#renderer/engine/offline/kept-command.ts'
import { conflictOf } from '#renderer/engine/commands/conflict.ts'
import { noAlerts } from '#shared/domain/incident/counts.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'
import { ada } from '#test/fixtures/persons.ts'

const context = { now: 10_000, me: ada }
const given = (name: string, input: object = {}) =>
  keptCommandSchema.parse({
    id: `id of ${name}`,
    order: 1,
    name: `incident.${name}`,
    input: { incidentId: 'a', ...input },
    title: '',
    givenAt: 1,
    state: 'waiting',
    sender: null,
    wasSent: false,
    rejection: null,
  })
const incident = incidentWith({ id: 'a' })

describe('a command that would be kept', () => {
  it('may follow what waits', () => {
    const acknowledge = given('acknowledge')
    expect(conflictOf(incident, [acknowledge], given('unacknowledge'), context)).toBeNull()
    expect(
      conflictOf(incident, [acknowledge], given('snooze', { until: 20_000 }), context),
    ).toBeNull()
  })

  it('is refused when the same waits already, unless it is a note', () => {
    const acknowledge = given('acknowledge')
    expect(conflictOf(incident, [acknowledge], acknowledge, context)?.message).toContain(
      'Already queued',
    )
    const note = given('note', { text: 'seen' })
    expect(conflictOf(incident, [note], note, context)).toBeNull()
  })

  it('is refused when it would make no sense after what waits', () => {
    const resolve = given('resolve', { evenIfFiring: true })
    expect(conflictOf(incident, [resolve], given('acknowledge'), context)).toMatchObject({
      code: 'not-allowed-now',
      message: 'This incident is resolved already.',
    })
    expect(conflictOf(incident, [resolve], given('reopen'), context)).toBeNull()
  })

  it('asks back what the engine would ask', () => {
    expect(conflictOf(incident, [], given('resolve'), context)?.code).toBe('alerts-still-firing')
    const quiet = incidentWith({ id: 'a', counts: { ...noAlerts, resolved: 1 } })
    expect(conflictOf(quiet, [], given('resolve'), context)).toBeNull()
  })

  it('is refused when it is too late for it', () => {
    expect(conflictOf(incident, [], given('snooze', { until: 9_000 }), context)?.code).toBe(
      'invalid-input',
    )
  })

  it('is judged as if what would be refused had not been given', () => {
    const close = given('close')
    expect(conflictOf(incident, [close], given('acknowledge'), context)).toBeNull()
  })
})
