import { isWithdrawn } from '../impact/schema.ts'
import { saidSentence } from '../impact/words.ts'
import { countWords, inLine, timeWords, whoWords } from '../review/words.ts'
import { numbersOf, whenOf, type DraftSection, type Said, type Story } from './story.ts'

/** The harm: what was measured when it opened, what a person said last, and how much fired. */
export const draftImpact: DraftSection = (story) => [
  ...measured(story),
  ...saidByPerson(story),
  ...alertsOf(story),
]

function measured({ own }: Story): readonly Said[] {
  const [first] = own('impact.measured')
  if (!first) return []
  const { sentence, values } = first.body
  const unknown = values.flatMap(({ name, reason }) =>
    reason === null ? [] : [`${inLine(name)}: ${inLine(reason)}`],
  )
  if (sentence === null && unknown.length === 0) return []
  const missing = unknown.length === 0 ? '' : ` (unknown: ${unknown.join(', ')})`
  const text = `Measured when it opened: ${sentence === null ? 'nothing' : inLine(sentence)}${missing}.`
  return [{ key: 'measured', text, events: numbersOf(first) }]
}

function saidByPerson({ own }: Story): readonly Said[] {
  const last = own('impact.set').at(-1)
  if (!last || isWithdrawn(last.body)) return []
  const said = saidSentence(last.body)
  if (said === null) return []
  const text = `${whoWords(last.actor)} said on ${timeWords(whenOf(last))}: ${inLine(said)} (“${inLine(last.body.reason)}”).`
  return [{ key: 'said', text, events: numbersOf(last) }]
}

function alertsOf({ all }: Story): readonly Said[] {
  const fired = all('alert.fired')
  if (fired.length === 0) return []
  const keys = new Set(fired.map(({ body }) => body.key)).size
  const again = fired.length > keys ? `, ${String(fired.length)} times in all` : ''
  const text = `${countWords(keys, 'alert')} fired${again}.`
  return [{ key: 'alerts', text, events: numbersOf(...fired) }]
}
