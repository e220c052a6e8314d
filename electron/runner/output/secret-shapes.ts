import type { Span } from './mask.ts'

/** What a value may be that stands behind a name: quoted, or up to white space and punctuation. */
const value = String.raw`(?<=")[^"\n]+|(?<=')[^'\n]+|(?<!["'])[^\s"'&,;]+`
const gap = String.raw`[ \t]{0,8}`
const named = String.raw`password|passwd|passphrase|(?<=[a-z]_)pwd|secret|token|api[_-]?key|access[_-]?key|secret[_-]?key|private[_-]?key|credentials?`

/**
 * Shapes that are secrets wherever they stand. The first group is what stays, the second what is
 * secret. None spans lines, and none takes time that grows with the square of the text.
 */
const shapes: readonly RegExp[] = [
  // Authorization: Basic dXNlcjpwYXNz
  new RegExp(
    String.raw`(authorization\\?["']?${gap}[:=]${gap}\\?["']?(?:(?:basic|bearer|token|digest|negotiate)${gap})?)([^\s"',;]+)`,
    'gi',
  ),
  // Bearer eyJ… outside of a header. Shorter words are prose: "bearer authentication".
  /(\bbearer[ \t]{1,8})([\w.~+/=-]{16,})/gi,
  // password=…, "api_key": "…", AWS_SECRET_ACCESS_KEY=…; not secretName: …, which is no secret.
  new RegExp(String.raw`((?:${named})\\?["']?${gap}[:=]${gap}\\?["']?)(${value})`, 'gi'),
  // --password … and its kin
  new RegExp(String.raw`(--(?:[a-z]{1,16}-){0,3}(?:${named})[ \t]{1,8}["']?)(${value})`, 'gi'),
  // https://user:password@host
  /(:\/\/[^\s/?#@:"']{0,256}:)([^\s/?#"']{1,512})(?=@)/g,
  // Keys of AWS; tokens of GitHub, GitLab, Slack, Stripe, Google, npm and of models' vendors
  /(\b)((?:AKIA|ASIA)[A-Z0-9]{16})\b/g,
  /(\b)((?:gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-|xapp-|[sr]k_live_|AIza|npm_|sk-)[\w-]{20,})/g,
  // JSON Web Tokens
  /((?<![\w-]))(eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?)/g,
]

/** A part of a text that looks like a secret. */
export interface ShapedSecret extends Span {
  /** The part by which it is recognised, with the name in front of it and the sign behind it. */
  readonly from: number
  readonly to: number
}

/** How far the shapes look in front of what they match, and behind it. */
const LOOK_BACK = 2
const LOOK_AHEAD = 1

/** The parts of a text that look like secrets, in no order; they may overlap. Pure. */
export function findSecretShapes(text: string): readonly ShapedSecret[] {
  const found: ShapedSecret[] = []
  for (const shape of shapes) {
    for (const match of text.matchAll(shape)) {
      const start = match.index + (match[1]?.length ?? 0)
      const from = Math.max(0, match.index - LOOK_BACK)
      const end = start + (match[2]?.length ?? 0)
      found.push({ from, start, end, to: end + LOOK_AHEAD })
    }
  }
  return found
}
