import type { Plan } from '#shared/domain/plan/schema.ts'

/** What a condition that belongs to no plan is put in words with. */
export const noImpact: Pick<Plan, 'impact'> = {
  impact: {
    says: null,
    values: {},
    description: null,
    affectedUsers: null,
    revenueRisk: null,
    competitiveRisk: null,
  },
}
