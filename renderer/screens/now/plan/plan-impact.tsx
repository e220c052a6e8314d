import type { PlanImpact } from '#shared/domain/plan/schema.ts'
import { ClampedText } from '../../../components/clamped-text.tsx'
import styles from './plan-impact.module.css'

interface PlanImpactProps {
  readonly impact: PlanImpact
}

/** What the plan says in words of the harm: what it does, to whom, and what is at stake. */
export function PlanImpactTexts({ impact }: PlanImpactProps) {
  const { description, affectedUsers, revenueRisk, competitiveRisk } = impact
  const texts = [description, affectedUsers, revenueRisk, competitiveRisk].filter(
    (text) => text !== null,
  )
  if (texts.length === 0) return null
  return (
    <div className={styles.texts}>
      <ClampedText lines={2}>{texts.map(asSentence).join(' ')}</ClampedText>
    </div>
  )
}

/** Texts that stand in a row begin and end as sentences do. */
function asSentence(text: string): string {
  const begun = `${text.charAt(0).toUpperCase()}${text.slice(1)}`
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`
}
