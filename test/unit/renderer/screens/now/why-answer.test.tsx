// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { ResolveQuestion } from '#renderer/screens/now/resolve-question.tsx'
import { WhyAnswer } from '#renderer/screens/now/why-answer.tsx'
import { showCockpit } from '../../shown-cockpit.tsx'

describe('why something is shown', () => {
  it('is asked of the engine, and is its answer with what each stage decided', async () => {
    const { screen, asked, answer } = showCockpit(<WhyAnswer incidentId="i1" alertKey="a" />)
    expect(asked('why')).toEqual([{ incidentId: 'i1', alertKey: 'a' }])
    expect(screen.getByText('Loading…')).toBeTruthy()
    await answer('why', {
      explanation: {
        answer: 'It fires as P2.',
        steps: [{ stage: 'classify', outcome: 'P2', reason: 'severity="warning"' }],
      },
    })
    expect(screen.getByText('It fires as P2.')).toBeTruthy()
    expect(screen.getByRole('listitem').textContent).toContain('severity="warning"')
  })

  it('is why there is no answer, where there is none', async () => {
    const { screen, refuse } = showCockpit(<WhyAnswer incidentId="i1" alertKey={undefined} />)
    await refuse('why', { code: 'not-found', message: 'It is gone.', hint: 'The journal has it.' })
    expect(screen.getByText('It is gone. The journal has it.')).toBeTruthy()
  })
})

describe('the question before a resolve', () => {
  const refusal = { code: 'alerts-still-firing', message: '2 alerts still fire.' } as const

  it('keeps the incident open by default, and resolves only when it is meant', async () => {
    const { user, screen, cockpit, asked } = showCockpit(
      <ResolveQuestion incidentId="i1" refusal={refusal} />,
    )
    cockpit.actions.open({ kind: 'resolve', incidentId: 'i1', refusal })
    expect(screen.getByText('2 alerts still fire.')).toBeTruthy()
    const keep = screen.getByRole('button', { name: 'Keep it open' })
    expect(keep.hasAttribute('data-autofocus')).toBe(true)
    await user.click(keep)
    expect(cockpit.ui.getState().dialog).toBeNull()
    expect(asked('incident.resolve')).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Resolve anyway' }))
    expect(asked('incident.resolve')).toEqual([{ incidentId: 'i1', evenIfFiring: true }])
  })
})
