import { describe, expect, it } from 'vitest'
import { toChatText, type ChatFacts } from '#shared/domain/summary/chat-text.ts'
import { fileNameOf } from '#shared/domain/summary/file-name.ts'
import { summaryOf, type IncidentSummary } from '#shared/domain/summary/summary.ts'
import { actorName } from '#shared/domain/actor/name.ts'
import { alertWith, incidentWith } from '#test/fixtures/watch-entities.ts'

const at = Date.UTC(2026, 10, 29, 3, 12)

const incident: IncidentSummary = {
  id: 'abc_1-2',
  title: 'Card payments fail',
  severity: 'P0',
  status: 'acknowledged',
  isDrill: false,
  startedAt: at,
  acknowledged: { at: at + 180_000, by: 'Ada Lovelace' },
  mitigated: null,
  snoozedUntil: null,
  resolved: null,
  closed: null,
  labels: { service: 'checkout' },
}

const facts: ChatFacts = {
  incident,
  asOf: null,
  place: 'checkout · prod-eu',
  alerts: '11 alerts, 3 suppressed',
  objects: ['checkout-1', 'checkout-2', 'checkout-3', 'checkout-4', 'checkout-5'],
  description: '\n1,200 customers cannot pay.\nMore of it.',
  links: [{ name: 'runbook', href: 'https://runbooks.example/pay' }],
}

const text = (over: Partial<ChatFacts> = {}) => toChatText({ ...facts, ...over }, () => '04:12 CET')
const textOf = (over: Partial<IncidentSummary>) => text({ incident: { ...incident, ...over } })

describe('the text for a chat', () => {
  it('says how bad, what, since when, who, how much, where to look', () => {
    expect(text()).toBe(
      [
        'P0 critical: Card payments fail (checkout · prod-eu)',
        'Since 2026-11-29 03:12 UTC (04:12 CET)',
        'Acknowledged by Ada Lovelace, 2026-11-29 03:15 UTC',
        'Alerts: 11 alerts, 3 suppressed: checkout-1, checkout-2, checkout-3 and 2 more',
        '1,200 customers cannot pay.',
        'Runbook: https://runbooks.example/pay',
        'In Deckwatch: deckwatch://incident/abc_1-2',
      ].join('\n'),
    )
  })

  it.each(['03:12 UTC', '03:12 GMT'])('says the time once where it is %s there', (there) => {
    expect(toChatText(facts, () => there)).toContain('Since 2026-11-29 03:12 UTC\n')
  })

  it('says first for whom it is, where it is confidential, and calls nobody by that', () => {
    const [first] = textOf({ confidentialFor: ['Ada', '<!here>'] }).split('\n')
    expect(first).toMatch(/^CONFIDENTIAL: for Ada, .* and the owner of this Deckwatch only$/)
    expect(first).not.toContain('<!here>')
  })

  it('leaves out what is not known, and does not say the title twice', () => {
    const lines = text({ place: '', objects: [], links: [], description: incident.title })
    expect(lines.split('\n')).toEqual([
      'P0 critical: Card payments fail',
      'Since 2026-11-29 03:12 UTC (04:12 CET)',
      'Acknowledged by Ada Lovelace, 2026-11-29 03:15 UTC',
      'Alerts: 11 alerts, 3 suppressed',
      'In Deckwatch: deckwatch://incident/abc_1-2',
    ])
  })

  it('says how it stands', () => {
    const step = { at, by: 'Bo' }
    expect(textOf({ status: 'triggered' })).toContain('\nUnacknowledged\n')
    expect(textOf({ status: 'triggered', snoozedUntil: at })).toContain(
      '\nUnacknowledged, snoozed until 2026-11-29 03:12 UTC\n',
    )
    expect(textOf({ snoozedUntil: at })).toContain(', snoozed until 2026-11-29 03:12 UTC\n')
    expect(textOf({ status: 'resolved', resolved: step })).toContain('\nResolved by Bo, 2026-')
    expect(textOf({ status: 'closed', closed: step })).toContain('\nClosed by Bo, 2026-')
    expect(textOf({ status: 'closed' })).toContain('\nClosed\n')
  })

  it('says of a drill that it is one, before all else', () => {
    expect(textOf({ isDrill: true })).toMatch(/^DRILL, not a real incident\. P0 critical: /)
  })

  it('says that it is old when it is', () => {
    expect(text({ asOf: at }).split('\n')[1]).toBe(
      'Not current: as of 2026-11-29 03:12 UTC, Deckwatch is unreachable',
    )
  })

  it('calls nobody, hides nothing and stays a line for each fact, whatever labels say', () => {
    const evil = '<!channel> @here\n/invite\u202E\u200B```[a](b)'
    const lines = text({
      incident: {
        ...incident,
        title: evil,
        acknowledged: { at, by: '@everyone' },
      },
      place: evil,
      objects: [evil, '<@U123>'],
      description: `x ${'y'.repeat(400)}${evil}`,
      links: [{ name: 'dashboard', href: 'https://grafana.example/@here?x=1' }],
    }).split('\n')
    expect(lines).toHaveLength(7)
    expect(lines.join('\n')).not.toMatch(/<[!@]|@\w|[\u202E\u200B]|```|\]\(/)
    expect(lines[4]).toHaveLength(301)
    expect(text({ incident: { ...incident, title: 'a\u202Eb' } })).toContain('a⟨U+202E⟩b')
    expect(lines[5]).toBe('Dashboard: https://grafana.example/%40here?x=1')
  })

  it('is never cut between the halves of a character', () => {
    expect(text({ description: `${'y'.repeat(299)}😀 and more` })).toContain(`${'y'.repeat(299)}…`)
  })
})

describe('summaryOf', () => {
  const sources = new Map([
    ['practice', { type: 'drill' }],
    ['am-eu', { type: 'alertmanager' }],
  ])
  const seenBy = (key: string, ...ids: string[]) => {
    const observation = {
      presence: 'present' as const,
      startsAt: at,
      generatorUrl: null,
      receivers: [],
      suppression: null,
    }
    return alertWith({ key, observations: Object.fromEntries(ids.map((id) => [id, observation])) })
  }
  const isDrill = (...alerts: ReturnType<typeof alertWith>[]) =>
    summaryOf(incidentWith({ id: 'i1' }), alerts, sources, actorName).isDrill

  it('tells a drill from what is real, also when it is over or not known', () => {
    expect(isDrill(seenBy('a', 'practice'), seenBy('b', 'practice'))).toBe(true)
    expect(isDrill(seenBy('a', 'practice'), seenBy('b', 'practice', 'am-eu'))).toBe(false)
    expect(isDrill(alertWith({ key: 'a', status: 'resolved', endedBy: 'practice' }))).toBe(true)
    expect(isDrill(alertWith({ key: 'a', status: 'resolved', endedBy: 'am-eu' }))).toBe(false)
    expect(isDrill(seenBy('a', 'unknown'))).toBe(false)
    expect(isDrill()).toBe(false)
  })
})

describe('the name of an exported file', () => {
  const name = (title: string, over: Partial<IncidentSummary> = {}) =>
    fileNameOf({ ...incident, title, ...over }, 'md')

  it('says when and what', () => {
    expect(name('Card payments fail')).toBe('deckwatch-2026-11-29-card-payments-fail.md')
    expect(name('Ärger: 5 % Verlust')).toBe('deckwatch-2026-11-29-arger-5-verlust.md')
    expect(name('Fail', { isDrill: true })).toBe('deckwatch-drill-2026-11-29-fail.md')
    expect(fileNameOf(incident, 'json')).toMatch(/\.json$/)
    expect(fileNameOf({ ...incident, isDrill: true }, 'html', 'evidence')).toMatch(
      /^deckwatch-evidence-drill-2026-11-29-.*\.html$/,
    )
  })

  it.each(['../../etc/passwd', 'C:\\con', '\u202Egnp.exe', '支付失败', '', '-', 'x'.repeat(500)])(
    'is one that every system takes, and no path, of %j',
    (title) => {
      expect(name(title)).toMatch(/^deckwatch-2026-11-29-[a-z0-9](?:[a-z0-9-]{0,59})\.md$/)
      expect(name(title)).not.toContain('-.')
    },
  )

  it('holds without a day that a calendar has', () => {
    expect(name('Fail', { startedAt: 1e20 })).toBe('deckwatch-undated-fail.md')
  })
})
