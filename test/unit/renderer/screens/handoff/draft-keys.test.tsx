// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { Handoff } from '#renderer/screens/handoff/handoff.tsx'
import { HandoffProvider } from '#renderer/screens/handoff/handoff-provider.tsx'
import type { HandoffLine } from '#shared/domain/handoff/schema.ts'
import { showCockpit } from '../../shown-cockpit.tsx'

const line = (id: string, section: HandoffLine['section']): HandoffLine => ({
  ...{ id, section, under: null, text: `Line ${id}`, severity: null, incidentId: null },
  ...{ events: [1], nextStep: null, contact: null },
})

async function showDraft() {
  const shown = showCockpit(
    <HandoffProvider>
      <Handoff />
    </HandoffProvider>,
  )
  const { asked, answer, until, screen } = shown
  await until(() => asked('handoff.draft').length > 0)
  const lines = [line('one', 'ongoing'), line('two', 'resolved'), line('three', 'noisy')]
  await answer('handoff.draft', { lines, unreadable: 0, lag: { read: 1, recorded: 1 } })
  await until(() => screen.queryByRole('group', { name: 'Line one' }) !== null)
  const focused = () => document.activeElement?.getAttribute('aria-label') ?? null
  return { ...shown, focused }
}

describe('the keys of the draft', () => {
  it('work before anything of it has the focus', async () => {
    const { user, focused } = await showDraft()
    expect(document.activeElement).toBe(document.body)
    await user.keyboard('x')
    await user.keyboard('e')
    expect(document.activeElement).toBe(document.body)
    await user.keyboard('j')
    expect(focused()).toBe('Line one')
    await user.keyboard('{ArrowDown}')
    expect(focused()).toBe('Line two')
    ;(document.activeElement as HTMLElement).blur()
    await user.keyboard('k')
    expect(focused()).toBe('Line three')
  })

  it('strike and edit the line that had the focus last, and add a note', async () => {
    const { user, focused, screen } = await showDraft()
    await user.keyboard('jj')
    ;(document.activeElement as HTMLElement).blur()
    await user.keyboard('x')
    expect(focused()).toBe('Struck out: Line two')
    await user.keyboard('x')
    ;(document.activeElement as HTMLElement).blur()
    await user.keyboard('e')
    const text: HTMLTextAreaElement = screen.getByRole('textbox', { name: 'Text' })
    expect(document.activeElement).toBe(text)
    // One goes on where the sentence ends; what is typed is text, and no key.
    await user.keyboard(' jxn')
    expect(text.value).toBe('Line two jxn')
    await user.keyboard('{Enter}')
    expect(focused()).toBe('Line two jxn')
    ;(document.activeElement as HTMLElement).blur()
    await user.keyboard('n')
    await user.keyboard('Mind the disk{Enter}')
    const notes = screen.getByRole('region', { name: 'Notes' })
    expect(notes.textContent).toContain('Mind the disk')
  })

  it('name nobody while nobody is named', async () => {
    const { user, screen } = await showDraft()
    const to = screen.getByRole('combobox', { name: 'To' })
    await user.selectOptions(to, 'Somebody with another Deckwatch…')
    expect(screen.getByRole('heading', { name: 'As the next person will read it' })).toBeTruthy()
    expect(document.body.textContent).toContain('Questions for the next person')
  })
})
