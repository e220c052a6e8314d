import { describe, expect, it } from 'vitest'
import type { RulesPort } from '#electron/engine/ports/rules.ts'
import type { Runbooks } from '#electron/engine/ports/runbooks.ts'
import type { Finding } from '#shared/domain/audit/finding.ts'
import type { RunbookHealth } from '#shared/domain/runbook-health/schema.ts'
import { fail, ok } from '#shared/domain/result/result.ts'
import { alertRule } from '#test/fixtures/alert-rule.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { createMemoryReadings } from '#test/fixtures/memory-readings.ts'
import { appendPastIncidents } from '#test/fixtures/past-incidents.ts'
import { playbookWith } from '#test/fixtures/playbook.ts'
import { createScriptedSource, unreachableProblem } from '#test/fixtures/scripted-source.ts'

const plan = {
  plan: 'requests',
  match: ['alertname="RequestsFail"'],
  owner: 'team:web',
  escalation: 'web',
}

function listing(...names: string[]): RulesPort {
  return {
    list: () => Promise.resolve(ok({ rules: names.map((name) => alertRule(name)), unreadable: 0 })),
  }
}

const found: Runbooks = {
  check: (links) => Promise.resolve(new Map(links.map((link) => [link, { status: 'found' }]))),
  health: () => Promise.resolve({ runbooks: [], plans: [] }),
}

async function audit(test: ReturnType<typeof startTestEngine>) {
  const answer = await test.run('playbook.audit', {})
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value
}

describe('playbook.audit', () => {
  it('holds the rules of sources, and what has fired besides, against the playbook in force', async () => {
    const journal = createMemoryJournal()
    appendPastIncidents((events) => journal.append(events, []), 8)
    const sources = [
      { ...createScriptedSource('prom'), rules: listing('RequestsFail', 'QueueGrows') },
      createScriptedSource('am'),
    ]
    const test = startTestEngine(sources, {
      journal,
      readings: createMemoryReadings(journal),
      runbooks: found,
      playbook: playbookWith([plan]),
    })
    const { rows, more, coverage, inputs, plans, lag } = await audit(test)
    // The worst come first, and of those seen the last one.
    expect(rows.map(({ rule, isCovered }) => [rule.name, rule.kind, isCovered])).toEqual([
      ['DiskWillFill', 'seen', false],
      ['ErrorBudgetBurn', 'seen', false],
      ['CardPaymentsFailing', 'seen', false],
      ['CertificateExpires', 'seen', false],
      ['QueueGrows', 'prometheus', false],
      ['RequestsFail', 'prometheus', true],
    ])
    expect(rows[4]?.tested).toMatchObject({ by: 'fired' })
    expect([more, plans, coverage.covered, coverage.unchecked]).toEqual([0, ['requests'], 1, 0])
    expect(inputs).toEqual([
      { source: 'prom', alerts: 2, problem: null },
      { source: null, alerts: 4, problem: null },
    ])
    expect(lag?.read).toBe(lag?.recorded)
  })

  it('says which source did not answer, and goes on without', async () => {
    const rules: RulesPort = { list: () => Promise.resolve(fail(unreachableProblem)) }
    const test = startTestEngine([{ ...createScriptedSource('prom'), rules }])
    expect(await audit(test)).toMatchObject({
      rows: [],
      inputs: [
        { source: 'prom', alerts: 0, problem: unreachableProblem.message },
        { source: null, alerts: 0, problem: 'No history is kept here.' },
      ],
      lag: null,
    })
  })

  it('says how the runbooks of the playbook are, the worst first', async () => {
    const finding = (severity: 'error' | 'note'): Finding => ({
      code: severity === 'error' ? 'runbook-dead-link' : 'runbook-asks',
      severity,
      alert: null,
      place: { file: 'runbooks/a.md', line: 3, column: null },
      message: 'It is so',
      remedy: 'Do it.',
    })
    const runbook = (path: string, ...findings: Finding[]): RunbookHealth => ({
      path,
      title: path,
      steps: 1,
      codes: 0,
      copyOnly: 0,
      verifiedAt: null,
      hasResolution: true,
      hasEscalation: true,
      links: { all: 0, dead: 0, unchecked: 0 },
      findings,
      more: 0,
    })
    const asked: number[] = []
    const runbooks: Runbooks = {
      ...found,
      health(plans, now) {
        asked.push(plans.plans.size, now)
        return Promise.resolve({
          runbooks: [
            runbook('runbooks/a.md', finding('note')),
            runbook('runbooks/b.md', finding('error')),
          ],
          plans: [finding('error')],
        })
      },
    }
    const test = startTestEngine([], { runbooks, playbook: playbookWith([plan]) })
    const { runbooks: listed, planFindings } = await audit(test)
    expect(asked).toEqual([1, test.clock.now()])
    expect(listed.map(({ path }) => path)).toEqual(['runbooks/b.md', 'runbooks/a.md'])
    expect(planFindings).toHaveLength(1)
  })

  it('leaves links unchecked where nobody can look', async () => {
    const test = startTestEngine([
      { ...createScriptedSource('prom'), rules: listing('RequestsFail') },
    ])
    expect((await audit(test)).rows[0]?.runbooks).toMatchObject([
      { answer: { status: 'unchecked' } },
    ])
  })
})

describe('history.before', () => {
  it('says what the plan that was followed names against the next time', async () => {
    const journal = createMemoryJournal()
    appendPastIncidents((events) => journal.append(events, []), 12)
    journal.append(
      [
        {
          id: 'applied',
          at: 1,
          actor: { kind: 'deckwatch' },
          body: {
            type: 'plan.applied',
            incidentId: 'past-11',
            planId: 'requests',
            revision: 'of-before',
            title: 'Requests',
            severity: 'P1',
            reason: 'opened',
            tied: [],
          },
        },
      ],
      [],
    )
    const test = startTestEngine([], {
      journal,
      readings: createMemoryReadings(journal),
      playbook: playbookWith([{ ...plan, prevention: ['Canary deployments'] }]),
    })
    expect(await test.run('history.before', { incidentId: 'past-11' })).toMatchObject({
      ok: true,
      value: { before: { count: { total: 2 } }, prevention: ['Canary deployments'] },
    })
    expect(await test.run('history.before', { incidentId: 'unknown' })).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    })
  })
})
