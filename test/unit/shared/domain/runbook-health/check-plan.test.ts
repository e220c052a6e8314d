import { describe, expect, it } from 'vitest'
import type { LinkAnswer } from '#shared/domain/audit/link.ts'
import type { Plan } from '#shared/domain/plan/schema.ts'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import {
  checkPlan,
  linksOfPlan,
  type PlanGround,
} from '#shared/domain/runbook-health/check-plan.ts'
import { planBook } from '#test/fixtures/playbook.ts'

const runbook = parseRunbook({
  path: 'web/fail.md',
  text: `# Fail
## Diagnosis
1. Pods

   \`\`\`sh {"name":"pods"}
   kubectl get pods
   \`\`\`
2. Errors

   \`\`\`promql {"name":"errors"}
   rate(errors[5m])
   \`\`\`
3. Of one

   \`\`\`sh {"name":"one"}
   kubectl logs <name of the customer>
   \`\`\`
`,
})

const ground: PlanGround = {
  answers: new Map(),
  runbooks: new Map([['playbook:web/fail.md', runbook]]),
  judgementOf: () => undefined,
  placeOf: (path) => ({ file: path.join('/'), line: 1, column: 1 }),
}

function plan(text: object): Plan {
  const [only] = planBook({ plan: 'requests', match: ['a="b"'], ...text }).plans.values()
  if (!only) throw new Error('The plan of this test is none.')
  return only
}

const found = (text: object, over: Partial<PlanGround> = {}) =>
  checkPlan(plan(text), { ...ground, ...over }).map(
    ({ code, place, message }) => `${code} ${place?.file ?? ''}: ${message}`,
  )

describe('what a plan names', () => {
  it('is in its runbook', () => {
    const steps = [{ run: 'pods' }, 'Look.']
    expect(
      found({
        runbook: 'web/fail.md#diagnosis',
        diagnostics: ['pods', 'errors'],
        phases: [{ name: 'First', steps }],
      }),
    ).toEqual([])
  })

  it('is an error where its runbook has nothing of that name', () => {
    const text = {
      runbook: 'web/fail.md',
      diagnostics: ['pods', 'pod'],
      phases: [{ name: 'First', steps: ['Look.', { text: 'Errors?', run: 'error' }] }],
    }
    expect(found(text)).toEqual([
      'unknown-diagnostic diagnostics/1: Plan requests names "pod", but runbooks/web/fail.md has nothing of that name',
      'unknown-diagnostic phases/0/steps/1/run: Plan requests names "error", but runbooks/web/fail.md has nothing of that name',
    ])
    const [first] = checkPlan(plan(text), ground)
    expect([first?.severity, first?.remedy]).toEqual([
      'error',
      'The runbook has pods, errors, one.',
    ])
  })

  it('is an error where it leads to no runbook, or to one without names', () => {
    expect(found({ diagnostics: ['pods'] })).toEqual([
      'unknown-diagnostic diagnostics/0: Plan requests names "pods", but it leads to no runbook',
    ])
    const bare = parseRunbook({ path: 'web/fail.md', text: '# Fail\n1. Look\n' })
    const runbooks = new Map([['playbook:web/fail.md', bare]])
    const text = { runbook: 'web/fail.md', diagnostics: ['pods'] }
    const [only] = checkPlan(plan(text), { ...ground, runbooks })
    expect(only?.remedy).toBe('Name a command of the runbook, as in ```sh {"name":"pods"}.')
  })

  it('is not looked at in a page that is fetched', () => {
    expect(found({ runbook: 'https://wiki.example/x.md', diagnostics: ['pods'] })).toEqual([])
  })
})

describe('a diagnostic', () => {
  const text = { runbook: 'web/fail.md', diagnostics: ['pods', 'errors'] }
  const judged = { risk: 'read', why: [], copyOnly: null, isInvalid: false, programs: [] } as const

  it('runs by itself where it only reads', () => {
    expect(found(text, { judgementOf: () => judged })).toEqual([])
  })

  it('does not where it does more, can only be copied, or asks a person', () => {
    const change = { ...judged, risk: 'change', why: ['It can change something.'] } as const
    expect(found(text, { judgementOf: () => change })).toEqual([
      'diagnostic-not-run diagnostics/0: "pods" of plan requests cannot be run by itself: it does more than read (It can change something)',
    ])
    const copy = { ...judged, copyOnly: 'It needs a terminal.' }
    expect(found(text, { judgementOf: () => copy })).toEqual([
      'diagnostic-not-run diagnostics/0: "pods" of plan requests cannot be run by itself: it can only be copied (It needs a terminal)',
    ])
    expect(found({ ...text, diagnostics: ['one'] })).toEqual([
      'diagnostic-not-run diagnostics/0: "one" of plan requests cannot be run by itself: a person has to fill in a value',
    ])
  })

  it('is of no concern where a person runs it', () => {
    const phases = [{ name: 'First', steps: [{ run: 'one' }] }]
    expect(found({ runbook: 'web/fail.md', phases })).toEqual([])
  })
})

describe('the links of a plan', () => {
  const text = {
    runbook: 'web/fail.md',
    rollback: 'web/back.md#now',
    options: [
      { name: 'A', runbook: 'web/a.md', rollback: 'None.' },
      { name: 'B', rollback: 'Deploy it again' },
    ],
  }

  it('are its runbooks, and what is a page and no sentence', () => {
    expect(linksOfPlan(plan(text))).toEqual([
      { link: 'web/fail.md', path: ['runbook'] },
      { link: 'web/back.md#now', path: ['rollback'] },
      { link: 'web/a.md', path: ['options', 0, 'runbook'] },
    ])
  })

  it('are errors where they lead to nothing', () => {
    const answers = new Map<string, LinkAnswer>([
      ['web/a.md', { status: 'missing', why: 'there is no such page', hint: null }],
      ['web/back.md#now', { status: 'found' }],
    ])
    const [only, ...more] = checkPlan(plan(text), { ...ground, answers })
    expect([more, only]).toMatchObject([
      [],
      {
        code: 'runbook-dead-link',
        place: { file: 'options/0/runbook' },
        message: 'Plan requests leads to "web/a.md": there is no such page',
        remedy: 'Write the page, or correct the link.',
      },
    ])
  })
})
