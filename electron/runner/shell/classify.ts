import type { Risk } from '#shared/domain/runbook/schema.ts'
import { dangerousVariable } from './dangerous-variables.ts'
import { evaluatesText, setsQuietly } from './evaluation.ts'
import { judgeWords } from './judge-words.ts'
import type { ShellParse, ShellParser } from './parse.ts'
import type { Segment } from './segment.ts'
import { verdict, worse, type Judging, type Verdict } from './verdict.ts'
import { targetRisk } from './write-target.ts'

/** What running a text would do, with a reason for each of its commands. */
export interface Classification {
  /** That of the worst command. */
  readonly risk: Risk
  /** In the order of the text. */
  readonly reasons: readonly {
    /** The command, as it is written. */
    readonly text: string
    readonly risk: Risk
    /** A sentence. */
    readonly why: string
  }[]
  /** A sentence; null: it runs without a terminal. */
  readonly needsTerminal: string | null
  /** A sentence; null: it ends by itself. */
  readonly neverEnds: string | null
}

/** What is known besides the text. */
export interface ClassifyOptions {
  /** Variables whose values were checked: each is one word that is no option. */
  readonly checked?: ReadonlySet<string>
  /** What the author says of the whole. It can raise the risk; lower it only for unknown programs. */
  readonly author?: Risk | null
}

/** Judges a text by every command in it. Pure; `parser` takes apart the texts of nested shells. */
export function classify(
  parse: ShellParse,
  parser: ShellParser,
  { checked = new Set(), author = null }: ClassifyOptions = {},
): Classification {
  const verdicts = verdictsOf(parse, {
    parse: parser,
    checked,
    functions: parse.functions,
    readsPipe: false,
    depth: 0,
  })
  const reasons = verdicts.map((each) => {
    const isAuthors = each.isUnknown && author !== null
    return {
      text: each.text,
      risk: isAuthors ? author : each.risk,
      why: isAuthors ? 'The author of the runbook says what it does.' : each.why,
    }
  })
  const judged = reasons.reduce<Risk>((worst, { risk }) => worse(worst, risk), 'read')
  return {
    risk: author === null ? judged : worse(judged, author),
    reasons,
    needsTerminal: verdicts.find((each) => each.needsTerminal !== null)?.needsTerminal ?? null,
    neverEnds: verdicts.find((each) => each.neverEnds !== null)?.neverEnds ?? null,
  }
}

function verdictsOf(parse: ShellParse, judging: Judging): readonly Verdict[] {
  const found = parse.segments.flatMap((segment) => judgeSegment(segment, judging))
  const evaluated = evaluatesText(parse.root, parse.segments)
  if (evaluated !== null)
    found.push(verdict(evaluated, 'change', 'The shell may run a text that stands in quotes here.'))
  const quiet = setsQuietly(parse.root, parse.segments, parse.text)
  if (quiet !== null) {
    found.push(verdict(quiet, 'change', `${quiet} decides which programs run, or how.`))
  }
  const loop = endlessLoop(parse)
  if (loop !== null)
    found.push(
      verdict(loop, 'read', 'It repeats commands.', {
        neverEnds: 'The loop does not end by itself.',
      }),
    )
  if (/\bselect\b/.test(parse.text) && selects(parse)) {
    found.push(
      verdict(parse.text, 'read', 'It lets a person choose.', {
        needsTerminal: 'select waits for a choice.',
      }),
    )
  }
  return found
}

function judgeSegment(segment: Segment, judging: Judging): readonly Verdict[] {
  const found: Verdict[] = []
  for (const { name } of segment.assignments) {
    if (dangerousVariable(name)) {
      found.push(verdict(segment.text, 'change', `${name} decides which programs run, or how.`))
    }
  }
  for (const { writes, target, operator } of segment.redirections) {
    const isNetwork = /^\/dev\/(?:tcp|udp)\//.test(target.value ?? '')
    if (!writes && !isNetwork) continue
    const risk = isNetwork ? 'change' : targetRisk(target)
    if (risk === 'read') continue
    const why = isNetwork ? 'It opens a connection.' : `It writes to ${target.text} (${operator}).`
    found.push(verdict(segment.text, risk, why))
  }
  if (segment.isBackground) {
    found.push(
      verdict(segment.text, 'change', 'It goes on in the background when the step is over.'),
    )
  }
  if (segment.kind === 'test') found.push(verdict(segment.text, 'read', 'It only compares.'))
  if (segment.kind === 'arithmetic')
    found.push(verdict(segment.text, 'read', 'It only calculates.'))
  const nested = (text: string, inner: Judging): readonly Verdict[] => {
    const parse = inner.parse(text)
    if (!parse.ok)
      return [
        verdict(
          segment.text,
          'change',
          `What runs within it can't be read: ${parse.error.message}`,
        ),
      ]
    return verdictsOf(parse.value, { ...inner, functions: parse.value.functions })
  }
  const gets = segment.redirections.some(({ operator }) => operator.startsWith('<'))
  const around = { ...judging, readsPipe: judging.readsPipe || segment.readsPipe || gets }
  found.push(...judgeWords(segment.words, segment.text, around, nested))
  if (found.length === 0) found.push(verdict(segment.text, 'read', 'It only sets variables.'))
  return found
}

/** `while true; do … done` without a way out; null: there is none. */
function endlessLoop({ root, text }: ShellParse): string | null {
  let found: string | null = null
  const visit = (node: ShellParse['root']) => {
    if (node.type === 'WhileClause') {
      const written = text.slice(node.start, node.end)
      const isEndless = /^(?:while\s+(?:true|:)|until\s+false)\s*[;\n]/.test(written)
      if (isEndless && !/\b(?:break|exit|return)\b/.test(written)) found ??= written
    }
    node.children.forEach(visit)
  }
  visit(root)
  return found
}

function selects({ root, text }: ShellParse): boolean {
  const visit = (node: ShellParse['root']): boolean =>
    (node.type === 'ForClause' && text.startsWith('select', node.start)) ||
    node.children.some(visit)
  return visit(root)
}
