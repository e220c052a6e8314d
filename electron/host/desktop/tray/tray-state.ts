import type { EngineProblem, EngineStatus } from '#shared/contract/index.ts'
import { outsideTitle } from '#shared/domain/confidential/outside-title.ts'
import { isInformational, needsResponse, type Incident } from '#shared/domain/incident/schema.ts'
import { compareSeverity, severityWord, type Severity } from '#shared/domain/severity/schema.ts'
import type { Pulse, Source } from '#shared/domain/source/schema.ts'
import { isCurrent, watchedSources } from '#shared/domain/source/watched.ts'
import { countUnrecorded } from '#shared/domain/unrecorded/schema.ts'
import { unrecordedHeadline } from '#shared/domain/unrecorded/words.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { UnopenedJournal } from '#shared/contract/unopened-journal.ts'
import { menuText, oneLine } from './menu-text.ts'

/** Incidents that the menu lists. */
const MAX_LISTED = 5
/** Sources and problems that a sentence names. */
const MAX_NAMED = 3

/** What once happened to the journal says nothing against what is known now. */
const ofThePast: ReadonlySet<EngineProblem['code']> = new Set([
  'journal-new',
  'journal-tail-restored',
  'journal-tail-lost',
])

/** What a click in the menu asks for. */
export type TrayAction =
  | { readonly type: 'open'; readonly incidentId: string | null }
  | { readonly type: 'acknowledge'; readonly incidentId: string }
  | { readonly type: 'quiet'; readonly choice: 'hour' | 'morning' | 'end' }
  | { readonly type: 'autostart'; readonly isWanted: boolean }
  | { readonly type: 'try-again' }
  | { readonly type: 'quit' }

/** One line of the menu. Labels are clean and escaped: they are shown as they are. */
export type TrayItem =
  | { readonly kind: 'text'; readonly label: string }
  | { readonly kind: 'separator' }
  | { readonly kind: 'action'; readonly label: string; readonly action: TrayAction }
  | {
      readonly kind: 'check'
      readonly label: string
      readonly isChecked: boolean
      readonly action: TrayAction
    }
  | { readonly kind: 'submenu'; readonly label: string; readonly items: readonly TrayItem[] }

/** What the tray shows. Two that are deeply equal look the same. */
export interface TrayState {
  /** The worst severity that needs somebody; null when nothing is known to. */
  readonly severity: Severity | null
  /** What needs somebody: incidents, and alerts that could not be recorded. */
  readonly count: number
  /** True when what is shown may not be what is there: then it never looks calm. */
  readonly isStale: boolean
  readonly tooltip: string
  readonly menu: readonly TrayItem[]
}

/** What the tray is drawn from. */
export interface TrayFacts {
  readonly watch: WatchState
  readonly status: Pick<EngineStatus, 'problems' | 'unrecorded'>
  /** By source id: how old the answers are. */
  readonly pulses: ReadonlyMap<string, Pulse>
  /** True when the engine's heartbeat was heard lately. */
  readonly isHeard: boolean
  readonly isAutostart: boolean
  /** What else has to be said, such as a shortcut that is taken. */
  readonly remarks: readonly string[]
  /** Writes a moment (ms since the epoch, UTC) as a time of day. */
  readonly timeOfDay: (at: number) => string
}

/**
 * Draws the tray from what the engine knows: the worst that needs somebody, and whether that is all
 * that can be said. Data that is old, a source that is not heard, or an engine with a problem make
 * it stale, whatever the last known state was. Pure.
 */
export function trayState(facts: TrayFacts): TrayState {
  const waiting = waitingIncidents(facts.watch)
  const doubts = doubtsAbout(facts)
  const { unrecorded } = facts.status
  const headline = headlineOf(waiting.length, waiting[0]?.severity ?? null, doubts.length > 0)
  return {
    severity: worstOrNull([waiting[0], unrecorded?.alerts[0]]),
    count: waiting.length + (unrecorded ? countUnrecorded(unrecorded) : 0),
    isStale: doubts.length > 0,
    tooltip: oneLine([`Deckwatch: ${headline}`, ...doubts].join(' '), 240),
    menu: menuOf(facts, { waiting, headline, doubts }),
  }
}

/** Draws the tray of a program without an engine: nothing is known, and why. Pure. */
export function trayWithoutEngine(
  { message }: UnopenedJournal,
  surroundings: Pick<TrayFacts, 'remarks' | 'isAutostart'>,
): TrayState {
  const headline = 'Monitoring is not running: Deckwatch cannot open its journal.'
  return {
    severity: null,
    count: 0,
    isStale: true,
    tooltip: oneLine(`Deckwatch: ${headline} ${message}`, 240),
    menu: [
      // What to do about it is more than a menu has room for: the window says it.
      text(headline),
      text(message),
      separator,
      open('Open Deckwatch', null),
      { kind: 'action', label: 'Try again', action: { type: 'try-again' } },
      separator,
      ...programItems(surroundings),
    ],
  }
}

/** The incidents that need somebody, worst first, then the one that waits longest. */
function waitingIncidents({ incidents }: WatchState): readonly Incident[] {
  const waiting: Incident[] = []
  for (const incident of incidents.values()) {
    if (needsResponse(incident) && !isInformational(incident)) waiting.push(incident)
  }
  return waiting.sort(
    (a, b) =>
      compareSeverity(a.severity, b.severity) ||
      a.startedAt - b.startedAt ||
      (a.id < b.id ? -1 : 1),
  )
}

function worstOrNull(
  all: readonly ({ readonly severity: Severity } | undefined)[],
): Severity | null {
  const [worst] = all.flatMap((each) => each?.severity ?? []).sort(compareSeverity)
  return worst ?? null
}

/** Why what is shown may not be what is there, as sentences; empty when it is. */
function doubtsAbout({ watch, status, pulses, isHeard }: TrayFacts): readonly string[] {
  if (!isHeard) return ['Monitoring is not running. The data shown is no longer current.']
  const { unrecorded } = status
  const doubts = [
    ...(unrecorded ? [`${unrecordedHeadline(unrecorded)}.`] : []),
    ...status.problems.filter(({ code }) => !ofThePast.has(code)).map(({ message }) => message),
  ]
  const watched = watchedSources(watch.sources)
  if (watched.length === 0) return [...doubts, 'No sources are monitored.']
  const silent = watched.filter((source) => !isCurrent(source, pulses.get(source.id)))
  return silent.length === 0 ? doubts : [...doubts, silentSentence(silent, watched.length)]
}

function silentSentence(silent: readonly Source[], of: number): string {
  const names = silent.slice(0, MAX_NAMED).map(({ name }) => name)
  const more = silent.length - names.length
  const list = `${names.join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`
  return of === 1 ? `${list} is unreachable.` : `Unreachable: ${list}.`
}

function headlineOf(count: number, severity: Severity | null, isDoubtful: boolean): string {
  if (severity !== null) {
    const triggered = `${String(count)} ${count === 1 ? 'incident' : 'incidents'} triggered`
    return `${triggered}, worst ${severity} ${severityWord[severity]}.`
  }
  return isDoubtful ? 'No triggered incidents known.' : 'No triggered incidents.'
}

interface Told {
  readonly waiting: readonly Incident[]
  readonly headline: string
  readonly doubts: readonly string[]
}

const separator: TrayItem = { kind: 'separator' }

function menuOf(facts: TrayFacts, { waiting, headline, doubts }: Told): readonly TrayItem[] {
  const more = waiting.length - MAX_LISTED
  return [
    text(headline),
    ...doubts.slice(0, MAX_NAMED).map(text),
    separator,
    ...waiting.slice(0, MAX_LISTED).map((each) => incidentItem(each, facts.watch)),
    ...(more > 0 ? [open(`${String(more)} more…`, null)] : []),
    ...(waiting.length > 0 ? [separator] : []),
    open('Open Deckwatch', null),
    ...quietItems(facts),
    separator,
    ...programItems(facts),
  ]
}

/** What is said of the program itself, whatever it knows. */
function programItems({
  remarks,
  isAutostart,
}: Pick<TrayFacts, 'remarks' | 'isAutostart'>): readonly TrayItem[] {
  return [
    ...remarks.map(text),
    {
      kind: 'check',
      label: 'Start when I log in',
      isChecked: isAutostart,
      action: { type: 'autostart', isWanted: !isAutostart },
    },
    { kind: 'action', label: 'Quit Deckwatch', action: { type: 'quit' } },
  ]
}

function incidentItem(incident: Incident, { restrictions }: WatchState): TrayItem {
  const { id, severity } = incident
  const title = outsideTitle(incident, restrictions)
  return {
    kind: 'submenu',
    label: menuText(`${severity} ${severityWord[severity]}: ${title}`),
    items: [
      open('Open', id),
      {
        kind: 'action',
        label: 'Acknowledge',
        action: { type: 'acknowledge', incidentId: id },
      },
    ],
  }
}

function quietItems({ watch, timeOfDay }: TrayFacts): readonly TrayItem[] {
  const { quiet } = watch.muting
  const choice = (label: string, which: 'hour' | 'morning' | 'end'): TrayItem => ({
    kind: 'action',
    label,
    action: { type: 'quiet', choice: which },
  })
  if (quiet) {
    return [
      text(`Do not disturb until ${timeOfDay(quiet.until)}`),
      choice('End do not disturb', 'end'),
    ]
  }
  return [
    {
      kind: 'submenu',
      label: 'Do not disturb',
      items: [choice('For one hour', 'hour'), choice('Until 8:00', 'morning')],
    },
  ]
}

function open(label: string, incidentId: string | null): TrayItem {
  return { kind: 'action', label, action: { type: 'open', incidentId } }
}

function text(sentence: string): TrayItem {
  return { kind: 'text', label: menuText(sentence) }
}
