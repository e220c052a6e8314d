import { changeName, changeNouns, betweenWords } from '../change/words.ts'
import { capital, inLine, timeWords, whoWords } from '../review/words.ts'
import {
  lastBy,
  numbersOf,
  whenOf,
  type DraftSection,
  type EventOf,
  type Said,
  type Story,
} from './story.ts'
import { tagged } from './tags.ts'

/** What is called the root cause is what somebody confirmed last, and nothing else. */
export const draftRootCause: DraftSection = (story) => {
  const last = confirmedOf(story).at(-1)
  return last ? [hypothesisSaid(last, story)] : []
}

/** What else was confirmed, what had changed near the start, and what people tagged so in their notes. */
export const draftFactors: DraftSection = (story) => [
  ...confirmedOf(story)
    .slice(0, -1)
    .map((each) => hypothesisSaid(each, story)),
  ...changesNear(story),
  ...tagged(story, 'factor'),
]

type Settled = EventOf<'hypothesis.settled'>

/** The hypotheses that stand confirmed, in the order in which they were. */
function confirmedOf({ all }: Story): readonly Settled[] {
  return lastBy(all('hypothesis.settled'), ({ body }) => body.hypothesisId)
    .filter(({ body }) => body.state === 'confirmed')
    .toSorted((a, b) => a.seq - b.seq)
}

function hypothesisSaid(settled: Settled, { all }: Story): Said {
  const { hypothesisId, text: hypothesis, reason } = settled.body
  const by = whoWords(settled.actor)
  const first = all('hypothesis.opened').find(({ body }) => body.hypothesisId === hypothesisId)
  const other = first && whoWords(first.actor) !== by ? first : undefined
  const suspected = other ? `${whoWords(other.actor)} suspected it; ` : ''
  const why = reason === null ? '' : `: “${inLine(reason)}”`
  const text = `${inLine(hypothesis)}. ${suspected}${by} confirmed it on ${timeWords(whenOf(settled))}${why}.`
  return { key: `hypothesis ${hypothesisId}`, text, events: numbersOf(other, settled) }
}

function changesNear({ own }: Story): readonly Said[] {
  const related = own('change.related').at(-1)
  if (!related) return []
  return related.body.changes.map(({ change, beforeMs }) => {
    const by = change.by === null ? '' : `, by ${inLine(change.by)}`
    const text = `${capital(changeNouns[change.kind])} ${inLine(changeName(change))}, ${betweenWords(beforeMs)}${beforeMs < 60_000 && beforeMs > -60_000 ? '' : ' the start'}${by}.`
    return { key: `change ${change.id}`, text, events: numbersOf(related) }
  })
}
