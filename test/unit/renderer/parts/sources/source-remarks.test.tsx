// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { SourceRemarks } from '#renderer/parts/sources/source-remarks.tsx'
import { SourceTools } from '#renderer/screens/frame/source-tools.tsx'
import { showCockpit } from '../../shown-cockpit.tsx'

const pulse = {
  sourceId: 'am',
  ageMs: 40,
  latencyMs: 3,
  alerts: 2,
  intervalMs: 5_000,
  isPolling: false,
  pausedMs: null,
  remarks: [],
}

describe('the remarks of a source', () => {
  it('are listed while the source has them', async () => {
    const { screen, say, ports } = showCockpit(<SourceRemarks sourceId="am" />)
    expect(screen.queryByRole('list')).toBeNull()
    const remarks = [
      { code: 'no-restarts', text: 'Restarts cannot be told from recoveries.' },
      { code: 'no-mutes', text: 'Mutes are not known.' },
    ]
    await say({ type: 'pulse', now: ports.wall(), pulses: [{ ...pulse, remarks }] })
    expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      'Restarts cannot be told from recoveries.',
      'Mutes are not known.',
    ])
    await say({ type: 'pulse', now: ports.wall(), pulses: [pulse] })
    expect(screen.queryByRole('list')).toBeNull()
  })

  it('are not said again by a test of the connection', async () => {
    const { screen, say, ports, user, answer } = showCockpit(<SourceTools sourceId="am" />)
    const remarks = [{ code: 'no-mutes', text: 'Mutes are not known.' }]
    await say({ type: 'pulse', now: ports.wall(), pulses: [{ ...pulse, remarks }] })
    await user.click(screen.getByRole('button', { name: 'Test connection' }))
    const findings = ['2 alerts: 2 active, 0 suppressed', 'Mutes are not known.']
    await answer('source.test', { isWorking: true, findings, problem: null })
    expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      '2 alerts: 2 active, 0 suppressed',
    ])
  })
})
