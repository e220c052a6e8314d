import type { BodyOfConcept } from '#shared/domain/watch/event.ts'

/** What a source of a drill says of its type when it is added. */
const DRILL = 'drill'

/** Which sources are those of drills. */
export interface SourceBook {
  isDrill(sourceId: string): boolean
  keepDrill(sourceId: string): void
}

/** Keeps that a source is one of a drill. */
export function readSource(book: SourceBook, body: BodyOfConcept<'source'>): void {
  if (body.type === 'source.added' && body.sourceType === DRILL) book.keepDrill(body.sourceId)
}
