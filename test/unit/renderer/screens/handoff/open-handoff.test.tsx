// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { Handoff } from '#renderer/screens/handoff/handoff.tsx'
import { HandoffProvider } from '#renderer/screens/handoff/handoff-provider.tsx'
import { hashOfHandoff, type HandoffDocument } from '#shared/domain/handoff/document.ts'
import { evolveHandoff } from '#shared/domain/handoff/evolve.ts'
import { documentOf } from '#test/fixtures/shifts/shifts.ts'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

const Ada = { id: 'ada', name: 'Ada' }
const Bo = { id: 'bo', name: 'Bo' }

/** Shows the screen with one handoff that waits; whoever looks is Ada. */
function showSent(document: HandoffDocument) {
  const { handoffId } = document
  const hash = hashOfHandoff(document)
  const handoff = evolveHandoff(
    undefined,
    { type: 'handoff.sent', handoffId, way: 'here', document, hash },
    { at: 1_000, actor: { kind: 'person', ...document.from, via: 'cockpit' } },
  )
  if (!handoff) throw new Error('It was not sent')
  const shown = showCockpit(
    <HandoffProvider>
      <Handoff />
    </HandoffProvider>,
    stateWith({ handoffs: [handoff] }),
  )
  const read = async () => {
    await shown.until(() => shown.asked('handoff.read').length > 0)
    await shown.answer('handoff.read', { past: { seq: 1, handoff, withdrawn: null }, document })
  }
  return { ...shown, read }
}

describe('a handoff that is open', () => {
  it('as practice never says that the watch is taken over', async () => {
    const document = documentOf([], { from: 0, to: 1_000 }, { isPractice: true, from: Bo, to: Ada })
    const { screen, read } = showSent({ ...document, handoffId: 'practice-1' })
    await read()
    expect(screen.getByRole('button', { name: 'Accept the practice handoff' })).toBeTruthy()
    expect(screen.getByRole('article').textContent).toMatch(/^Practice: /)
    expect(document.questions.length).toBeGreaterThan(0)
    expect(screen.getByRole('button', { name: /practice, waiting for you/ })).toBeTruthy()
    expect(window.document.body.textContent).not.toContain('watch is yours')
  })

  it('is the draft again when it is withdrawn', async () => {
    const notes = {
      ...{ id: 'own:1', section: 'notes' as const, under: null, text: 'Mind the disk' },
      ...{ severity: null, incidentId: null, events: [], nextStep: null, contact: null },
    }
    const document = documentOf([notes], { from: 0, to: 1_000 }, { from: Ada, to: Bo })
    const { screen, user, read, answer, asked, until } = showSent({
      ...document,
      handoffId: 'withdrawn-1',
    })
    await user.click(screen.getByRole('button', { name: /Ada to Bo/ }))
    await read()
    await user.click(screen.getByRole('button', { name: 'Withdraw…' }))
    await user.click(screen.getByRole('button', { name: 'Withdraw' }))
    await until(() => asked('handoff.withdraw').length > 0)
    await answer('handoff.withdraw', { seq: 2 })
    await until(() => screen.queryByRole('group', { name: 'Mind the disk' }) !== null)
    expect(screen.getByText(/^Withdrawn/).textContent).toMatch(
      /Withdrawn \d\d:\d\d\. What you wrote is your draft again\./,
    )
  })
})
