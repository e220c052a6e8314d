// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { RunbooksProvider } from '#renderer/screens/runbooks/runbooks-provider.tsx'
import { Runbooks } from '#renderer/screens/runbooks/runbooks.tsx'
import type { OutputOf } from '#shared/contract/contract.ts'
import type { RunbookEntry } from '#shared/domain/runbook/entry.ts'
import { runbookFileWith, runbookPageWith } from '#test/fixtures/runbook-entries.ts'
import { showCockpit, stateWith, status } from '../../shown-cockpit.tsx'

const paymentText = `# Card payments fail

## Diagnosis

1. Look at the gateway: see [the switch](switch.md#steps) and [below](#roll-back).

## Roll back

Set the old processor.
`
const payments = runbookFileWith('payments/payment-failure.md', paymentText, undefined, {
  commit: 'abcdef1234567890',
})
const switched = runbookFileWith('payments/switch.md', '# Switch processor')
const disk = runbookFileWith('disk.md', '# Disk full')
const wiki = runbookPageWith('https://wiki.example/pod', null)
const all = [payments, switched, disk, wiki]

async function showRunbooks(entries: readonly RunbookEntry[] = all, more = 0) {
  const shown = showCockpit(
    <RunbooksProvider>
      <Runbooks />
    </RunbooksProvider>,
    stateWith(),
    { runbooks: { revision: 1 } },
  )
  await shown.until(() => shown.asked('runbook.list').length > 0)
  await shown.answer('runbook.list', { revision: 1, entries: [...entries], more })
  const { screen, user, answer } = shown
  const read = (value: OutputOf<'runbook.read'>) => answer('runbook.read', value)
  const row = (name: RegExp) => screen.getByRole('button', { name })
  const openPayments = async () => {
    await user.click(row(/^Card payments fail/))
    await shown.until(() => shown.asked('runbook.read').length > 0)
    await read({ entry: payments, text: paymentText })
  }
  return { ...shown, read, row, openPayments }
}

describe('the list of runbooks', () => {
  it('is by folder, then by host, with what stands against a page in words', async () => {
    const { screen, row } = await showRunbooks()
    expect(screen.getAllByRole('heading', { level: 2 }).map((each) => each.textContent)).toEqual([
      'runbooks/ 1',
      'runbooks/payments/ 2',
      'wiki.example 1',
    ])
    expect(row(/wiki\.example\/pod/).textContent).toContain('Not fetched: needs your consent')
    expect(screen.getByText(/This browser keeps nothing/)).toBeTruthy()
  })

  it('says what a runbook is where there is none, and how many are not listed', async () => {
    const { screen } = await showRunbooks([], 3)
    expect(screen.getByText(/No runbooks yet/)).toBeTruthy()
    expect(screen.getByText('3 more runbooks not listed')).toBeTruthy()
  })

  it('says why it could not be read, and asks again', async () => {
    const { screen, user, asked, refuse, say, until } = await showRunbooks()
    await say({ type: 'status', status: { ...status, runbooks: { revision: 2 } } })
    await until(() => asked('runbook.list').length === 2)
    await refuse('runbook.list', { code: 'internal', message: 'The disk is gone.' })
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(asked('runbook.list')).toHaveLength(3)
    expect(screen.getByRole('button', { name: /^Disk full/ })).toBeTruthy()
  })

  it('is walked by keys: down from the search, Enter opens, Escape comes back', async () => {
    const { screen, user, until, read, asked } = await showRunbooks()
    screen.getByRole('textbox').focus()
    await user.keyboard('{ArrowDown}{ArrowDown}')
    expect(document.activeElement?.textContent).toContain('Card payments fail')
    await user.keyboard('{Enter}')
    await until(() => asked('runbook.read').length > 0)
    await read({ entry: payments, text: paymentText })
    expect(document.activeElement?.id).toBe('runbook-title')
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('heading', { name: 'Roll back' })).toBeNull()
    expect(document.activeElement?.textContent).toContain('Card payments fail')
    await user.keyboard('{ArrowUp}{ArrowUp}')
    expect(document.activeElement?.tagName).toBe('INPUT')
  })
})

describe('a runbook', () => {
  it('is shown with where it comes from, its headings below its title', async () => {
    const { screen, openPayments } = await showRunbooks()
    await openPayments()
    expect(screen.getAllByRole('heading', { name: 'Card payments fail' })).toHaveLength(1)
    expect(screen.getByRole('heading', { name: 'Roll back' }).tagName).toBe('H3')
    expect(screen.getByText('abcdef12').title).toBe('abcdef1234567890')
    expect(screen.getByRole('button', { name: 'Open in the playbook' })).toBeTruthy()
  })

  it('goes to a place in it, and on to another runbook at its place', async () => {
    const { screen, user, openPayments, read, asked, until } = await showRunbooks()
    await openPayments()
    await user.click(screen.getByRole('button', { name: 'below' }))
    expect(document.activeElement?.textContent).toBe('Roll back')
    await user.click(screen.getByRole('button', { name: 'the switch' }))
    await until(() => asked('runbook.read').length === 2)
    expect(asked('runbook.read').at(-1)).toEqual({ id: 'playbook:payments/switch.md' })
    await read({ entry: switched, text: '# Switch processor\n\n## Steps\n\nGo.' })
    expect(document.activeElement?.textContent).toBe('Steps')
  })

  it('opens at the place that an incident names, and leads back to it', async () => {
    const { screen, user, cockpit, read, asked, until } = await showRunbooks()
    cockpit.actions.showRunbook({
      id: payments.id,
      fragment: 'roll-back',
      incidentId: 'i1',
    })
    await until(() => asked('runbook.read').length === 1)
    await read({ entry: payments, text: paymentText })
    await until(() => document.activeElement?.textContent === 'Roll back')
    expect(screen.getByRole('button', { name: /^Back to the incident/ })).toBeTruthy()
    await user.keyboard('{Escape}')
    expect(cockpit.ui.getState()).toMatchObject({ screen: 'now', selectedId: 'i1' })
  })

  it('goes to that place only with who has not gone elsewhere meanwhile', async () => {
    const { screen, user, cockpit, read, asked, until } = await showRunbooks()
    cockpit.actions.showRunbook({ id: payments.id, fragment: 'roll-back', incidentId: null })
    await until(() => asked('runbook.read').length > 0)
    const search = screen.getByRole('textbox')
    await user.click(search)
    await read({ entry: payments, text: paymentText })
    await until(() => screen.queryByText('Set the old processor.') !== null)
    expect(document.activeElement).toBe(search)
  })

  it('says where a place is missing that a link names', async () => {
    const { screen, cockpit, read, asked, until } = await showRunbooks()
    cockpit.actions.showRunbook({ id: payments.id, fragment: 'gone', incidentId: null })
    await until(() => asked('runbook.read').length === 1)
    await read({ entry: payments, text: paymentText })
    await until(() => screen.queryByText(/^No section/) !== null)
  })

  it('that the playbook does not have says where it should be', async () => {
    const { screen, cockpit, refuse, asked, until } = await showRunbooks()
    cockpit.actions.showRunbook({ id: 'playbook:gone.md', fragment: null, incidentId: null })
    await until(() => asked('runbook.read').length === 1)
    await refuse('runbook.read', { code: 'not-found', message: 'There is no such runbook.' })
    expect(screen.getByText('runbooks/gone.md', { selector: 'code' })).toBeTruthy()
  })

  it('is read as it was kept with the engine gone, or says that nothing is kept', async () => {
    const { screen, openPayments, lose, until, row, user } = await showRunbooks()
    await openPayments()
    await lose()
    expect(screen.getByText(/List and texts as of/)).toBeTruthy()
    // What is being read stays, though this browser keeps nothing.
    expect(screen.getByRole('heading', { name: 'Roll back' })).toBeTruthy()
    await user.click(row(/^Disk full/))
    await until(() => screen.queryByText(/no copy of it, and Deckwatch cannot be asked/) !== null)
  })

  it('from outside is inert', async () => {
    const { screen, openPayments, read, cockpit, asked, until } = await showRunbooks()
    await openPayments()
    const text =
      '# X\n\n<img src="https://evil.example/x"> ![a](https://evil.example/p.png)\n\n[run](javascript:alert(1))\n\n<script>alert(1)</script>\n\n## runbook-title'
    cockpit.actions.showRunbook({ id: disk.id, fragment: null, incidentId: null })
    await until(() => asked('runbook.read').length === 2)
    await read({ entry: disk, text })
    expect(document.querySelector('img, script, a[href^="javascript"]')).toBeNull()
    expect(document.querySelectorAll('#runbook-title')).toHaveLength(1)
    expect(screen.getByText(/alert\(1\)<\/script>/)).toBeTruthy()
  })

  it.each([
    ['quotes', '> '.repeat(20_000)],
    ['lists', Array.from({ length: 400 }, (_, depth) => `${'  '.repeat(depth)}- x`).join('\n')],
    ['brackets', '['.repeat(20_000)],
    ['emphasis', '*a _b '.repeat(5_000)],
  ])('that is nested without end is shown all the same: %s', async (_name, text) => {
    const { screen, read, cockpit, asked, until } = await showRunbooks()
    cockpit.actions.showRunbook({ id: disk.id, fragment: null, incidentId: null })
    await until(() => asked('runbook.read').length === 1)
    await read({ entry: disk, text: `# Disk full\n\nwords\n\n${text}` })
    expect(screen.getByText(/words/)).toBeTruthy()
  })
})

describe('a page that was not fetched', () => {
  it('is fetched once a person asks for it, from the list and from its place', async () => {
    const { screen, user, asked, answer, until } = await showRunbooks()
    await user.click(screen.getByRole('button', { name: 'Fetch from wiki.example' }))
    expect(asked('runbook.fetch')).toEqual([{ id: wiki.id }])
    await answer('runbook.fetch', { entry: runbookPageWith('https://wiki.example/pod', '# Pods') })
    await until(() => screen.queryByRole('button', { name: 'Fetch from wiki.example' }) === null)
    expect(screen.getByRole('button', { name: /^Pods/ })).toBeTruthy()
  })

  it('says why it could not be fetched', async () => {
    const { screen, user, cockpit, refuse, answer, asked, until } = await showRunbooks()
    cockpit.actions.showRunbook({ id: wiki.id, fragment: null, incidentId: null })
    await until(() => asked('runbook.read').length === 1)
    await refuse('runbook.read', { code: 'not-allowed-now', message: 'Not fetched.' })
    expect(screen.getByText(/Deckwatch has not asked/)).toBeTruthy()
    const [, button] = screen.getAllByRole('button', { name: 'Fetch from wiki.example' })
    if (!button) throw new Error('no button beside the text')
    await user.click(button)
    const problem = 'wiki.example answered 404'
    await answer('runbook.fetch', {
      entry: {
        ...runbookPageWith('https://wiki.example/pod', null, { state: 'failed' }, { problem }),
      },
    })
    await until(() => asked('runbook.read').length === 2)
    await refuse('runbook.read', { code: 'not-allowed-now', message: problem })
    expect(screen.getByText(`Not fetched: ${problem}`)).toBeTruthy()
  })

  it('cannot be fetched by who may only read', async () => {
    const shown = await showRunbooks()
    const you = { ...status.you, rights: ['read' as const] }
    await shown.say({ type: 'status', status: { ...status, you, runbooks: { revision: 1 } } })
    await shown.user.click(shown.screen.getByRole('button', { name: 'Fetch from wiki.example' }))
    expect(shown.asked('runbook.fetch')).toEqual([])
  })
})

describe('the search', () => {
  it('finds titles, files and mistyped words, and says where', async () => {
    const { screen, user, openPayments, until } = await showRunbooks()
    await openPayments()
    await user.keyboard('{Escape}')
    const field = screen.getByRole('textbox', { name: /^Search runbooks/ })
    await user.type(field, 'procesor old')
    await until(() => screen.queryByRole('list', { name: 'Search results' }) !== null)
    const [first] = screen.getAllByRole('button', { name: /^Card payments fail/ })
    expect(first?.textContent).toContain('Roll back: ')
    expect([...(first?.querySelectorAll('mark') ?? [])].map((each) => each.textContent)).toEqual([
      'old',
      'processor',
    ])
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('list', { name: 'Search results' })).toBeNull()
    await user.type(field, 'nothinglikethat')
    expect(screen.getByText('No runbook found. Try fewer words.')).toBeTruthy()
  })

  it('opens what it found at its section', async () => {
    const { screen, user, openPayments, read, asked, until } = await showRunbooks()
    await openPayments()
    await user.keyboard('{Escape}')
    await user.type(screen.getByRole('textbox', { name: /^Search runbooks/ }), 'old{Enter}')
    await until(() => asked('runbook.read').length === 2)
    await read({ entry: payments, text: paymentText })
    expect(document.activeElement?.textContent).toBe('Roll back')
  })
})
