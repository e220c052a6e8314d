import type { Checks } from '#electron/engine/ports/checks.ts'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import { startBudget, type Budget } from '#electron/http/budget.ts'
import type { ProxyFinder } from '#electron/http/proxy-finder.ts'
import type { ServerCheck } from '#shared/domain/runbook/check/schema.ts'
import { answerEnd } from './answer-end.ts'
import { checkDns } from './dns.ts'
import { failed, type Found } from './found.ts'
import { checkHttp } from './http.ts'
import { checkTcp } from './tcp.ts'
import { checkTls } from './tls.ts'

/** What checks need. */
export interface ChecksOptions {
  readonly clock: Clock
  readonly logger: Logger
  /** The proxies of this machine, for HTTP. */
  readonly proxies: ProxyFinder
}

/** Checks servers from this machine. */
export function createChecks(options: ChecksOptions): Checks {
  const { clock, logger } = options
  return {
    async run(check, { timeoutMs, signal }) {
      const began = clock.monotonic()
      const budget = startBudget(clock, timeoutMs, signal)
      const found = await look(check, options, budget).catch((error: unknown) => {
        logger.error({ err: error }, 'A check ended in a way that is not known: this is a bug')
        return failed('The check could not be carried out.')
      })
      budget.end()
      // An answer that came is one, also where somebody gave up in the same moment.
      const isCancelled = found.kind !== 'answered' && budget.signal.aborted && !budget.isTimeOver()
      return answerEnd(isCancelled ? 'cancelled' : found, clock.monotonic() - began)
    },
  }
}

function look(check: ServerCheck, options: ChecksOptions, budget: Budget): Promise<Found> {
  switch (check.kind) {
    case 'http':
      return checkHttp(check, options, budget)
    case 'dns':
      return checkDns(check, options, budget)
    case 'tcp':
      return checkTcp(check, options, budget)
    case 'tls':
      return checkTls(check, options, budget)
  }
}
