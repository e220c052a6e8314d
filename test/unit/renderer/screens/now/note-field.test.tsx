// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { NoteField } from '#renderer/screens/now/note-field.tsx'
import { incidentWith } from '#test/fixtures/watch-entities.ts'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

function showField() {
  const shown = showCockpit(
    <NoteField incidentId="i1" ref={null} />,
    stateWith({ incidents: [incidentWith({ id: 'i1' })] }),
  )
  return { ...shown, field: shown.screen.getByRole<HTMLTextAreaElement>('textbox') }
}

describe('the note', () => {
  it('is sent by Enter, and a line of it ends with Shift and Enter', async () => {
    const { user, field, asked, answer } = showField()
    await user.type(field, 'Rolled back{Shift>}{Enter}{/Shift}checkout-api{Enter}')
    expect(asked('incident.note')).toEqual([
      { incidentId: 'i1', text: 'Rolled back\ncheckout-api' },
    ])
    expect(field.value).not.toBe('')
    await answer('incident.note', { seq: 2 })
    expect(field.value).toBe('')
  })

  it('stays a draft when it is refused, and says so', async () => {
    const { user, screen, field, refuse } = showField()
    await user.type(field, 'half')
    await user.click(screen.getByRole('button', { name: 'Add note' }))
    await refuse('incident.note', { code: 'not-allowed-now', message: 'The disk is full.' })
    expect(field.value).toBe('half')
    expect(screen.getByText('The note is still here: The disk is full.')).toBeTruthy()
  })

  it('is not sent when there is nothing in it', async () => {
    const { user, screen, field, asked } = showField()
    await user.type(field, '   {Enter}')
    expect(asked('incident.note')).toEqual([])
    expect(screen.queryByRole('button', { name: 'Add note' })).toBeNull()
  })

  it('is left by Escape, and the focus returns to the queue', async () => {
    const { user, field, cockpit } = showField()
    await user.type(field, 'half{Escape}')
    expect(document.activeElement).toBe(document.body)
    expect(cockpit.ui.getState().queueRequest).toEqual({ kind: 'refocus' })
    expect(cockpit.ui.getState().drafts.get('i1')).toBe('half')
  })

  it('is kept for the engine while that is lost', async () => {
    const { user, screen, field, lose, cockpit, until } = showField()
    await lose()
    expect(screen.getByText(/Enter queues the note/)).toBeTruthy()
    await user.type(field, 'seen{Enter}')
    await until(() => cockpit.offline.state.getState().kept.length === 1)
    expect(field.value).toBe('')
  })
})
