import { describe, expect, it } from 'vitest'
import {
  addLine,
  addQuestion,
  changeLine,
  changeQuestion,
  documentOf,
  dropQuestion,
  hasOwnWords,
  linesOf,
  newWorkbench,
  readWorkbench,
  restoreLine,
  withDraft,
  type Workbench,
} from '#renderer/screens/handoff/workbench.ts'
import { fromInput, toInput } from '#renderer/screens/handoff/local-input.ts'
import { MAX_LINE_TEXT, MAX_QUESTIONS, type HandoffLine } from '#shared/domain/handoff/schema.ts'

const period = { from: 0, to: 1_000 }
const line = (id: string, more: Partial<HandoffLine> = {}): HandoffLine => ({
  id,
  section: 'ongoing',
  under: null,
  text: `Line ${id}`,
  severity: null,
  incidentId: 'i-1',
  events: [1],
  nextStep: null,
  contact: 'Ada',
  ...more,
})
const begun = newWorkbench({ handoffId: 'handoff-1', period, zone: 'UTC' })
const drafted = (lines: readonly HandoffLine[], workbench: Workbench = begun) =>
  withDraft(workbench, lines, period, 2_000)
const Ada = { id: 'ada', name: 'Ada' }
const textsOf = (workbench: Workbench) =>
  documentOf(workbench, Ada, 3_000).lines.map(({ text }) => text)

describe('the handoff that is being written', () => {
  it('is what was drafted, until somebody says otherwise', () => {
    const workbench = drafted([line('b', { section: 'resolved' }), line('a')])
    expect(textsOf(workbench)).toEqual(['Line a', 'Line b'])
    expect(hasOwnWords(workbench)).toBe(false)
    expect(documentOf(workbench, Ada, 3_000)).toMatchObject({
      from: Ada,
      to: { id: null, name: 'the next person' },
      period,
      writtenAt: 3_000,
    })
  })

  it('leaves out what is struck out, with what belongs to it, and takes it back', () => {
    const workbench = drafted([line('a'), line('a:1', { under: 'a' }), line('b')])
    const struck = changeLine(workbench, 'a', { isStruck: true })
    expect(textsOf(struck)).toEqual(['Line b'])
    expect(linesOf(struck).map(({ isStruck }) => isStruck)).toEqual([true, false, false])
    expect(textsOf(changeLine(struck, 'a', { isStruck: false }))).toHaveLength(3)
  })

  it('keeps what was edited under a new draft, and says what the journal says by now', () => {
    const edited = changeLine(drafted([line('a')]), 'a', { text: 'Mine', nextStep: 'Wait' })
    const [same] = linesOf(drafted([line('a')], edited))
    expect(same).toMatchObject({ isEdited: true, news: null, line: { text: 'Mine' } })
    const [now] = linesOf(drafted([line('a', { text: 'Other', contact: 'Bo' })], edited))
    expect(now).toMatchObject({
      line: { text: 'Mine', nextStep: 'Wait', contact: 'Bo' },
      news: { text: 'Other' },
    })
    const seen = changeLine(drafted([line('a', { text: 'Other' })], edited), 'a', { text: 'New' })
    expect(linesOf(seen)[0]?.news).toBeNull()
    expect(textsOf(restoreLine(seen, 'a'))).toEqual(['Other'])
  })

  it('never loses words that somebody wrote on a line that is not drafted any more', () => {
    const edited = changeLine(drafted([line('a'), line('b')]), 'a', { contact: 'Cy' })
    const struck = changeLine(edited, 'b', { isStruck: true })
    const [gone, ...others] = linesOf(drafted([], struck))
    expect(others).toEqual([])
    expect(gone).toMatchObject({ line: { contact: 'Cy' }, news: { text: null } })
    const again = changeLine(drafted([], struck), 'a', { text: 'Still' })
    expect(textsOf(again)).toEqual(['Still'])
  })

  it('has lines of the person, which are changed, struck out and taken away', () => {
    const own = addLine(drafted([]), 'notes', 'own:1')
    expect(textsOf(own)).toEqual([])
    const written = changeLine(own, 'own:1', { text: 'Mind the disk', nextStep: '' })
    expect(documentOf(written, Ada, 0).lines).toMatchObject([
      { text: 'Mind the disk', events: [], nextStep: null },
    ])
    expect(textsOf(changeLine(written, 'own:1', { isStruck: true }))).toEqual([])
    expect(linesOf(restoreLine(written, 'own:1'))).toEqual([])
    expect(hasOwnWords(written)).toBe(true)
  })

  it('changes nothing for a line that there is not, and bounds what is written', () => {
    const workbench = drafted([line('a')])
    expect(changeLine(workbench, 'x', { text: 'Mine' })).toBe(workbench)
    const long = changeLine(workbench, 'a', { text: 'x'.repeat(MAX_LINE_TEXT + 1) })
    expect(textsOf(long)[0]).toHaveLength(MAX_LINE_TEXT)
  })

  it('has its questions, which are changed, added and taken away', () => {
    const asked = addQuestion(changeQuestion(begun, 'concerns', ''), 'q-1')
    const own = changeQuestion(dropQuestion(asked, 'availability'), 'q-1', 'Where are the keys?')
    expect(documentOf(own, Ada, 0).questions.map(({ id }) => id)).toEqual(['deployments', 'q-1'])
    expect(hasOwnWords(own)).toBe(true)
    let many = begun
    for (let count = 0; count < 2 * MAX_QUESTIONS; count += 1) {
      many = addQuestion(many, String(count))
    }
    expect(many.questions).toHaveLength(MAX_QUESTIONS)
  })

  it('is read back as it was kept, and not at all where it is damaged', () => {
    const workbench = changeLine(drafted([line('a')]), 'a', { text: 'Mine' })
    expect(readWorkbench(JSON.stringify(workbench))).toEqual(workbench)
    for (const text of ['', 'x', '{}', '{"version":2}']) expect(readWorkbench(text)).toBeNull()
  })
})

describe('a field for dates and times', () => {
  it('takes a time to the minute, and gives it back', () => {
    const at = new Date(2026, 9, 25, 1, 30).getTime()
    expect(toInput(at)).toBe('2026-10-25T01:30')
    expect(fromInput(toInput(at))).toBe(at)
    expect(fromInput('')).toBeNull()
  })
})
