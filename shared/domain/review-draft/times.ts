import type { Event } from '../watch/event.ts'
import { inLine, spanWords, whoWords } from '../review/words.ts'
import { numbersOf, whenOf, type DraftSection, type Said, type Story } from './story.ts'

/** How long each part took. Repair is told by both definitions in use: from detection, and from the alert. */
export const draftTimes: DraftSection = (story) => [
  ...detection(story),
  ...acknowledgement(story),
  ...investigation(story),
  ...repair(story),
]

function detection({ opened, firstAlert }: Story): readonly Said[] {
  if (!opened || !firstAlert) return []
  const span = whenOf(opened) - firstAlert.body.startsAt
  const name = inLine(firstAlert.body.labels['alertname'] ?? 'the first alert')
  const text =
    span < 0
      ? `Detection: opened ${spanWords(-span)} before the first alert (${name}) started.`
      : `Detection: ${spanWords(span)}, from the start of the first alert (${name}) until Deckwatch opened the incident.`
  return [{ key: 'detection', text, events: numbersOf(firstAlert, opened) }]
}

function acknowledgement({ opened, own }: Story): readonly Said[] {
  const [first] = own('incident.acknowledged')
  if (!opened || !first) return []
  const text = `Acknowledgement: ${spanWords(whenOf(first) - whenOf(opened))}, by ${whoWords(first.actor)}.`
  return [{ key: 'acknowledgement', text, events: numbersOf(opened, first) }]
}

/** From the first look into it until the cause was confirmed or the harm ended, whichever came first. */
function investigation(story: Story): readonly Said[] {
  const begin = firstLook(story)
  if (!begin) return []
  const confirmed = story.all('hypothesis.settled').filter(({ body }) => body.state === 'confirmed')
  const [end] = [...confirmed, ...story.own('incident.mitigated')]
    .filter(({ seq }) => seq > begin.seq)
    .toSorted((a, b) => a.seq - b.seq)
  if (!end) return []
  const span = spanWords(whenOf(end) - whenOf(begin))
  const until =
    end.body.type === 'incident.mitigated' ? 'it was mitigated' : 'a hypothesis was confirmed'
  const text = `Investigation: ${span}, from ${lookWords(begin)} until ${until}.`
  return [{ key: 'investigation', text, events: numbersOf(begin, end) }]
}

function firstLook({ all }: Story): Event | undefined {
  return all(
    'hypothesis.opened',
    'execution.requested',
    'step.marked',
    'walkthrough.started',
    'walkthrough.step-marked',
  ).find(({ actor }) => actor.kind === 'person')
}

function lookWords({ body }: Event): string {
  switch (body.type) {
    case 'hypothesis.opened':
      return 'the first hypothesis'
    case 'execution.requested':
      return 'the first command or query of a person'
    case 'walkthrough.started':
      return 'the start of the runbook'
    default:
      return 'the first step that a person marked'
  }
}

function repair({ opened, firstAlert, resolved, own }: Story): readonly Said[] {
  if (!resolved) return []
  const judged = own('incident.judged').at(-1)
  // There was nothing to repair, and its times would blur those of real ones.
  if (judged && judged.body.verdict !== 'real') return []
  const end = whenOf(resolved)
  return [
    ...(opened
      ? [
          {
            key: 'repair-detection',
            text: `Repair, from detection: ${spanWords(end - whenOf(opened))}.`,
            events: numbersOf(opened, resolved),
          },
        ]
      : []),
    ...(firstAlert
      ? [
          {
            key: 'repair-alert',
            text: `Repair, from the start of the first alert: ${spanWords(end - firstAlert.body.startsAt)}.`,
            events: numbersOf(firstAlert, resolved),
          },
        ]
      : []),
  ]
}
