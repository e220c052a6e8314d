import { betweenWords, changeName } from '../change/words.ts'
import { inLine, spanWords, timeWords } from '../review/words.ts'
import { timesWords } from '../text/times.ts'
import {
  numbersOf,
  whenOf,
  type DraftSection,
  type EventOf,
  type Said,
  type Story,
} from './story.ts'
import { tagged } from './tags.ts'

/** Why it was not caught earlier is for people to say; this is what is known towards an answer. */
export const draftNotCaught: DraftSection = (story) => [
  ...firstSeen(story),
  ...changeToAlert(story),
]

/** The services that its alerts were about, and what these depend on. */
export const draftServices: DraftSection = ({ all, own, opened }) => {
  const related = own('change.related').at(-1)
  if (related && related.body.services.length > 0) {
    const { services, upstream } = related.body
    return [
      ...services.map((name) => serviceSaid(name, related.seq)),
      ...(upstream.length === 0
        ? []
        : [
            {
              key: 'upstream',
              text: `They depend on ${upstream.map(inLine).join(', ')}.`,
              events: [related.seq],
            },
          ]),
    ]
  }
  const named = opened && 'group' in opened.body ? opened.body.group['service'] : undefined
  if (!opened || named === undefined) return servicesOfAlerts(all('alert.fired'))
  const text = `${inLine(named)} (by the label service of its alerts)`
  return [{ key: `service ${named}`, text, events: numbersOf(opened) }]
}

/** Where the incident is about no service, what the labels of its alerts say. */
function servicesOfAlerts(fired: readonly EventOf<'alert.fired'>[]): readonly Said[] {
  const named = Map.groupBy(fired, ({ body }) => body.labels['service'])
  return [...named].flatMap(([name, events]) => {
    if (name === undefined) return []
    const text = `${inLine(name)} (by the label service of its alerts, which fired ${timesWords(events.length)})`
    return [{ key: `service ${name}`, text, events: numbersOf(...events) }]
  })
}

/** What people tagged as a lesson while they worked. */
export const draftLessons: DraftSection = (story) => tagged(story, 'lesson')

function serviceSaid(name: string, seq: number): Said {
  return { key: `service ${name}`, text: inLine(name), events: [seq] }
}

function firstSeen({ opened, firstAlert }: Story): readonly Said[] {
  if (!firstAlert) return []
  const { labels, startsAt, sourceId } = firstAlert.body
  const name = inLine(labels['alertname'] ?? 'an alert without a name')
  const knew = opened
    ? `; Deckwatch opened the incident ${spanWords(whenOf(opened) - startsAt)} later`
    : ''
  const text = `The first alert was ${name} of ${inLine(sourceId)}, which started on ${timeWords(startsAt)}${knew}.`
  return [{ key: 'first-alert', text, events: numbersOf(firstAlert, opened) }]
}

function changeToAlert({ own }: Story): readonly Said[] {
  const related = own('change.related').at(-1)
  const nearest = related?.body.changes.find(({ beforeMs }) => beforeMs > 0)
  if (!related || !nearest) return []
  const text = `The nearest change before it was ${inLine(changeName(nearest.change))}, ${betweenWords(nearest.beforeMs)}${nearest.beforeMs < 60_000 ? '' : ' the start'}.`
  return [{ key: 'nearest-change', text, events: numbersOf(related) }]
}
