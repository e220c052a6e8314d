import type { PlanImpact } from '#shared/domain/plan/schema.ts'
import { ClampedText } from '../../../components/clamped-text.tsx'
import styles from './plan-impact.module.css'

interface PlanImpactProps {
  readonly impact: PlanImpact
}

/** What the plan says of the harm beside its sentence: to whom, and what is at stake. */
export function PlanImpactTexts({ impact }: PlanImpactProps) {
  const { says, description, affectedUsers, revenueRisk, competitiveRisk } = impact
  // Without a sentence of its own one of these stands for it.
  const sentence = says ?? description ?? affectedUsers
  const texts = [
    ['', description],
    ['Affected: ', affectedUsers],
    ['Revenue: ', revenueRisk],
    ['Competition: ', competitiveRisk],
  ].flatMap(([label, text]) =>
    text && text !== sentence ? [`${label ?? ''}${asSentence(text)}`] : [],
  )
  if (texts.length === 0) return null
  return (
    <div className={styles.texts}>
      <ClampedText lines={2}>{texts.join(' ')}</ClampedText>
    </div>
  )
}

/** Texts that stand in a row begin and end as sentences do. */
function asSentence(text: string): string {
  const begun = `${text.charAt(0).toUpperCase()}${text.slice(1)}`
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`
}
