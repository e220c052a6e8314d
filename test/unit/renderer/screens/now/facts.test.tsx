// @vitest-environment jsdom
import { expect, it } from 'vitest'
import { Facts } from '#renderer/screens/now/facts.tsx'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { severities } from '#shared/domain/severity/schema.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'
import { showCockpit, stateWith, status } from '../../shown-cockpit.tsx'

const factOf = (term: string, over: Partial<Incident>, notifies = [...severities]) => {
  const incident = incidentWith({ id: 'i1', ...over })
  const { screen } = showCockpit(
    <Facts incident={incident} />,
    stateWith({ incidents: [incident] }),
    { reach: { ...status.reach, notifies } },
  )
  return screen.queryByText(term)?.nextElementSibling?.textContent
}

const decisions = ['common-word severity="warning"', 'page it is new'] as const
const held = (by: 'quiet-hours' | 'focus') => ({
  decisions: [...decisions],
  held: { me: { by, at: 1, until: null } },
})

const paging: readonly (readonly [string, Partial<Incident>])[] = [
  ['not notified (quiet hours)', held('quiet-hours')],
  ['not notified (focus on another incident)', held('focus')],
]

it.each(paging)('says of paging that it is %s', (text, over) => {
  expect(factOf('paging', over)).toBe(text)
})

it('leaves what paged to the line that says so, in one word', () => {
  expect(factOf('paging', { decisions: [...decisions] })).toBeUndefined()
})

it('says that notifications of a severity are off, though the pipeline would page', () => {
  expect(factOf('paging', { decisions: [...decisions] }, ['P0'])).toBe('off for P2')
})

it('gives the reason for the severity without the severity again', () => {
  expect(factOf('severity', { decisions: [...decisions] })).toBe('P2 because severity="warning"')
})
