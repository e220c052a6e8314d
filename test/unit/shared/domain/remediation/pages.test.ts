import { describe, expect, it } from 'vitest'
import { remediationEvents } from '#shared/domain/remediation/events.ts'
import { evolveRemediation } from '#shared/domain/remediation/evolve.ts'
import { stopRemediation } from '#shared/domain/remediation/pages.ts'
import type { StopReason } from '#shared/domain/remediation/schema.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'

const facts = {
  incidentId: 'i',
  policy: 'p',
  remediationId: 'r',
  title: 'Restart checkout',
  runbook: 'playbook:a.md',
  step: 'restart',
  tell: [],
}
const typesOf = (
  reason: StopReason,
  {
    isPersons = false,
    status = 'acknowledged',
  }: {
    readonly isPersons?: boolean
    readonly status?: 'acknowledged' | 'resolved' | 'closed'
  } = {},
) =>
  stopRemediation(facts, { reason, why: '', isPersons }, incidentWith({ id: 'i', status })).map(
    ({ type }) => type,
  )
const paged = ['remediation.stopped', 'incident.retriggered']
const quiet = ['remediation.stopped']

describe('a remediation that stops', () => {
  it('pages, but not whoever has seen it, nor for what is over', () => {
    expect(typesOf('failed')).toEqual(paged)
    expect(typesOf('failed', { isPersons: true })).toEqual(quiet)
    expect(typesOf('not-improved', { isPersons: true })).toEqual(paged)
    expect(typesOf('cancelled')).toEqual(quiet)
    expect(typesOf('failed', { status: 'resolved' })).toEqual(quiet)
    expect(typesOf('failed', { status: 'closed' })).toEqual(quiet)
    const gone = stopRemediation(facts, { reason: 'failed', why: '', isPersons: false }, undefined)
    expect(gone).toHaveLength(1)
  })

  it('says why, as far as that is known', () => {
    const stopped = remediationEvents['remediation.stopped']
    expect(stopped.words({ ...facts, reason: 'failed', why: '' })?.text).toBe(
      'Remediation stopped: Restart checkout: its command failed. It stays stopped until somebody re-arms it',
    )
  })
})

it('tells of a proposal that no longer stands, and of an end without more words', () => {
  const withdrawn = remediationEvents['remediation.withdrawn']
  expect(withdrawn.words({ ...facts, reason: 'no-longer' })).toEqual({
    kind: 'incident',
    text: 'Remediation no longer proposed: Restart checkout: its condition no longer holds',
  })
  const finished = remediationEvents['remediation.finished']
  expect(finished.words({ ...facts, reason: 'incident-over', why: null })?.text).toBe(
    'Remediation finished: Restart checkout: the incident is over',
  )
  const allowance = { left: 2, times: 2, withinMs: 60_000, because: 'memory' }
  const proposed = remediationEvents['remediation.proposed']
  expect(proposed.words({ ...facts, ...allowance, heldBack: null })?.text).toBe(
    'Remediation proposed: Restart checkout (2 of 2 left in 1m) because memory',
  )
  // What a person runs is told as that.
  const begun = remediationEvents['remediation.begun']
  const person = { kind: 'person', id: 'ada', name: 'Ada', via: 'cockpit' } as const
  const said = { ...facts, ...allowance, executionId: 'e', watchMs: 1, person }
  expect(begun.words(said)).toBeNull()
  const occurrence = { at: 1, actor: { kind: 'deckwatch' } } as const
  expect(
    evolveRemediation(undefined, { type: 'remediation.begun', ...said }, occurrence),
  ).toMatchObject({ status: 'running', by: { id: 'ada' } })
  const ran = { type: 'remediation.ran', ...facts, watchedUntil: 2 } as const
  expect(evolveRemediation(undefined, ran, occurrence)).toBeUndefined()
})
