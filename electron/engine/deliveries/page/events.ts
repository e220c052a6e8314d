import type { Page } from '#shared/domain/page/schema.ts'
import { unreachable } from '#shared/domain/result/result.ts'
import type { EventBody } from '#shared/domain/watch/event.ts'
import type { DeliveryResult } from '../kind.ts'
import { subjectOf } from './page-of.ts'

/** What is recorded of a page on a channel; null when the same went wrong again. */
export function pageEvent(page: Page, channel: string, result: DeliveryResult): EventBody | null {
  const subject = { ...subjectOf(page), channel }
  switch (result.kind) {
    case 'sent':
      return { type: 'page.sent', ...subject, attempts: result.attempts }
    case 'dropped':
      return { type: 'page.dropped', ...subject, reason: result.reason }
    case 'failed': {
      const { attempts, problem, isFinal } = result
      const isNews = isFinal || page.deliveries[channel]?.problem?.code !== problem.code
      return isNews ? { type: 'page.failed', ...subject, attempts, problem, isFinal } : null
    }
    default:
      return unreachable(result)
  }
}
