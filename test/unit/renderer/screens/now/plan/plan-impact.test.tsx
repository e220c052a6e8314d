// @vitest-environment jsdom
import { expect, it } from 'vitest'
import { PlanImpactTexts } from '#renderer/screens/now/plan/plan-impact.tsx'
import { showCockpit } from '../../../shown-cockpit.tsx'

it('names what each text of the impact is about', () => {
  const { screen } = showCockpit(
    <PlanImpactTexts
      impact={{
        says: 'Nobody can pay',
        values: {},
        description: null,
        affectedUsers: 'nobody is hit yet',
        revenueRisk: 'none yet',
        competitiveRisk: 'an outage is seen',
      }}
    />,
  )
  expect(
    screen.getByText(
      'Affected: Nobody is hit yet. Revenue: None yet. Competition: An outage is seen.',
    ),
  ).toBeTruthy()
})
