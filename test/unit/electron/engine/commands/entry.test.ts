import { describe, expect, it } from 'vitest'
import type { Images } from '#electron/engine/ports/images.ts'
import { MAX_READ_PIECE } from '#shared/contract/operations/entry.ts'
import { actorName } from '#shared/domain/actor/name.ts'
import { personActor } from '#shared/domain/actor/person.ts'
import type { Actor } from '#shared/domain/actor/schema.ts'
import { MAX_BEFORE_MS } from '#shared/domain/entry/decide.ts'
import { withMarks } from '#shared/domain/timeline/marked.ts'
import { startTestEngine } from '#test/fixtures/engine.ts'
import { ada, bo } from '#test/fixtures/persons.ts'
import { createMemoryJournal } from '#test/fixtures/memory-journal.ts'
import { createScriptedSource, signal } from '#test/fixtures/scripted-source.ts'

const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(300_000, 7)])

/** Keeps images in memory, until it is full. */
function memoryImages() {
  const kept = new Map<string, Uint8Array>()
  const state = { isFull: false }
  const images: Images = {
    keep(bytes) {
      if (state.isFull) return Promise.resolve({ ok: false, error: 'The image was not added: no.' })
      const hash = String(kept.size).padStart(64, '0')
      kept.set(hash, bytes)
      return Promise.resolve({ ok: true, value: hash })
    },
    read: (hash) => Promise.resolve(kept.get(hash) ?? null),
  }
  return { images, kept, state }
}

async function started(images?: Images) {
  const source = createScriptedSource('am')
  const journal = createMemoryJournal()
  source.show([signal({ alertname: 'Slow' }), signal({ alertname: 'Other' })])
  const test = startTestEngine([source], { journal, ...(images ? { images } : {}) })
  await test.clock.advance(0)
  const [incident, other] = [...test.engine.state().incidents.values()]
  const incidentId = incident?.id ?? ''
  const page = async () => {
    const read = await test.run('incident.timeline', { incidentId })
    if (!read.ok) throw new Error(read.error.message)
    return read.value
  }
  const entries = async () => {
    const { entries: lines, marks } = await page()
    return withMarks(lines, marks)
  }
  const send = async (bytes: Buffer, upload = 'upload-1', size = bytes.length) => {
    for (let offset = 0; offset < bytes.length; offset += 65_536) {
      const data = bytes.subarray(offset, offset + 65_536).toString('base64')
      const sent = await test.run('image.send', { incidentId, upload, size, offset, data })
      if (!sent.ok) return sent
    }
    return null
  }
  return { source, test, journal, incidentId, otherId: other?.id ?? '', page, entries, send }
}

describe('an entry of the timeline', () => {
  it('stands where it was recorded, and says when it happened', async () => {
    const { test, incidentId, entries } = await started()
    const happenedAt = test.clock.now() - 1_800_000
    const input = { incidentId, text: 'Customers called.', happenedAt }
    expect(await test.run('entry.add', input, 'request-1')).toMatchObject({ ok: true })
    // The same request again is one entry.
    expect(await test.run('entry.add', input, 'request-1')).toMatchObject({ ok: true })
    const lines = await entries()
    expect(lines.filter(({ type }) => type === 'entry.added')).toMatchObject([
      { kind: 'note', text: 'Customers called.', happenedAt, at: test.clock.now(), isDeed: true },
    ])
    expect(lines.at(-1)?.type).toBe('entry.added')
    const future = { ...input, happenedAt: test.clock.now() + 61_000 }
    expect(await test.run('entry.add', future)).toMatchObject({ error: { code: 'invalid-input' } })
  })

  it('is starred and corrected in place, and the old text stays', async () => {
    const { test, incidentId, entries } = await started()
    await test.run('incident.note', { incidentId, text: 'Two customers' })
    const note = (await entries()).find(({ kind }) => kind === 'note')
    const on = { incidentId, entry: note?.seq ?? 0, recordedAt: note?.at ?? 0 }
    expect(await test.run('entry.star', { ...on, isStarred: true })).toMatchObject({ ok: true })
    expect(await test.run('entry.correct', { ...on, text: 'Three' })).toMatchObject({ ok: true })
    expect(await test.run('entry.correct', { ...on, text: 'Four' })).toMatchObject({ ok: true })
    expect((await entries()).find(({ seq }) => seq === on.entry)).toMatchObject({
      text: 'Two customers',
      isStarred: true,
      correction: { text: 'Four', by: { kind: 'person' }, at: test.clock.now() },
    })
    expect((await entries()).filter(({ type }) => type === 'entry.corrected')).toMatchObject([
      { text: 'corrected an entry: Three' },
      { text: 'corrected an entry: Four' },
    ])
    await test.run('entry.star', { ...on, isStarred: false })
    expect((await entries()).some(({ isStarred }) => isStarred)).toBe(false)
  })

  it('goes on with its star, its correction and its image where the incident is merged', async () => {
    const { test, incidentId, otherId, send, entries } = await started(memoryImages().images)
    await test.run('incident.note', { incidentId, text: 'Two customers' })
    const note = (await entries()).find(({ kind }) => kind === 'note')
    const on = { entry: note?.seq ?? 0, recordedAt: note?.at ?? 0 }
    await test.run('entry.star', { incidentId, ...on, isStarred: true })
    await send(png)
    await test.run('image.add', { incidentId, upload: 'upload-1', name: 'a.png' })
    expect(await test.run('incident.merge', { incidentId, into: otherId })).toMatchObject({
      ok: true,
    })
    const there = await test.run('incident.timeline', { incidentId: otherId })
    if (!there.ok) throw new Error(there.error.message)
    const lines = withMarks(there.value.entries, there.value.marks)
    expect(lines.find(({ seq }) => seq === on.entry)).toMatchObject({ isStarred: true })
    const image = lines.find(({ type }) => type === 'image.added')
    expect(
      await test.run('image.read', { incidentId: otherId, entry: image?.seq ?? 0 }),
    ).toMatchObject({ ok: true })
    // It is corrected there from now on.
    expect(
      await test.run('entry.correct', { incidentId: otherId, ...on, text: 'Three' }),
    ).toMatchObject({ ok: true })
  })

  it('is none of another incident, of another journal, or of no line', async () => {
    const { test, incidentId, otherId, entries, journal } = await started()
    const [opened] = await entries()
    const on = { incidentId, entry: opened?.seq ?? 0, recordedAt: opened?.at ?? 0 }
    const star = (over: object) => test.run('entry.star', { ...on, isStarred: true, ...over })
    expect(await star({})).toMatchObject({ ok: true })
    const starred = journal.events.at(-1)
    for (const over of [
      { incidentId: otherId },
      { recordedAt: on.recordedAt + 1 },
      { entry: 9_999 },
      { entry: starred?.seq, recordedAt: starred?.at },
    ]) {
      expect(await star(over)).toMatchObject({ error: { code: 'not-found' } })
    }
    expect(await star({ incidentId: 'nobody' })).toMatchObject({ error: { code: 'not-found' } })
    // What Deckwatch recorded is no person's to correct.
    expect(await test.run('entry.correct', { ...on, text: 'no' })).toMatchObject({
      error: { code: 'not-allowed-now' },
    })
    await test.run('incident.acknowledge', { incidentId })
    const taken = (await entries()).at(-1)
    expect(
      await test.run('entry.correct', {
        incidentId,
        entry: taken?.seq ?? 0,
        recordedAt: taken?.at ?? 0,
        text: 'no',
      }),
    ).toMatchObject({ error: { code: 'not-allowed-now' } })
  })
})

describe('an image', () => {
  it('is sent in pieces, stands on the timeline, and is read in pieces', async () => {
    const { images } = memoryImages()
    const { test, incidentId, otherId, entries, send } = await started(images)
    expect(await send(png)).toBeNull()
    const add = { incidentId, upload: 'upload-1', name: 'latency\u202e.png', caption: 'Latency' }
    const added = await test.run('image.add', add, 'request-i')
    expect(added).toMatchObject({ ok: true })
    expect(await test.run('image.add', add, 'request-i')).toEqual(added)
    const line = (await entries()).at(-1)
    expect(line).toMatchObject({
      kind: 'person',
      text: 'added an image: Latency',
      image: { name: 'latency⟨U+202E⟩.png', mediaType: 'image/png', size: png.length },
    })
    const entry = line?.seq ?? 0
    const first = await test.run('image.read', { incidentId, entry })
    if (!first.ok) throw new Error(first.error.message)
    expect(first.value).toMatchObject({ next: MAX_READ_PIECE, size: png.length })
    const rest = await test.run('image.read', { incidentId, entry, offset: MAX_READ_PIECE })
    if (!rest.ok) throw new Error(rest.error.message)
    expect(rest.value.next).toBeNull()
    const whole = [first, rest].map(({ value }) => Buffer.from(value.data, 'base64'))
    expect(Buffer.concat(whole).equals(png)).toBe(true)
    // Nobody reads it by way of another incident.
    expect(await test.run('image.read', { incidentId: otherId, entry })).toMatchObject({
      error: { code: 'not-found' },
    })
    // Its words can be corrected.
    const on = { incidentId, entry, recordedAt: line?.at ?? 0 }
    expect(await test.run('entry.correct', { ...on, text: 'Errors' })).toMatchObject({ ok: true })
  })

  it('is refused whole: too large, no image, interrupted, no room, no incident', async () => {
    const { images, kept, state } = memoryImages()
    const { test, incidentId, send, journal } = await started(images)
    const before = journal.events.length
    expect(await send(png, 'upload-2', 20 * 1024 * 1024)).toMatchObject({
      error: { message: 'This image is 20 MiB; the limit is 10 MiB. Nothing was added.' },
    })
    expect(await send(Buffer.from('<svg/>'), 'upload-3')).toMatchObject({
      error: { code: 'invalid-input' },
    })
    const add = { incidentId, upload: 'upload-4', name: 'a.png' }
    expect(await test.run('image.add', add)).toMatchObject({ error: { code: 'not-allowed-now' } })
    await send(png, 'upload-4')
    state.isFull = true
    expect(await test.run('image.add', add)).toMatchObject({
      error: { message: 'The image was not added: no.' },
    })
    expect(kept.size).toBe(0)
    expect(journal.events.length).toBe(before)
    // It is still there once there is room.
    state.isFull = false
    expect(await test.run('image.add', { ...add, incidentId: 'nobody' })).toMatchObject({
      error: { code: 'not-found' },
    })
    expect(await test.run('image.add', add)).toMatchObject({ ok: true })
  })

  it('that is gone from the disk is missed in words, and none is kept without a place', async () => {
    const { images, kept } = memoryImages()
    const { test, incidentId, entries, send } = await started(images)
    await send(png)
    await test.run('image.add', { incidentId, upload: 'upload-1', name: 'a.png' })
    kept.clear()
    const line = (await entries()).at(-1)
    expect(line).toMatchObject({ text: 'added an image: a.png' })
    expect(await test.run('image.read', { incidentId, entry: line?.seq ?? 0 })).toMatchObject({
      error: { code: 'not-found' },
    })
    const without = await started()
    expect(
      await without.test.run('image.read', { incidentId: without.incidentId, entry: 1 }),
    ).toMatchObject({ error: { message: 'This entry has no image.' } })
    expect(await without.send(png)).toMatchObject({ error: { code: 'not-allowed-now' } })
    expect(
      await without.test.run('image.add', {
        incidentId: without.incidentId,
        upload: 'upload-1',
        name: 'a.png',
      }),
    ).toMatchObject({ error: { code: 'not-allowed-now' } })
  })
  it('that one person sends is no other’s to add', async () => {
    const { test, incidentId } = await started(memoryImages().images)
    const as = (actor: Actor, name: 'image.send' | 'image.add', input: object) =>
      test.engine.execute(
        name,
        { incidentId, upload: 'upload-1', ...input },
        {
          requestId: `${name}-${actorName(actor)}`,
          actor,
          rights: ['read', 'act'],
        },
      )
    const data = png.subarray(0, 60).toString('base64')
    const piece = { size: 60, offset: 0, data }
    expect(await as(personActor(bo, 'cockpit'), 'image.send', piece)).toMatchObject({ ok: true })
    const interrupted = { error: { message: expect.stringContaining('was interrupted') } }
    expect(await as(personActor(ada, 'cockpit'), 'image.add', { name: 'a.png' })).toMatchObject(
      interrupted,
    )
    expect(await as({ kind: 'deckwatch' }, 'image.add', { name: 'a.png' })).toMatchObject(
      interrupted,
    )
    expect(await as(personActor(bo, 'cockpit'), 'image.add', { name: 'a.png' })).toMatchObject({
      ok: true,
    })
  })
})

describe('what waited for the engine', () => {
  it('is judged by when it was said, and is nobody’s where nobody said it', async () => {
    const { test, incidentId } = await started()
    const happenedAt = test.clock.now() - MAX_BEFORE_MS - 60_000
    const add = (requestId: string, actor: Actor) =>
      test.engine.execute(
        'entry.add',
        { incidentId, text: 'Long ago', happenedAt },
        { requestId, actor, rights: ['read', 'act'] },
      )
    const saidAt = test.clock.now() - 120_000
    expect(await add('request-a', personActor(ada, 'cockpit'))).toMatchObject({ ok: false })
    expect(await add('request-b', { kind: 'deckwatch' })).toMatchObject({ ok: false })
    expect(await add('request-c', { ...personActor(ada, 'cockpit'), saidAt })).toMatchObject({
      ok: true,
    })
  })
})
