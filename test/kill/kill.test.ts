import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { bundleEngineProgram } from './bundle.ts'
import { createCommander } from './commander.ts'
import { hastyNow } from './hasty-clock.ts'
import { drain, liveAndDie, type Life } from './life.ts'
import { seededRandom } from './random.ts'
import { verify, type Verdict } from './verify.ts'

const KILLS = 200
/** Journals that are tortured side by side. */
const LANES = 2
/** Between these the whole journal is read and checked. */
const KILLS_BETWEEN_CHECKS = 25
/**
 * The test is one only if this happened in each lane. A slow machine may need more kills until then:
 * that is no verdict on the engine.
 */
const KILLS_WHILE_OPENING = 3

const seed = Number(process.env['DECKWATCH_KILL_SEED'] ?? Date.now() % 1_000_000_000)

/** One journal, its engines and the person who commands them, until it was killed often enough. */
async function torture(program: string, lane: number, failed: AbortController) {
  const random = seededRandom(seed + lane)
  const directory = mkdtempSync(join(tmpdir(), 'deckwatch-kill-'))
  const lasting: number[] = []
  const place = { program, directory, ledger: `${directory}-ledger`, lasting }
  const commander = createCommander(`lane-${String(lane)}`, random)
  const lives: Life[] = []
  const verdicts: Verdict[] = []
  let openingMs: number | null = null
  const isEnough = () =>
    lives.length >= KILLS / LANES &&
    lives.filter(({ reopenMs }) => reopenMs === null).length >= KILLS_WHILE_OPENING &&
    verdicts.some(({ snapshotSeq }) => snapshotSeq > 0)
  try {
    while (!isEnough() && !failed.signal.aborted) {
      // One more alert to be paged for, from this life on.
      lasting.push(Math.round(hastyNow()))
      const life = await liveAndDie(place, commander, random, openingMs)
      lives.push(life)
      openingMs = life.reopenMs ?? openingMs
      if (lives.length % KILLS_BETWEEN_CHECKS === 0) {
        verdicts.push(verify(place, commander.acknowledged))
      }
    }
    await drain(place)
    verdicts.push(verify(place, commander.acknowledged))
  } catch (error) {
    // The other lanes end as well, instead of going on after the test.
    failed.abort()
    throw error
  } finally {
    rmSync(directory, { recursive: true, force: true })
    rmSync(place.ledger, { force: true })
  }
  return {
    lives,
    verdicts,
    commander,
    lasting: lasting.map((_, index) => `lasting-${String(index)}`),
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

it(`survives at least ${String(KILLS)} kills at random instants of a storm`, async () => {
  const began = performance.now()
  const failed = new AbortController()
  const program = await bundleEngineProgram()
  const lanes = await Promise.all(
    Array.from({ length: LANES }, (_, lane) => torture(program, lane, failed)),
  )
  const lives = lanes.flatMap((lane) => lane.lives)
  const verdicts = lanes.flatMap((lane) => lane.verdicts)
  const last = lanes.flatMap((lane) => lane.verdicts.slice(-1))
  const reopened = lives.flatMap(({ reopenMs }) => (reopenMs === null ? [] : [reopenMs]))
  const refused = lives.flatMap((life) => life.refused ?? [])
  const figures = {
    seed,
    kills: lives.length,
    'of them while opening': lives.length - reopened.length,
    'commands acknowledged': sum(lanes.map(({ commander }) => commander.acknowledged.length)),
    'commands sent again after a kill': sum(lanes.map(({ commander }) => commander.repeated())),
    'acknowledged commands lost': sum(verdicts.map(({ lost }) => lost.length)),
    'ids recorded twice': sum(verdicts.map(({ duplicates }) => duplicates.length)),
    'alerts that stay, paged for': sum(last.map(({ pages }) => pages.lastingTold.length)),
    'pages requested': sum(last.map(({ pages }) => pages.requested)),
    'pages handed over again under their key': sum(
      last.map(({ pages }) => pages.repeatedUnderOneKey),
    ),
    'deliveries lost': sum(verdicts.map(({ pages }) => pages.lost.length)),
    'deliveries dropped for nothing': sum(
      verdicts.map(({ pages }) => pages.droppedForNothing.length),
    ),
    'calls told under a new key': sum(verdicts.map(({ pages }) => pages.underNewKey.length)),
    'deliveries left waiting at the end': sum(last.map(({ pages }) => pages.waiting)),
    'clocks started': sum(last.map(({ clocks }) => clocks.started)),
    'clocks expired': sum(last.map(({ clocks }) => clocks.expired)),
    'of them recorded later': sum(last.map(({ clocks }) => clocks.late)),
    'expiries lost': sum(last.map(({ clocks }) => clocks.lost.length)),
    'expiries recorded twice': sum(verdicts.map(({ clocks }) => clocks.doubled.length)),
    'opens refused': refused.length,
    'events recorded': sum(last.map(({ events }) => events)),
    'newest snapshots': last.map(({ snapshotSeq }) => snapshotSeq).join(' and '),
    'median reopening, ms': Math.round(median(reopened)),
    'slowest reopening, ms': Math.round(Math.max(...reopened)),
    'seconds in all': Math.round((performance.now() - began) / 1_000),
  }
  process.stdout.write(
    `Kill test\n${Object.entries(figures)
      .map(([name, value]) => `  ${name}: ${String(value)}\n`)
      .join('')}`,
  )

  expect(refused).toEqual([])
  expect(verdicts.flatMap(({ lost }) => lost)).toEqual([])
  expect(verdicts.flatMap(({ duplicates }) => duplicates)).toEqual([])
  expect(verdicts.filter(({ isGapless }) => !isGapless)).toEqual([])
  expect(verdicts.filter(({ isSameAsReplay }) => !isSameAsReplay)).toEqual([])
  expect(verdicts.flatMap(({ pages }) => pages.lost)).toEqual([])
  expect(verdicts.flatMap(({ pages }) => pages.droppedForNothing)).toEqual([])
  expect(verdicts.flatMap(({ pages }) => pages.unasked)).toEqual([])
  expect(verdicts.flatMap(({ pages }) => pages.underNewKey)).toEqual([])
  expect(verdicts.flatMap(({ clocks }) => clocks.doubled)).toEqual([])
  expect(verdicts.flatMap(({ clocks }) => clocks.untrue)).toEqual([])
  expect(last.flatMap(({ clocks }) => clocks.lost)).toEqual([])
  // Some fell due while no engine was there to see it.
  expect(figures['of them recorded later']).toBeGreaterThan(0)
  expect(figures['deliveries left waiting at the end']).toBe(0)
  expect(lives.length).toBeGreaterThanOrEqual(KILLS)
  // Somebody was paged for each alert that stayed, and its incident was made once.
  expect(last.map(({ pages }) => pages.lastingTold.toSorted())).toEqual(
    lanes.map(({ lasting }) => lasting.toSorted()),
  )
  // Nobody acknowledged them, and each was said once to be overdue.
  expect(last.map(({ clocks }) => clocks.lastingExpired.toSorted())).toEqual(
    lanes.map(({ lasting }) => lasting.toSorted()),
  )
})
