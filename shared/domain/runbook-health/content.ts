import type { Finding } from '../audit/finding.ts'
import { formatDuration } from '../duration/format-duration.ts'
import { codesOf } from '../runbook/codes.ts'
import { isOfDiagnostics, runbookIdOfPath } from '../runbook/id.ts'
import { runbookFormatOf } from '../runbook/entry.ts'
import type { Phase, Runbook } from '../runbook/schema.ts'
import { quoted, type Report } from './report.ts'
import type { RunbookFacts } from './schema.ts'
import { verifiedDay } from './verified.ts'

/** What a page says of itself as a whole. */
export interface Content {
  /** ms since the epoch, UTC; null where nothing says it in a way that is understood. */
  readonly verifiedAt: number | null
  readonly hasResolution: boolean
  readonly hasEscalation: boolean
  readonly findings: readonly Finding[]
}

const DAY_MS = 86_400_000

/** Headings under which pages say when it counts as fixed. */
const endings =
  /^(?:fixed when|resolved when|done when|success criteria|exit criteria|verif(?:y|ication)|validat(?:e|ion)|how to (?:verify|validate))\b/i

/** Looks for what a runbook should have: steps, a resolution, an escalation, a day on which it was tried. */
export function checkContent(
  runbook: Runbook,
  facts: Pick<RunbookFacts, 'plans' | 'maxVerifiedAgeMs' | 'now'>,
  report: Report,
): Content {
  const { sections, findings: unread } = runbook
  const hasPhase = (phase: Phase) => sections.some((each) => each.phase === phase)
  // Of YAML the steps are the whole: it has no headings.
  const isPage = runbookFormatOf(runbook.path) === 'markdown'
  // What only shows how things are resolves nothing.
  const isShown = isOfDiagnostics(runbookIdOfPath(`runbooks/${runbook.path}`) ?? '')
  const hasResolution = !isPage || isShown || hasPhase('act')
  const hasEscalation =
    hasPhase('escalate') || facts.plans.some(({ escalation }) => escalation !== null)
  const hasEnd =
    sections.some(({ title }) => endings.test(title)) ||
    facts.plans.some(({ fixedWhen }) => fixedWhen.length > 0)
  const verifiedAt = runbook.verified === null ? null : verifiedDay(runbook.verified)
  const missing = isIndex(runbook)
    ? []
    : [
        ...stepFindings(runbook, report),
        ...(hasResolution
          ? []
          : [
              report(
                1,
                'runbook-no-resolution',
                'It has no heading that says how to resolve it',
                'Add "## Resolution" or "## Mitigation", with the steps.',
              ),
            ]),
        ...(hasEnd || !isPage || isShown
          ? []
          : [
              report(
                1,
                'runbook-no-end',
                'It does not say when it counts as fixed',
                'Add "## Fixed when" with what must hold, or "fixedWhen" to its plan.',
              ),
            ]),
        ...(hasEscalation || !isPage || isShown
          ? []
          : [
              report(
                1,
                'runbook-no-escalation',
                'Neither it nor a plan that leads to it says whom to escalate to',
                'Add "## Escalation", or "escalation" to its plan.',
              ),
            ]),
        ...(isShown ? [] : verifiedFindings(runbook.verified, verifiedAt, facts, report)),
      ]
  return {
    verifiedAt,
    hasResolution,
    hasEscalation,
    findings: [
      ...unread.map(({ line, message }) =>
        report(line, 'runbook-unread', message, 'It is shown as text, and does nothing.'),
      ),
      ...missing,
    ],
  }
}

/** The page of a folder, which leads to others and is no runbook itself. */
function isIndex({ path, steps }: Runbook): boolean {
  const isCalledSo = /(?:^|\/)(?:readme|index|_index|summary)\.(?:md|markdown)$/i.test(path)
  return isCalledSo && steps.every((step) => codesOf(step).length === 0)
}

function stepFindings({ steps, parts, sections }: Runbook, report: Report): readonly Finding[] {
  const remedy = 'Write what to do as a numbered list, a step an item.'
  if (steps.length === 0) return [report(1, 'runbook-no-steps', 'It has no steps', remedy)]
  const shared = steps.some(({ part }) => part === null)
  const empty = shared ? [] : parts.filter(({ id }) => !steps.some(({ part }) => part === id))
  const [first] = empty
  if (!first) return []
  const line = sections.find(({ id }) => id === first.id)?.line ?? 1
  const names = empty.slice(0, 5).map(({ alert }) => alert)
  const more = empty.length > names.length ? ` and ${String(empty.length - names.length)} more` : ''
  return [
    report(
      line,
      'runbook-no-steps',
      `Of its ${String(parts.length)} alerts ${String(empty.length)} have no steps: ${names.join(', ')}${more}`,
      remedy,
    ),
  ]
}

function verifiedFindings(
  written: string | null,
  at: number | null,
  { maxVerifiedAgeMs, now }: Pick<RunbookFacts, 'maxVerifiedAgeMs' | 'now'>,
  report: Report,
): readonly Finding[] {
  const remedy =
    'Go through it, by day or in a drill, and write "verified: 2026-05-31" into its front matter.'
  if (at === null) {
    const why =
      written === null
        ? 'It does not say when it was last verified'
        : `When it was last verified is no date: ${quoted(written)}`
    return [report(1, 'runbook-never-verified', why, remedy)]
  }
  const age = now - at
  if (age < -DAY_MS) {
    const message = `It was last verified on a day that is still to come: ${quoted(written ?? '')}`
    return [report(1, 'runbook-never-verified', message, remedy)]
  }
  if (age <= maxVerifiedAgeMs) return []
  const days = Math.floor(age / DAY_MS)
  return [
    report(
      1,
      'runbook-not-verified-lately',
      `It was last verified ${String(days)} days ago, which is longer than ${formatDuration(maxVerifiedAgeMs)}`,
      remedy,
    ),
  ]
}
