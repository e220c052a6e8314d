import { beforeAll, describe, expect, it } from 'vitest'
import { toMarkdown } from '#shared/domain/handoff-document/to-markdown.ts'
import type { HandoffLine } from '#shared/domain/handoff/schema.ts'
import type { Event } from '#shared/domain/watch/event.ts'
import { documentOf, draftOf, expectedMarkdown, shifts } from '#test/fixtures/shifts/shifts.ts'

describe.each(shifts)('the draft of a $name shift', ({ name, period, record }) => {
  let events: readonly Event[] = []
  let lines: readonly HandoffLine[] = []

  beforeAll(async () => {
    events = (await record()).journal.events
    lines = draftOf(events, period)
  }, 120_000)

  it('says what a person would write of it', () => {
    expect(toMarkdown(documentOf(lines, period))).toBe(expectedMarkdown(name))
  })

  it('names the events of each line, and no others than there are', () => {
    const known = new Set(events.map(({ seq }) => seq))
    for (const line of lines) {
      expect(line.events, line.text).not.toEqual([])
      expect(line.events.filter((seq) => !known.has(seq))).toEqual([])
    }
  })

  it('has each id once, and no part without its line', () => {
    const ids = lines.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { under } of lines) if (under !== null) expect(ids).toContain(under)
  })

  it('loses or changes a line with each event that the line names', () => {
    for (const line of lines) {
      for (const seq of line.events) {
        const without = draftOf(
          events.filter((event) => event.seq !== seq),
          period,
        ).find(({ id }) => id === line.id)
        expect(without, `${line.text} without event ${String(seq)}`).not.toEqual(line)
        expect(without?.events ?? []).not.toContain(seq)
      }
    }
  })

  it('does not change with what happened after it', () => {
    const later = events.filter(({ at }) => at >= period.to)
    expect(draftOf(events.slice(0, events.length - later.length), period)).toEqual(lines)
  })

  it('is empty of incidents that are left out', async () => {
    const { draftHandoff } = await import('#shared/domain/handoff-draft/draft.ts')
    const rest = draftHandoff(events, {
      period,
      zone: 'Europe/Berlin',
      person: { id: 'ada', owner: 'ada' },
      isLeftOut: () => true,
      isConfidential: () => false,
    })
    expect(rest.filter(({ incidentId }) => incidentId !== null)).toEqual([])
    expect(rest.map(({ section }) => section)).not.toContain('woken')
  })
})
