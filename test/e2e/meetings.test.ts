import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Actor } from '#shared/domain/actor/schema.ts'
import { weekDayOf } from '#shared/domain/meeting/day.ts'
import type { EventBody, NewEvent } from '#shared/domain/watch/event.ts'
import { opened, valueOf } from '#test/contract/journal-fixtures.ts'
import {
  makeHome,
  startDeckwatch,
  type DeckwatchProcess,
  type Home,
} from '#test/fixtures/deckwatch-process.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { accessibilityDefects, layouts } from './accessibility.ts'
import { launchChromium, openPage, type WatchedPage } from './browser.ts'

const shots = 'test-results/screenshots'
const PATIENCE = { timeout: 30_000 }
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

const ada: Actor = { kind: 'person', id: 'ada', name: 'Ada' }
const deckwatchItself: Actor = { kind: 'deckwatch' }

/** What happened before: a P0 at night, an open P1 that nobody has, and an alert that is noise. */
function story(now: number): readonly NewEvent[] {
  const events: NewEvent[] = []
  const add = (agoMs: number, actor: Actor, body: EventBody) => {
    events.push({ id: `story-${String(events.length)}`, at: now - agoMs, actor, body })
  }
  const on = { incidentId: 'noise' } as const
  add(50 * HOUR_MS, deckwatchItself, {
    ...{ type: 'incident.triggered', ...on, groupKey: 'noise', group: {}, title: 'CPU is high' },
    ...{ severity: 'P3', startedAt: now - 50 * HOUR_MS, decisions: [] },
  })
  for (let count = 0; count < 12; count += 1) {
    add((49 - count) * HOUR_MS, deckwatchItself, {
      ...{ type: 'alert.fired', ...on, key: 'cpu', alertId: `cpu-${String(count)}` },
      ...{ labels: { alertname: 'HighCPU' }, annotations: {}, startsAt: now, sourceId: 'am-eu' },
      ...{ observations: {}, suppression: [], severity: 'P3', decisions: [] },
    })
  }
  add(30 * HOUR_MS, deckwatchItself, { type: 'incident.resolved', ...on, stillFiring: 0 })
  add(29 * HOUR_MS, deckwatchItself, { type: 'incident.closed', ...on })
  const declare = (agoMs: number, id: string, title: string, severity: 'P0' | 'P1') => {
    add(agoMs, ada, {
      ...{ type: 'incident.declared', incidentId: id, groupKey: id, group: {} },
      ...{ title, severity, description: null },
    })
  }
  declare(4 * HOUR_MS, 'checkout', 'Checkout is failing', 'P0')
  add(4 * HOUR_MS, ada, { type: 'incident.acknowledged', incidentId: 'checkout' })
  declare(3 * HOUR_MS, 'search', 'Search is slow', 'P1')
  return events
}

/** Meetings that have just begun, whatever the time is. */
function rhythm(now: number): string {
  const time = (agoMs: number) => {
    // Of yesterday it would be another day's meeting.
    const midnight = now - (now % (24 * HOUR_MS))
    return new Date(Math.max(midnight, now - agoMs)).toISOString().slice(11, 16)
  }
  const everyDay = 'days: [mon, tue, wed, thu, fri, sat, sun]'
  const today = weekDayOf(new Date(now).toISOString().slice(0, 10))
  return `zone: UTC
meetings:
  morning: { at: "${time(30 * MINUTE_MS)}", ${everyDay} }
  afternoon: { at: "${time(MINUTE_MS)}", ${everyDay} }
  evening: { at: "${time(20 * HOUR_MS)}", ${everyDay} }
  weekly: { at: "${time(2 * MINUTE_MS)}", days: [${today}] }
`
}

/** One story, told in order: each step stands on the one before it. */
describeWith(['chromium'], 'meetings', () => {
  let home: Home
  let deckwatch: DeckwatchProcess
  let browser: Browser
  let context: BrowserContext

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    home = makeHome()
    home.configure(`me: ada
notifications: { desktop: false }
people:
  - { id: ada, name: Ada }
  - { id: bo, name: Bo }
sources:
  - type: alertmanager
    name: am-eu
    url: http://127.0.0.1:9
    interval: 1h
`)
    const now = Date.now()
    writeFileSync(join(dirname(home.config), 'rhythm.yaml'), rhythm(now))
    const journal = opened(home.data)
    valueOf(journal.append(story(now), []))
    journal.close()
    deckwatch = await startDeckwatch(home)
    browser = await launchChromium()
  })
  afterEach(async () => {
    await context.close()
  })
  afterAll(async () => {
    await browser.close()
    await deckwatch.stop()
    home.remove()
  })

  async function open(
    size: { width: number; height: number } = { width: 1280, height: 800 },
    colorScheme: 'dark' | 'light' = 'dark',
  ) {
    context = await browser.newContext({ viewport: size, colorScheme, timezoneId: 'UTC' })
    const watched = await openPage(
      context,
      deckwatch.url,
      // The engine is stopped: what is under way then fails in one way or another.
      (text) => /WebSocket|net::ERR_(?:CONNECTION_(?:REFUSED|RESET)|EMPTY_RESPONSE)/.test(text),
    )
    await watched.page.getByRole('main').waitFor(PATIENCE)
    return { watched, page: watched.page }
  }
  async function goTo(page: Page, meeting: string): Promise<void> {
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').waitFor(PATIENCE)
    await page.keyboard.type(meeting)
    await page.getByRole('option', { name: meeting }).first().waitFor(PATIENCE)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: meeting, pressed: true }).waitFor(PATIENCE)
  }
  const says = (page: Page, text: string | RegExp) =>
    page.getByText(text).filter({ visible: true }).first().waitFor(PATIENCE)
  const finished = ({ complaints }: WatchedPage) => {
    expect(complaints).toEqual([])
  }

  it('are said to be due, and their agenda is there with what happened', async () => {
    const { watched, page } = await open()
    await says(page, /^Morning review due since/)
    await page.screenshot({ path: `${shots}/meeting-due-1280.png` })
    await goTo(page, 'Morning review')
    await says(page, /^Checkout is failing: acknowledged by Ada, open for /)
    await says(page, /^Search is slow: unacknowledged, open for /)
    await says(page, 'No owner: Search is slow')
    expect(await accessibilityDefects(page)).toEqual([])
    await page.screenshot({ path: `${shots}/meeting-morning-1280.png`, fullPage: true })
    finished(watched)
  })

  it('decide by keyboard in the morning; the afternoon asks for it', async () => {
    const { watched, page } = await open()
    await goTo(page, 'Morning review')
    await says(page, 'No owner: Search is slow')
    await page.keyboard.press('w')
    await page.keyboard.type('Move the deployment to tomorrow')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Bo')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Deploy')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await says(page, /^Bo · Deployment window ·/)
    await page.keyboard.press('h')
    await says(page, /^Held .*, recorded by Ada$/)

    await page.keyboard.press('ArrowRight')
    await page.getByRole('button', { name: 'Afternoon check', pressed: true }).waitFor(PATIENCE)
    await says(page, 'Decided earlier today')
    await page.screenshot({ path: `${shots}/meeting-afternoon-1280.png` })
    await page.keyboard.press('j')
    await page.keyboard.press('d')
    await says(page, 'Move the deployment to tomorrow (Bo): done by Ada')
    await says(page, 'No open decision')
    finished(watched)
  })

  it('propose in the weekly review what is refused with a reason, or becomes a task', async () => {
    const { watched, page } = await open()
    await goTo(page, 'Weekly review')
    await says(page, 'Add a silence rule for HighCPU')
    await says(page, 'It fired 12 times in 1 incident, and nobody did anything about it')
    expect(await accessibilityDefects(page)).toEqual([])
    await page.screenshot({ path: `${shots}/meeting-weekly-1280.png`, fullPage: true })
    await page.keyboard.press('k')
    await page.keyboard.press('r')
    await page.getByRole('textbox', { name: 'Why not?' }).waitFor(PATIENCE)
    await page.keyboard.type('It is replaced next week')
    await page.keyboard.press('Enter')
    await says(page, 'Ada refused this (“It is replaced next week”)')
    finished(watched)
  })

  it('lead to the incident of a line', async () => {
    const { watched, page } = await open()
    await goTo(page, 'Morning review')
    await says(page, 'No owner: Search is slow')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Search is slow' }).first().waitFor(PATIENCE)
    finished(watched)
  })

  it.each(layouts)('are usable and accessible in %s at %i × %i', async (scheme, width, height) => {
    const { watched, page } = await open({ width, height }, scheme)
    for (const meeting of ['Morning review', 'Evening preparation']) {
      await goTo(page, meeting)
      await page.getByRole('heading', { name: 'Add a decision' }).waitFor(PATIENCE)
      expect(await accessibilityDefects(page)).toEqual([])
      const name = meeting.toLowerCase().replace(' ', '-')
      await page.screenshot({ path: `${shots}/${name}-${scheme}-${String(width)}.png` })
    }
    finished(watched)
  })

  it('stay readable without the engine, and say why nothing can be recorded', async () => {
    const { watched, page } = await open({ width: 1280, height: 800 }, 'light')
    await goTo(page, 'Morning review')
    await says(page, 'No owner: Search is slow')
    await deckwatch.stop()
    await says(page, /^Connection to Deckwatch lost/)
    await says(page, 'No owner: Search is slow')
    const record = page.getByRole('button', { name: 'Record', exact: true })
    expect(await record.getAttribute('aria-disabled')).toBe('true')
    expect(await record.getAttribute('title')).not.toBeNull()
    await page.keyboard.press('ArrowRight')
    await says(page, /this agenda was not read before/)
    expect(await accessibilityDefects(page)).toEqual([])
    await page.screenshot({ path: `${shots}/meeting-offline-1280.png` })
    finished(watched)
  })
})
