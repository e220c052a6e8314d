import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sceneAt, scenes, STORY_LENGTH_MS } from '#electron/vendors/drill/plot/scenes.ts'
import { STORM_SIZE, stormSeconds } from '#electron/vendors/drill/plot/storm.ts'
import { storyAt, storyOf, type StoryAlert } from '#electron/vendors/drill/story.ts'
import { defaultConfiguration } from '#test/fixtures/configuration.ts'
import { classifySeverity, severityRules } from '#shared/domain/configuration/severity-rules.ts'
import { labelsText } from './stage.ts'

const seeds = fc.integer({ min: 0, max: 2_147_483_647 })
const loops = fc.integer({ min: 0, max: 1_000 })
const instants = fc.integer({ min: 0, max: STORY_LENGTH_MS - 1 })

const named = (alerts: readonly StoryAlert[], alertname: string) =>
  alerts.filter(({ labels }) => labels['alertname'] === alertname)
const isStorm = ({ labels }: StoryAlert) => labels['service'] === 'courier-dispatch'
const names = (atSeconds: number) => [
  ...new Set(storyAt(1, 0, atSeconds * 1_000).map(({ labels }) => labels['alertname'])),
]

describe('the story', () => {
  it('is the same for the same seed and loop', () => {
    fc.assert(
      fc.property(seeds, loops, instants, (seed, loop, at) => {
        expect(storyAt(seed, loop, at)).toEqual(storyAt(seed, loop, at))
      }),
      { numRuns: 25 },
    )
  })

  it('is another one for another seed, and for the next telling', () => {
    const pods = (seed: number, loop: number) =>
      storyAt(seed, loop, 200_000).map(({ labels }) => labels['pod'])
    expect(pods(1, 0)).not.toEqual(pods(2, 0))
    expect(pods(1, 0)).not.toEqual(pods(1, 1))
  })

  it('has a storm of exactly 300 alerts in five groups, for every seed', () => {
    fc.assert(
      fc.property(seeds, loops, (seed, loop) => {
        const height = fc.sample(
          fc.integer({ min: stormSeconds.peak * 1_000, max: stormSeconds.recovery * 1_000 - 1 }),
          3,
        )
        for (const at of height) {
          const alerts = storyAt(seed, loop, at).filter(isStorm)
          expect(alerts).toHaveLength(STORM_SIZE)
          const groups = new Set(
            alerts.map(({ labels }) =>
              defaultConfiguration.groupBy.map((name) => labels[name]).join(),
            ),
          )
          expect(groups.size).toBe(5)
        }
        for (const at of [stormSeconds.begin * 1_000 - 1, stormSeconds.end * 1_000 + 1]) {
          expect(storyAt(seed, loop, at).filter(isStorm)).toEqual([])
        }
      }),
      { numRuns: 25 },
    )
    expect(STORM_SIZE).toBe(300)
  })

  it('never lists one label set twice, for every seed', () => {
    fc.assert(
      fc.property(seeds, loops, (seed, loop) => {
        const actors = storyOf(seed, loop)
        expect(new Set(actors.map(({ labels }) => labelsText(labels))).size).toBe(actors.length)
      }),
      { numRuns: 25 },
    )
  })

  it('keeps the start of an alert for as long as it runs, and never starts one in the future', () => {
    fc.assert(
      fc.property(seeds, instants, (seed, at) => {
        const before = new Map(
          storyAt(seed, 0, at).map(({ labels, sinceMs }) => [labelsText(labels), sinceMs]),
        )
        const moved = storyAt(seed, 0, at + 1).filter(({ labels, sinceMs }) => {
          const known = before.get(labelsText(labels))
          return (sinceMs ?? 0) > at + 1 || (known !== undefined && known !== sinceMs)
        })
        expect(moved).toEqual([])
      }),
      { numRuns: 25 },
    )
  })

  it('is told in order: calm, latency, payments, errors, worse, storm, recovery, calm', () => {
    expect(names(0)).toEqual(['Watchdog', 'NodeFilesystemFillingUp'])
    expect(names(4.9)).toEqual(names(0))
    expect(names(5)).toContain('CheckoutLatencyHigh')
    expect(names(24.9)).not.toContain('CardPaymentsFailing')
    expect(names(25)).toContain('CardPaymentsFailing')
    expect(names(44.9)).not.toContain('OrderErrorRateHigh')
    expect(names(45)).toContain('OrderErrorRateHigh')
    expect(named(storyAt(1, 0, 61_999), 'CheckoutLatencyHigh')).toHaveLength(1)
    expect(named(storyAt(1, 0, 62_000), 'CheckoutLatencyHigh')).toHaveLength(2)
    expect(names(200)).toContain('CourierAssignmentSlow')
    expect(names(275)).not.toContain('CourierAssignmentSlow')
    expect(names(275)).toContain('CardPaymentsFailing')
    expect(names(290)).not.toContain('CardPaymentsFailing')
    expect(names(345)).toEqual(names(0))
    expect(names(419)).toEqual(names(0))
  })

  it('names its scenes in order, all within the telling', () => {
    const starts = scenes.map(({ fromMs }) => fromMs)
    expect(starts).toEqual([...starts].sort((a, b) => a - b))
    expect(starts[0]).toBe(0)
    expect(Math.max(...starts)).toBeLessThan(STORY_LENGTH_MS)
    expect(sceneAt(0)).toBe('A quiet shift')
    expect(sceneAt(24_999)).toBe('Checkout slows down')
    expect(sceneAt(25_000)).toBe('Card payments fail')
    expect(sceneAt(STORY_LENGTH_MS)).toBe('Quiet again')
  })

  it('has an alert that arrives silenced by a person, and one that arrives inhibited', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const actors = storyOf(seed, 0)
        const firstLook = (alertname: string) => {
          const actor = actors.find(({ labels }) => labels['alertname'] === alertname)
          return named(storyAt(seed, 0, actor?.fires?.[0]?.fromMs ?? -1), alertname)[0]?.hold
        }
        expect(firstLook('SearchIndexStale')).toEqual({
          kind: 'silence',
          createdBy: 'alice@pronto.example',
          comment: 'Rebuilding the search index after the menu import, CHG-2231',
          lastsMs: 7_200_000,
        })
        expect(firstLook('PaymentRetriesHigh')).toEqual({
          kind: 'inhibition',
          by: 'CardPaymentsFailing',
        })
      }),
      { numRuns: 10 },
    )
  })

  it('inhibits the milder latency alert only while the worse one fires', () => {
    const milder = (at: number) =>
      named(storyAt(1, 0, at), 'CheckoutLatencyHigh').find(
        ({ labels }) => labels['severity'] === 'high',
      )?.hold?.kind
    expect(milder(61_999)).toBeUndefined()
    expect(milder(62_000)).toBe('inhibition')
    expect(milder(304_999)).toBe('inhibition')
    expect(milder(305_000)).toBeUndefined()
  })

  it('never inhibits an alert without the one that inhibits it', () => {
    fc.assert(
      fc.property(seeds, instants, (seed, at) => {
        const alerts = storyAt(seed, 0, at)
        for (const { hold } of alerts) {
          if (hold?.kind !== 'inhibition') continue
          const [name = ''] = hold.by.split(' ')
          expect(named(alerts, name).some((other) => other.hold === null)).toBe(true)
        }
      }),
      { numRuns: 50 },
    )
  })

  it('has one alert that changes often enough to count as flapping by the default rule', () => {
    fc.assert(
      fc.property(seeds, loops, (seed, loop) => {
        const changes = storyOf(seed, loop)
          .map(({ fires }) => (fires ?? []).flatMap(({ fromMs, untilMs }) => [fromMs, untilMs]))
          .filter((times) => times.length >= defaultConfiguration.flapping.changes)
        expect(changes).toHaveLength(1)
        const [times = []] = changes
        // At speed 1, a poll each second: no change is shorter than a few polls.
        const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0))
        expect(Math.min(...gaps)).toBeGreaterThanOrEqual(5_000)
        expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThan(4 * 60_000)
      }),
      { numRuns: 25 },
    )
  })

  it("mixes the vendors' words for severity, one of them known to no rule", () => {
    const rules = severityRules([])
    const alerts = [...storyAt(1, 0, 90_000), ...storyAt(1, 0, 200_000)]
    const bySeverity = new Map<string, Set<string>>()
    const unknown = new Set<string>()
    for (const { labels } of alerts) {
      const { severity, decision } = classifySeverity(labels, rules)
      const word = labels['severity'] ?? ''
      bySeverity.set(severity, (bySeverity.get(severity) ?? new Set()).add(word))
      if (decision.startsWith('unknown-severity')) unknown.add(word)
    }
    expect([...unknown]).toEqual(['amber'])
    expect(bySeverity.get('P0')).toEqual(new Set(['critical']))
    expect(bySeverity.get('P1')).toEqual(new Set(['high', 'page']))
    expect(bySeverity.get('P2')).toEqual(new Set(['warning', 'amber']))
    expect(bySeverity.get('P3')).toEqual(new Set(['none', 'ticket']))
  })

  it('tells of each alert who is hit, with figures and with links to the company only', () => {
    for (const alert of [...storyAt(1, 0, 90_000), ...storyAt(1, 0, 200_000)]) {
      const { summary, description, runbook_url, dashboard_url } = alert.annotations
      expect(summary?.length).toBeGreaterThan(20)
      expect(summary?.length).toBeLessThan(90)
      expect(description?.length).toBeGreaterThan(20)
      expect(runbook_url).toMatch(/^https:\/\/runbooks\.pronto\.example\/[\w-]+\/\w+$/)
      expect(dashboard_url).toMatch(/^https:\/\/grafana\.pronto\.example\/d\/[\w-]+\?var-cluster=/)
    }
  })
})
