import type { Criterion } from '#shared/domain/plan/schema.ts'
import { conditionWords, judgeHeld, type Verdict } from '#shared/domain/trigger/judge.ts'
import { useTicking } from '../../components/clock.ts'
import { MeasuredLine } from './measured-line.tsx'
import { useFollowed } from './use-followed.ts'
import { verdictText } from './words.ts'

type MeasuredCriterion = Extract<Criterion, { readonly kind: 'promql' }>

const words: Readonly<Record<Verdict['standing'], string>> = {
  unknown: 'Unknown',
  clear: 'Not met',
  holding: 'Holding',
  crossed: 'Met',
}

interface CriterionLineProps {
  readonly incidentId: string
  readonly criterion: MeasuredCriterion
}

/** A measured "fixed when" with its value now; it counts by itself. */
export function CriterionLine({ incidentId, criterion }: CriterionLineProps) {
  const followed = useFollowed(incidentId)
  const observed = followed?.measured?.criteria[criterion.id]
  const { forMs, promql, text } = criterion
  const judge = (now: number) =>
    judgeHeld({ observed, forMs, now }, conditionWords(observed, promql))
  const standing = useTicking(({ engineNow }) => judge(engineNow()).standing) as Verdict['standing']
  const facts = useTicking(({ engineNow }) => {
    const now = engineNow()
    return verdictText(judge(now), observed, now)
  })
  const isMet = followed?.response.criteria[criterion.id]?.isMet === true
  const tone = isMet || standing === 'crossed' ? 'met' : standing
  return (
    <MeasuredLine
      incidentId={incidentId}
      standing={{ tone, word: tone === 'met' ? words.crossed : words[tone] }}
      text={text}
      facts={facts}
    />
  )
}
