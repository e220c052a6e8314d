import { describe, expect, it } from 'vitest'
import type { Outcome } from '#shared/domain/execution/schema.ts'
import { executionEvents } from '#shared/domain/execution/events.ts'
import {
  outcomeWords,
  resultWords,
  shownInLine,
  targetWords,
  tookWords,
} from '#shared/domain/execution/words.ts'
import { resultWith } from '#test/fixtures/executions.ts'

const ada = { kind: 'person', id: 'ada', name: 'Ada' } as const

describe('what came of a run', () => {
  it.each([
    [{ kind: 'exited', code: 1 }, 'exit 1'],
    [{ kind: 'signalled', signal: 'SIGSEGV' }, 'ended by SIGSEGV'],
    [{ kind: 'answered' }, 'answered'],
    [{ kind: 'timed-out' }, 'timed out'],
    [{ kind: 'cancelled', by: ada }, 'cancelled by Ada'],
    [{ kind: 'cancelled', by: null }, 'cancelled'],
    [{ kind: 'not-started', message: 'no such program' }, 'not started: no such program'],
    [{ kind: 'lost' }, 'interrupted: Deckwatch ended before it did'],
  ] as readonly (readonly [Outcome, string])[])('is said of %j', (outcome, words) => {
    expect(outcomeWords(outcome)).toBe(words)
  })

  it('is one line with verdict, summary, end and time', () => {
    const result = { summary: '', durationMs: 312, outcome: { kind: 'exited', code: 0 } } as const
    expect(resultWords({ ...result, verdict: 'unjudged' })).toBe('exit 0, 0.3 s')
    expect(resultWords({ ...result, verdict: 'as-expected', summary: '4 of 4' })).toBe(
      'as expected: 4 of 4 (exit 0, 0.3 s)',
    )
    expect(resultWords({ ...result, verdict: 'failed', outcome: { kind: 'lost' } })).toBe(
      'failed (interrupted: Deckwatch ended before it did)',
    )
  })

  it.each([
    [41, '41 ms'],
    [312, '0.3 s'],
    [12_400, '12 s'],
    [125_000, '2 min 5 s'],
  ])('took %d ms: %s', (durationMs, words) => {
    expect(tookWords(durationMs)).toBe(words)
  })
})

it('says a command in one line, and what it acts on', () => {
  expect(shownInLine('kubectl \\\n  get pods')).toBe('kubectl get pods')
  expect(shownInLine('x'.repeat(200))).toHaveLength(160)
  expect(targetWords([{ kind: 'context', value: 'prod' }])).toEqual(['context prod'])
})

describe('a run that was cancelled, on the timeline', () => {
  const group = { id: 'g', target: 'web-1', of: 12, noun: 'pod', values: {}, seal: 's' }
  const finished = (over: object) =>
    executionEvents['execution.finished'].words({
      executionId: 'x',
      incidentId: 'i',
      title: 'Vacuum `it`',
      reason: 'person',
      ...resultWith({
        outcome: { kind: 'cancelled', by: ada },
        verdict: 'failed',
        durationMs: 2_000,
      }),
      ...over,
    })

  it('is told as what a person did', () => {
    expect(finished({})).toEqual({
      kind: 'incident',
      text: '{recipient} cancelled “Vacuum it” after 2.0 s',
      recipient: 'ada',
    })
    expect(finished({ summary: 'Deleted 3' })?.text).toBe(
      '{recipient} cancelled “Vacuum it” after 2.0 s: Deleted 3',
    )
    expect(finished({ group: { ...group, batch: null } })?.text).toBe(
      '{recipient} cancelled “Vacuum it” on web-1, 1 of 12 pods, after 2.0 s',
    )
    expect(finished({ group: { ...group, batch: 'b' } })).toBeNull()
  })

  it.each([null, { kind: 'deckwatch' }])('names nobody where no person did it: %j', (by) => {
    const words = finished({ outcome: { kind: 'cancelled', by } })
    expect(words?.text).toMatch(/^Vacuum it: failed \(cancelled/)
    expect(words).not.toHaveProperty('recipient')
  })
})
