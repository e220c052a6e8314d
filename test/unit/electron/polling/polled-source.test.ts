import { beforeEach, describe, expect, it } from 'vitest'
import type { Source } from '#electron/engine/ports/source.ts'
import { failure } from '#electron/http/failure.ts'
import { compareListing } from '#electron/polling/compare-listing.ts'
import { isRecord, isSameMap } from '#electron/polling/labels.ts'
import type { ListingReader } from '#electron/polling/listing.ts'
import {
  createPolledSource,
  FIRST_POLLS,
  INSTANCE_EVERY_POLLS,
} from '#electron/polling/polled-source.ts'
import { fail, ok } from '#shared/domain/result/result.ts'
import { derive, createShiftedClock } from '../http/world.ts'

/** A process behind the address: when it started, and the starts of what it lists, by name. */
interface Replica {
  startTime: string | null
  alerts: Record<string, number>
}

const nameOf = (raw: unknown) => (isRecord(raw) ? String(raw['name']) : '')

const reader: ListingReader = {
  isKeyUnique: true,
  keyOf: nameOf,
  isSameKey: (key, raw) => nameOf(raw) === key,
  labelsOf: (raw) => ({ alertname: nameOf(raw) }),
  isUnchanged: isSameMap,
  read: (raw) => ({
    signal: {
      labels: { alertname: nameOf(raw) },
      annotations: {},
      startsAt: isRecord(raw) ? Number(raw['startsAt']) : 0,
      isStartEstimated: false,
      isTextCleaned: false,
      generatorUrl: null,
      receivers: [],
      suppression: null,
    },
    flaw: null,
  }),
}

let replicas: Replica[]
/** Which of the replicas answers a question; the turn is that of the question or of the poll. */
let choose: (turn: { question: number; poll: number }) => number
let isStartTimeLost: boolean
let questions: string[]
let polls: number
let source: Source

function replica(): Replica {
  const found = replicas[choose({ question: questions.length, poll: polls }) % replicas.length]
  if (!found) throw new Error('nobody answers')
  return found
}

beforeEach(() => {
  replicas = [{ startTime: 'a', alerts: { A: 1, B: 1 } }]
  choose = ({ question }) => question
  isStartTimeLost = false
  questions = []
  polls = 0
  source = createPolledSource(
    {
      name: 'polled',
      url: 'http://127.0.0.1',
      interval: 1_000,
      timeout: 30_000,
      maxBodyMiB: 1,
      heartbeats: [],
    },
    createShiftedClock(),
    {
      type: 'example',
      product: 'Example',
      readAlerts(basis) {
        const { alerts } = replica()
        questions.push('alerts')
        const items = Object.entries(alerts).map(([name, startsAt]) => ({ name, startsAt }))
        return Promise.resolve(ok(compareListing(items, basis, reader, derive)))
      },
      readInstance() {
        const { startTime } = replica()
        questions.push('start time')
        return Promise.resolve(
          isStartTimeLost ? fail(failure('timeout', 'No answer.', 'Wait.')) : ok(startTime),
        )
      },
      readSelfAlerts: () => Promise.resolve([]),
      inspect: () => Promise.resolve(ok({ findings: ['found'], labels: [] })),
      close: () => Promise.resolve(),
    },
  )
})

async function poll() {
  polls += 1
  const result = await source.poll(new AbortController().signal)
  if (!result.ok) throw new Error(result.error.message)
  source.accept()
  const { signals, gone, total, instance, kind, remarks } = result.value
  return {
    kind,
    new: signals.map(({ labels, startsAt }) => `${labels['alertname'] ?? ''}@${String(startsAt)}`),
    gone: gone.map((labels) => labels['alertname']),
    total,
    instance,
    remarks: (remarks ?? []).map(({ code }) => code),
  }
}

async function pollTimes(times: number) {
  const reports = []
  for (let i = 0; i < times; i += 1) reports.push(await poll())
  return reports
}

const test = () => source.test(new AbortController().signal)

describe('a server that tells when it started', () => {
  it('is not asked for it while nothing vanishes', async () => {
    await pollTimes(FIRST_POLLS)
    const before = questions.length
    await pollTimes(INSTANCE_EVERY_POLLS)
    expect(questions.slice(before)).not.toContain('start time')
    await poll()
    expect(questions.slice(before)).toContain('start time')
  })

  it('that restarted is no several', async () => {
    await poll()
    replicas = [{ startTime: 'b', alerts: {} }]
    expect(await poll()).toMatchObject({ gone: ['A', 'B'], instance: 'b', remarks: [] })
    replicas = [{ startTime: 'b', alerts: { A: 1 } }]
    expect(await poll()).toMatchObject({ new: ['A@1'], instance: 'b', remarks: [] })
    const reports = await pollTimes(60)
    expect(reports.every(({ instance, remarks }) => instance === 'b' && !remarks.length)).toBe(true)
    const before = questions.length
    await pollTimes(INSTANCE_EVERY_POLLS)
    expect(questions.slice(before).filter((question) => question === 'start time')).toHaveLength(1)
  })

  it('and fails to for a while shows what is new, and calls nothing gone', async () => {
    await poll()
    isStartTimeLost = true
    replicas = [{ startTime: 'a', alerts: { A: 1, B: 1, C: 2 } }]
    const reports = await pollTimes(2 * INSTANCE_EVERY_POLLS)
    expect(reports[0]?.new).toEqual(['C@2'])
    replicas = [{ startTime: 'a', alerts: {} }]
    await expect(poll()).rejects.toThrow('cannot be told from a recovery')
  })

  it('has no finding of that in a test', async () => {
    expect((await test()).findings).toEqual(['found'])
  })
})

describe('a server that cannot say when it started', () => {
  beforeEach(() => {
    replicas = [{ startTime: null, alerts: { A: 1, B: 1 } }]
  })

  it('has its alerts shown, with a remark', async () => {
    expect(await poll()).toEqual({
      kind: 'all',
      new: ['A@1', 'B@1'],
      gone: [],
      total: 2,
      instance: null,
      remarks: ['no-restarts'],
    })
    replicas = [{ startTime: null, alerts: { A: 1, B: 1, C: 2 } }]
    expect(await poll()).toMatchObject({ kind: 'changes', new: ['C@2'], remarks: ['no-restarts'] })
  })

  it('is asked for it again now and then only', async () => {
    await pollTimes(FIRST_POLLS)
    const before = questions.length
    await pollTimes(INSTANCE_EVERY_POLLS)
    expect(questions.slice(before)).not.toContain('start time')
    replicas = [{ startTime: 'told', alerts: { A: 1 } }]
    expect(await poll()).toMatchObject({ gone: ['B'], instance: 'told', remarks: [] })
  })

  it('has what vanished called gone by two polls in a row', async () => {
    await poll()
    replicas = [{ startTime: null, alerts: { A: 1 } }]
    expect(await poll()).toMatchObject({ gone: [], total: 2 })
    expect(await poll()).toMatchObject({ gone: ['B'], total: 1 })
    expect(await poll()).toMatchObject({ gone: [], total: 1 })
  })

  it('has what vanished for one poll not called gone, nor new again', async () => {
    await poll()
    for (let i = 0; i < 4; i += 1) {
      replicas = [{ startTime: null, alerts: {} }]
      expect(await poll()).toMatchObject({ new: [], gone: [], total: 2 })
      replicas = [{ startTime: null, alerts: { A: 1, B: 1 } }]
      expect(await poll()).toMatchObject({ new: [], gone: [], total: 2 })
    }
  })

  it('says so once in a test', async () => {
    const { isWorking, findings } = await test()
    expect(isWorking).toBe(true)
    expect(findings).toEqual(['found', expect.stringContaining('It does not tell when it started')])
  })
})

describe.each([
  ['at every question', ({ question }: { question: number }) => question],
  ['at every second question', ({ question }: { question: number }) => question >> 1],
  ['at every poll', ({ poll: turn }: { poll: number }) => turn],
])('two replicas that take turns %s', (_, turns) => {
  beforeEach(() => {
    choose = turns
    replicas = [
      { startTime: 'a', alerts: { A: 10 } },
      { startTime: 'b', alerts: { A: 17 } },
    ]
  })

  it('have their alerts shown', async () => {
    expect(await poll()).toMatchObject({ kind: 'all', total: 1 })
  })

  it('of which one lost its memory resolve nothing that the other one fires', async () => {
    let { instance } = await poll()
    replicas = [
      { startTime: 'a', alerts: { A: 10, C: 20 } },
      { startTime: 'b', alerts: {} },
    ]
    const reports = await pollTimes(40)
    // While it looks like a restart, what vanished is reported with another start time: unconfirmed.
    for (const report of reports) {
      const isRestart = report.instance !== null && report.instance !== instance
      if (!isRestart) expect(report.gone).toEqual([])
      instance = report.instance ?? instance
    }
    expect(reports.slice(10).every(({ gone }) => gone.length === 0)).toBe(true)
    expect(reports.some(({ new: fired }) => fired.includes('C@20'))).toBe(true)
  })

  it('resolve what neither of them fires', async () => {
    await pollTimes(8)
    replicas = [
      { startTime: 'a', alerts: {} },
      { startTime: 'b', alerts: {} },
    ]
    const reports = await pollTimes(12)
    expect(reports.flatMap(({ gone }) => gone)).toEqual(['A'])
    expect(reports.at(-1)).toMatchObject({ total: 0 })
  })

  it('bring no second episode by starts of their own', async () => {
    await pollTimes(8)
    const reports = await pollTimes(8)
    expect(new Set(reports.flatMap(({ new: changed }) => changed))).not.toContain('A@17')
  })
})

describe('two replicas that answer by chance', () => {
  it.each(['a question', 'a poll'])(
    'are not mistaken, with another choice for %s',
    async (each) => {
      // The same chance in each run: a small generator with a fixed seed.
      let seed = 7
      let chosen = 0
      let chosenIn = 0
      choose = ({ poll: turn }) => {
        if (each === 'a question' || turn !== chosenIn) {
          seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
          chosen = (seed >> 16) % 2
          chosenIn = turn
        }
        return chosen
      }
      replicas = [
        { startTime: 'a', alerts: { A: 10 } },
        { startTime: 'b', alerts: { A: 17 } },
      ]
      await pollTimes(40)
      replicas = [
        { startTime: 'a', alerts: { A: 10 } },
        { startTime: 'c', alerts: {} },
      ]
      const reports = await pollTimes(200)
      expect(reports.flatMap(({ gone }) => gone)).toEqual([])
      replicas = [
        { startTime: 'a', alerts: {} },
        { startTime: 'c', alerts: {} },
      ]
      expect((await pollTimes(30)).flatMap(({ gone }) => gone)).toEqual(['A'])
    },
  )
})

describe('replicas that take turns', () => {
  it('are remarked upon in the report and in a test', async () => {
    replicas = ['a', 'b', 'c'].map((startTime) => ({ startTime, alerts: { A: 1 } }))
    expect((await pollTimes(2)).at(-1)).toMatchObject({
      instance: null,
      remarks: ['several-replicas'],
    })
    expect((await test()).findings.at(-1)).toContain('Several replicas answer')
  })

  it('are shown when no two questions bring the same start time', async () => {
    let count = 0
    replicas = [
      {
        get startTime() {
          return String((count += 1))
        },
        alerts: { A: 1 },
      },
    ]
    expect(await poll()).toMatchObject({ total: 1, remarks: ['several-replicas'] })
    replicas.push({ startTime: 'x', alerts: {} })
    choose = ({ question }) => (question % 3 === 0 ? 0 : 1)
    const reports = await pollTimes(20)
    expect(reports.flatMap(({ gone }) => gone)).toEqual([])
  })

  it('of which one stays are one again, after a while', async () => {
    replicas = ['a', 'b'].map((startTime) => ({ startTime, alerts: { A: 1 } }))
    await pollTimes(4)
    replicas = [{ startTime: 'b', alerts: { A: 1 } }]
    expect((await pollTimes(30)).at(-1)).toMatchObject({ instance: 'b', remarks: [], total: 1 })
    replicas = [{ startTime: 'b', alerts: {} }]
    expect(await poll()).toMatchObject({ instance: 'b', gone: ['A'] })
  })
})
