import type { IncidentChoice, IncidentOption } from '#shared/domain/watch/incident-choice.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import type { TerminalLink } from './link.ts'

/** Which incident commands are recorded with. */
export type Binding =
  | { readonly kind: 'bound'; readonly incidentId: string; readonly words: string }
  /** Commands run, and nothing is recorded. */
  | { readonly kind: 'unrecorded'; readonly words: string }
  /** Nothing is to run: the person meant something else. */
  | { readonly kind: 'refused'; readonly words: string }

interface Deps {
  readonly link: Pick<TerminalLink, 'choose'>
  /** Asks for a line; null where there is nobody to be asked, or nothing was answered. */
  readonly ask: ((question: string) => Promise<string | null>) | null
}

/** Finds out which incident is meant: by what was named, by what Deckwatch knows, or by asking. */
export async function bindIncident(wanted: string | null, deps: Deps): Promise<Binding> {
  const choice = await deps.link.choose(wanted)
  if (choice) return bound(choice, deps)
  if (wanted === null) {
    return {
      kind: 'unrecorded',
      words: 'Deckwatch is not running, so this is not recorded. (--incident ID keeps it.)',
    }
  }
  return {
    kind: 'bound',
    incidentId: wanted.replace(/^deckwatch:\/\/incident\//, ''),
    words: 'Deckwatch is not running: this is kept, and recorded when it starts.',
  }
}

async function bound(choice: IncidentChoice, { ask }: Deps): Promise<Binding> {
  if (choice.kind === 'none') return { kind: 'refused', words: `${choice.message} ${choice.hint}` }
  if (choice.kind === 'one') return boundTo(choice.option)
  const { options } = choice
  const list = options.map((option, index) => `  ${String(index + 1)}  ${optionWords(option)}`)
  if (!ask) {
    return {
      kind: 'refused',
      words: ['Several incidents are open. Name one with --incident ID:', ...list].join('\n'),
    }
  }
  const question = ['Which incident is this for?', ...list, `1 to ${String(options.length)}: `]
  const answer = await ask(question.join('\n'))
  const option = options[Number(answer?.trim() || Number.NaN) - 1]
  if (option) return boundTo(option)
  return { kind: 'refused', words: 'No incident was selected, so nothing was run.' }
}

function boundTo({ incidentId, title }: IncidentOption): Binding {
  return { kind: 'bound', incidentId, words: `Recorded for “${toPrintable(title, 120)}”.` }
}

function optionWords({ incidentId, title, severity, is }: IncidentOption): string {
  const mine = is === null ? '' : is === 'focused' ? ', in focus' : ', acknowledged by you'
  return `${severity} ${toPrintable(title, 80)} (${incidentId}${mine})`
}
