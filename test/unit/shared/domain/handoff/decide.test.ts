import { describe, expect, it } from 'vitest'
import {
  decideHandoff,
  MAX_PENDING_HANDOFFS,
  type HandoffCommand,
} from '#shared/domain/handoff/decide.ts'
import { canonicalText, hashOfHandoff } from '#shared/domain/handoff/document.ts'
import { evolveHandoff, handoffsToForget } from '#shared/domain/handoff/evolve.ts'
import type { HandoffBody } from '#shared/domain/handoff/events.ts'
import { handoffSchema, type Handoff } from '#shared/domain/handoff/schema.ts'
import { shiftStart, DEFAULT_SHIFT_MS } from '#shared/domain/handoff/shift.ts'
import type { Person } from '#shared/domain/person/schema.ts'
import { documentOf } from '#test/fixtures/shifts/shifts.ts'

const Ada = { id: 'ada', name: 'Ada' }
const Bo = { id: 'bo', name: 'Bo' }
const Cy = { id: 'cy', name: 'Cy' }
const period = { from: 1_000_000, to: 5_000_000 }
const document = documentOf([], period)
const hash = hashOfHandoff(document)
const actor = ({ id, name }: Person) => ({ kind: 'person' as const, id, name })

/** What people do to handoffs, one after the other. */
function desk(people: readonly Person[] = [Ada, Bo, Cy], owner = 'ada') {
  const handoffs = new Map<string, Handoff>()
  const known = new Set<string>()
  let at = 6_000_000
  const apply = (body: HandoffBody, person: Person) => {
    const after = evolveHandoff(handoffs.get(body.handoffId), body, { at, actor: actor(person) })
    known.add(body.handoffId)
    if (after) handoffs.set(body.handoffId, after)
    else handoffs.delete(body.handoffId)
  }
  return {
    handoffs,
    known,
    tries: (person: Person, command: HandoffCommand) => {
      at += 1_000
      const decided = decideHandoff(command, {
        handoffs,
        isKnown: (id) => known.has(id),
        person,
        people,
        owner,
      })
      if (decided.ok) for (const body of decided.value) apply(body, person)
      return decided
    },
  }
}

const send = (way: 'here' | 'to-file' = 'here', more: object = {}): HandoffCommand => ({
  type: 'handoff.send',
  way,
  document: { ...document, ...more },
})
const accept = (more: object = {}): HandoffCommand => ({
  type: 'handoff.accept',
  handoffId: 'handoff-1',
  hash,
  answers: [{ questionId: 'deployments', answer: 'none' }],
  ...more,
})

describe('a handoff between two people of one engine', () => {
  it('has the hash that it had before practice was named, and reads as before without it', () => {
    expect(canonicalText(document)).not.toContain('isPractice')
    expect(hashOfHandoff({ ...document, isPractice: true })).not.toBe(hash)
    const { tries, handoffs } = desk()
    tries(Ada, send())
    const kept: unknown = JSON.parse(JSON.stringify(handoffs.get('handoff-1')))
    expect(handoffSchema.parse(kept)).toEqual(handoffs.get('handoff-1'))
    expect(handoffs.get('handoff-1')).not.toHaveProperty('isPractice')
  })

  it('is sent, opened, answered and accepted, and says who has the watch now', () => {
    const { tries, handoffs } = desk()
    expect(tries(Ada, send())).toMatchObject({ ok: true, value: [{ type: 'handoff.sent', hash }] })
    expect(tries(Bo, { type: 'handoff.open', handoffId: 'handoff-1' }).ok).toBe(true)
    const answer = { questionId: 'concerns', answer: 'the queue' }
    expect(tries(Bo, { type: 'handoff.answer', handoffId: 'handoff-1', ...answer }).ok).toBe(true)
    expect(tries(Bo, accept())).toMatchObject({
      ok: true,
      value: [{ type: 'handoff.accepted', by: Bo, from: Ada, hash }],
    })
    expect(handoffs.get('handoff-1')).toMatchObject({
      accepted: { by: Bo },
      answers: [answer, { questionId: 'deployments', answer: 'none' }],
    })
  })

  it.each<[string, Person, HandoffCommand, string]>([
    ['by somebody else', Cy, accept(), 'This handoff is for Bo.'],
    ['by whoever sent it', Ada, accept(), 'This handoff is for Bo.'],
    ['another text', Bo, accept({ hash: '0'.repeat(64) }), 'This is not the text that was sent.'],
    [
      'with an answer to no question',
      Bo,
      accept({ answers: [{ questionId: 'x', answer: '' }] }),
      'This handoff does not have such a question.',
    ],
    [
      'what nobody knows',
      Bo,
      accept({ handoffId: 'handoff-2' }),
      'This handoff is not known here.',
    ],
    [
      'withdrawn by somebody else',
      Bo,
      { type: 'handoff.withdraw', handoffId: 'handoff-1', reason: null },
      'Only Ada can withdraw this handoff.',
    ],
    [
      'with an answer to a question that it has not',
      Bo,
      { type: 'handoff.answer', handoffId: 'handoff-1', questionId: 'x', answer: '' },
      'This handoff does not have such a question.',
    ],
    [
      'by an acceptance as of a file',
      Ada,
      {
        type: 'handoff.take-acceptance',
        acceptance: { handoffId: 'handoff-1', hash, by: Bo, acceptedAt: 1, answers: [] },
      },
      'This handoff was not given as a file: it is accepted in Deckwatch itself.',
    ],
  ])('is refused: %s', (_what, person, command, message) => {
    const { tries } = desk()
    tries(Ada, send())
    expect(tries(person, command)).toMatchObject({ ok: false, error: { message } })
  })

  it('is accepted once', () => {
    const { tries } = desk()
    tries(Ada, send())
    tries(Bo, accept())
    for (const command of [accept(), { type: 'handoff.open', handoffId: 'handoff-1' } as const]) {
      expect(tries(Bo, command)).toMatchObject({
        ok: false,
        error: { code: 'already-done', message: 'Bo accepted this handoff already.' },
      })
    }
    expect(tries(Ada, send())).toMatchObject({ ok: false, error: { code: 'already-done' } })
  })

  it('is opened once', () => {
    const { tries } = desk()
    tries(Ada, send())
    tries(Bo, { type: 'handoff.open', handoffId: 'handoff-1' })
    expect(tries(Bo, { type: 'handoff.open', handoffId: 'handoff-1' })).toMatchObject({
      ok: false,
      error: { code: 'already-done' },
    })
  })

  it('is withdrawn by whoever sent it, and is over then', () => {
    const { tries, handoffs } = desk()
    tries(Ada, send())
    expect(tries(Ada, { type: 'handoff.withdraw', handoffId: 'handoff-1', reason: null }).ok).toBe(
      true,
    )
    expect(handoffs.size).toBe(0)
    expect(tries(Bo, accept())).toMatchObject({ ok: false, error: { code: 'not-allowed-now' } })
  })

  it.each<[string, Person, HandoffCommand, string]>([
    ['of a shift of another', Bo, send(), 'Only the person whose shift it is can hand it over.'],
    ['to oneself', Ada, send('here', { to: Ada }), 'A shift is handed over to somebody else.'],
    [
      'to a stranger',
      Ada,
      send('here', { to: { id: null, name: 'Dee' } }),
      'Dee is not among the people of this Deckwatch.',
    ],
    [
      'that ends before it begins',
      Ada,
      send('here', { period: { from: 2, to: 1 } }),
      'The shift has to begin before it ends.',
    ],
    [
      'of a year',
      Ada,
      send('here', { period: { from: 0, to: 366 * 86_400_000 } }),
      'A handoff covers 31 days at most.',
    ],
  ])('is not sent %s', (_what, person, command, message) => {
    expect(desk().tries(person, command)).toMatchObject({ ok: false, error: { message } })
  })

  it('is not sent beyond what anybody will accept, or longer than anybody will read', () => {
    const { tries } = desk()
    for (let count = 0; count < MAX_PENDING_HANDOFFS; count += 1) {
      expect(tries(Ada, send('here', { handoffId: `handoff-${String(count)}` })).ok).toBe(true)
    }
    expect(tries(Ada, send('here', { handoffId: 'one-more-handoff' }))).toMatchObject({
      ok: false,
      error: { code: 'not-allowed-now' },
    })
    const long = { ...documentOf([], period).questions[0], text: 'x'.repeat(2_000) }
    const line = {
      id: 'x',
      section: 'notes',
      under: null,
      text: 'x'.repeat(2_000),
      severity: null,
      incidentId: null,
      events: [],
      nextStep: null,
      contact: null,
    }
    const lines = Array.from({ length: 200 }, (_, index) => ({ ...line, id: String(index) }))
    expect(desk().tries(Ada, send('here', { lines, questions: [long] }))).toMatchObject({
      ok: false,
      error: { message: 'This handoff is too long to be read by anybody.' },
    })
    expect(
      desk().tries(Bo, { type: 'handoff.receive', document: { ...document, lines } as never }),
    ).toMatchObject({ ok: false, error: { code: 'invalid-input' } })
  })

  it('takes the owner for themselves under the id that they had before', () => {
    const { tries } = desk([Ada, Bo], 'ada')
    expect(tries({ id: 'me', name: 'Ada' }, send()).ok).toBe(true)
  })
})

describe('a handoff between two desktops', () => {
  const acceptance = { handoffId: 'handoff-1', hash, by: Bo, acceptedAt: 7_000_000, answers: [] }

  it('goes as a file, is accepted there, and the acceptance counts here', () => {
    const here = desk([Ada], 'ada')
    const there = desk([Bo], 'bo')
    expect(here.tries(Ada, send('to-file')).ok).toBe(true)
    expect(there.tries(Bo, { type: 'handoff.receive', document }).ok).toBe(true)
    expect(there.tries(Bo, accept()).ok).toBe(true)
    expect(here.tries(Ada, { type: 'handoff.take-acceptance', acceptance }).ok).toBe(true)
    expect(here.handoffs.get('handoff-1')?.accepted).toEqual({ at: 7_000_000, by: Bo })
  })

  it.each<[string, object, string]>([
    [
      'another text',
      { hash: 'f'.repeat(64) },
      'Bo accepted another text than the one that was sent.',
    ],
    ['another handoff', { handoffId: 'handoff-9' }, 'This handoff is not known here.'],
  ])('is not taken for accepted: %s', (_what, more, message) => {
    const { tries, handoffs } = desk()
    tries(Ada, send('to-file'))
    const command = {
      type: 'handoff.take-acceptance',
      acceptance: { ...acceptance, ...more },
    } as const
    expect(tries(Ada, command)).toMatchObject({ ok: false, error: { message } })
    expect(handoffs.get('handoff-1')?.accepted).toBeNull()
  })

  it('is taken in once, and the acceptance too', () => {
    const here = desk()
    here.tries(Ada, send('to-file'))
    here.tries(Ada, { type: 'handoff.take-acceptance', acceptance })
    expect(here.tries(Ada, { type: 'handoff.take-acceptance', acceptance })).toMatchObject({
      ok: false,
      error: { code: 'already-done' },
    })
    const there = desk()
    there.tries(Bo, { type: 'handoff.receive', document })
    expect(there.tries(Bo, { type: 'handoff.receive', document })).toMatchObject({
      ok: false,
      error: { code: 'already-done' },
    })
    const other = { ...document, writtenAt: 1 }
    expect(there.tries(Bo, { type: 'handoff.receive', document: other })).toMatchObject({
      ok: false,
      error: { code: 'not-allowed-now' },
    })
    there.tries(Bo, accept())
    expect(there.tries(Bo, { type: 'handoff.receive', document })).toMatchObject({
      ok: false,
      error: { code: 'already-done' },
    })
    there.handoffs.clear()
    expect(there.tries(Bo, { type: 'handoff.receive', document })).toMatchObject({
      ok: false,
      error: { code: 'already-done' },
    })
  })

  it('is not opened where it was written, and not accepted there', () => {
    const { tries } = desk()
    tries(Ada, send('to-file'))
    expect(tries(Ada, { type: 'handoff.receive', document })).toMatchObject({
      ok: false,
      error: { code: 'not-allowed-now' },
    })
    expect(tries(Bo, accept())).toMatchObject({ ok: false, error: { code: 'not-allowed-now' } })
  })

  it('is put away by whoever opened it', () => {
    const { tries, handoffs } = desk()
    tries(Cy, { type: 'handoff.receive', document })
    expect(
      tries(Cy, { type: 'handoff.withdraw', handoffId: 'handoff-1', reason: 'mine no more' }).ok,
    ).toBe(true)
    expect(handoffs.size).toBe(0)
  })
})

describe('when a shift began', () => {
  const accepted = (id: string, from: Person, by: Person, at: number): Handoff => ({
    handoffId: id,
    way: 'here',
    from,
    to: by,
    period: { from: at - 2_000, to: at - 1_000 },
    hash,
    incidentIds: [],
    questions: [],
    sentAt: at - 1_000,
    openedAt: null,
    answers: [],
    accepted: { at, by },
  })

  it('is the end of what was handed over last, so that nothing falls between', () => {
    const handoffs = [
      accepted('first-one', Cy, Ada, 10_000),
      accepted('other-one', Cy, Bo, 30_000),
      accepted('newest-one', Bo, Ada, 20_000),
    ]
    const now = 40_000
    const start = (id: string) => shiftStart(handoffs, { id, owner: 'ada' }, now)
    expect(start('ada')).toEqual({ at: 19_000, reason: 'taken-over' })
    expect(start('me')).toEqual({ at: 19_000, reason: 'taken-over' })
    expect(start('bo')).toEqual({ at: 29_000, reason: 'taken-over' })
    expect(start('cy')).toEqual({ at: 29_000, reason: 'handed-over' })
    expect(start('dee')).toEqual({ at: now - DEFAULT_SHIFT_MS, reason: 'default' })
  })

  it('is not taken from what people of another desktop are called there', () => {
    const given = {
      ...accepted('to-a-file', Ada, { id: 'me', name: 'Cy' }, 10_000),
      way: 'to-file',
    }
    const got = {
      ...accepted('from-file', { id: 'ada', name: 'Eve' }, Bo, 20_000),
      way: 'from-file',
    }
    const start = (id: string) =>
      shiftStart([given, got] as Handoff[], { id, owner: 'ada' }, 30_000)
    expect(start('ada')).toEqual({ at: 9_000, reason: 'handed-over' })
    expect(start('bo')).toEqual({ at: 19_000, reason: 'taken-over' })
    expect(start('cy').reason).toBe('default')
  })

  it('is twelve hours ago where the last handoff is too long ago, or ends later than now', () => {
    const old = [accepted('first-one', Cy, Ada, 10_000)]
    const now = 10_000 + 40 * 86_400_000
    expect(shiftStart(old, { id: 'ada', owner: 'ada' }, now).reason).toBe('default')
    expect(shiftStart(old, { id: 'ada', owner: 'ada' }, 5_000).reason).toBe('default')
  })

  it('is not moved by practice, which takes no place of a real handoff either', () => {
    const { tries, handoffs } = desk()
    tries(Ada, send('here', { isPractice: true }))
    tries(Bo, accept({ hash: hashOfHandoff({ ...document, isPractice: true }) }))
    const practice = handoffs.get('handoff-1')
    expect(practice).toMatchObject({ isPractice: true, accepted: { by: Bo } })
    const real = accepted('real-one', Ada, Bo, 10_000)
    const both = new Map([...handoffs, ['real-one', real] as const])
    const now = 7_000_000
    expect(shiftStart(both.values(), { id: 'bo', owner: 'ada' }, now).at).toBe(9_000)
    expect(handoffsToForget(both)).toEqual([])
  })

  it('is asked of few: the last one that each person handed over or took over', () => {
    const all = [
      accepted('one-old', Ada, Bo, 10_000),
      accepted('two-old', Bo, Ada, 20_000),
      accepted('one-new', Ada, Bo, 30_000),
      accepted('two-new', Bo, Ada, 40_000),
    ]
    const handoffs = new Map(all.map((each) => [each.handoffId, each]))
    expect(handoffsToForget(handoffs).toSorted()).toEqual(['one-old', 'two-old'])
  })
})
