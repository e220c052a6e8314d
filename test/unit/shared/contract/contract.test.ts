import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  contract,
  isKeptCommandName,
  isOperationName,
  MAX_NOTE_LENGTH,
} from '#shared/contract/index.ts'
import { auditOperations } from '#shared/contract/operations/audit.ts'
import { changesOperations } from '#shared/contract/operations/changes.ts'
import { channelOperations } from '#shared/contract/operations/channel.ts'
import { chartOperations } from '#shared/contract/operations/chart.ts'
import { clockOperations } from '#shared/contract/operations/clock.ts'
import { entryOperations } from '#shared/contract/operations/entry.ts'
import { evidenceOperations } from '#shared/contract/operations/evidence.ts'
import { executionOperations } from '#shared/contract/operations/execution.ts'
import { coordinationOperations } from '#shared/contract/operations/coordination.ts'
import { feedbackOperations } from '#shared/contract/operations/feedback.ts'
import { confidentialOperations } from '#shared/contract/operations/confidential.ts'
import { drillOperations } from '#shared/contract/operations/drill.ts'
import { handoffOperations } from '#shared/contract/operations/handoff.ts'
import { historyOperations } from '#shared/contract/operations/history.ts'
import { knowledgeOperations } from '#shared/contract/operations/knowledge.ts'
import { impactOperations } from '#shared/contract/operations/impact.ts'
import { incidentOperations } from '#shared/contract/operations/incident.ts'
import { manyTargetsOperations } from '#shared/contract/operations/many-targets.ts'
import { meetingOperations } from '#shared/contract/operations/meeting.ts'
import { mutingOperations } from '#shared/contract/operations/muting.ts'
import { planOperations } from '#shared/contract/operations/plan.ts'
import { playbookOperations } from '#shared/contract/operations/playbook.ts'
import { remediationOperations } from '#shared/contract/operations/remediation.ts'
import { reviewOperations } from '#shared/contract/operations/review.ts'
import { runbookOperations } from '#shared/contract/operations/runbook.ts'
import { settingsOperations } from '#shared/contract/operations/settings.ts'
import { silenceOperations } from '#shared/contract/operations/silence.ts'
import { sourceOperations } from '#shared/contract/operations/source.ts'
import { walkthroughOperations } from '#shared/contract/operations/walkthrough.ts'

describe('the contract', () => {
  it('knows its own names only', () => {
    expect(isOperationName('incident.acknowledge')).toBe(true)
    for (const name of ['__proto__', 'toString', '', 'incident.delete'])
      expect(isOperationName(name)).toBe(false)
  })

  it('refuses empty input for every command', () => {
    // These end something of the watch: there is nothing to name.
    const withoutInput = ['quiet.end', 'focus.end']
    for (const [name, operation] of Object.entries(contract)) {
      if (operation.kind === 'command' && !withoutInput.includes(name))
        expect(operation.input.safeParse({}).success).toBe(false)
      expect(operation.input.safeParse('x').success).toBe(false)
    }
  })

  it('lets nobody change anything who may only look', () => {
    const changing = Object.entries(contract).filter(([, { needs }]) => needs === 'read')
    expect(changing.map(([name]) => name)).toEqual([
      'why',
      'incident.routing',
      'incident.timeline',
      'image.read',
      'meeting.rhythm',
      'meeting.agenda',
      'playbook.read',
      'playbook.file',
      'runbook.list',
      'runbook.read',
      'execution.prepare',
      'execution.find',
      'execution.output',
      'runbook.trusted',
      'execution.prepare-many',
      'evidence.read',
      'remediation.preview',
      'review.draft',
      'review.read',
      'review.pdf',
      'review.list',
      'measurement.look',
      'alert.series',
      'execution.series',
      'history.incidents',
      'history.incident',
      'history.before',
      'handoff.draft',
      'handoff.sources',
      'handoff.list',
      'handoff.read',
      'handoff.compare',
      'knowledge.search',
      'knowledge.draft',
      'jobs.list',
    ])
    for (const [, { kind }] of changing) expect(kind).toBe('query')
  })

  it('has each name in one concept', () => {
    const names = [
      auditOperations,
      changesOperations,
      channelOperations,
      confidentialOperations,
      chartOperations,
      clockOperations,
      coordinationOperations,
      drillOperations,
      entryOperations,
      evidenceOperations,
      executionOperations,
      handoffOperations,
      feedbackOperations,
      historyOperations,
      knowledgeOperations,
      impactOperations,
      incidentOperations,
      manyTargetsOperations,
      meetingOperations,
      mutingOperations,
      planOperations,
      playbookOperations,
      remediationOperations,
      reviewOperations,
      runbookOperations,
      settingsOperations,
      silenceOperations,
      sourceOperations,
      walkthroughOperations,
    ].flatMap((operations) => Object.keys(operations))
    expect(names.toSorted()).toEqual(Object.keys(contract).toSorted())
  })

  it('keeps only commands, about one incident or one handoff', () => {
    const kept = Object.keys(contract).filter(isOperationName).filter(isKeptCommandName)
    expect(kept).toContain('incident.acknowledge')
    expect(kept).not.toContain('quiet.start')
    for (const name of kept) {
      const { required } = z.toJSONSchema(contract[name].input)
      const about = name.startsWith('handoff.') ? 'handoffId' : 'incidentId'
      expect(required, name).toContain(about)
    }
  })

  it('bounds notes', () => {
    const { input } = contract['incident.note']
    expect(input.safeParse({ incidentId: 'i', text: 'x'.repeat(MAX_NOTE_LENGTH) }).success).toBe(
      true,
    )
    expect(
      input.safeParse({ incidentId: 'i', text: 'x'.repeat(MAX_NOTE_LENGTH + 1) }).success,
    ).toBe(false)
  })

  it('can be described as JSON Schema, so that nothing in it is only code', () => {
    for (const { input, output } of Object.values(contract)) {
      expect(z.toJSONSchema(input, { io: 'input' })).toBeTypeOf('object')
      expect(z.toJSONSchema(output)).toBeTypeOf('object')
    }
  })
})
