import { unreachable } from '../result/result.ts'
import type { SourceBody } from './events.ts'
import type { Source } from './schema.ts'

/** The source after an event about it; undefined when it is removed or was never added. */
export function evolveSource(
  source: Source | undefined,
  body: SourceBody,
  at: number,
): Source | undefined {
  if (body.type === 'source.added') {
    return {
      id: body.sourceId,
      name: body.name,
      type: body.sourceType,
      health: 'connecting',
      since: at,
      lastAnswerAt: source?.lastAnswerAt ?? null,
      problem: null,
      instance: source?.instance ?? null,
      rejections: source?.rejections ?? [],
      moreRejections: source?.moreRejections ?? 0,
      ...(source?.realm ? { realm: source.realm } : {}),
      revision: (source?.revision ?? 0) + 1,
    }
  }
  if (!source) return undefined
  const next = { ...source, revision: source.revision + 1 }
  switch (body.type) {
    case 'source.removed':
      return undefined
    case 'source.health-changed':
      return {
        ...next,
        health: body.health,
        problem: body.problem,
        lastAnswerAt: body.lastAnswerAt,
        since: source.health === body.health ? source.since : at,
      }
    case 'source.identified':
      return { ...next, instance: body.instance }
    case 'source.realm-found':
      return { ...next, realm: body.realm }
    case 'source.rejected':
      return { ...next, rejections: body.rejections, moreRejections: body.more }
    default:
      return unreachable(body)
  }
}
