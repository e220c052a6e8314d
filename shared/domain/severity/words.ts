import type { Severity } from './schema.ts'

/** The words that sources use for severities, by meaning. Written in any way: see {@link severityOfWord}. */
export const commonWords: readonly {
  readonly words: readonly string[]
  readonly is: Severity
}[] = [
  {
    words: [
      'critical',
      'crit',
      'p0',
      'sev0',
      '1',
      'emergency',
      'emerg',
      'fatal',
      'disaster',
      'blocker',
    ],
    is: 'P0',
  },
  {
    words: ['high', 'error', 'err', 'major', 'page', 'urgent', 'alert', 'p1', 'sev1', 's1', '2'],
    is: 'P1',
  },
  {
    words: ['warning', 'warn', 'medium', 'moderate', 'average', 'p2', 'sev2', 's2', '3'],
    is: 'P2',
  },
  {
    words: [
      ...['low', 'info', 'information', 'informational', 'notice', 'minor', 'none', 'ok'],
      ...['debug', 'ticket', 'p3', 'sev3', 's3', '4', '5'],
    ],
    is: 'P3',
  },
]

const severityOf = new Map(
  commonWords.flatMap(({ words, is }) => words.map((word) => [word, is] as const)),
)

/** A code with its name behind it, such as `P1 - Critical`: the code counts. */
const CODE = /^(p|sev|s) ?(\d)(?= |$)/

/**
 * What a severity word means; null for one that is not known. Capitals, blanks, dashes and
 * underscores do not matter: `SEV_1`, `sev-1` and `Sev 1` are one word.
 */
export function severityOfWord(word: string): Severity | null {
  return severityOf.get(spellingOf(word)) ?? null
}

/** The one spelling of a severity word: `SEV_1`, `sev-1` and `Sev 1 - Major` are all `sev1`. */
export function spellingOf(word: string): string {
  const spaced = word
    .toLowerCase()
    .replace(/[\s_:/-]+/g, ' ')
    .trim()
  const [, scale, digit] = CODE.exec(spaced) ?? []
  return scale === undefined ? spaced.replaceAll(' ', '') : `${scale}${digit ?? ''}`
}

/** Words of rules that are made to inform, or to feed other rules, and never to call somebody. */
const informationalWords = new Set(['none', 'info', 'information', 'informational', 'debug', 'ok'])

/** True for a severity word that says of itself that nobody has to act, such as `none` or `info`. */
export function isInformationalWord(word: string): boolean {
  return informationalWords.has(spellingOf(word))
}
