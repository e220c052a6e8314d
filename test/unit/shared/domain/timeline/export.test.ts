import { describe, expect, it } from 'vitest'
import type { IncidentSummary } from '#shared/domain/summary/summary.ts'
import { toJsonFile } from '#shared/domain/timeline/export-json.ts'
import { MAY_BE_INCOMPLETE, toMarkdownFile } from '#shared/domain/timeline/export-markdown.ts'
import {
  exportedIncidentSchema,
  toExport,
  type WordedEntry,
} from '#shared/domain/timeline/export-record.ts'
import type { MarkedEntry } from '#shared/domain/timeline/marked.ts'
import { parsedMarkdown } from '../text/parsed-markdown.ts'

const at = Date.UTC(2026, 10, 29, 3, 12)
const ada = { kind: 'person', id: 'ada', name: 'ada' } as const

const incident: IncidentSummary = {
  id: 'abc',
  title: 'Card payments fail',
  severity: 'P0',
  status: 'resolved',
  isDrill: false,
  startedAt: at,
  acknowledged: { at: at + 60_000, by: 'Ada Lovelace' },
  mitigated: null,
  snoozedUntil: null,
  resolved: { at: at + 120_000, by: 'Ada Lovelace' },
  closed: null,
  labels: { service: 'checkout' },
}

function worded(over: Partial<MarkedEntry>, who: string | null = null): WordedEntry {
  const entry: MarkedEntry = {
    seq: 1,
    at,
    actor: { kind: 'deckwatch' },
    kind: 'incident',
    type: 'incident.triggered',
    text: 'Incident opened',
    isDeed: who !== null,
    count: 1,
    last: { seq: 1, at: over.at ?? at },
    isStarred: false,
    correction: null,
    ...over,
  }
  return { entry, who, text: entry.text, correctedBy: null }
}

const entries = [
  worded({}),
  worded({
    kind: 'alert',
    type: 'alert.fired',
    text: 'Alert fired: Pod crashes (am)',
    objects: ['shop/cart-1', 'shop/cart-2', 'shop/cart-3'],
    count: 300,
    last: { seq: 9, at: at + 30_000 },
  }),
  worded({ actor: ada, kind: 'person', text: 'snoozed the incident until', until: at }, 'Ada L.'),
  worded({ actor: ada, kind: 'note', text: 'Rolled back\nrelease 42', at: at + 60_000 }, 'Ada L.'),
  worded(
    { actor: { ...ada, saidAt: at + 1_000 }, kind: 'person', text: 'acknowledged', at: at + 9_000 },
    'Ada L.',
  ),
]

const exportOf = (over: Partial<Parameters<typeof toExport>[0]> = {}) =>
  toExport({ incident, entries, isComplete: true, now: at + 3_600_000, ...over })

describe('an exported timeline', () => {
  it('is a Markdown file with the facts and each line, in UTC', () => {
    expect(toMarkdownFile(exportOf())).toBe(`# Card payments fail

- Severity: P0 critical
- Status: resolved
- Started: 2026-11-29T03:12:00.000Z
- Acknowledged: 2026-11-29T03:13:00.000Z by Ada Lovelace
- Resolved: 2026-11-29T03:14:00.000Z by Ada Lovelace
- Label service: checkout
- Incident: abc
- Exported: 2026-11-29T04:12:00.000Z

## Timeline

- 2026-11-29T03:12:00.000Z Incident opened
- 2026-11-29T03:12:00.000Z Alert fired: Pod crashes (am): shop/cart-1, shop/cart-2 and 1 more (×300)
- 2026-11-29T03:12:00.000Z Ada L. snoozed the incident until 2026-11-29T03:12:00.000Z
- 2026-11-29T03:13:00.000Z Ada L. noted: Rolled back\\
  release 42
- 2026-11-29T03:12:01.000Z Ada L. acknowledged (delivered 2026-11-29T03:12:09.000Z)
`)
  })

  it('is one JSON object of a shape with a version', () => {
    const text = toJsonFile(exportOf())
    const read = exportedIncidentSchema.strict().parse(JSON.parse(text))
    expect(read).toEqual(exportOf())
    expect(read).toMatchObject({ format: 'deckwatch-incident', version: 1 })
    expect(read.timeline.entries[3]).toEqual({
      at: '2026-11-29T03:13:00.000Z',
      recordedAt: '2026-11-29T03:13:00.000Z',
      by: { kind: 'person', name: 'Ada L.' },
      kind: 'note',
      type: 'incident.triggered',
      text: 'Rolled back\nrelease 42',
      until: null,
      count: 1,
      lastAt: '2026-11-29T03:13:00.000Z',
    })
  })

  it('has what is said after a time, with nothing in it that becomes Markdown', () => {
    const silenced = worded(
      { actor: ada, kind: 'person', text: 'silenced until', until: at, detail: 'in am: a="*x*"' },
      'Ada L.',
    )
    const exported = exportOf({ entries: [silenced] })
    expect(exported.timeline.entries).toMatchObject([{ detail: 'in am: a="*x*"' }])
    expect(toMarkdownFile(exported)).toContain(
      'Ada L. silenced until 2026-11-29T03:12:00.000Z in am: a="\\*x\\*"',
    )
  })

  it('says that it may be incomplete, that there is nothing, and that it is a drill', () => {
    expect(toMarkdownFile(exportOf())).not.toContain(MAY_BE_INCOMPLETE)
    const partial = exportOf({
      isComplete: false,
      entries: [],
      incident: { ...incident, isDrill: true },
    })
    expect(toMarkdownFile(partial)).toContain(`\n${MAY_BE_INCOMPLETE}\n`)
    expect(toMarkdownFile(partial)).toContain('\nNo entries\n')
    expect(toMarkdownFile(partial)).toContain('**Drill: practice, not a real incident**')
    expect(partial).toMatchObject({ incident: { isDrill: true }, timeline: { isComplete: false } })
  })

  it('holds no more than its schema says, whatever else is known', () => {
    const secret = 'keychain-secret-7'
    const more = { ...incident, auth: { password: secret } }
    const lines = entries.map((each) => ({ ...each, entry: { ...each.entry, token: secret } }))
    const exported = exportOf({ incident: more, entries: lines })
    expect(toJsonFile(exported) + toMarkdownFile(exported)).not.toContain(secret)
  })

  it('shows hostile texts word for word, and nothing that hides', () => {
    const evil = '# <img src=x onerror=alert(1)> [a](javascript:b) | `x`\n\n- @here\u202E'
    const exported = exportOf({
      incident: {
        ...incident,
        title: evil,
        resolved: { at, by: evil },
        labels: { [evil]: evil },
      },
      entries: [worded({ text: evil }), worded({ actor: ada, kind: 'note', text: evil }, evil)],
    })
    const markdown = toMarkdownFile(exported)
    const { kinds, shown } = parsedMarkdown(markdown)
    expect([...kinds].toSorted()).toEqual(
      ['break', 'heading', 'list', 'listItem', 'paragraph', 'root', 'text'].toSorted(),
    )
    expect(shown).toContain(
      'noted: # <img src=x onerror=alert(1)> [a](javascript:b) | `x`\n\n- @ here⟨U+202E⟩',
    )
    expect(markdown).not.toMatch(/@\w|\u202E/)
    expect(markdown.match(/^#/gm)).toHaveLength(2)
    expect(toJsonFile(exported)).not.toContain('\u202E')
  })

  it('holds with times that no calendar has', () => {
    const exported = exportOf({ entries: [worded({ actor: { ...ada, saidAt: 1e20 } })] })
    expect(toMarkdownFile(exported)).toContain('- unknown time Incident opened\n')
  })
})

describe('an export of a confidential incident', () => {
  const confidential = { ...incident, confidentialFor: ['Ada', 'Bo'] }
  const exported = toExport({ incident: confidential, entries: [], isComplete: true, now: at })

  it('says so before anything else, and for whom', () => {
    expect(toMarkdownFile(exported).split('\n').slice(0, 3)).toEqual([
      '# Card payments fail',
      '',
      '- **CONFIDENTIAL: for Ada, Bo and the owner of this Deckwatch only**',
    ])
    expect(JSON.parse(toJsonFile(exported))).toMatchObject({
      incident: { confidentialFor: ['Ada', 'Bo'] },
    })
    const none = { ...incident, confidentialFor: [] }
    const ofOwner = toExport({ incident: none, entries: [], isComplete: true, now: at })
    expect(toMarkdownFile(ofOwner)).toContain('CONFIDENTIAL: for the owner of this Deckwatch only')
  })
})
