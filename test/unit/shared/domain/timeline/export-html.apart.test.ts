// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import type { IncidentSummary } from '#shared/domain/summary/summary.ts'
import { toHtmlFile, type ExportedImage } from '#shared/domain/timeline/export-html.ts'
import { toMarkdownFile } from '#shared/domain/timeline/export-markdown.ts'
import { exportedIncidentSchema, toExport } from '#shared/domain/timeline/export-record.ts'
import type { MarkedEntry } from '#shared/domain/timeline/marked.ts'

const at = Date.UTC(2026, 10, 29, 3, 40)
const ada = { kind: 'person', id: 'ada', name: 'Ada' } as const
const HOSTILE = `</style><script>alert(1)</script><img src=x onerror="alert(1)">&'"`
const hash = 'a'.repeat(64)

const incident: IncidentSummary = {
  id: 'abc',
  title: `Pay ${HOSTILE}`,
  severity: 'P0',
  status: 'resolved',
  isDrill: true,
  startedAt: at,
  acknowledged: { at, by: HOSTILE },
  mitigated: null,
  snoozedUntil: null,
  resolved: null,
  closed: null,
  labels: { [HOSTILE]: HOSTILE },
}

function worded(over: Partial<MarkedEntry>, who: string | null = null) {
  const entry: MarkedEntry = {
    seq: 1,
    at,
    actor: ada,
    kind: 'person',
    type: 'incident.acknowledged',
    text: 'acknowledged the incident',
    isDeed: who !== null,
    count: 1,
    last: { seq: 1, at },
    isStarred: false,
    correction: null,
    ...over,
  }
  const { correction, text } = entry
  return { entry, who, text, correctedBy: correction ? 'Bo' : null }
}

const image = {
  imageId: 'i',
  name: HOSTILE,
  mediaType: 'image/png' as const,
  size: 2_000_000,
  hash,
  caption: HOSTILE,
}
const correction = { text: `One ${HOSTILE}`, by: ada, at: at + 60_000, seq: 9 }
const exported = toExport({
  incident,
  entries: [
    worded({
      kind: 'alert',
      actor: { kind: 'source', id: 'am' },
      text: HOSTILE,
      count: 3,
      objects: [HOSTILE],
    }),
    worded({ kind: 'note', text: `Two ${HOSTILE}`, isStarred: true, correction }, HOSTILE),
    worded({ kind: 'note', text: 'Called', happenedAt: at - 1_800_000 }, 'Ada'),
    worded({ text: 'snoozed the incident until', until: at, detail: HOSTILE }, 'Ada'),
    worded({ actor: { ...ada, saidAt: at - 9_000 } }, 'Ada'),
    worded({ type: 'image.added', text: 'added an image: Latency', image }, 'Ada'),
  ],
  isComplete: false,
  now: at + 3_600_000,
})

const shown = (images: readonly (readonly [string, ExportedImage])[]) =>
  new DOMParser().parseFromString(toHtmlFile(exported, new Map(images)), 'text/html')

describe('an exported timeline as HTML', () => {
  const page = shown([[hash, { kind: 'whole', base64: 'QUJD' }]])
  const rows = [...page.querySelectorAll('tbody tr')].map((row) =>
    [...row.children].map(({ textContent }) => textContent),
  )

  it('says what happened when, with stars, corrections and times that were remembered', () => {
    expect(rows).toEqual([
      ['2026-11-29 03:40:00', `${HOSTILE}: ${HOSTILE} (×3)`],
      [
        '2026-11-29 03:40:00',
        `★ ${HOSTILE} noted: Two ${HOSTILE}One ${HOSTILE} (corrected 2026-11-29 03:41:00 by Bo)`,
      ],
      ['2026-11-29 03:10:00', 'Ada noted: Called (added 2026-11-29 03:40:00)'],
      ['2026-11-29 03:40:00', `Ada snoozed the incident until 2026-11-29 03:40:00 ${HOSTILE}`],
      ['2026-11-29 03:39:51', 'Ada acknowledged the incident (delivered 2026-11-29 03:40:00)'],
      ['2026-11-29 03:40:00', 'Ada added an image: Latency'],
    ])
    expect(page.querySelector('del')?.textContent).toBe(`Two ${HOSTILE}`)
    expect(page.body.textContent).toContain('Drill: practice')
    expect(page.body.textContent).toContain('This timeline may be incomplete')
  })

  it('shows its images and nothing else: no script, no address, no style but its own', () => {
    expect(page.querySelectorAll('script, link, iframe, object, form, svg')).toHaveLength(0)
    expect(page.querySelectorAll('style')).toHaveLength(1)
    const images = [...page.querySelectorAll('img')]
    expect(images.map((each) => [each.getAttribute('src'), each.alt])).toEqual([
      ['data:image/png;base64,QUJD', HOSTILE],
    ])
    expect(
      [...page.querySelectorAll('*')].some(({ attributes }) =>
        [...attributes].some(({ name }) => name.startsWith('on')),
      ),
    ).toBe(false)
    expect(
      page.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content'),
    ).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; img-src data:; base-uri 'none'; form-action 'none'$/,
    )
  })

  it('says which image is not in it, and why', () => {
    const [, words] = [...shown([]).querySelectorAll('tbody tr:last-child td')]
    expect(words?.textContent).toBe(
      `Ada added an image: Latency (image ${HOSTILE}, 2.0 MiB, not available)`,
    )
    const why = 'left out'
    const [, left] = [
      ...shown([[hash, { kind: 'missing', why }]]).querySelectorAll('tbody tr:last-child td'),
    ]
    expect(left?.textContent).toMatch(/2.0 MiB, left out\)$/)
  })

  it('is the same in Markdown and JSON, as far as these can say it', () => {
    const markdown = toMarkdownFile(exported)
    expect(markdown).toContain('- 2026-11-29T03:40:00.000Z ★ ')
    expect(markdown).toContain(' (corrected 2026-11-29T03:41:00.000Z by Bo: One ')
    expect(markdown).toContain(
      '- 2026-11-29T03:10:00.000Z Ada noted: Called (added 2026-11-29T03:40:00.000Z)',
    )
    const { entries } = exportedIncidentSchema.parse(JSON.parse(JSON.stringify(exported))).timeline
    expect(entries[1]).toMatchObject({
      isStarred: true,
      correction: { by: 'Bo', at: '2026-11-29T03:41:00.000Z' },
    })
    expect(entries[2]).toMatchObject({ happenedAt: '2026-11-29T03:10:00.000Z' })
    expect(entries[5]?.image).toEqual({
      name: HOSTILE,
      mediaType: 'image/png',
      size: 2_000_000,
      hash,
      caption: HOSTILE,
    })
    expect(entries[0]).not.toHaveProperty('isStarred')
  })
})
