import { resultWords, shownInLine } from '../execution/words.ts'
import { stopWords, finishWords } from '../remediation/words.ts'
import type { Event } from '../watch/event.ts'
import { quoted } from './section.ts'

/** What was run: kept from its request until it ends, which is what is told. */
export interface Requested {
  readonly seq: number
  readonly shown: string
}

/**
 * What an event says was done about an incident, as a part of a sentence; null for what is no deed,
 * or only looks. What was run is told when it has ended.
 *
 * @param requested what was requested under an id, as far as it changes something.
 */
export function triedWords(
  { body }: Event,
  requested: (executionId: string) => Requested | undefined,
): { readonly text: string; readonly isDeed: boolean } | null {
  switch (body.type) {
    case 'step.marked':
    case 'walkthrough.step-marked': {
      if (body.state !== 'done' && body.state !== 'failed') return null
      const note = body.note === null ? '' : ` (“${quoted(body.note)}”)`
      return deed(`${quoted(body.text)}: ${body.state}${note}`)
    }
    case 'execution.finished': {
      const run = requested(body.executionId)
      return run ? deed(`${quoted(shownInLine(run.shown))}: ${quoted(resultWords(body))}`) : null
    }
    case 'remediation.finished':
      return body.reason === 'improved'
        ? deed(`${quoted(body.title)}: ${finishWords.improved}`)
        : null
    case 'remediation.stopped':
      return deed(`${quoted(body.title)}: ${stopWords[body.reason]}`)
    case 'decision.made': {
      const why = body.reason === null ? '' : ` (“${quoted(body.reason)}”)`
      return { text: `Decided: ${quoted(body.text)}${why}`, isDeed: false }
    }
    case 'hypothesis.settled':
      if (body.state !== 'ruled-out') return null
      return {
        text: `Ruled out: ${quoted(body.text)}${body.reason === null ? '' : ` (“${quoted(body.reason)}”)`}`,
        isDeed: false,
      }
    case 'measure.removed':
      return deed(`Removed the temporary measure: ${quoted(body.text)}`)
    case 'task.ended':
      return body.outcome === 'done' ? deed(`Did the task: ${quoted(body.text)}`) : null
    default:
      return null
  }
}

const deed = (text: string) => ({ text, isDeed: true })
