import { alertmanagerBody, groupsBody } from './alertmanager-body.ts'
import { createDataDirectory, startStand } from './stand.ts'
import { median, timed } from './stopwatch.ts'

/** What one size of body costs: medians in ms, ratios as medians of each round's ratio. */
export interface IngestFigures {
  readonly alerts: number
  readonly megabytes: number
  readonly parseMs: number
  readonly pollMs: number
  readonly pollRatio: number
  /** With groups asked as well, none of them muted, by the parse of both bodies. */
  readonly groupsRatio: number
  readonly groupsMs: number
  /** The same with one group that is muted. */
  readonly mutedRatio: number
  readonly mutedMs: number
  readonly newMs: number
  readonly newRatio: number
  readonly incidents: number
}

/** Bodies of so many different evaluations take turns: no two polls in a row see the same text. */
const EVALUATIONS = 4
const WARM_UP = 4
/** A measurement of the cheap kind covers at least this many alerts. */
const REPEATED_ALERTS = 2_000

/**
 * Measures a body of `alerts`. A round parses the body, polls the engine with nothing new in it, and
 * the other way round, so that both meet the same weather; the ratio is taken within the round.
 */
export async function measureIngest(
  alerts: number,
  rounds: { readonly unchanged: number; readonly fresh: number },
): Promise<IngestFigures> {
  const bodies = Array.from({ length: EVALUATIONS }, (_, evaluation) =>
    alertmanagerBody(alerts, evaluation),
  )
  const bodyAt = (round: number) => bodies[round % EVALUATIONS] ?? ''
  const measure = (groupsAt: GroupsAt) =>
    measureUnchanged(bodyAt, groupsAt, alerts, rounds.unchanged)
  const unchanged = await measure(() => null)
  const withGroups = await measure(groupsOf(alerts, 0))
  const withMuted = await measure(groupsOf(alerts, 1))
  const fresh = await measureFresh(bodyAt, alerts, rounds.fresh)
  return {
    alerts,
    megabytes: Buffer.byteLength(bodyAt(0)) / 1e6,
    ...unchanged,
    groupsRatio: withGroups.pollRatio,
    groupsMs: withGroups.pollMs,
    mutedRatio: withMuted.pollRatio,
    mutedMs: withMuted.pollMs,
    ...fresh,
  }
}

/** The body of the groups of a round; null: they are not asked for. */
type GroupsAt = (round: number) => string | null

function groupsOf(alerts: number, muted: number): GroupsAt {
  const bodies = Array.from({ length: EVALUATIONS }, (_, evaluation) =>
    groupsBody(alerts, evaluation, muted),
  )
  return (round) => bodies[round % EVALUATIONS] ?? ''
}

async function measureUnchanged(
  bodyAt: (round: number) => string,
  groupsAt: GroupsAt,
  alerts: number,
  rounds: number,
) {
  const directory = createDataDirectory()
  const stand = await startStand(directory.path, bodyAt(0), groupsAt(0))
  const before = stand.engine.state().seq
  // What takes less than the clock's grain and a cold cache is repeated within one measurement.
  const repeats = Math.max(1, Math.round(REPEATED_ALERTS / alerts))
  const parses: number[] = []
  const polls: number[] = []
  for (let round = 0; round < rounds + WARM_UP; round += 1) {
    const body = bodyAt(round + 1)
    const groups = groupsAt(round + 1)
    const parse = () =>
      timed(() => [body, groups ?? '[]'].map((text) => JSON.parse(text) as unknown), repeats)
    const poll = () => timed(() => stand.poll(body, groups), repeats)
    // Which one goes first alternates: the second finds warmer caches.
    const isParseFirst = round % 2 === 0
    const first = await (isParseFirst ? parse() : poll())
    const second = await (isParseFirst ? poll() : parse())
    if (round < WARM_UP) continue
    parses.push(isParseFirst ? first : second)
    polls.push(isParseFirst ? second : first)
  }
  if (stand.engine.state().seq !== before) throw new Error('A poll without changes was recorded')
  await stand.stop()
  directory.remove()
  return { parseMs: median(parses), pollMs: median(polls), pollRatio: ratio(polls, parses) }
}

async function measureFresh(bodyAt: (round: number) => string, alerts: number, rounds: number) {
  const parses: number[] = []
  const polls: number[] = []
  let incidents = 0
  for (let round = 0; round < rounds + WARM_UP; round += 1) {
    const directory = createDataDirectory()
    const stand = await startStand(directory.path)
    const body = bodyAt(round)
    const parseMs = await timed(() => JSON.parse(body) as unknown)
    const pollMs = await timed(() => stand.poll(body))
    if (stand.engine.state().alerts.size !== alerts) throw new Error('Alerts are missing')
    incidents = stand.engine.state().incidents.size
    await stand.stop()
    directory.remove()
    if (round < WARM_UP) continue
    parses.push(parseMs)
    polls.push(pollMs)
  }
  return { newMs: median(polls), newRatio: ratio(polls, parses), incidents }
}

function ratio(values: readonly number[], bases: readonly number[]): number {
  return median(values.map((value, index) => value / (bases[index] ?? NaN)))
}
