import type { Actor } from '../actor/schema.ts'
import type { Execution, Outcome, OutputFacts, RunKind, Verdict } from '../execution/schema.ts'
import { outcomeWords, targetWords, tookWords } from '../execution/words.ts'
import type { EvidenceRun, Fact } from './document.ts'
import type { ReadOutput } from './output.ts'
import { countWords } from './phrases.ts'

/** How names and times are written. */
export interface EvidenceWords {
  readonly nameOf: (actor: Actor) => string
  /** `at` in ms since the epoch, UTC. */
  readonly timeOf: (at: number) => string
}

/** What each kind of thing that runs is called. */
export const kindWords: Readonly<Record<RunKind, string>> = {
  command: 'Command',
  promql: 'PromQL query',
  http: 'HTTP check',
  dns: 'DNS check',
  tcp: 'TCP check',
  tls: 'TLS check',
  sql: 'SQL query',
  logql: 'LogQL query',
  elasticsearch: 'Elasticsearch query',
}

const verdictWords: Readonly<Record<Verdict, string>> = {
  'as-expected': 'as expected',
  'not-as-expected': 'not as expected',
  failed: 'failed',
  unjudged: 'not judged',
}

const reasonWords: Readonly<Record<Execution['reason'], string>> = {
  person: '',
  automatic: ', automatically',
  remediation: '',
  terminal: ', in a terminal',
}

/** What a run says for itself, beside its command and its output. */
export function toRun(
  execution: Execution,
  number: number,
  output: ReadOutput,
  words: EvidenceWords,
): EvidenceRun {
  const { title, kind, shown, reason, requestedAt, requestedBy, result } = execution
  const by = words.nameOf(requestedBy)
  return {
    number,
    title,
    kind,
    shown,
    at: words.timeOf(requestedAt),
    by: `${by}${reasonWords[reason]}`,
    outcome: result ? outcomeOf(result.outcome, words) : unfinished(execution),
    facts: factsOf(execution, words),
    output,
  }
}

function factsOf(execution: Execution, { timeOf }: EvidenceWords): readonly Fact[] {
  const { startedAt, finishedAt, runbook, commit, hash, risk, expect, result } = execution
  const targets = targetWords(execution.targets)
  return [
    { name: 'Started', value: startedAt === null ? 'not recorded' : timeOf(startedAt) },
    { name: 'Finished', value: finishedAt === null ? 'not recorded' : timeOf(finishedAt) },
    {
      name: 'Duration',
      value: result ? durationOf(result.outcome, result.durationMs) : 'not known',
    },
    { name: 'Target', value: targets.length === 0 ? 'none known' : targets.join(', ') },
    { name: 'Risk', value: risk },
    ...(runbook === null || hash === null
      ? []
      : [
          { name: 'Runbook', value: runbook },
          { name: 'Commit', value: commit ?? 'not known' },
          { name: 'SHA-256 of its text', value: hash },
          { name: 'Expected', value: expect ?? 'nothing stated' },
        ]),
    ...(result
      ? [
          { name: 'Result', value: verdictWords[result.verdict] },
          { name: 'Output', value: sizeWords(result.output) },
        ]
      : []),
  ]
}

function outcomeOf(outcome: Outcome, { nameOf }: EvidenceWords): string {
  // By the name of today, as everywhere in the document.
  if (outcome.kind === 'cancelled' && outcome.by) return `cancelled by ${nameOf(outcome.by)}`
  return outcomeWords(outcome)
}

function unfinished({ startedAt }: Execution): string {
  return startedAt === null ? 'not started yet' : 'still running when this was exported'
}

/** To the millisecond: evidence is compared with logs. */
function durationOf({ kind }: Outcome, ms: number): string {
  if (kind === 'not-started') return 'none: it did not start'
  if (kind === 'lost') return 'not known'
  const exact = `${String(Math.round(ms))} ms`
  return ms < 1_000 ? exact : `${tookWords(ms)} (${exact})`
}

function sizeWords({ bytes, lines, isCut }: OutputFacts): string {
  const size = `${countWords(bytes, 'byte')}, ${countWords(lines, 'line')}`
  return isCut ? `${size}; too much to be kept whole when it ran` : size
}
