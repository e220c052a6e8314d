import { MAX_READ_PIECE } from '#shared/contract/operations/entry.ts'
import type { ContractError, Receipt } from '#shared/contract/index.ts'
import { decideEntry, type EntryCommand, type ReferredEntry } from '#shared/domain/entry/decide.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import { wordsOf, type Event } from '#shared/domain/watch/event.ts'
import { createImageUploads } from '../images/uploads.ts'
import type { Clock } from '../ports/clock.ts'
import type { Images } from '../ports/images.ts'
import type { Journal } from '../ports/journal.ts'
import { commandEventId } from '../record/event-id.ts'
import { recordOnce, type OnceDeps } from '../record/record-once.ts'
import type { Call, Handlers } from './dispatch.ts'

interface Deps extends OnceDeps {
  readonly clock: Pick<Clock, 'now' | 'monotonic'>
  /** Left out where no images are kept. */
  readonly images?: Images | undefined
  readonly journal: Pick<Journal, 'findEvent' | 'incidentEvents'>
}

/** What people write on a timeline, and what they do with its entries. */
export function entryHandlers(deps: Deps) {
  const { clock, ids, images, journal } = deps
  const uploads = createImageUploads(clock)

  /** The event of a timeline with this number; null where it has none. */
  function eventAt(incidentId: string, seq: number): Event | null {
    const range = { after: seq - 1, before: seq + 1 }
    return journal.incidentEvents(incidentId, 1, range)[0] ?? null
  }

  function command(
    input: EntryCommand,
    call: Call,
    entry: ReferredEntry | null = null,
  ): Result<Receipt, ContractError> {
    return recordOnce(deps, call, ({ incidents }, now) => {
      const { incidentId } = input
      // Of an incident that is over for long only the journal knows: its review goes on.
      const isKnown = incidents.has(incidentId) || journal.incidentEvents(incidentId, 1).length > 0
      const saidAt = call.actor.kind === 'person' ? call.actor.saidAt : undefined
      return decideEntry(input, {
        now,
        isKnown,
        entry,
        ...(saidAt === undefined ? {} : { saidAt }),
      })
    })
  }

  function referred(incidentId: string, seq: number, recordedAt: number): ReferredEntry | null {
    const event = eventAt(incidentId, seq)
    // In a journal that was begun anew the number is another event's.
    return event?.at === recordedAt ? referredTo(event) : null
  }

  return {
    'entry.add': (input, call) =>
      command({ type: 'entry.add', ...input, entryId: ids.derive('entry', call.requestId) }, call),
    'entry.correct': ({ recordedAt, ...input }, call) =>
      command(
        { type: 'entry.correct', ...input },
        call,
        referred(input.incidentId, input.entry, recordedAt),
      ),
    'entry.star': ({ recordedAt, ...input }, call) =>
      command(
        { type: 'entry.star', ...input },
        call,
        referred(input.incidentId, input.entry, recordedAt),
      ),
    'image.send': ({ upload, size, offset, data }, call) => {
      if (!images) return keepsNone()
      const bytes = Buffer.from(data, 'base64')
      const sent = uploads.send(uploadKey(upload, call), { size, offset, bytes })
      return sent.ok ? ok({ received: sent.value }) : sent
    },
    'image.add': async ({ incidentId, upload, name, caption }, call) => {
      if (!images) return keepsNone()
      const done = journal.findEvent(commandEventId(call.requestId, 0, ids))
      if (done) return ok({ seq: done.seq })
      const key = uploadKey(upload, call)
      const sent = uploads.read(key)
      if (!sent.ok) return sent
      const { bytes, mediaType } = sent.value
      const kept = await images.keep(bytes)
      if (!kept.ok) return fail({ code: 'not-allowed-now', message: kept.error })
      const image = {
        imageId: ids.derive('image', call.requestId),
        name: toPrintable(name),
        mediaType,
        size: bytes.length,
        hash: kept.value,
        caption,
      }
      const added = command({ type: 'image.add', incidentId, image }, call)
      if (added.ok) uploads.forget(key)
      return added
    },
    'image.read': async ({ incidentId, entry, offset }) => {
      const body = eventAt(incidentId, entry)?.body
      if (body?.type !== 'image.added') {
        return fail({ code: 'not-found', message: 'This entry has no image.' })
      }
      const bytes = await images?.read(body.hash)
      if (!bytes) {
        return fail({
          code: 'not-found',
          message: 'The image is not kept on this machine, or its file is damaged.',
        })
      }
      const end = Math.min(offset + MAX_READ_PIECE, bytes.length)
      return ok({
        mediaType: body.mediaType,
        data: Buffer.from(bytes.subarray(offset, end)).toString('base64'),
        next: end < bytes.length ? end : null,
        size: bytes.length,
      })
    },
  } satisfies Partial<Handlers>
}

/** What a command may be about: a line of the timeline. */
function referredTo({ body, actor }: Event): ReferredEntry | null {
  const words = wordsOf(body)
  if (!words) return null
  if (actor.kind !== 'person') return { written: null }
  if (body.type === 'image.added') return { written: body.caption }
  return { written: words.kind === 'note' ? words.text : null }
}

/** One person's uploads are no other's. */
function uploadKey(upload: string, { actor }: Call): string {
  return `${JSON.stringify(actor.kind === 'person' ? actor.id : actor)} ${upload}`
}

function keepsNone(): Result<never, ContractError> {
  return fail({ code: 'not-allowed-now', message: 'This Deckwatch keeps no images.' })
}
