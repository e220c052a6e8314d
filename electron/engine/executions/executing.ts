import { isOfDiagnostics } from '#shared/domain/runbook/id.ts'
import type { InForce } from '../configuration/in-force.ts'
import type { Executing } from '../commands/execution.ts'
import type { Checks } from '../ports/checks.ts'
import type { Clock } from '../ports/clock.ts'
import type { Ids } from '../ports/ids.ts'
import type { Logger } from '../ports/logger.ts'
import type { RunbookLibrary } from '../ports/runbook-library.ts'
import type { PlaceQueries } from '../ports/place-queries.ts'
import type { Runner } from '../ports/runner.ts'
import type { Source } from '../ports/source.ts'
import type { TrustedTexts } from '../ports/trusted-texts.ts'
import type { Recorder } from '../record/recorder.ts'
import type { RemediationPreviews } from '../commands/remediation.ts'
import type { Measured } from '../follow-ups/watching.ts'
import type { Reactor } from '../reactors/reactor.ts'
import { createRemediating } from '../remediation/remediating.ts'
import { diagnosing } from './diagnosing.ts'
import { createExecutions } from './executions.ts'
import { createManyTargets } from './many-targets.ts'
import { createPrepareMany } from './prepare-many.ts'
import { createNamedCodes } from './named-codes.ts'
import { createPrepare } from './prepare.ts'
import { createRunbookTexts } from './runbook-texts.ts'
import type { TerminalRuns } from './terminal-runs.ts'

/** After the start, when nobody waits for it, ms. */
const WARM_UP_AFTER_MS = 500

interface Deps {
  readonly clock: Clock
  readonly ids: Pick<Ids, 'derive'>
  readonly inForce: Pick<InForce, 'playbook' | 'queryPlaces' | 'runbooks'>
  readonly library: RunbookLibrary
  readonly logger: Logger
  /** What is measured of an incident now. */
  readonly measured: Measured
  readonly recorder: Recorder
  readonly runner: Runner
  readonly terminal: Pick<TerminalRuns, 'isRunning' | 'more'>
  /** Null where no server is checked. */
  readonly checks: Checks | null
  /** Null where no query is sent to a place. */
  readonly placeQueries: PlaceQueries | null
  readonly trustedTexts: TrustedTexts
  readonly sources: () => readonly Source[]
}

/** All that runs things: what commands work with, what follows from the record, and its own life. */
export interface ExecutingParts {
  readonly executing: Executing
  readonly previews: RemediationPreviews
  readonly reactors: readonly Reactor[]
  start(): void
  stop(): Promise<void>
}

/** Puts together what runs commands and queries of runbooks. Nothing runs before `start`. */
export function createExecuting(deps: Deps): ExecutingParts {
  const {
    clock,
    ids,
    inForce,
    library,
    logger,
    recorder,
    runner,
    checks,
    placeQueries,
    terminal,
    trustedTexts,
    sources,
  } = deps
  const executions = createExecutions({ clock, logger, runner, checks, placeQueries, recorder })
  const texts = createRunbookTexts({ library, trustedTexts })
  const prepare = createPrepare({
    texts,
    runner,
    state: recorder.state,
    sources,
    ids,
    checksServers: checks !== null,
    places: () => (placeQueries === null ? null : inForce.queryPlaces()),
    isInstructionsOnly: () => inForce.runbooks().instructionsOnly,
  })
  const manyTargets = createManyTargets({ executions, recorder })
  const prepareMany = createPrepareMany({ prepare, texts, state: recorder.state, ids })
  const shared = () =>
    library
      .list()
      .entries.map(({ id }) => id)
      .filter(isOfDiagnostics)
  const named = createNamedCodes({ recorder, texts, shared })
  const remediating = createRemediating({
    clock,
    executions,
    ids,
    inForce,
    logger,
    measured: deps.measured,
    named,
    prepare,
    recorder,
  })
  return {
    previews: { named, prepare },
    executing: {
      executions,
      manyTargets,
      named,
      prepare,
      prepareMany,
      runner,
      terminal,
      texts,
      trustedTexts,
    },
    reactors: [
      executions.reactor,
      manyTargets.reactor,
      diagnosing({ executions, ids, inForce, logger, named, prepare, recorder }),
      remediating.reactor,
    ],
    start() {
      executions.start()
      remediating.start()
      clock.after(WARM_UP_AFTER_MS, () => {
        runner.warmUp()
      })
    },
    stop() {
      manyTargets.stop()
      remediating.stop()
      return executions.stop()
    },
  }
}
