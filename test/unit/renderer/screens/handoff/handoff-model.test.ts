import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { emptyMirror } from '#renderer/engine/mirror/mirror.ts'
import type { MirrorState } from '#renderer/engine/mirror/mirror-store.ts'
import type { OfflineState } from '#renderer/engine/offline/offline.ts'
import { createUiStore, type UiStore } from '#renderer/engine/page/ui-store.ts'
import { createHandoffModel, HANDOFF_DRAFT } from '#renderer/screens/handoff/handoff-model.ts'
import { addLine, changeLine, documentOf } from '#renderer/screens/handoff/workbench.ts'
import type { OutputOf } from '#shared/contract/contract.ts'
import type { ContractError } from '#shared/contract/errors.ts'
import type { Handoff } from '#shared/domain/handoff/schema.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { emptyWatch } from '#shared/domain/watch/state.ts'

type Answer = Result<OutputOf<'handoff.draft'>, ContractError>
const NOW = 100 * 3_600_000

const line = (text: string) => ({
  ...{ id: 'a', section: 'ongoing' as const, under: null, text, severity: null },
  ...{ incidentId: 'i-1', events: [1], nextStep: null, contact: null },
})
const drafted = (text: string, lag = { read: 7, recorded: 7 }): Answer =>
  ok({ lines: [line(text)], unreadable: 0, lag })

function never(): never {
  throw new Error('There is no workbench')
}

function handoff(more: Partial<Handoff> = {}): Handoff {
  return {
    handoffId: 'handoff-0',
    way: 'here',
    from: { id: 'bo', name: 'Bo' },
    to: { id: 'ada', name: 'Ada' },
    period: { from: NOW - 50 * 3_600_000, to: NOW - 5 * 3_600_000 },
    hash: '0'.repeat(64),
    incidentIds: [],
    questions: [],
    sentAt: 0,
    openedAt: null,
    answers: [],
    accepted: { at: NOW - 4 * 3_600_000, by: { id: 'ada', name: 'Ada' } },
    ...more,
  }
}

function stage({ ui = createUiStore(), isRead = true }: { ui?: UiStore; isRead?: boolean } = {}) {
  const mirror = createStore<MirrorState>(() => ({
    ...emptyMirror,
    connection: { phase: 'open' },
    watch: emptyWatch,
  }))
  const state = createStore<OfflineState>(() => ({
    kept: [],
    storage: 'fine',
    areDraftsRead: isRead,
    draftsSavedAt: null,
  }))
  const asked: unknown[] = []
  const answers: ((answer: Answer) => void)[] = []
  const client = {
    request: (_name: string, input: unknown) => {
      asked.push(input)
      const { promise, resolve } = Promise.withResolvers<Answer>()
      answers.push(resolve)
      return promise
    },
  }
  const model = createHandoffModel({
    client: client as never,
    engineNow: () => NOW,
    mirror,
    offline: { state, person: 'ada' } as never,
    ui,
  })
  const workbench = () => model.store.getState().workbench
  const setHandoffs = (...handoffs: readonly Handoff[]) => {
    mirror.setState({
      watch: { ...emptyWatch, handoffs: new Map(handoffs.map((each) => [each.handoffId, each])) },
    })
  }
  const draft = async (answer: Answer = drafted('Line')) => {
    const done = model.draft()
    answers.shift()?.(answer)
    await done
  }
  return { model, mirror, state, ui, asked, answers, workbench, setHandoffs, draft }
}

describe('the handoff of this page', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('is drafted from where the shift began until now, and kept', async () => {
    const { draft, asked, workbench, setHandoffs, ui, model } = stage()
    setHandoffs(handoff())
    await draft()
    expect(asked).toMatchObject([{ from: NOW - 5 * 3_600_000, to: NOW, drills: 'without' }])
    expect(model.store.getState().start).toBe('taken-over')
    expect(workbench()?.drafted).toMatchObject([{ text: 'Line' }])
    expect(ui.getState().drafts.get(HANDOFF_DRAFT)).toContain('"Line"')
  })

  it('is there again after a reload, with what was edited, and not before it could be read', async () => {
    const first = stage()
    await first.draft()
    first.model.change((before) => changeLine(before, 'a', { text: 'Mine' }))
    const kept = first.ui.getState().drafts
    const second = stage({ isRead: false })
    await second.model.draft()
    expect(second.asked).toEqual([])
    second.ui.setState({ drafts: kept })
    second.state.setState({ areDraftsRead: true })
    expect(second.workbench()?.edits['a']?.text).toBe('Mine')
    await second.draft(drafted('Line, later'))
    expect(second.workbench()?.edits['a']?.text).toBe('Mine')
    expect(second.workbench()?.drafted).toMatchObject([{ text: 'Line, later' }])
  })

  it('begins where somebody handed over meanwhile, unless the person said when it began', async () => {
    const { draft, model, workbench, setHandoffs } = stage()
    await draft()
    expect(workbench()?.period.from).toBe(NOW - 12 * 3_600_000)
    setHandoffs(handoff())
    await draft()
    expect(workbench()?.period.from).toBe(NOW - 5 * 3_600_000)
    const period = { from: NOW - 3_600_000, to: NOW }
    model.setShift({ period, endsNow: false, drills: 'without' })
    await draft()
    expect(workbench()?.period).toEqual({ from: NOW - 3_600_000, to: NOW })
  })

  it('of the drill has no line of before, and says that it is practice', async () => {
    const { draft, model, workbench } = stage()
    await draft()
    const document = () => documentOf(workbench() ?? never(), { id: 'ada', name: 'Ada' }, NOW)
    expect(document()).not.toHaveProperty('isPractice')
    const period = { from: NOW - 3_600_000, to: NOW }
    model.setShift({ period, endsNow: true, drills: 'only' })
    expect(document()).toMatchObject({ isPractice: true, lines: [] })
  })

  it('says what went wrong, keeps what there was, and goes on without the engine', async () => {
    const { draft, model, mirror, workbench, asked } = stage()
    await draft()
    await draft(fail({ code: 'history-unavailable', message: 'Not now.' }))
    expect(model.store.getState()).toMatchObject({
      drafting: 'failed',
      problem: { message: 'Not now.' },
    })
    expect(workbench()?.drafted).toHaveLength(1)
    mirror.setState({ connection: { phase: 'lost', lastHeard: null, isTrying: true } })
    await model.draft()
    expect(asked).toHaveLength(2)
    await draft(drafted('Line'))
    model.startOver()
    expect(workbench()).toBeNull()
  })

  it('says when history is far behind, and forgets an answer that came too late', async () => {
    const { draft, model, answers, workbench } = stage()
    await draft(drafted('Line', { read: 1, recorded: 9_000 }))
    expect(model.store.getState().lag).toEqual({ read: 1, recorded: 9_000 })
    const late = model.draft()
    const [lateAnswer] = answers.splice(0)
    await draft(drafted('New'))
    lateAnswer?.(drafted('Old'))
    await late
    expect(workbench()?.drafted).toMatchObject([{ text: 'New' }])
  })

  it('is written no more once the engine has it', async () => {
    const { draft, model, workbench, setHandoffs } = stage()
    await draft()
    const handoffId = workbench()?.handoffId ?? ''
    model.change((before) => ({ ...before, isSent: true }))
    setHandoffs(handoff({ handoffId, accepted: null }))
    expect(workbench()).toBeNull()
    expect(model.store.getState().view).toEqual({ kind: 'handoff', handoffId })
  })

  describe('withdrawn', () => {
    /** Sends what is written; gives its text. */
    const sent = ({ workbench, model, setHandoffs }: ReturnType<typeof stage>) => {
      const document = documentOf(workbench() ?? never(), { id: 'ada', name: 'Ada' }, NOW)
      model.change((before) => ({ ...before, isSent: true }))
      setHandoffs(handoff({ handoffId: document.handoffId, accepted: null }))
      setHandoffs()
      return document
    }

    it('is the draft again as it was written, under another id, also after a reload', async () => {
      const first = stage()
      await first.draft()
      first.model.change((before) => {
        const edited = changeLine(before, 'a', { text: 'Mine', isStruck: true })
        return addLine({ ...edited, to: { id: 'bo', name: 'Bo' } }, 'notes', 'own:1')
      })
      const before = first.workbench()
      const document = sent(first)
      expect(first.workbench()).toBeNull()
      for (const { model, workbench, draft } of [first, stage({ ui: first.ui })]) {
        model.startOver()
        await draft()
        model.takeBack(document)
        expect(model.store.getState()).toMatchObject({
          view: { kind: 'draft' },
          withdrawn: { at: NOW, isDraft: true },
        })
        const { handoffId, ...rest } = workbench() ?? never()
        expect({ ...before, ...rest }).toEqual(before)
        expect(handoffId).not.toBe(document.handoffId)
      }
    })

    it('reads as it was sent where another browser sent it, and after another draft', async () => {
      const first = stage()
      await first.draft()
      first.model.change((before) => {
        const edited = changeLine(before, 'a', { text: 'Mine', nextStep: 'Look' })
        return changeLine(addLine(edited, 'notes', 'own:1'), 'own:1', { text: 'A note' })
      })
      const document = sent(first)
      const { model, workbench, draft } = stage()
      model.takeBack(document)
      await draft()
      const again = documentOf(workbench() ?? never(), { id: 'ada', name: 'Ada' }, NOW)
      expect(again.lines).toEqual(document.lines)
    })

    it('writes over nothing that was begun meanwhile', async () => {
      const { draft, model, workbench, ...rest } = stage()
      await draft()
      const document = sent({ draft, model, workbench, ...rest })
      await draft()
      model.change((before) => addLine(before, 'notes', 'own:2'))
      model.takeBack(document)
      expect(workbench()?.own).toMatchObject([{ id: 'own:2' }])
      expect(model.store.getState().withdrawn).toEqual({ at: NOW, isDraft: false })
    })
  })

  it('makes room for one that waits for this person, until they have opened it', () => {
    const { model, mirror, setHandoffs } = stage()
    const view = () => model.store.getState().view
    const waits = handoff({ accepted: null })
    const toBo = handoff({ handoffId: 'to-bo', to: { id: 'bo', name: 'Bo' }, accepted: null })
    const byFile = handoff({ handoffId: 'by-file', way: 'from-file', accepted: null })
    setHandoffs(toBo, byFile)
    model.arrive()
    expect(view()).toEqual({ kind: 'draft' })
    setHandoffs(toBo, waits)
    mirror.setState({ connection: { phase: 'lost', lastHeard: null, isTrying: true } })
    model.arrive()
    expect(view()).toEqual({ kind: 'draft' })
    mirror.setState({ connection: { phase: 'open' } })
    model.arrive()
    expect(view()).toEqual({ kind: 'handoff', handoffId: 'handoff-0' })
    model.show({ kind: 'draft' })
    setHandoffs({ ...waits, openedAt: NOW })
    model.arrive()
    expect(view()).toEqual({ kind: 'draft' })
  })

  it('is a draft again when what was queued is cancelled', async () => {
    const { draft, model, workbench, state } = stage()
    await draft()
    const handoffId = workbench()?.handoffId ?? ''
    const queued = { name: 'handoff.send', input: { handoffId } }
    state.setState({ kept: [queued as never] })
    model.change((before) => ({ ...before, isSent: true }))
    await vi.advanceTimersByTimeAsync(10_000)
    expect(workbench()?.isSent).toBe(true)
    state.setState({ kept: [] })
    await vi.advanceTimersByTimeAsync(10_000)
    expect(workbench()?.isSent).toBe(false)
  })

  it('loses what the person may not see any more', async () => {
    const { draft, ui, workbench } = stage()
    await draft()
    const text = JSON.stringify({ ...workbench(), drafted: [] })
    ui.setState({ drafts: new Map([[HANDOFF_DRAFT, text]]) })
    expect(workbench()?.drafted).toEqual([])
  })
})
