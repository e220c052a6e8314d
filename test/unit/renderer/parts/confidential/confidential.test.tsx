// @vitest-environment jsdom
import { act } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { ConfidentialLine } from '#renderer/parts/confidential/confidential-line.tsx'
import { ConfidentialMark } from '#renderer/parts/confidential/confidential-mark.tsx'
import { visibleTo } from '#renderer/parts/confidential/confidential-words.ts'
import { findSubject } from '#renderer/parts/take-along/subject.ts'
import { Dialogs } from '#renderer/screens/frame/dialogs.tsx'
import { Palette } from '#renderer/screens/palette/palette.tsx'
import type { Restriction } from '#shared/domain/confidential/schema.ts'
import type { Right } from '#shared/domain/person/right.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'
import { AllProviders } from '../../all-providers.tsx'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

const ada = { id: 'ada', name: 'Ada' }
const bo = { id: 'bo', name: 'Bo' }
const cy = { id: 'cy', name: 'Cy' }

const restriction: Restriction = {
  incidentId: 'i1',
  isInForce: true,
  people: [ada, bo],
  reason: 'Names in it',
  at: 3_000,
  by: { kind: 'person', ...ada },
  wasOpen: true,
}

function show(
  restrictions: readonly Restriction[] = [],
  {
    rights = ['read', 'act'],
    people = [ada, bo, cy],
  }: { rights?: Right[]; people?: object[] } = {},
) {
  const shown = showCockpit(
    <AllProviders>
      <ConfidentialMark incidentId="i1" />
      <ConfidentialLine incidentId="i1" />
      <Dialogs />
      <Palette />
    </AllProviders>,
    stateWith({
      incidents: [incidentWith({ id: 'i1', title: 'Pay' })],
      restrictions: [...restrictions],
    }),
    { owner: 'ada', people: people as never, you: { ...ada, rights } },
  )
  act(() => shown.cockpit.actions.select('i1'))
  const open = async () => {
    act(() => shown.cockpit.actions.open({ kind: 'palette' }))
    await shown.user.type(await shown.screen.findByRole('combobox'), 'confidential')
    await shown.user.keyboard('{Enter}')
    await shown.screen.findByRole('dialog', { name: 'Who can see this incident?' })
  }
  return { ...shown, open }
}

describe('an incident', () => {
  it('that everybody sees says nothing of it', () => {
    const { screen } = show()
    expect(screen.queryByText('Confidential')).toBeNull()
  })

  it('that is confidential says so, for whom and why', () => {
    const { screen } = show([restriction])
    expect(screen.getByTitle('Confidential')).toBeTruthy()
    expect(document.body.textContent).toContain(
      'Confidential, visible to Bo and the owner (“Names in it”)',
    )
  })

  it('that was lifted is as any other', () => {
    const { screen } = show([{ ...restriction, isInForce: false }])
    expect(screen.queryByText('Confidential')).toBeNull()
  })
})

describe('who may see it', () => {
  it('is said by keyboard alone', async () => {
    const { user, screen, open, asked, answer, until, cockpit, said } = show()
    await open()
    await until(() => document.activeElement === screen.getByLabelText('Bo'))
    await user.keyboard(' ')
    await user.tab()
    await user.tab()
    await user.keyboard('Names in it{Enter}')
    expect(asked('incident.restrict')).toEqual([
      { incidentId: 'i1', people: ['bo'], reason: 'Names in it' },
    ])
    await answer('incident.restrict', { seq: 2 })
    await until(() => cockpit.ui.getState().dialog === null)
    expect(said.map(({ text }) => text)).toContain('Made confidential')
  })

  it('is changed and lifted in the same place', async () => {
    const { user, screen, asked, refuse, until } = show([restriction])
    await user.click(screen.getByRole('button', { name: 'Change…' }))
    await until(() => screen.queryByLabelText<HTMLInputElement>('Bo') !== null)
    expect(screen.getByLabelText<HTMLInputElement>('Bo').checked).toBe(true)
    await user.click(screen.getByLabelText('Bo'))
    await user.click(screen.getByLabelText('Cy'))
    await user.click(screen.getByRole('button', { name: 'Change who sees it' }))
    // The owner is among them already, and stays.
    expect(asked('incident.restrict')).toEqual([
      { incidentId: 'i1', people: ['ada', 'cy'], reason: null },
    ])
    await refuse('incident.restrict', { code: 'journal-full', message: 'The disk is full.' })
    expect((await screen.findByRole('alert')).textContent).toBe('Refused: The disk is full.')
    await user.click(screen.getByRole('button', { name: 'Make visible to everybody' }))
    expect(asked('incident.unrestrict')).toEqual([{ incidentId: 'i1', reason: null }])
  })

  it('needs people to select, and the right to', async () => {
    const { open, screen } = show([], { people: [ada] })
    await open()
    expect(screen.getByText(/Nobody else is listed/)).toBeTruthy()
  })

  it('is not for whoever may only look', async () => {
    const { user, screen, cockpit } = show([restriction], { rights: ['read'] })
    await user.click(screen.getByRole('button', { name: 'Change…' }))
    expect(cockpit.ui.getState().dialog).toBeNull()
  })
})

it('is named as people are called today', () => {
  const reader = { id: 'bo', owner: 'ada', people: [ada, { ...bo, name: 'Bo B' }] }
  expect(visibleTo([bo], reader)).toBe('visible to Bo B and the owner')
  expect(visibleTo([ada], reader)).toBe('visible to the owner only')
})

it('stands in what is taken along', async () => {
  const { cockpit } = show([restriction])
  expect(await findSubject(cockpit, 'i1', null)).toMatchObject({
    value: { summary: { confidentialFor: ['Bo'] } },
  })
  const other = show()
  const found = await findSubject(other.cockpit, 'i1', null)
  expect(found.ok && found.value.summary.confidentialFor).toBe(undefined)
})
