import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Source, SourceReport } from '#electron/engine/ports/source.ts'
import type { Labels, Signal } from '#shared/domain/alert/schema.ts'
import { parseMatchers } from '#shared/domain/matcher/matcher.ts'
import { MAX_REJECTIONS } from '#shared/domain/source/schema.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'

/** What an adapter's test gives the suite. */
export interface SourceHarness {
  /** A fresh source on the same place that alerts come from; it lists at least one alert. */
  createSource(): Source
  /**
   * Makes the next answer differ: alternates between adding and removing an alert, beginning with
   * adding. Resolves when a poll would see it.
   */
  change(): Promise<void>
  stop(): Promise<void>
}

const never = () => new AbortController().signal

async function poll(source: Source): Promise<SourceReport> {
  const result = await source.poll(never())
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

const keyOf = (labels: Labels) => JSON.stringify(Object.entries(labels).sort())

function listOf(signals: readonly Signal[]) {
  return new Map(signals.map((signal) => [keyOf(signal.labels), signal]))
}

/** Applies a report as the engine does. */
function apply(known: ReadonlyMap<string, Signal>, report: SourceReport) {
  const next = report.kind === 'all' ? new Map<string, Signal>() : new Map(known)
  for (const labels of report.gone) next.delete(keyOf(labels))
  for (const signal of report.signals) next.set(keyOf(signal.labels), signal)
  return next
}

/**
 * What every adapter of the `Source` port must keep to, whatever is behind it. The alerts must stay
 * as they are but for `change`.
 */
export function describeSource(name: string, start: () => Promise<SourceHarness>): void {
  describe(`${name} as a source`, () => {
    let harness: SourceHarness
    let source: Source

    beforeAll(async () => {
      harness = await start()
    })
    afterAll(() => harness.stop())
    beforeEach(() => {
      source = harness.createSource()
      return () => source.close()
    })

    it('says what it is', () => {
      expect(source.id).not.toBe('')
      expect(source.name).not.toBe('')
      expect(source.type).not.toBe('')
      expect(source.intervalMs).toBeGreaterThan(0)
      for (const heartbeat of source.heartbeats) expect(parseMatchers(heartbeat).ok).toBe(true)
    })

    it('reports everything first', async () => {
      const report = await poll(source)
      expect(report.kind).toBe('all')
      expect(report.gone).toEqual([])
      expect(report.total).toBe(report.signals.length)
      expect(report.total).toBeGreaterThan(0)
    })

    it('reports only texts that are safe to show, and bounded rejections', async () => {
      const report = await poll(source)
      for (const { labels, annotations, startsAt } of report.signals) {
        for (const text of [...Object.entries(labels), ...Object.entries(annotations)].flat()) {
          expect(toPrintable(text, Number.POSITIVE_INFINITY)).toBe(text)
        }
        expect(Number.isFinite(startsAt)).toBe(true)
      }
      expect(report.rejections.length).toBeLessThanOrEqual(MAX_REJECTIONS)
      expect(new Set(report.signals.map(({ labels }) => keyOf(labels))).size).toBe(report.total)
    })

    it('presents a report again that was neither accepted nor forgotten', async () => {
      // Servers list what they have in whatever order.
      const sorted = ({ signals, ...rest }: SourceReport) => ({
        ...rest,
        signals: signals.toSorted((a, b) => (keyOf(a.labels) < keyOf(b.labels) ? -1 : 1)),
      })
      const first = await poll(source)
      expect(sorted(await poll(source))).toEqual(sorted(first))
    })

    it('reports nothing new after the report was accepted', async () => {
      const first = await poll(source)
      source.accept()
      const second = await poll(source)
      expect(second).toMatchObject({ kind: 'changes', signals: [], gone: [] })
      expect(second.total).toBe(first.total)
      expect(second.instance).toBe(first.instance)
    })

    it('reports everything again after forget', async () => {
      const first = await poll(source)
      source.accept()
      source.forget()
      const second = await poll(source)
      expect(second.kind).toBe('all')
      expect(listOf(second.signals)).toEqual(listOf(first.signals))
    })

    it('a poll that was forgotten does not count', async () => {
      await poll(source)
      source.forget()
      source.accept()
      expect((await poll(source)).kind).toBe('all')
    })

    it('reports each change until it is accepted, and never loses one', async () => {
      let known = apply(new Map(), await poll(source))
      source.accept()
      for (let round = 0; round < 4; round += 1) {
        await harness.change()
        const report = await poll(source)
        expect(report.kind).toBe('changes')
        expect(report.signals.length + report.gone.length).toBeGreaterThan(0)
        expect(await poll(source)).toEqual(report)
        known = apply(known, report)
        source.accept()
        expect(known.size).toBe(report.total)
      }
      source.forget()
      expect(listOf((await poll(source)).signals)).toEqual(known)
    })

    it('a change that was presented and not accepted is in the next report too', async () => {
      await poll(source)
      source.accept()
      await harness.change()
      const first = await poll(source)
      await harness.change()
      const second = await poll(source)
      // There and back again: compared with what was accepted, nothing happened.
      expect(first.signals.length + first.gone.length).toBeGreaterThan(0)
      expect(second.gone).toEqual([])
      expect(second.total).toBe(first.total + (first.gone.length > 0 ? 1 : -1))
    })

    it('tests without any effect', async () => {
      const report = await source.test(never())
      expect(report).toMatchObject({ isWorking: true, problem: null })
      expect(report.findings.length).toBeGreaterThan(0)
      expect((await poll(source)).kind).toBe('all')
      source.accept()
      await source.test(never())
      expect(await poll(source)).toMatchObject({ kind: 'changes', signals: [], gone: [] })
    })

    it('settles when it is called off, with a value', async () => {
      const controller = new AbortController()
      const result = source.poll(controller.signal)
      controller.abort()
      expect(typeof (await result).ok).toBe('boolean')
      expect(typeof (await source.test(controller.signal)).isWorking).toBe('boolean')
      expect((await poll(source)).kind).toBe('all')
    })

    it('closes twice, and settles even then', async () => {
      await poll(source)
      await source.close()
      await source.close()
      expect(typeof (await source.poll(never())).ok).toBe('boolean')
    })
  })
}
