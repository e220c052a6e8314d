import type { Event } from '../watch/event.ts'
import { isWorse, severityWord } from '../severity/schema.ts'
import type { Verdict } from '../incident/schema.ts'
import { countWords, inLine, spanWords, timeWords, whoWords } from '../review/words.ts'
import { timesWords } from '../text/times.ts'
import {
  numbersOf,
  whenOf,
  type DraftSection,
  type Opening,
  type Said,
  type Story,
} from './story.ts'

const verdictWords: Readonly<Record<Verdict, string>> = {
  real: 'a real incident',
  'false-alarm': 'a false alarm',
  duplicate: 'a duplicate',
}

/** What happened in a few sentences: how it opened, how bad it was, how it ended. */
export const draftSummary: DraftSection = (story) => [
  ...openingOf(story),
  ...worstOf(story),
  ...mitigationOf(story),
  ...endOf(story),
  ...returnsOf(story),
  ...mergesOf(story),
  ...verdictOf(story),
]

function openingOf({ opened, own }: Story): readonly Said[] {
  if (!opened) return []
  const renamed = own('incident.retitled').at(-1)
  const title = inLine(renamed?.body.title ?? opened.body.title)
  const { severity } = opened.body
  const text = `${title}: opened as ${severity} (${severityWord[severity]}) on ${timeWords(whenOf(opened))}, ${byWhat(opened)}.`
  return [{ key: 'opened', text, events: numbersOf(opened, renamed) }]
}

function byWhat({ body, actor }: Opening): string {
  switch (body.type) {
    case 'incident.declared': {
      const what = body.description === null ? '' : `: “${inLine(body.description)}”`
      return `declared by ${whoWords(actor)}${what}`
    }
    case 'incident.split':
      return `split from another incident by ${whoWords(actor)}`
    case 'incident.triggered':
      return actor.kind === 'source' ? `by alerts of ${inLine(actor.id)}` : 'by alerts'
  }
}

function worstOf({ opened, own }: Story): readonly Said[] {
  if (!opened) return []
  const [worst] = own('incident.retriggered', 'incident.severity-set')
    .filter(({ body }) => isWorse(body.severity, opened.body.severity))
    .toSorted((a, b) => a.body.severity.localeCompare(b.body.severity) || a.seq - b.seq)
  if (!worst) return []
  const after = spanWords(whenOf(worst) - whenOf(opened))
  const text = `It became ${worst.body.severity} (${severityWord[worst.body.severity]}) after ${after}.`
  return [{ key: 'worst', text, events: numbersOf(opened, worst) }]
}

function mitigationOf({ own }: Story): readonly Said[] {
  const mitigated = own('incident.mitigated').at(-1)
  if (!mitigated) return []
  const after = own('incident.unmitigated', 'incident.retriggered', 'incident.reopened')
  // What harmed again later was not mitigated.
  if (after.some(({ seq }) => seq > mitigated.seq)) return []
  const { note } = mitigated.body
  const how = note === null ? '' : `: “${inLine(note)}”`
  const text = `${whoWords(mitigated.actor)} mitigated it on ${timeWords(whenOf(mitigated))}${how}.`
  return [{ key: 'mitigated', text, events: numbersOf(mitigated) }]
}

function endOf({ all, opened, resolved }: Story): readonly Said[] {
  if (!opened || !resolved) return []
  const removed = all('alert.resolved').filter(({ body }) => body.reason === 'source-removed')
  const by =
    resolved.actor.kind === 'person'
      ? `, by ${whoWords(resolved.actor)}`
      : removed.length > 0
        ? `, as the source of ${countWords(removed.length, 'alert')} was removed`
        : ', as its alerts stopped'
  const because = resolved.actor.kind === 'person' ? [] : removed
  const after = spanWords(whenOf(resolved) - whenOf(opened))
  const text = `It was resolved on ${timeWords(whenOf(resolved))}${by}, ${after} after it opened.`
  return [{ key: 'resolved', text, events: numbersOf(opened, resolved, ...because) }]
}

function returnsOf({ own }: Story): readonly Said[] {
  const reopened = own('incident.reopened')
  const byPerson = reopened.filter(({ actor }) => actor.kind === 'person')
  const byItself = [
    ...own('incident.retriggered').filter(({ body }) => body.reason === 'fired-again'),
    ...reopened.filter(({ actor }) => actor.kind !== 'person'),
  ]
  return [
    ...(byItself.length === 0
      ? []
      : [
          {
            key: 'returns',
            text: `It came back ${timesWords(byItself.length)}.`,
            events: numbersOf(...byItself),
          },
        ]),
    ...(byPerson.length === 0
      ? []
      : [
          {
            key: 'reopened',
            text: `It was reopened ${timesWords(byPerson.length)}, by ${peopleOf(byPerson)}.`,
            events: numbersOf(...byPerson),
          },
        ]),
  ]
}

/** Who did these, each once: `Ada`, `Ada and Bo`, `Ada, Bo and Cy`. */
function peopleOf(events: readonly Event[]): string {
  const names = [...new Set(events.map(({ actor }) => whoWords(actor)))]
  const last = names.pop() ?? ''
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`
}

function mergesOf({ all, incidentId }: Story): readonly Said[] {
  return all('incident.merged')
    .filter(({ body }) => body.into === incidentId)
    .map((merged) => ({
      key: `merged ${merged.body.incidentId}`,
      text: `The incident “${inLine(merged.body.title)}” was merged into it.`,
      events: numbersOf(merged),
    }))
}

function verdictOf({ own }: Story): readonly Said[] {
  const judged = own('incident.judged').at(-1)
  if (!judged) return []
  const { verdict, of } = judged.body
  const other = of === null ? '' : ` of “${inLine(of.title)}”`
  const text = `${whoWords(judged.actor)} judged it ${verdictWords[verdict]}${other}.`
  return [{ key: 'verdict', text, events: numbersOf(judged) }]
}
