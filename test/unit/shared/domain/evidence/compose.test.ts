import { describe, expect, it } from 'vitest'
import { evidenceOf } from '#shared/domain/evidence/compose.ts'
import { runsOf, type EvidenceDocument } from '#shared/domain/evidence/document.ts'
import { evidenceRecordOf } from '#shared/domain/evidence/record.ts'
import type { ExecutionRequest, ExecutionResult } from '#shared/domain/execution/schema.ts'
import {
  adaOfStory,
  deckwatch,
  eventsOf,
  materialWith,
  requestWith,
  resultWith,
  storyEvents,
  storyIncident,
} from '#test/fixtures/evidence-story.ts'

const titles = ({ chapters }: EvidenceDocument) =>
  chapters.map(({ title, steps }) => [title, ...steps.map((step) => step.title)])

/** What the document says of one run. */
function runOf(request: Partial<ExecutionRequest>, result: Partial<ExecutionResult> | null = {}) {
  const material = materialWith({
    record: evidenceRecordOf(
      eventsOf([
        [adaOfStory, { type: 'execution.requested', ...requestWith(request) }],
        ...(result === null
          ? []
          : [
              [
                deckwatch,
                {
                  type: 'execution.finished' as const,
                  reason: 'person' as const,
                  executionId: 'run-1',
                  incidentId: 'i1',
                  title: 'x',
                  ...resultWith(result),
                },
              ] as const,
            ]),
      ]),
    ),
  })
  const [run] = runsOf(evidenceOf(material))
  if (!run) throw new Error('no run')
  return { ...run, ...Object.fromEntries(run.facts.map(({ name, value }) => [name, value])) }
}

describe('the evidence document', () => {
  it('has the plan with its open steps, and each runbook with its steps in order of time', () => {
    expect(titles(evidenceOf(materialWith()))).toEqual([
      [
        'Response plan: Checkout is down',
        'Immediate: Look at the dashboard',
        'Immediate: Inform support',
      ],
      ['Runbook: Checkout', 'Count the pods', 'Restart'],
    ])
  })

  it('says of each run who, when, commit, command, target, exit code and duration', () => {
    const [first, second] = runsOf(evidenceOf(materialWith()))
    expect(first?.by).toBe('Deckwatch, automatically')
    expect(second).toMatchObject({
      number: 2,
      by: 'Ada Lovelace',
      at: '2026-11-29 03:12:07 UTC (4 o’clock CET)',
      outcome: 'exit 0',
      shown: 'kubectl --context prod get pods \\\n  -l app=checkout',
    })
    expect(second?.facts).toEqual([
      { name: 'Started', value: '2026-11-29 03:12:08 UTC (4 o’clock CET)' },
      { name: 'Finished', value: '2026-11-29 03:12:09 UTC (4 o’clock CET)' },
      { name: 'Duration', value: '312 ms' },
      { name: 'Target', value: 'context prod' },
      { name: 'Risk', value: 'read' },
      { name: 'Runbook', value: 'playbook:checkout.md' },
      { name: 'Commit', value: '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567' },
      { name: 'SHA-256 of its text', value: 'b'.repeat(64) },
      { name: 'Expected', value: 'lines>0' },
      { name: 'Result', value: 'as expected' },
      { name: 'Output', value: '21 bytes, 1 line' },
    ])
  })

  it('has the commands of terminals in a chapter of their own, as they were typed', () => {
    const request = requestWith({
      title: 'echo `id` [a](b)',
      reason: 'terminal',
      runbook: null,
      hash: null,
      commit: null,
      step: null,
      place: null,
      timeoutMs: null,
    })
    const events = eventsOf([[adaOfStory, { type: 'execution.requested', ...request }]])
    const document = evidenceOf(materialWith({ record: evidenceRecordOf(events) }))
    expect(titles(document)).toEqual([['Commands of terminals', 'echo `id` [a](b)']])
    const [run] = runsOf(document)
    expect(run?.by).toBe('Ada Lovelace, in a terminal')
    expect(run?.facts.map(({ name }) => name)).not.toContain('Runbook')
  })

  it('says first for whom it is, where it is confidential', () => {
    const material = materialWith()
    const incident = { ...material.incident, confidentialFor: ['Bo'] }
    expect(evidenceOf({ ...material, incident }).facts[0]).toEqual({
      name: 'Who may read it',
      value: 'CONFIDENTIAL: for Bo and the owner of this Deckwatch only',
    })
  })

  it('says what is not known of a run rather than nothing', () => {
    const unknown = { executionId: 'run-9', commit: null, targets: [], expect: null }
    expect(runOf(unknown, null)).toMatchObject({
      outcome: 'not started yet',
      Duration: 'not known',
      Started: 'not recorded',
      Target: 'none known',
      Commit: 'not known',
      Expected: 'nothing stated',
      output: { kind: 'missing', why: 'Its output was not read.' },
    })
  })

  it.each([
    [{ kind: 'exited', code: 137 }, 'exit 137', '312 ms'],
    [{ kind: 'signalled', signal: 'SIGKILL' }, 'ended by SIGKILL', '312 ms'],
    [{ kind: 'timed-out' }, 'timed out', '312 ms'],
    [{ kind: 'cancelled', by: null }, 'cancelled', '312 ms'],
    [{ kind: 'cancelled', by: adaOfStory }, 'cancelled by Ada Lovelace', '312 ms'],
    [{ kind: 'not-started', message: 'no sh' }, 'not started: no sh', 'none: it did not start'],
    [{ kind: 'lost' }, 'interrupted: Deckwatch ended before it did', 'not known'],
  ] as const)('says how it ended: %o', (outcome, words, duration) => {
    expect(runOf({}, { outcome })).toMatchObject({ outcome: words, Duration: duration })
  })

  it('says that a run goes on, and how much it printed', () => {
    const [run] = runsOf(
      evidenceOf(
        materialWith({
          record: evidenceRecordOf(
            eventsOf([
              [adaOfStory, { type: 'execution.requested', ...requestWith() }],
              [deckwatch, { type: 'execution.started', executionId: 'run-1', incidentId: 'i1' }],
            ]),
          ),
        }),
      ),
    )
    expect(run?.outcome).toBe('still running when this was exported')
    const isCut = { output: { bytes: 1, lines: 2, isCut: true } }
    expect(runOf({}, isCut)).toMatchObject({
      Output: '1 byte, 2 lines; too much to be kept whole when it ran',
    })
  })

  it('has what was run from a runbook that nobody followed', () => {
    const record = evidenceRecordOf(
      eventsOf([
        [
          deckwatch,
          { type: 'execution.requested', ...requestWith({ runbook: 'url:https://a.example/b' }) },
        ],
      ]),
    )
    expect(titles(evidenceOf(materialWith({ record })))).toEqual([
      ['Runbook: url:https://a.example/b', 'Count the pods'],
    ])
  })

  it('has all marks of a step: notes, what was opened again, answers and their withdrawal', () => {
    const on = { incidentId: 'i1', runbook: 'playbook:a.md', step: 's1', text: 'Look' } as const
    const record = evidenceRecordOf(
      eventsOf([
        [adaOfStory, { type: 'walkthrough.step-marked', ...on, state: 'open', note: 'Slow.' }],
        [adaOfStory, { type: 'walkthrough.answered', ...on, decision: 0, answer: 'yes' }],
        [adaOfStory, { type: 'walkthrough.step-marked', ...on, state: 'skipped', note: null }],
        [adaOfStory, { type: 'walkthrough.step-marked', ...on, state: 'open', note: null }],
        [adaOfStory, { type: 'walkthrough.answered', ...on, decision: 0, answer: null }],
      ]),
    )
    const [chapter] = evidenceOf(materialWith({ record })).chapters
    expect(chapter?.title).toBe('Runbook: playbook:a.md')
    expect(chapter?.steps[0]?.lines.map(({ text, note }) => [text, note])).toEqual([
      ['Noted', 'Slow.'],
      ['Answered yes: Look', null],
      ['Skipped', null],
      ['Open', null],
      ['Withdrew the answer to: Look', null],
    ])
  })

  it('says that a plan is no longer kept, and lists the steps that were marked', () => {
    const [plan] = evidenceOf(materialWith({ plans: new Map() })).chapters
    expect(plan?.facts.at(-1)?.value).toMatch(/^no longer kept/)
    expect(plan?.steps.map(({ title }) => title)).toEqual(['Look at the dashboard'])
    expect(plan?.criteria[0]).toMatchObject({
      title: 'A card payment goes through',
      lines: [{ text: 'Met', by: 'Ada Lovelace' }],
    })
  })

  it('names each revision of the plan, and a criterion that is no longer met', () => {
    const applied = storyEvents[0]?.body
    if (applied?.type !== 'plan.applied') throw new Error('another story')
    const criterion = { incidentId: 'i1', criterion: 'c', text: 'Calm' } as const
    const record = evidenceRecordOf(
      eventsOf([
        [deckwatch, applied],
        [deckwatch, { ...applied, revision: 'revision-2', reason: 'playbook-changed' }],
        [deckwatch, { type: 'criterion.marked', ...criterion, isMet: true }],
        [deckwatch, { type: 'criterion.marked', ...criterion, isMet: false }],
      ]),
    )
    const [plan] = evidenceOf(materialWith({ record })).chapters
    expect(plan?.facts.map(({ name }) => name)).toEqual(['Followed', 'Then followed', 'Text'])
    expect(plan?.criteria[0]?.lines.map(({ text }) => text)).toEqual(['Met', 'No longer met'])
  })

  it('goes by the id of a step whose text is not known, or by what was run in it', () => {
    const step = { text: null, marks: [], answers: [] }
    const runbooks = [
      { runbook: 'playbook:checkout.md', texts: [], steps: [{ ...step, id: 's1' }] },
      { runbook: 'playbook:b.md', texts: [], steps: [{ ...step, id: 's9' }] },
    ]
    const { record } = materialWith()
    const document = evidenceOf(materialWith({ record: { ...record, plans: [], runbooks } }))
    expect(document.chapters.map(({ steps }) => steps[0]?.title)).toEqual(['errors', 'Step s9'])
  })

  it('writes times in UTC alone where the reader has no other, and names one that is none', () => {
    const incident = { ...storyIncident, startedAt: Number.NaN }
    const { facts } = evidenceOf(materialWith({ incident, localTime: () => null }))
    const valueOf = (name: string) => facts.find((fact) => fact.name === name)?.value
    expect(valueOf('Started')).toBe('unknown time')
    expect(valueOf('Exported')).toBe('2026-11-29 04:12:00 UTC')
    expect(valueOf('Acknowledged')).toBe('2026-11-29 03:13:00 UTC by Ada Lovelace')
    expect(valueOf('Closed')).toBeUndefined()
  })
})
