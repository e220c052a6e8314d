// @vitest-environment jsdom
import { act } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { OutputOf } from '#shared/contract/contract.ts'
import { Palette } from '#renderer/screens/palette/palette.tsx'
import { incidentWith } from '#test/fixtures/watch-entities.ts'
import { AllProviders } from '../../all-providers.tsx'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

const grace = { kind: 'person', id: 'grace', name: 'Grace' } as const
const OPENED = Date.UTC(2026, 10, 12, 3, 2)

const answer: OutputOf<'knowledge.search'> = {
  hits: [
    {
      kind: 'incident',
      id: 'past-1',
      title: { text: 'Card payments fail', marks: [{ start: 5, end: 13 }] },
      excerpt: { text: 'Renewed the payments certificate', marks: [{ start: 12, end: 20 }] },
      status: 'closed',
      severity: 'P0',
      openedAt: OPENED,
      resolvedAt: OPENED + 14 * 60_000,
      isDrill: false,
      verdict: null,
      cause: { text: 'The certificate expired', at: OPENED, by: grace },
      fix: { text: 'Renewed it', at: OPENED, by: grace },
    },
    {
      kind: 'runbook',
      id: 'playbook:payments/switch.md',
      title: { text: 'Switch the processor', marks: [] },
      excerpt: { text: 'of payments', marks: [{ start: 3, end: 11 }] },
      section: { heading: 'Switch back', anchor: 'switch-back' },
    },
  ],
  hasAllWords: true,
  corrected: [],
  runbooks: { searched: 1, listed: 1 },
  lag: { read: 9, recorded: 9 },
}

function showPalette(query = '') {
  const shown = showCockpit(
    <AllProviders>
      <Palette />
    </AllProviders>,
    stateWith({ incidents: [incidentWith({ id: 'past-2', title: 'Payments are slow' })] }),
  )
  act(() => {
    shown.cockpit.actions.open({ kind: 'palette', query })
  })
  const { screen, user } = shown
  const options = () => screen.queryAllByRole('option').map((each) => each.textContent)
  const type = (text: string) => user.type(screen.getByRole('combobox'), text)
  const text = () => screen.getByRole('dialog').textContent
  let answered = 0
  const isAsked = (wanted: string) => {
    const all = shown.asked('knowledge.search')
    const last = all.length > answered ? all.at(-1) : undefined
    return (last as { readonly text?: string } | undefined)?.text === wanted
  }
  /** The engine answers what was typed, once it was asked. */
  const found = async (wanted: string, over: Partial<typeof answer> = {}) => {
    await shown.until(() => isAsked(wanted))
    answered = shown.asked('knowledge.search').length
    await shown.answer('knowledge.search', { ...answer, ...over })
  }
  return { ...shown, found, isAsked, options, type, text }
}

describe('what was learned, in the palette', () => {
  it('is searched behind a question mark alone, with what was found marked', async () => {
    const { found, asked, options, screen, type } = showPalette()
    await type('? payments')
    await found('payments')
    expect(asked('knowledge.search')).toEqual([{ text: 'payments', limit: 20 }])
    expect(options()).toHaveLength(2)
    expect(options()[0]).toContain('resolved after 14m · cause: The certificate expired')
    expect(options()[0]).toContain('fix: Renewed it')
    expect(options()[1]).toContain('Switch back')
    const marked = [...screen.getByRole('listbox').querySelectorAll('mark')]
    expect(marked.map((each) => each.textContent)).toEqual(['payments', 'payments', 'payments'])
  })

  it('opens an incident as a page, and a runbook at the place, by the keyboard', async () => {
    const { found, cockpit, type, user } = showPalette('? ')
    await type('payments')
    await found('payments')
    await user.keyboard('{ArrowDown}{Enter}')
    expect(cockpit.ui.getState()).toMatchObject({
      dialog: null,
      screen: 'runbooks',
      runbookRequest: { id: 'playbook:payments/switch.md', fragment: 'switch-back' },
    })
    act(() => {
      cockpit.actions.open({ kind: 'palette', query: '? ' })
    })
    await type('payments')
    await found('payments')
    await user.keyboard('{Enter}')
    expect(cockpit.ui.getState()).toMatchObject({
      screen: 'incidents',
      pastRequest: { incidentId: 'past-1' },
    })
  })

  it('stands below what is open, which is not listed twice', async () => {
    const { found, options, type } = showPalette()
    await type('payments')
    const [hit] = answer.hits
    if (!hit) throw new Error('no hit')
    await found('payments', { hits: [...answer.hits, { ...hit, id: 'past-2' }] })
    const listed = options()
    expect(listed.filter((each) => each.includes('Payments are slow'))).toHaveLength(1)
    expect(listed.at(-1)).toContain('Switch the processor')
  })

  it('says what was looked for instead, and how far it could look', async () => {
    const { found, text, type } = showPalette('?')
    await type('paymnets spool')
    await found('paymnets spool', {
      hasAllWords: false,
      corrected: [{ word: 'paymnets', to: ['payments'] }],
      runbooks: { searched: 1, listed: 3 },
      lag: { read: 1_200, recorded: 9_000 },
    })
    expect(text()).toContain('Nothing has all words')
    expect(text()).toContain('Searched for payments instead of “paymnets”')
    expect(text()).toContain('1 of 3 runbooks searched so far')
    expect(text()).toContain('1,200 of 9,000 events read')
  })

  it('never shows what an earlier text found', async () => {
    const { found, options, type } = showPalette('?')
    await type('payments')
    await found('payments')
    expect(options()).toHaveLength(2)
    await type('x')
    expect(options()).toEqual([])
  })

  it('says why it cannot be searched', async () => {
    const { isAsked, refuse, text, type, until } = showPalette('?')
    await type('payments')
    await until(() => isAsked('payments'))
    await refuse('knowledge.search', { code: 'history-unavailable', message: 'No history.' })
    expect(text()).toContain('Knowledge: No history.')
  })

  it('searches what this browser keeps while Deckwatch is unreachable', async () => {
    const { lose, options, text, type } = showPalette('?')
    await lose()
    await type('paymens')
    expect(options()).toHaveLength(1)
    expect(options()[0]).toContain('Payments are slow')
    expect(text()).toContain('Deckwatch is unreachable')
  })
})
