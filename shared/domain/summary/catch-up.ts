import type { Actor } from '../actor/schema.ts'
import { openTasks, type Coordination } from '../coordination/schema.ts'
import type { Execution, ExecutionResult } from '../execution/schema.ts'
import { countOf, outcomeWords } from '../execution/words.ts'
import { wentWell } from '../execution/groups.ts'
import type { Impact } from '../impact/schema.ts'
import { saidSentence } from '../impact/words.ts'
import { activeAlerts, type Incident, type Verdict } from '../incident/schema.ts'
import { isIncidentOver } from '../incident/status.ts'
import type { Person } from '../person/schema.ts'
import { plainText } from '../plan/plain-text.ts'
import { stepsOf, type Plan } from '../plan/schema.ts'
import type { Response, StepMark, StepState } from '../response/schema.ts'
import { isForOne, roleInSentence, roleName, roles, type Role } from '../role/role.ts'
import { severityWord } from '../severity/schema.ts'
import { withoutFullStop } from '../text/as-part.ts'
import { toPrintable } from '../text/printable.ts'
import type { Walkthrough } from '../walkthrough/schema.ts'

/** What the parts of the card are about, in their order. */
export const catchUpTopics = [
  'status',
  'severity',
  'impact',
  'roles',
  'hypotheses',
  'tried',
  'tasks',
  'approvals',
  'update',
] as const
export type CatchUpTopic = (typeof catchUpTopics)[number]

/** What a line was read from. */
export type CatchUpOrigin =
  | 'incident'
  | 'impact'
  | 'measurement'
  | 'role'
  | 'step'
  | 'walkthrough'
  | 'execution'
  | 'hypothesis'
  | 'measure'
  | 'decision'
  | 'task'
  | 'approval'
  | 'update'
  /** Nothing: it is not known, and that is said. */
  | 'nothing'

/** One plain sentence. Times in ms since the epoch, UTC. */
export interface CatchUpLine {
  readonly from: CatchUpOrigin
  /** Names what it was read from, among those of its origin. */
  readonly id: string
  /** Without a full stop, and without its times. */
  readonly text: string
  /** When it was so, or since when it is; null where that does not matter or nobody knows. */
  readonly at: number | null
  /** What it leads to: the text ends with the word before this time. Null for none. */
  readonly until: number | null
  /** True where it was to happen before `until`, and did not. */
  readonly isLate: boolean
}

/** The lines about one thing, the newest of what was tried last. */
export interface CatchUpPart {
  readonly topic: CatchUpTopic
  readonly lines: readonly CatchUpLine[]
}

/** What the card is read from. */
export interface CatchUpFacts {
  readonly incident: Incident
  readonly coordination: Coordination | undefined
  readonly response: Response | undefined
  readonly plan: Pick<Plan, 'phases'> | undefined
  readonly impact: Impact | undefined
  /** What is measured of the harm just now, as a sentence; null where nothing is. */
  readonly measured: string | null
  /** How runbooks are followed for it. */
  readonly walkthroughs: readonly Walkthrough[]
  /** What was run for it. */
  readonly executions: readonly Execution[]
  /** The title of the incident that it was merged into; null where that is not known, or not so. */
  readonly mergedInto: string | null
  /** The title of the incident that it was split from; null where that is not known, or not so. */
  readonly splitFrom: string | null
  /** ms since the epoch, UTC: what is late depends on it. */
  readonly now: number
}

/** How whoever reads it calls others: `you` for themselves. */
export interface CatchUpNames {
  readonly actor: (actor: Actor) => string
  readonly person: (person: Person) => string
}

/**
 * What whoever comes late needs to know of an incident, on one card: how it stands, who does what,
 * what was tried with what outcome, what is open, and what comes next. What nobody knows is said to
 * be unknown; a part that has nothing to say is left out. Pure: every line says what it was read from.
 */
export function catchUpOf(facts: CatchUpFacts, names: CatchUpNames): readonly CatchUpPart[] {
  const lines: Readonly<Record<CatchUpTopic, readonly CatchUpLine[]>> = {
    status: [
      statusLine(facts, names),
      ...firingLine(facts.incident),
      ...declaredLine(facts.incident, names),
      ...splitLine(facts),
      ...verdictLine(facts.incident, names),
    ],
    severity: [severityLine(facts.incident, names)],
    impact: [impactLine(facts, names)],
    roles: roleLines(facts.coordination, names),
    hypotheses: hypothesisLines(facts, names),
    tried: triedLines(facts, names),
    tasks: taskLines(facts, names),
    approvals: approvalLines(facts.coordination, names),
    update: [updateLine(facts, names)],
  }
  return catchUpTopics
    .map((topic) => ({ topic, lines: lines[topic] }))
    .filter((part) => part.lines.length > 0)
}

function line(
  from: CatchUpOrigin,
  id: string,
  text: string,
  times: { readonly at?: number | null; readonly until?: number | null; readonly isLate?: boolean },
): CatchUpLine {
  const { at = null, until = null, isLate = false } = times
  return { from, id, text, at, until, isLate }
}

const unknown = (id: string, text: string) => line('nothing', id, text, {})

/** Words that somebody gave for it, in quotation marks; empty where they gave none. */
const quoted = (text: string | null) => (text === null ? '' : `: “${text}”`)

function statusLine(
  { incident, mergedInto: into }: CatchUpFacts,
  { actor }: CatchUpNames,
): CatchUpLine {
  const { id, status, acknowledged, mitigated, snoozed, resolved, closed, mergedInto } = incident
  const says = (text: string, at: number, until: number | null = null) =>
    line('incident', id, text, { at, until })
  if (mergedInto !== null && closed) {
    const where = into === null ? 'another incident' : `“${toPrintable(into)}”`
    return says(`Merged into ${where} by ${actor(closed.by)}`, closed.at)
  }
  if (status === 'closed' && closed) return says(`Closed by ${actor(closed.by)}`, closed.at)
  if (status === 'resolved' && resolved) {
    const by = resolved.by.kind === 'person' ? ` by ${actor(resolved.by)}` : ''
    return says(`Resolved${by}`, resolved.at)
  }
  if (mitigated) {
    const { at, by, note } = mitigated
    return says(`Mitigated by ${actor(by)}, not resolved yet${quoted(note)}`, at)
  }
  if (snoozed) return says(`Snoozed by ${actor(snoozed.by)} until`, snoozed.at, snoozed.until)
  if (acknowledged) return says(`Acknowledged by ${actor(acknowledged.by)}`, acknowledged.at)
  return says('Triggered, and nobody has acknowledged it', incident.triggeredAt)
}

function firingLine(incident: Incident): readonly CatchUpLine[] {
  const { id, counts } = incident
  const active = activeAlerts(counts)
  if (active === 0) return []
  const still = isIncidentOver(incident) ? ' still' : ''
  const held = counts.suppressed > 0 ? `, ${String(counts.suppressed)} suppressed` : ''
  return [line('incident', id, `${countOf(active, 'alert')}${still} firing${held}`, {})]
}

function declaredLine({ id, declared }: Incident, { actor }: CatchUpNames): CatchUpLine[] {
  if (!declared) return []
  const { at, by, description } = declared
  return [line('incident', id, `Declared by ${actor(by)}${quoted(description)}`, { at })]
}

function splitLine({ incident, splitFrom }: CatchUpFacts): readonly CatchUpLine[] {
  if (incident.splitFrom === null) return []
  const from = splitFrom === null ? 'another incident' : `“${toPrintable(splitFrom)}”`
  return [line('incident', incident.id, `Split from ${from}`, {})]
}

const verdicts: Readonly<Record<Verdict, string>> = {
  real: 'a real incident',
  'false-alarm': 'a false alarm',
  duplicate: 'a duplicate of another incident',
}

function verdictLine({ id, verdict }: Incident, { actor }: CatchUpNames): readonly CatchUpLine[] {
  if (!verdict) return []
  const text = `Judged ${verdicts[verdict.verdict]} by ${actor(verdict.by)}`
  return [line('incident', id, text, { at: verdict.at })]
}

function severityLine(incident: Incident, { actor }: CatchUpNames): CatchUpLine {
  const { id, severity, setSeverity, declared } = incident
  const named = `${severity} ${severityWord[severity]}`
  if (setSeverity?.severity === severity) {
    const { at, by, reason } = setSeverity
    return line('incident', id, `${named}, set by ${actor(by)}${quoted(reason)}`, { at })
  }
  const why = declared ? `as ${actor(declared.by)} declared it` : 'as its alerts say'
  return line('incident', id, `${named}, ${why}`, {})
}

function impactLine(
  { incident, impact, measured }: CatchUpFacts,
  { actor }: CatchUpNames,
): CatchUpLine {
  const said = impact?.said ?? null
  const sentence = said && saidSentence(said)
  if (said && sentence !== null) {
    return line('impact', incident.id, `${sentence} (said by ${actor(said.by)})`, { at: said.at })
  }
  if (measured !== null) return line('measurement', incident.id, measured, {})
  const opening = impact?.opening ?? null
  if (opening && opening.sentence !== null) {
    const text = `When it opened: ${opening.sentence}`
    return line('impact', incident.id, text, { at: opening.at })
  }
  return unknown('impact', 'Impact unknown: nobody has set it, and nothing measures it')
}

function roleLines(
  coordination: Coordination | undefined,
  { person }: CatchUpNames,
): readonly CatchUpLine[] {
  const flow = coordination?.flow?.flow
  // Without a flow nobody has said which roles it takes; it takes somebody who decides.
  const wanted = new Set<Role>(flow ? flow.roles.map(({ role }) => role) : ['commander'])
  return roles.flatMap((role) => {
    const held = (coordination?.roles ?? []).filter((each) => each.role === role)
    const [first] = held
    if (first) {
      const who = held.map((each) => person(each.person)).join(', ')
      const name = held.length > 1 ? `${roleName[role]}s` : roleName[role]
      const times = isForOne(role) ? { at: first.at } : {}
      return [line('role', role, `${name}: ${who}`, times)]
    }
    if (!wanted.has(role)) return []
    return [unknown(role, `Nobody is ${roleInSentence(role)} yet`)]
  })
}

function hypothesisLines(
  { coordination, incident }: CatchUpFacts,
  { actor }: CatchUpNames,
): readonly CatchUpLine[] {
  const all = coordination?.hypotheses ?? []
  const confirmed = all.flatMap(({ id, text, state, settled }) =>
    state === 'confirmed' && settled
      ? [
          line(
            'hypothesis',
            id,
            `${text}, confirmed by ${actor(settled.by)}${quotedNote(settled.reason)}`,
            { at: settled.at },
          ),
        ]
      : [],
  )
  const open = all.flatMap(({ id, text, state, at, by }) =>
    state === 'open'
      ? [line('hypothesis', id, `${text} (hypothesis, by ${actor(by)})`, { at })]
      : [],
  )
  if (confirmed.length + open.length > 0) return [...confirmed, ...open]
  if (incident.status === 'closed') return []
  const why = all.length === 0 ? 'no hypothesis yet' : 'all hypotheses are ruled out'
  return [unknown('hypotheses', `Cause unknown: ${why}`)]
}

/** Oldest first: what was tried is a story. */
function triedLines(facts: CatchUpFacts, names: CatchUpNames): readonly CatchUpLine[] {
  const lines = [
    ...stepLines(facts, names),
    ...walkthroughLines(facts.walkthroughs),
    ...executionLines(facts.executions, names),
    ...ruledOutLines(facts.coordination, names),
    ...decisionLines(facts.coordination, names),
    ...measureLines(facts.coordination, names),
  ].toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0))
  if (lines.length > 0) return lines
  return [unknown('tried', 'Nothing tried yet that Deckwatch knows of')]
}

const stepWords: Readonly<Partial<Record<StepState, string>>> = { done: 'Done', failed: 'Failed' }

function stepLines(
  { response, plan }: CatchUpFacts,
  { actor }: CatchUpNames,
): readonly CatchUpLine[] {
  if (!response || !plan) return []
  return stepsOf(plan).flatMap(({ id, text }) => {
    const mark: StepMark | undefined = response.steps[id]
    const word = mark && stepWords[mark.state]
    if (!mark || word === undefined) return []
    const says = `${word} by ${actor(mark.by)}: ${plainText(text)}${quotedNote(mark.note)}`
    return [line('step', id, says, { at: mark.at })]
  })
}

const quotedNote = (note: string | null) => (note === null ? '' : ` (“${note}”)`)

/** The texts of a runbook's steps are in the runbook: how many came to what is said instead. */
function walkthroughLines(walkthroughs: readonly Walkthrough[]): readonly CatchUpLine[] {
  return walkthroughs.map(({ runbook, title, steps, lastAt }) => {
    const marks = Object.values(steps)
    const count = (state: StepState) => marks.filter((mark) => mark.state === state).length
    const failed = count('failed')
    const outcome = `${countOf(count('done'), 'step')} done${failed > 0 ? `, ${String(failed)} failed` : ''}`
    return line('walkthrough', runbook, `Runbook “${title}”: ${outcome}`, { at: lastAt })
  })
}

/**
 * What a person had run, with what came of it; of what ran by itself only what was not as expected.
 * What was run on many targets at once is one line.
 */
function executionLines(
  executions: readonly Execution[],
  names: CatchUpNames,
): readonly CatchUpLine[] {
  const runs = Map.groupBy(
    executions.filter(({ reason, result }) => reason !== 'automatic' || !wentWell(result)),
    ({ executionId, group }) => group?.batch ?? executionId,
  )
  return [...runs].flatMap(([id, run]) => {
    const [first] = run
    const ended = run.flatMap(({ result }) => result ?? [])
    if (!first || (first.reason === 'automatic' && ended.length === 0)) return []
    const by = first.reason === 'automatic' ? '' : ` by ${names.actor(first.requestedBy)}`
    const what = `Run${by}: ${toPrintable(first.title)}`
    const text = `${what}: ${run.length > 1 ? manyWords(run, ended) : oneWords(ended[0])}`
    return [line('execution', id, text, { at: first.finishedAt ?? first.requestedAt })]
  })
}

function manyWords(run: readonly Execution[], ended: readonly ExecutionResult[]): string {
  const bad = ended.filter((result) => !wentWell(result)).length
  const on = `on ${countOf(run.length, run[0]?.group?.noun ?? 'target')}`
  const running = run.length - ended.length
  if (running > 0) return `${on}, ${String(running)} still running`
  return bad === 0 ? `${on}, none of them failed` : `${on}, ${String(bad)} not as expected`
}

const judged: Readonly<Record<ExecutionResult['verdict'], string>> = {
  'as-expected': 'as expected',
  'not-as-expected': 'not as expected',
  failed: 'failed',
  unjudged: '',
}

function oneWords(result: ExecutionResult | undefined): string {
  if (!result) return 'still running'
  const { verdict, outcome, summary } = result
  const parts = [judged[verdict] === '' ? outcomeWords(outcome) : judged[verdict], summary]
  return parts.filter((part) => part !== '').join(', ')
}

function ruledOutLines(
  coordination: Coordination | undefined,
  { actor }: CatchUpNames,
): readonly CatchUpLine[] {
  return (coordination?.hypotheses ?? []).flatMap(({ id, text, state, settled }) => {
    if (state !== 'ruled-out' || !settled) return []
    const { at, by, reason } = settled
    const says = `Ruled out by ${actor(by)}: ${text}${quotedNote(reason)}`
    return [line('hypothesis', id, says, { at })]
  })
}

function decisionLines(
  coordination: Coordination | undefined,
  { actor }: CatchUpNames,
): readonly CatchUpLine[] {
  return (coordination?.decisions ?? []).map(({ id, text, reason, at, by }) =>
    line('decision', id, `Decided by ${actor(by)}: ${text}${quotedNote(reason)}`, { at }),
  )
}

function measureLines(
  coordination: Coordination | undefined,
  { actor }: CatchUpNames,
): readonly CatchUpLine[] {
  return (coordination?.measures ?? []).flatMap(({ id, text, at, by, removed }) =>
    removed
      ? [
          line('measure', id, `Temporary measure removed by ${actor(removed.by)}: ${text}`, {
            at: removed.at,
          }),
        ]
      : [line('measure', id, `Temporary measure in place, by ${actor(by)}: ${text}`, { at })],
  )
}

function taskLines({ coordination, now }: CatchUpFacts, names: CatchUpNames): CatchUpLine[] {
  return openTasks(coordination).map(({ id, text, owner, dueAt }) => {
    const who = owner === null ? 'no owner yet' : `for ${names.person(owner)}`
    if (dueAt === null) return line('task', id, `${text} (${who})`, {})
    const isLate = dueAt < now
    const due = isLate ? 'overdue since' : 'due'
    return line('task', id, `${text} (${who}), ${due}`, { until: dueAt, isLate })
  })
}

function approvalLines(
  coordination: Coordination | undefined,
  names: CatchUpNames,
): readonly CatchUpLine[] {
  return (coordination?.approvals ?? []).flatMap(({ id, text, of, at, answered }) => {
    if (answered) return []
    return [line('approval', id, `Needs approval, waits for ${names.person(of)}: ${text}`, { at })]
  })
}

function updateLine(
  { incident, coordination, now }: CatchUpFacts,
  { actor }: CatchUpNames,
): CatchUpLine {
  const update = coordination?.update ?? null
  if (!update) return unknown('update', 'No update written for others yet')
  const { at, by, text, nextAt } = update
  const said = `Last update by ${actor(by)}: ${withoutFullStop(text)}`
  if (nextAt === null) {
    const next = incident.status === 'closed' ? '' : '; no next one promised'
    return line('update', incident.id, `${said}${next}`, { at })
  }
  const isLate = nextAt < now && incident.status !== 'closed'
  const next = isLate ? 'the next one is overdue since' : 'the next one at'
  return line('update', incident.id, `${said}; ${next}`, { at, until: nextAt, isLate })
}
