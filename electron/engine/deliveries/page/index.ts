import { severities } from '#shared/domain/severity/schema.ts'
import type { DeliveryKind } from '../kind.ts'
import { isPageWanted, pageMessage, type PageRules } from './decision.ts'
import { pageEvent } from './events.ts'
import { takePageFeedback, type FeedbackDeps } from './feedback.ts'
import { pageOf } from './page-of.ts'
import { openPageScreen } from './shown.ts'

/** A call to a person, on one of their channels. */
export function pageDelivery(rules: PageRules, deps: FeedbackDeps): DeliveryKind {
  return {
    name: 'page',
    stillWanted(state, { key, channel }, now) {
      const page = pageOf(state, key)
      return page
        ? isPageWanted(page, channel, state, rules, now)
        : { isWanted: false, reason: 'over' }
    },
    compose(state, { key, channel }) {
      const page = pageOf(state, key)
      return page ? pageMessage(page, channel, state, rules) : null
    },
    /** A P0 must not stand behind what is less urgent while a channel takes its time for each. */
    rank(state, key) {
      const page = pageOf(state, key)
      return page ? severities.indexOf(page.severity) : -1
    },
    isAlwaysUrgent: (state, key) => pageOf(state, key)?.severity === 'P0',
    toEvent(state, { key, channel }, result) {
      const page = pageOf(state, key)
      return page ? pageEvent(page, channel, result) : null
    },
    openScreen: openPageScreen,
    isOf: (state, key) => pageOf(state, key) !== undefined,
    takeFeedback: (feedback, context) => {
      takePageFeedback(feedback, context, deps)
    },
  }
}
