import { expect, it } from 'vitest'
import { handoffBefore, type PastHandoff } from '#shared/domain/handoff-draft/past-handoff.ts'

const past = (seq: number, isPractice: boolean): PastHandoff => ({
  seq,
  handoff: {
    handoffId: `handoff-${String(seq)}`,
    way: 'here',
    from: { id: 'ada', name: 'Ada' },
    to: { id: 'bo', name: 'Bo' },
    period: { from: 0, to: 1_000 },
    hash: '0'.repeat(64),
    incidentIds: [],
    questions: [],
    sentAt: 1_000,
    openedAt: null,
    answers: [],
    accepted: null,
    ...(isPractice ? { isPractice } : {}),
  },
  withdrawn: null,
})

it('the handoff before a real one is real, and that before practice is practice', () => {
  const handoffs = [past(4, false), past(3, true), past(2, false), past(1, true)]
  const before = handoffs.map((_, index) => handoffBefore(handoffs, index)?.seq ?? null)
  expect(before).toEqual([2, 1, null, null])
})
