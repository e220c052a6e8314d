/** What tells query languages with selectors apart, as far as values are put into their texts. */
export interface QueryLanguage {
  /** What texts stand between. */
  readonly quotes: string
  /** The other signs that look like quotes to a reader, and are none. */
  readonly noQuotes: string
  /**
   * The operator that a text in quotes is the value of; null where it is something else, such as
   * the argument of a function.
   *
   * @param before the query up to the quote; what is in other texts is left out.
   */
  readonly operatorOf: (before: string, bracket: string | undefined) => string | null
  /** Whether a name may be filled in outside of quotes. */
  readonly hasFreeNames: boolean
}

/** The language of Prometheus. */
export const promql: QueryLanguage = {
  quotes: `"'\``,
  noQuotes: '',
  operatorOf: (before, bracket) =>
    bracket === '{' ? (/(=~|!~|!=|=)\s*$/.exec(before)?.[1] ?? null) : null,
  hasFreeNames: true,
}

/** Stages of a pipeline whose texts are templates, patterns or paths, and no values of matchers. */
const otherStages =
  /^\s*(?:label_format|line_format|json|logfmt|pattern|regexp|unpack|unwrap|decolorize|distinct)\b/

/** The language of Loki. */
export const logql: QueryLanguage = {
  quotes: '"`',
  noQuotes: "'",
  operatorOf(before, bracket) {
    const operator = /(\|=|\|~|=~|!~|!=|==|=)\s*$/.exec(before)?.[1] ?? null
    // `| label_format a="…"` sets a template, `| level="…"` and `|= "…"` compare.
    const stage = before.slice(before.lastIndexOf('|') + 1)
    return bracket !== '{' && otherStages.test(stage) ? null : operator
  },
  hasFreeNames: false,
}
