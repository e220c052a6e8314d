import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  acceptanceText,
  handoffText,
  MAX_TRAVEL_TEXT,
  readTravelled,
  type TravellingAcceptance,
} from '#shared/domain/handoff-document/travel.ts'
import {
  canonicalText,
  hashOfHandoff,
  type HandoffDocument,
} from '#shared/domain/handoff/document.ts'
import type { HandoffLine } from '#shared/domain/handoff/schema.ts'
import { hostileHost } from '#test/fixtures/shifts/busy.ts'
import { documentOf } from '#test/fixtures/shifts/shifts.ts'

const line = (text: string): HandoffLine => ({
  id: `line ${text}`.slice(0, 300),
  section: 'notes',
  under: null,
  text,
  severity: 'P1',
  incidentId: null,
  events: [],
  nextStep: text,
  contact: null,
})
const document = documentOf([line(hostileHost), line('Grüße 🚀')], { from: 1, to: 86_400_000 })
const text = handoffText(document)
const acceptance: TravellingAcceptance = {
  format: 'deckwatch-acceptance',
  version: 1,
  handoffId: document.handoffId,
  hash: hashOfHandoff(document),
  by: { id: 'bo', name: 'Bo' },
  acceptedAt: 86_400_000,
  answers: [{ questionId: 'concerns', answer: 'none' }],
}

const block = (name: string, value: unknown) =>
  `-----BEGIN DECKWATCH ${name}-----\n${Buffer.from(JSON.stringify(value)).toString('base64')}\n-----END DECKWATCH ${name}-----`

describe('a handoff that travels', () => {
  it('arrives as it was sent, whatever was done to the text on the way', () => {
    const arrived = { ok: true, value: { kind: 'handoff', document } }
    for (const sent of [
      text,
      text.replaceAll('\n', '\r\n'),
      text.replaceAll(/^/gm, '> '),
      `Hi Bo,\n\n${text}\nThanks\nAda`,
      text.replace('-----END DECKWATCH HANDOFF-----', ''),
      text.replaceAll(/^(.{40})/gm, '$1\n   '),
    ]) {
      expect(readTravelled(sent)).toMatchObject(arrived)
    }
  })

  it('can be read by somebody without Deckwatch', () => {
    expect(text).toContain('# Handoff: Ada to Bo')
    expect(text).toContain('Grüße 🚀')
    expect(text.split('\n').every((each) => each.length < 400)).toBe(true)
  })

  it('has one spelling, whoever wrote it', () => {
    const turned = Object.fromEntries(Object.entries(document).toReversed()) as HandoffDocument
    expect(canonicalText(turned)).toBe(canonicalText(document))
    expect(hashOfHandoff(document)).toBe(
      createHash('sha256').update(canonicalText(document)).digest('hex'),
    )
    expect(hashOfHandoff({ ...document, writtenAt: 2 })).not.toBe(hashOfHandoff(document))
  })

  it('comes back as an acceptance', () => {
    const back = acceptanceText(acceptance, 'UTC')
    expect(back).toContain('Bo accepted the handoff on Fri 2 Jan 1970, 00:00 UTC.')
    expect(readTravelled(back)).toEqual({ ok: true, value: { kind: 'acceptance', acceptance } })
  })

  const half = text.slice(0, text.length - 200)
  const hash = hashOfHandoff(document)
  it.each<[string, string, string]>([
    ['no handoff', 'Hello', 'none'],
    ['nothing', '', 'none'],
    ['a lost end', half.slice(0, half.lastIndexOf('\n') - 10), 'damaged'],
    [
      'a changed text',
      block('HANDOFF', { document: { ...document, writtenAt: 3 }, hash }),
      'damaged',
    ],
    [
      'no JSON',
      '-----BEGIN DECKWATCH HANDOFF-----\nYWJj\n-----END DECKWATCH HANDOFF-----',
      'damaged',
    ],
    [
      'no Base64',
      '-----BEGIN DECKWATCH HANDOFF-----\n!!!\n-----END DECKWATCH HANDOFF-----',
      'damaged',
    ],
    ['something else', block('HANDOFF', [1, 2]), 'damaged'],
    ['a newer handoff', block('HANDOFF', { document: { ...document, version: 2 }, hash }), 'newer'],
    ['a newer acceptance', block('ACCEPTANCE', { ...acceptance, version: 2 }), 'newer'],
    ['a damaged acceptance', block('ACCEPTANCE', { ...acceptance, hash: 'x' }), 'damaged'],
    ['another block', block('REVIEW', {}), 'none'],
    [
      'a flood of dashes',
      `${'-'.repeat(1_000_000)}BEGIN DECKWATCH HANDOFF${'-'.repeat(1_000_000)}`,
      'damaged',
    ],
    ['far too much', 'x'.repeat(MAX_TRAVEL_TEXT + 1), 'too-long'],
  ])('is refused in words: %s', (_what, given, code) => {
    const read = readTravelled(given)
    expect(read).toMatchObject({ ok: false, error: { code } })
    if (!read.ok) expect(read.error.hint).not.toBe('')
  })

  it('never throws, whatever is pasted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (noise, isWithin) => {
        readTravelled(isWithin ? `-----BEGIN DECKWATCH HANDOFF-----${noise}` : noise)
      }),
    )
  })
})
