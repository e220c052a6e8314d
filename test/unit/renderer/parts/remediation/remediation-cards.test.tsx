// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import type { OutputOf } from '#shared/contract/contract.ts'
import type { Remediation } from '#shared/domain/remediation/schema.ts'
import { RemediationCards } from '#renderer/parts/remediation/remediation-cards.tsx'
import { incidentWith } from '#test/fixtures/watch-entities.ts'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

const NOW = 1_700_000_000_000

const remediation = (more: Partial<Remediation> = {}): Remediation => ({
  incidentId: 'i',
  policy: 'restart-checkout',
  remediationId: 'r',
  title: 'Restart checkout',
  runbook: 'playbook:checkout.md',
  step: 'restart',
  tell: [],
  left: 2,
  times: 2,
  withinMs: 3_600_000,
  status: 'proposed',
  because: 'memory > 0.9 for 5m, now 0.94',
  heldBack: null,
  by: null,
  executionId: null,
  watchMs: null,
  watchedSince: null,
  watchedUntil: null,
  endedAt: null,
  end: null,
  why: null,
  since: NOW,
  ...more,
})

type Preview = OutputOf<'remediation.preview'>
const preview = (more: Partial<NonNullable<Preview['command']['prepared']>> = {}): Preview => ({
  command: {
    name: 'restart',
    place: { runbook: 'playbook:checkout.md', hash: 'a'.repeat(64), step: 's2', code: 7 },
    problem: null,
    prepared: {
      kind: 'command',
      shown: 'kubectl rollout restart deployment/checkout',
      seal: 'seal',
      risk: 'change',
      why: [],
      targets: [{ kind: 'context', value: 'prod' }],
      refusedBecause: null,
      asks: 'confirm',
      typed: null,
      trust: 'trusted',
      timeoutMs: 30_000,
      ...more,
    },
  },
  evidence: [
    { name: 'pods', place: null, prepared: null, problem: null },
    { name: 'logs', place: null, prepared: null, problem: 'No runbook has it.' },
  ],
})

const show = (...remediations: readonly Remediation[]) =>
  showCockpit(
    <RemediationCards incidentId="i" />,
    stateWith({ incidents: [incidentWith({ id: 'i' })], remediations: [...remediations] }),
  )

describe('a proposed remediation', () => {
  it('says why, how often it may be done, and exactly what would run', async () => {
    const { screen, answer, user, cockpit } = show(remediation())
    expect(screen.getByText('Loading what would run…')).toBeDefined()
    await answer('remediation.preview', preview())
    const { textContent } = screen.getByRole('list', { name: 'Remediations' })
    expect(textContent).toContain('Remediation proposed: Restart checkout')
    expect(textContent).toContain('2 of 2 left in 1h, because memory > 0.9 for 5m, now 0.94')
    expect(textContent).toContain('Would run: change · context prod')
    expect(textContent).toContain('kubectl rollout restart deployment/checkout')
    expect(textContent).toContain('Evidence: pods (not gathered yet), logs (No runbook has it.)')
    await user.click(screen.getByRole('button', { name: 'Run' }))
    expect(cockpit.ui.getState().dialog).toMatchObject({
      kind: 'run',
      place: { incidentId: 'i', step: 's2', code: 7 },
    })
  })

  it('runs by a press what only reads', async () => {
    const { screen, answer, user, asked } = show(remediation())
    await answer('remediation.preview', preview({ risk: 'read', asks: 'press' }))
    await user.click(screen.getByRole('button', { name: 'Run' }))
    expect(asked('execution.start')).toMatchObject([{ incidentId: 'i', step: 's2', code: 7 }])
  })

  it('leads to the runbook where its commands are not trusted, and can be dismissed', async () => {
    const { screen, answer, user, asked, said } = show(
      remediation({ heldBack: 'the commands of its runbook are not trusted yet' }),
    )
    await answer('remediation.preview', preview({ trust: 'never' }))
    expect(screen.queryByRole('button', { name: 'Run' })).toBeNull()
    expect(screen.getByRole('button', { name: 'Open the runbook to trust it' })).toBeDefined()
    expect(screen.getByText(/^Not run by itself/).textContent).toBe(
      'Not run by itself: the commands of its runbook are not trusted yet.',
    )
    await user.click(screen.getByRole('button', { name: 'Dismiss' }))
    expect(asked('remediation.dismiss')).toEqual([{ incidentId: 'i', policy: 'restart-checkout' }])
    await answer('remediation.dismiss', { seq: 2 })
    expect(said.at(-1)?.text).toBe('Remediation dismissed')
  })

  it('says why there is nothing to show', async () => {
    const { screen, refuse } = show(remediation())
    await refuse('remediation.preview', {
      code: 'not-found',
      message: 'The playbook no longer has this remediation.',
    })
    expect(screen.getByRole('alert').textContent).toContain('no longer has this remediation')
  })
})

describe('a remediation that was begun', () => {
  it.each([
    ['running', {}, 'Remediation running: Restart checkout'],
    ['watching', { watchedUntil: NOW + 60_000 }, 'Whether it helped is watched until'],
    ['finished', { end: 'improved', why: 'now 0.4' }, 'It helped: now 0.4.'],
    ['stopped', { end: 'failed', why: 'exit 1' }, 'Its command failed: exit 1. It stays stopped'],
  ] as const)('says where it stands: %s', (status, more, words) => {
    const { screen } = show(remediation({ status, ...more }))
    expect(screen.getByRole('list', { name: 'Remediations' }).textContent).toContain(words)
  })

  it('is re-armed by a person, who hears where that is refused', async () => {
    const { screen, user, asked, refuse, said } = show(
      remediation({ status: 'stopped', end: 'not-improved', why: '' }),
    )
    await user.click(screen.getByRole('button', { name: 'Re-arm' }))
    expect(asked('remediation.re-arm')).toEqual([{ policy: 'restart-checkout' }])
    await refuse('remediation.re-arm', { code: 'already-done', message: 'It is not stopped.' })
    expect(said.at(-1)?.text).toBe('It is not stopped.')
  })

  it('is not shown on another incident, nor once it was withdrawn', () => {
    const { screen } = show(
      remediation({ incidentId: 'j' }),
      remediation({ status: 'withdrawn', end: 'dismissed' }),
    )
    expect(screen.queryByRole('list')).toBeNull()
  })
})
