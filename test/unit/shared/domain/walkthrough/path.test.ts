import { describe, expect, it } from 'vitest'
import { parseRunbook } from '#shared/domain/runbook/parse.ts'
import {
  nextOpenStep,
  openingStep,
  openStepBehind,
  stepsFor,
} from '#shared/domain/walkthrough/path.ts'

const text = `# Payments fail
## Symptoms
1. Customers cannot pay.
## Investigation
1. Look at the status page.
2. Count the failures.
## Resolution
### Switch processor
1. Switch.
#### Back
1. Switch back.
### Roll back
1. Undo.
`
const runbook = parseRunbook({ path: 'payments.md', text })
const titles = (id: string | null) => runbook.steps.find((step) => step.id === id)?.title ?? null
const idOf = (title: string) => runbook.steps.find((step) => step.title === title)?.id ?? ''
const nothing = { section: null, walkthrough: undefined, states: {}, phase: null }
const open = (opening: Partial<Parameters<typeof openingStep>[2]>) =>
  titles(openingStep(runbook, runbook.steps, { ...nothing, ...opening }))

describe('a walkthrough opens', () => {
  it('at the first step that is more than background', () => {
    expect(open({})).toBe('Look at the status page')
  })

  it('at the phase that the incident is in', () => {
    expect(open({ phase: 'act' })).toBe('Switch')
    expect(open({ phase: 'tell' })).toBe('Look at the status page')
  })

  it('at the section that was asked for, with what stands below it', () => {
    expect(open({ section: 'roll-back' })).toBe('Undo')
    expect(open({ section: 'resolution', states: { [idOf('Switch')]: 'done' } })).toBe(
      'Switch back',
    )
    expect(open({ section: 'back', states: { [idOf('Switch back')]: 'done' } })).toBe('Switch back')
    expect(open({ section: 'nowhere' })).toBe('Look at the status page')
  })

  it('after the step that somebody dealt with last, or at it while it is open', () => {
    const walkthrough = { lastStep: idOf('Count the failures') }
    expect(open({ walkthrough })).toBe('Count the failures')
    expect(open({ walkthrough, states: { [walkthrough.lastStep]: 'done' } })).toBe('Switch')
    expect(open({ walkthrough: { lastStep: 'gone' } })).toBe('Look at the status page')
  })

  it('nowhere once no step is open', () => {
    const states = Object.fromEntries(runbook.steps.map(({ id }) => [id, 'done'] as const))
    expect(open({ states })).toBeNull()
    expect(open({ states, walkthrough: { lastStep: idOf('Undo') } })).toBeNull()
    expect(openingStep(runbook, [], nothing)).toBeNull()
  })
})

it('goes on with what is open behind a step, then with what was left before it', () => {
  const { steps } = runbook
  const last = idOf('Undo')
  expect(titles(nextOpenStep(steps, {}, idOf('Switch')))).toBe('Switch back')
  expect(titles(nextOpenStep(steps, { [idOf('Switch')]: 'done' }, last))).toBe(
    'Look at the status page',
  )
  expect(nextOpenStep([], {}, last)).toBeNull()
  expect(titles(openStepBehind(steps, {}, idOf('Switch')))).toBe('Switch back')
  expect(openStepBehind(steps, {}, last)).toBeNull()
})

describe('of a file for several alerts', () => {
  const file = parseRunbook({
    path: 'node.md',
    text: `# Node\n## NodeDown\n1. Ping it.\n## NodeFull\n1. Clean it.\n`,
  })

  it('has only the steps for the alerts of the incident', () => {
    expect(stepsFor(file, ['nodefull']).map(({ title }) => title)).toEqual(['Clean it'])
    expect(stepsFor(file, ['NodeDown', 'NodeFull'])).toHaveLength(2)
  })

  it('has all steps where none of its parts is for them', () => {
    expect(stepsFor(file, ['Other'])).toHaveLength(2)
    expect(stepsFor(runbook, ['Other'])).toHaveLength(runbook.steps.length)
  })
})
