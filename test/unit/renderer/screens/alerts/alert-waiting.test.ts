import { describe, expect, it } from 'vitest'
import type { KeptCommand } from '#renderer/engine/offline/kept-command.ts'
import { waitingCommands } from '#renderer/screens/alerts/alert-waiting.ts'

type Given = Extract<
  KeptCommand,
  { name: 'incident.acknowledge' | 'incident.unacknowledge' | 'incident.reopen' }
>

function given(
  name: Given['name'],
  incidentId: string,
  state: Given['state'] = 'waiting',
): KeptCommand {
  return {
    id: `${name}-${incidentId}`,
    order: 1,
    title: 'Slow',
    by: 'me',
    givenAt: 0,
    state,
    sender: null,
    wasSent: false,
    rejection: null,
    name,
    input: { incidentId },
  }
}

describe('waitingCommands', () => {
  it('tells what waits for the engine, and forgets what was taken back', () => {
    const kept = [
      given('incident.acknowledge', 'a'),
      given('incident.acknowledge', 'b'),
      given('incident.reopen', 'a'),
      given('incident.unacknowledge', 'b'),
    ]
    expect(waitingCommands(kept, 'lost')).toEqual(new Map([['a', 'acknowledge']]))
  })

  it('leaves out what was rejected, and what is just being sent', () => {
    const kept = [
      given('incident.acknowledge', 'a', 'rejected'),
      given('incident.acknowledge', 'b', 'sending'),
    ]
    expect(waitingCommands(kept, 'open').size).toBe(0)
    expect(waitingCommands(kept, 'lost')).toEqual(new Map([['b', 'acknowledge']]))
  })
})
