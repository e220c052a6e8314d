import { describe, expect, it } from 'vitest'
import { jobsFileSchema, type Job } from '#shared/domain/job/file.ts'
import { evolveJob } from '#shared/domain/job/evolve.ts'
import { judgeJob } from '#shared/domain/job/judge.ts'
import type { JobRecord } from '#shared/domain/job/schema.ts'
import { nextDaily } from '#shared/domain/job/wall-time.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOON = Date.UTC(2026, 10, 29, 12)

function job(text: object): Job {
  const [read] = jobsFileSchema.parse({ jobs: [{ job: 'backup', ...text }] }).jobs
  if (!read) throw new Error('no job')
  return read
}

const record = (more: Partial<JobRecord> = {}): JobRecord => ({
  job: 'backup',
  watchedSince: NOON,
  last: null,
  failedSince: null,
  lastOkAt: null,
  ...more,
})
const ok = (at: number): Partial<JobRecord> => ({
  last: { status: 'ok', at, way: 'webhook' },
  lastOkAt: at,
})

describe('a job that reports every so often', () => {
  const daily = job({ every: '24h', grace: '1h' })

  it('is missing once its grace is over', () => {
    const known = record(ok(NOON))
    expect(judgeJob(daily, known, NOON + 25 * HOUR - 1, []).missingSince).toBeNull()
    expect(judgeJob(daily, known, NOON + 25 * HOUR, []).missingSince).toBe(NOON + 25 * HOUR)
    // Days later it is missing since the same moment: it is one alert.
    expect(judgeJob(daily, known, NOON + 9 * DAY, []).missingSince).toBe(NOON + 25 * HOUR)
  })

  it('is found when it never came, from the time by which it was expected', () => {
    expect(judgeJob(daily, record(), NOON + 25 * HOUR, []).missingSince).toBe(NOON + 25 * HOUR)
    const by = job({ every: '24h', grace: '1h', firstBy: '2026-11-29T13:00:00Z' })
    expect(judgeJob(by, record(), NOON + 2 * HOUR, []).missingSince).toBe(NOON + 2 * HOUR)
    // What was due before Deckwatch knew of the job may have come.
    const past = job({ every: '24h', grace: '1h', firstBy: '2026-01-01T00:00:00Z' })
    expect(judgeJob(past, record(), NOON + 2 * HOUR, []).missingSince).toBeNull()
  })

  it('is failed since the first failure, until it succeeds', () => {
    const say = (status: 'ok' | 'failed', reportedAt: number) =>
      ({ type: 'job.reported', job: 'backup', status, reportedAt, way: 'webhook' }) as const
    let known: JobRecord | undefined = record(ok(NOON))
    known = evolveJob(known, say('failed', NOON + DAY), 0)
    known = evolveJob(known, say('failed', NOON + 2 * DAY), 0)
    expect(known?.failedSince).toBe(NOON + DAY)
    // A report that comes late says nothing about now.
    expect(evolveJob(known, say('ok', NOON + HOUR), 0)?.failedSince).toBe(NOON + DAY)
    expect(evolveJob(known, say('ok', NOON + 3 * DAY), 0)?.failedSince).toBeNull()
  })
})

describe('a report that nobody could hear', () => {
  const daily = job({ every: '24h', grace: '1h' })
  const known = record(ok(NOON))
  const asleep = { from: NOON + 20 * HOUR, until: NOON + 30 * HOUR }

  it('is not called missing, until the next one could be heard', () => {
    const woken = judgeJob(daily, known, NOON + 30 * HOUR, [asleep])
    expect(woken).toMatchObject({ missingSince: null, unheard: asleep })
    expect(woken.expectedAt).toBe(NOON + 54 * HOUR)
    const next = judgeJob(daily, known, NOON + 55 * HOUR, [asleep])
    expect(next).toMatchObject({ missingSince: NOON + 55 * HOUR })
  })

  it('is missing all the same where it was due before, or long after', () => {
    const late = { from: NOON + 26 * HOUR, until: NOON + 30 * HOUR }
    expect(judgeJob(daily, known, NOON + 31 * HOUR, [late]).missingSince).toBe(NOON + 25 * HOUR)
    const early = { from: NOON + HOUR, until: NOON + 20 * HOUR }
    expect(judgeJob(daily, known, NOON + 31 * HOUR, [early]).missingSince).toBe(NOON + 25 * HOUR)
  })

  it('is missing at the next day of a daily job', () => {
    const nightly = job({ daily: '02:00', zone: 'Europe/Berlin', grace: '1h' })
    const reported = record(ok(Date.UTC(2026, 10, 29, 1, 5)))
    const slept = { from: Date.UTC(2026, 10, 29, 22), until: Date.UTC(2026, 10, 30, 7) }
    const judged = judgeJob(nightly, reported, Date.UTC(2026, 10, 30, 8), [slept])
    expect(judged).toMatchObject({ missingSince: null, unheard: slept })
    expect(judged.expectedAt).toBe(Date.UTC(2026, 11, 1, 1))
  })
})

describe('a daily job', () => {
  const nightly = job({ daily: '02:30', zone: 'Europe/Berlin', grace: '30m' })

  it('counts a report for the day that it is nearest to', () => {
    const early = record(ok(Date.UTC(2026, 10, 29, 1, 10)))
    expect(judgeJob(nightly, early, NOON, []).expectedAt).toBe(Date.UTC(2026, 10, 30, 1, 30))
    const late = record(ok(Date.UTC(2026, 10, 29, 1, 50)))
    expect(judgeJob(nightly, late, NOON, []).expectedAt).toBe(Date.UTC(2026, 10, 30, 1, 30))
  })

  it('is expected once on the days that the clocks change', () => {
    // 02:30 is skipped on 29 March 2026: it comes an hour later by the clock on the wall.
    const spring = record(ok(Date.UTC(2026, 2, 28, 1, 40)))
    expect(judgeJob(nightly, spring, spring.watchedSince, []).expectedAt).toBe(
      Date.UTC(2026, 2, 29, 1, 30),
    )
    // 02:30 comes twice on 25 October 2026: the first counts.
    const autumn = record(ok(Date.UTC(2026, 9, 24, 0, 40)))
    expect(judgeJob(nightly, autumn, autumn.watchedSince, []).expectedAt).toBe(
      Date.UTC(2026, 9, 25, 0, 30),
    )
    const after = record(ok(Date.UTC(2026, 9, 25, 0, 40)))
    expect(judgeJob(nightly, after, after.watchedSince, []).expectedAt).toBe(
      Date.UTC(2026, 9, 26, 1, 30),
    )
  })
})

describe('the next time of day', () => {
  it.each([
    // Half an hour of daylight saving: 02:15 is skipped on 4 October 2026, and is 02:45 then.
    ['02:15', 'Australia/Lord_Howe', '2026-10-03T12:00:00Z', '2026-10-03T15:45:00Z'],
    // 01:45 comes twice there on 5 April 2026.
    ['01:45', 'Australia/Lord_Howe', '2026-04-04T00:00:00Z', '2026-04-04T14:45:00Z'],
    ['06:00', 'Asia/Kolkata', '2026-11-29T00:30:00Z', '2026-11-30T00:30:00Z'],
    ['06:00', 'Asia/Kolkata', '2026-11-29T00:29:59Z', '2026-11-29T00:30:00Z'],
    ['02:30', 'America/New_York', '2026-03-08T06:00:00Z', '2026-03-08T07:30:00Z'],
    ['01:30', 'America/New_York', '2026-11-01T05:30:00Z', '2026-11-02T06:30:00Z'],
    ['00:00', 'Pacific/Kiritimati', '2026-11-29T09:59:00Z', '2026-11-29T10:00:00Z'],
  ])('%s in %s after %s is %s', (time, zone, after, next) => {
    expect(new Date(nextDaily(time, zone, Date.parse(after))).toISOString()).toBe(
      new Date(next).toISOString(),
    )
  })
})

describe('the list of jobs', () => {
  it.each([
    [{}, 'say when it reports'],
    [{ every: '24h', daily: '02:00', zone: 'UTC' }, 'either every or daily'],
    [{ daily: '02:00' }, 'name its zone too'],
    [{ daily: '2:00', zone: 'UTC' }, 'HH:MM'],
    [{ daily: '02:00', zone: 'Europe/Berln' }, 'unknown time zone "Europe/Berln"'],
    [{ every: '24h', firstBy: 'tomorrow' }, 'is not a moment'],
    [{ every: '24h', prometheus: 'eu' }, 'only promql asks a Prometheus'],
  ])('refuses %j with words', (text, words) => {
    const read = jobsFileSchema.safeParse({ jobs: [{ job: 'backup', ...text }] })
    expect(read.error?.issues.map(({ message }) => message).join()).toContain(words)
  })

  it('refuses a name that is there twice', () => {
    const one = { job: 'backup', every: '1h' }
    const read = jobsFileSchema.safeParse({ jobs: [one, one] })
    expect(read.error?.issues[0]?.message).toBe('job 1 has the name "backup" already')
  })
})
