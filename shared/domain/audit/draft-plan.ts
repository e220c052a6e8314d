import { toPrintable } from '../text/printable.ts'
import { isTemplated, type AlertRule } from './rule.ts'
import { runbooksOf } from './link.ts'
import { cut, freeId, idOf, inComment, isPlain, quoted } from './draft-text.ts'

/** A plan that a person finishes. */
export interface PlanDraft {
  readonly id: string
  /** Where it belongs in the playbook, with `/`. */
  readonly path: string
  /** YAML. What only a person can decide is a comment that begins with TODO. */
  readonly text: string
}

const MAX_NAME = 200
const MAX_TEXT = 1_000
/** Lines of an expression that are quoted. */
const MAX_LINES = 20

/**
 * Drafts the response plan of an alert from its rule and its annotations. It is valid as it stands,
 * and says nothing that the rule does not: no step, no threshold and no owner is invented.
 *
 * @param taken ids that other plans have.
 */
export function draftPlan(rule: AlertRule, taken: ReadonlySet<string> = new Set()): PlanDraft {
  const id = freeId(idOf(rule.name), taken)
  const lines = [
    `# Drafted from the alert ${inComment(rule.name)}${whereOf(rule)}.`,
    '# Everything behind TODO is for a person to decide. What is left out comes from the plan that',
    '# "extends" names.',
    `plan: ${isPlain(id) ? id : quoted(id)}`,
    ...given('title', plainOf(first(rule, ['summary', 'title']), MAX_NAME)),
    `match:\n  - ${quoted(`alertname=${JSON.stringify(rule.name)}`)}`,
    '# extends: default           # TODO: the plan that says what is the same for all',
    ownerLine(rule),
    severityLine(rule),
    ...impactLines(rule),
    ...phaseLines(rule),
    '# options:                   # TODO: ways out, each with its rollback',
    '#   - name: Roll back the last release',
    '#     rollback: Deploy it again',
    ...fixedLines(rule),
    '# triggers:                  # TODO: when somebody else must come',
    '#   - { unresolvedFor: 30m, then: escalate }',
    '# escalation: my-team        # TODO: the path of escalation',
    ...runbookLines(rule),
    ...dashboardLines(rule),
    '# prevention:                # TODO: what would keep it from coming back',
    '#   - Alert earlier, at half of the threshold',
  ]
  return { id, path: `plans/${id}.yaml`, text: `${lines.join('\n')}\n` }
}

function whereOf({ place }: AlertRule): string {
  if (!place) return ''
  const line = place.line === null ? '' : `:${String(place.line)}`
  return ` (${inComment(place.file)}${line})`
}

function ownerLine({ labels }: AlertRule): string {
  const team = labels['team'] ?? labels['owner']
  if (team === undefined || team === '' || isTemplated(team)) {
    return '# owner: team:my-team        # TODO: who answers for it'
  }
  const owner = /^(team|person):/.test(team) ? team : `team:${team}`
  return `owner: ${quoted(cut(owner, MAX_NAME))}  # from its labels`
}

function severityLine({ labels }: AlertRule): string {
  const word = labels['severity']
  const now = word
    ? `else severity=${inComment(JSON.stringify(word))} decides`
    : 'nothing else says it'
  return `# severity: P1               # TODO: ${now}`
}

function impactLines(rule: AlertRule): readonly string[] {
  const impact = plainOf(first(rule, ['impact']), MAX_TEXT)
  const description = plainOf(first(rule, ['description', 'message']), MAX_TEXT)
  return [
    ...(impact === null
      ? [
          '# impact:                    # TODO: what it means for users, in a sentence',
          '#   says: "…"',
        ]
      : ['impact:', `  description: ${quoted(impact)}`]),
    ...(description === null ? [] : ['technical:', `  error: ${quoted(description)}`]),
  ]
}

function phaseLines(rule: AlertRule): readonly string[] {
  const [runbook] = runbooksOf(rule, null)
  const action = plainOf(first(rule, ['action', 'actions', 'remediation', 'mitigation']), MAX_TEXT)
  const steps = [
    ...(action === null ? [] : [action]),
    ...(runbook && isAddress(runbook.link) ? [`Read the [runbook](${runbook.link})`] : []),
  ]
  return [
    'phases:',
    '  - name: Immediate',
    '    until: 15m               # TODO: how long the first look may take',
    ...(steps.length === 0
      ? ['    steps: []                # TODO: what to do first, a line each']
      : [
          '    steps:                   # TODO: what to do first, a line each',
          ...steps.map((step) => `      - ${quoted(step)}`),
        ]),
    '  - name: Investigate',
    '    steps: []                # TODO: what to look at',
    '  - name: Resolve',
    '    steps: []                # TODO: what ends it',
  ]
}

function fixedLines({ expression, forMs }: AlertRule): readonly string[] {
  const lines = (expression ?? '').split('\n').filter((line) => line.trim() !== '')
  return [
    '# fixedWhen:                 # TODO: what must hold for how long before it is over',
    '#   - { promql: "…", for: 10m }',
    ...(lines.length === 0
      ? []
      : [
          `# It fires when this holds${forMs === null || forMs === 0 ? '' : ` for ${String(forMs / 1_000)} s`}:`,
          ...lines.slice(0, MAX_LINES).map((line) => `#   ${inComment(line.trimEnd(), 300)}`),
          ...(lines.length > MAX_LINES ? ['#   …'] : []),
        ]),
  ]
}

function runbookLines(rule: AlertRule): readonly string[] {
  const link = runbooksOf(rule, null).find((each) => !isTemplated(each.link))?.link
  if (link === undefined || link.length > MAX_NAME || toPrintable(link) !== link) {
    return ['# runbook: my-team/my-alert.md  # TODO: the page that says more']
  }
  return [`runbook: ${quoted(link)}`]
}

function dashboardLines(rule: AlertRule): readonly string[] {
  const href = first(rule, [
    'dashboard_url',
    'dashboard',
    'dashboardURL',
    'dashboardUrl',
    'grafana_url',
  ])
  if (href === null || isTemplated(href) || !isAddress(href)) return []
  return ['links:', `  - name: Dashboard\n    href: ${quoted(href)}`]
}

function first({ annotations }: AlertRule, names: readonly string[]): string | null {
  for (const name of names) {
    const text = Object.hasOwn(annotations, name) ? annotations[name]?.trim() : undefined
    if (text) return text
  }
  return null
}

/** An http address that a plan takes as it is. */
function isAddress(text: string): boolean {
  return /^https?:\/\/[\w.-]+(:\d+)?([/?#][\w\-./~%?#=&+:,@!;]*)?$/.test(text)
}

/** A text in which nobody is left who would fill in `{{ $labels.pod }}`. */
function plainOf(text: string | null, most: number): string | null {
  if (text === null) return null
  const plain = text
    .replaceAll(/\{\{-?\s*\$labels\.(\w+)[^}]*\}\}/g, '<$1>')
    .replaceAll(/\{\{[^}]*\}\}/g, '…')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return plain === '' ? null : cut(plain, most)
}

function given(key: string, text: string | null): readonly string[] {
  return text === null ? [] : [`${key}: ${quoted(text)}`]
}
