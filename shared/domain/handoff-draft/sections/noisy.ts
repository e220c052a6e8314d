import { timesWords } from '../../text/times.ts'
import { alertObject } from '../../alert/object.ts'
import type { BodyOfConcept, Event } from '../../watch/event.ts'
import { countOf, lineOf, quoted, type DraftContext, type SectionReader } from '../section.ts'

/** An alert that fired this often in one shift is noisy. */
const NOISY_FROM = 5
/** Most alerts that are listed. */
const MAX_NOISY = 10
/** Most names, and objects of one name, that are told apart. */
const MAX_NAMES = 2_000
const MAX_OBJECTS = 1_000
const MAX_KEPT = 200

interface Noise {
  fired: number
  flapped: number
  falseAlarms: number
  readonly objects: Set<string>
  events: number[]
}

/** Alerts that fired often, flapped, or were judged false alarms, the noisiest first. */
export function readNoisy({ period, isLeftOut, isConfidential }: DraftContext): SectionReader {
  const names = new Map<string, Noise>()
  /** The name of an alert by its key, and of an incident by the alert that it was opened for. */
  const nameOfKey = new Map<string, string>()
  const nameOfIncident = new Map<string, string>()
  const verdicts = new Map<string, { readonly seq: number; readonly isFalse: boolean }>()

  function noiseOf(name: string): Noise | null {
    const known = names.get(name)
    if (known) return known
    if (names.size >= MAX_NAMES) return null
    const made: Noise = { fired: 0, flapped: 0, falseAlarms: 0, objects: new Set(), events: [] }
    names.set(name, made)
    return made
  }

  function count(name: string | undefined, what: 'fired' | 'flapped', seq: number): Noise | null {
    const noise = name === undefined ? null : noiseOf(name)
    if (!noise) return null
    noise[what] += 1
    noise.events.push(seq)
    if (noise.events.length > MAX_KEPT * 2) noise.events = noise.events.slice(-MAX_KEPT)
    return noise
  }

  function readFired(body: Extract<BodyOfConcept<'alert'>, { type: 'alert.fired' }>, event: Event) {
    const name = body.labels['alertname'] ?? ''
    if (name === '') return
    if (nameOfKey.size < MAX_NAMES * 10) nameOfKey.set(body.key, name)
    if (!nameOfIncident.has(body.incidentId) && nameOfIncident.size < MAX_NAMES) {
      nameOfIncident.set(body.incidentId, name)
    }
    if (event.at < period.from) return
    const noise = count(name, 'fired', event.seq)
    const object = alertObject(body.labels) ?? body.key
    if (noise && noise.objects.size < MAX_OBJECTS) noise.objects.add(object)
  }

  return {
    read(event) {
      const { body, seq, at } = event
      if ('incidentId' in body && body.incidentId !== null) {
        // A line of the noise names no incident by which it could be hidden from others.
        if (isLeftOut(body.incidentId) || isConfidential(body.incidentId)) return
      }
      if (body.type === 'alert.fired') readFired(body, event)
      else if (at < period.from) return
      else if (body.type === 'alert.flapping-started')
        count(nameOfKey.get(body.key), 'flapped', seq)
      else if (body.type === 'incident.judged' && verdicts.size < MAX_NAMES) {
        verdicts.set(body.incidentId, { seq, isFalse: body.verdict === 'false-alarm' })
      }
    },
    lines() {
      for (const [incidentId, { seq, isFalse }] of verdicts) {
        const name = nameOfIncident.get(incidentId)
        const noise = isFalse && name !== undefined ? noiseOf(name) : null
        if (!noise) continue
        noise.falseAlarms += 1
        noise.events.push(seq)
      }
      verdicts.clear()
      return [...names]
        .filter(
          ([, { fired, flapped, falseAlarms }]) => fired >= NOISY_FROM || flapped + falseAlarms > 0,
        )
        .toSorted(([a, one], [b, other]) => loudness(other) - loudness(one) || (a < b ? -1 : 1))
        .slice(0, MAX_NOISY)
        .map(([name, noise]) =>
          lineOf('noisy', {
            id: `noisy:${name.slice(0, 200)}`,
            text: `${quoted(name, 120)}: ${noiseWords(noise)}`,
            events: noise.events,
          }),
        )
    },
  }
}

const loudness = ({ fired, flapped, falseAlarms }: Noise) => fired + flapped * 5 + falseAlarms * 5

function noiseWords({ fired, flapped, falseAlarms, objects }: Noise): string {
  const many = objects.size > 1 ? ` for ${countOf(objects.size, 'object')}` : ''
  return [
    ...(fired > 0 ? [`fired ${timesWords(fired)}${many}`] : []),
    ...(flapped > 0 ? [`started to flap ${timesWords(flapped)}`] : []),
    ...(falseAlarms > 0 ? [`judged a false alarm ${timesWords(falseAlarms)}`] : []),
  ].join(', ')
}
