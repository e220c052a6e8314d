import { severityWord, type Severity } from '../severity/schema.ts'
import { toPrintable } from '../text/printable.ts'
import { countUnrecorded, type Unrecorded, type UnrecordedAlert } from './schema.ts'

/** Longest title of an alert in a notification, in UTF-16 units. */
const MAX_TITLE = 120
/** Alerts that a notification names. */
const MAX_NAMED = 3

type Code = Unrecorded['code']

/** `9 alerts are not recorded: the disk is full`. */
export function unrecordedTitle(unrecorded: Pick<Unrecorded, 'code' | 'alerts' | 'more'>): string {
  const count = countUnrecorded(unrecorded)
  return `${counted(count)} ${count === 1 ? 'is' : 'are'} not recorded: ${why[unrecorded.code]}`
}

/** `9 alerts not recorded, worst P0 critical`. */
export function unrecordedHeadline(unrecorded: Pick<Unrecorded, 'alerts' | 'more'>): string {
  const [worst] = unrecorded.alerts
  const count = `${counted(countUnrecorded(unrecorded))} not recorded`
  return worst ? `${count}, worst ${named(worst.severity)}` : count
}

/** What that means for whoever wants to act on them, as a sentence. */
export function unrecordedMeaning(
  unrecorded: Pick<Unrecorded, 'code' | 'alerts' | 'more'>,
): string {
  return cannotAct(unrecorded.code, countUnrecorded(unrecorded))
}

/** What a notification says of alerts that would page and are not recorded. */
export interface UnrecordedNotice {
  readonly title: string
  readonly body: string
}

/**
 * The notification about alerts that would page, had they been recorded.
 *
 * @param paging at least one of them, the worst first.
 * @param total all that are not recorded, also those that would not page.
 */
export function unrecordedNotice(
  paging: readonly UnrecordedAlert[],
  {
    total,
    isDrill,
    code,
    message,
    hint,
  }: Pick<Unrecorded, 'code' | 'message' | 'hint'> & {
    readonly total: number
    /** True when all of them are of a drill. */
    readonly isDrill: boolean
  },
): UnrecordedNotice {
  const [first] = paging
  if (!first) throw new RangeError('A notification about no alerts')
  const mark = isDrill ? 'Drill: ' : ''
  const isOne = total === 1
  const titles = paging.slice(0, MAX_NAMED).map((alert) => `• ${nameOf(alert)}`)
  const rest = total - titles.length
  return {
    title: isOne
      ? `${mark}Not recorded: ${named(first.severity)}: ${nameOf(first)}`
      : `${mark}${counted(total)} not recorded, worst ${named(first.severity)}`,
    body: [
      ...(isOne ? [] : titles),
      ...(isOne || rest <= 0 ? [] : [`and ${counted(rest, 'more alert')}`]),
      message,
      `${cannotAct(code, total)} ${hint}`,
    ].join('\n'),
  }
}

const why: Readonly<Record<Code, string>> = {
  'journal-full': 'the disk is full',
  'journal-failed': 'the journal cannot be written',
}

const until: Readonly<Record<Code, string>> = {
  'journal-full': 'there is room',
  'journal-failed': 'the journal can be written',
}

function cannotAct(code: Code, count: number): string {
  return `${count === 1 ? 'It' : 'They'} cannot be acknowledged until ${until[code]}.`
}

function counted(count: number, noun = 'alert'): string {
  return `${count.toLocaleString('en-GB')} ${noun}${count === 1 ? '' : 's'}`
}

function named(severity: Severity): string {
  return `${severity} ${severityWord[severity]}`
}

/** A notification is read by whoever looks at the screen. */
function nameOf({ title, only }: UnrecordedAlert): string {
  return only ? 'Confidential alert' : oneLine(title)
}

/** A label must not be able to write lines that look like ours. */
function oneLine(text: string): string {
  return toPrintable(text.replaceAll(/\s+/g, ' ').trim(), MAX_TITLE)
}
