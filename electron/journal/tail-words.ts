import type { TailFinding } from './recover-tail.ts'

/** What a person is to hear of the end of a journal. */
export interface TailProblem {
  readonly code: 'journal-tail-restored' | 'journal-tail-lost'
  readonly message: string
  readonly hint: string
}

/** What became of the end of the journal, in plain words. */
export function tailProblem(finding: TailFinding): TailProblem {
  const log = `Its write-ahead log was ${finding.log} when Deckwatch started`
  if (finding.kind === 'restored') {
    return {
      code: 'journal-tail-restored',
      message: `The last ${records(finding.events)} of the journal ${finding.events === 1 ? 'was' : 'were'} restored from a copy.`,
      hint: `${log}. Nothing is lost. ${CHECK}`,
    }
  }
  const { last, recorded, keptAt } = finding
  const kept = keptAt === null ? '' : ` What is left of their copy is kept as ${keptAt}.`
  return {
    code: 'journal-tail-lost',
    message:
      recorded === null
        ? `Records at the end of the journal may be lost: it ends at event ${number(last)}, and how many followed is unknown.`
        : `The journal ends at event ${number(last)}, but ${number(recorded)} were recorded: the last ${records(recorded - last)} ${recorded - last === 1 ? 'is' : 'are'} lost.`,
    hint: `${log}. What was acknowledged, noted, snoozed or resolved in the last seconds before Deckwatch stopped may be missing: check the open incidents and do it again. Alerts that still fire come back with the next poll.${kept} ${CHECK}`,
  }
}

const CHECK = 'Check the disk, and what else changes files in the data folder.'

function records(count: number): string {
  return `${number(count)} ${count === 1 ? 'record' : 'records'}`
}

function number(count: number): string {
  return count.toLocaleString('en-GB')
}
