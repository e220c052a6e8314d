import { describe, expect, it } from 'vitest'
import { runbooksOfAlert, runbooksOfPlan } from '#shared/domain/runbook/linked.ts'

describe('runbooks that are named', () => {
  it('by an alert, under the names that rule sets use', () => {
    const annotations = {
      runbook_url: 'https://a.example/x.md#now',
      runbook: 'payments/x.md',
      summary: 'https://b.example/',
      runbook_link: 'javascript:alert(1)',
    }
    expect(runbooksOfAlert({ annotations })).toEqual([
      'url:https://a.example/x.md',
      'playbook:payments/x.md',
    ])
    const inherited = Object.create({ runbook: 'x.md' }) as Record<string, string>
    expect(runbooksOfAlert({ annotations: inherited })).toEqual([])
  })

  it('by a plan, for itself and its options', () => {
    const option = { name: 'Switch', text: null, runbook: 'a.md', rollback: 'a.md#back' }
    expect(
      runbooksOfPlan({ runbook: 'https://a.example', rollback: 'Undo it', options: [option] }),
    ).toEqual(['url:https://a.example/', 'playbook:a.md', 'playbook:a.md'])
    expect(runbooksOfPlan({ runbook: null, rollback: null, options: [] })).toEqual([])
  })
})
