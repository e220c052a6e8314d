import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Readings, ShiftQuestion } from '#electron/engine/ports/readings.ts'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { startReadings } from '#electron/journal/readings/readings.ts'
import type { SqliteJournal } from '#electron/journal/sqlite.ts'
import type { NewEvent } from '#shared/domain/watch/event.ts'
import { memoryLogger, opened, temporaryFolder, valueOf } from '#test/contract/journal-fixtures.ts'

const STORM = 100_000
const CHUNK = 5_000
const FROM = 1_700_000_000_000
const never = new AbortController().signal
const question: ShiftQuestion = {
  period: { from: FROM, to: FROM + 12 * 3_600_000 },
  zone: 'UTC',
  person: { id: 'ada', owner: 'ada' },
  drills: 'without',
  leftOut: [],
  confidential: [],
}

const source = { kind: 'source', id: 'am' } as const

function opening(): NewEvent {
  return {
    id: 'opening',
    at: FROM,
    actor: source,
    body: {
      type: 'incident.triggered',
      incidentId: 'storm',
      groupKey: 'storm',
      group: {},
      title: 'A storm',
      severity: 'P1',
      startedAt: FROM,
      decisions: [],
    },
  }
}

/** Alerts that fire, of as many objects as there are events. */
function fired(index: number): NewEvent {
  const labels = { alertname: `Storm${String(index % 3_000)}`, instance: `host-${String(index)}` }
  return {
    id: `fired-${String(index)}`,
    at: FROM + index,
    actor: source,
    body: {
      type: 'alert.fired',
      key: `key-${String(index)}`,
      alertId: `alert-${String(index)}`,
      incidentId: 'storm',
      labels,
      annotations: { summary: 'x'.repeat(200) },
      startsAt: FROM + index,
      sourceId: 'am',
      observations: {},
      suppression: [],
      severity: 'P2',
      decisions: [],
    },
  }
}

describe('the draft of a storm', () => {
  let folder: ReturnType<typeof temporaryFolder>
  let journal: SqliteJournal
  let readings: Readings

  beforeEach(() => {
    folder = temporaryFolder()
    journal = opened(folder.path)
    valueOf(journal.append([opening()], []))
    for (let begin = 0; begin < STORM; begin += CHUNK) {
      valueOf(
        journal.append(
          Array.from({ length: CHUNK }, (_, index) => fired(begin + index)),
          [],
        ),
      )
    }
    readings = startReadings({
      journalPath: journal.path,
      directory: folder.path,
      clock: createNodeClock(),
      logger: memoryLogger(),
    })
  }, 120_000)
  afterEach(async () => {
    await readings.close()
    journal.close()
    folder.remove()
  })

  it('is made, is short, and lets other questions through meanwhile', async () => {
    const order: string[] = []
    const drafted = readings.draft(question, never).then((answer) => {
      order.push('draft')
      return valueOf(answer)
    })
    const asked = readings.incident('storm', never).then(() => order.push('incident'))
    const { lines, unreadable } = await drafted
    await asked
    expect(order).toEqual(['incident', 'draft'])
    expect(unreadable).toBe(0)
    expect(lines.map(({ section }) => section)).toEqual([
      'ongoing',
      ...Array.from({ length: 10 }, () => 'noisy'),
    ])
    expect(JSON.stringify(lines).length).toBeLessThan(64 * 1024)
  }, 120_000)

  it('is given up when nobody waits for it any more', async () => {
    const abort = new AbortController()
    const drafted = readings.draft(question, abort.signal)
    await readings.incident('storm', never)
    abort.abort()
    expect(await drafted).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    expect((await readings.incident('storm', never)).ok).toBe(true)
  }, 120_000)
})
