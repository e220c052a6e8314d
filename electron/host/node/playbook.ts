import type { PlaybookInForce } from '#electron/engine/configuration/playbook.ts'
import type { Ids } from '#electron/engine/ports/ids.ts'
import { suggest } from '#electron/playbook/yaml/allowed-keys.ts'
import type { ConfigProblem } from '#shared/contract/messages.ts'
import type { FlowsFile } from '#shared/domain/flow/file.ts'
import { createFlowBook } from '#shared/domain/flow/flow-book.ts'
import { usualFlows } from '#shared/domain/flow/usual-flows.ts'
import type { JobsFile } from '#shared/domain/job/file.ts'
import type { PlanFile } from '#shared/domain/plan/file.ts'
import { createPlanBook, emptyPlanBook, type PlanProblem } from '#shared/domain/plan/plan-book.ts'
import type { Routing } from '#shared/domain/routing/schema.ts'
import type { ServicesFile } from '#shared/domain/service/schema.ts'
import { createServiceMap, emptyServiceMap } from '#shared/domain/service/service-map.ts'
import {
  createPlacing,
  inEffect,
  remembered,
  type InEffect,
  type Placed,
  type PlaybookFiles,
} from './playbook-files.ts'
import { createRemediationReader } from './playbook-remediation.ts'
import { createRhythmReader } from './playbook-rhythm.ts'
import { createTimesReader, unknownClocks } from './playbook-times.ts'

/** What the files of a playbook say together, and what is wrong between them. */
export interface ReadPlaybook {
  readonly inForce: PlaybookInForce
  /** Each file's own problems are not among them. */
  readonly problems: readonly ConfigProblem[]
}

/**
 * Brings together what the files say. What does not change between two questions stays the same
 * object, so that the engine sees what has changed.
 */
export function createPlaybookReader(
  playbook: PlaybookFiles,
  ids: Pick<Ids, 'derive'>,
): () => ReadPlaybook {
  const placed = createPlacing(playbook)
  const plansOf = remembered((values: readonly PlanFile[]) =>
    values.length === 0
      ? emptyPlanBook
      : createPlanBook(values, (text) => ids.derive('plan', text)),
  )
  const servicesOf = remembered((values: readonly ServicesFile[]) =>
    values.length === 0
      ? emptyServiceMap
      : createServiceMap(values.flatMap(({ services }) => services)),
  )
  const routingsOf = remembered(
    (values: readonly Routing[]) =>
      // Of two with the same name the first one counts.
      new Map(values.toReversed().map((each) => [each.routing, each])),
  )
  const jobsOf = remembered((values: readonly JobsFile[]) => values.flatMap(({ jobs }) => jobs))
  const flowsOf = remembered((values: readonly FlowsFile[]) =>
    values[0] ? createFlowBook(values[0]) : usualFlows,
  )
  const timesOf = createTimesReader(playbook, placed)
  const rhythmOf = createRhythmReader(playbook, placed)
  const remediationsOf = createRemediationReader(playbook, placed)
  return () => {
    const planFiles = inEffect(playbook.files('plan'))
    const plans = plansOf(planFiles.map(({ value }) => value))
    const services = servicesOf(inEffect(playbook.files('services')).map(({ value }) => value))
    const times = timesOf()
    const rhythm = rhythmOf(times.calendars)
    const remediations = remediationsOf(plans.plans)
    const routingFiles = inEffect(playbook.files('routing'))
    return {
      inForce: {
        plans,
        services,
        routings: routingsOf(routingFiles.map(({ value }) => value)),
        jobs: jobsOf(inEffect(playbook.files('jobs')).map(({ value }) => value)),
        clocks: times.clocks,
        flows: flowsOf(inEffect(playbook.files('flows')).map(({ value }) => value)),
        rhythm: rhythm.rhythm,
        remediations: remediations.policies,
      },
      problems: [
        ...plans.problems.flatMap((problem) => planProblem(problem, planFiles, placed)),
        ...times.problems,
        ...rhythm.problems,
        ...remediations.problems,
        ...planFiles.flatMap((file) => unknownClocks(file, times.clocks, placed)),
        ...twinRoutings(routingFiles, placed),
      ],
    }
  }
}

function planProblem(
  { file, with: other, field, message, missing }: PlanProblem,
  files: readonly InEffect<PlanFile>[],
  placed: Placed,
): readonly ConfigProblem[] {
  const own = files[file]
  if (!own) return []
  const there = other === undefined ? undefined : files[other]
  const meant =
    missing === undefined
      ? null
      : suggest(
          missing,
          files.map(({ value }) => value.plan),
        )
  const where = there ? ` (${there.path})` : ''
  const hint = meant === null ? '' : `; did you mean ${JSON.stringify(meant)}?`
  return [placed(own, [field], `${field}: ${message}${where}${hint}`)]
}

function twinRoutings(
  files: readonly InEffect<Routing>[],
  placed: Placed,
): readonly ConfigProblem[] {
  const first = new Map<string, string>()
  return files.flatMap((file) => {
    const { routing } = file.value
    const known = first.get(routing)
    if (known === undefined) {
      first.set(routing, file.path)
      return []
    }
    const message = `another file has the routing ${JSON.stringify(routing)} already, and is taken`
    return [placed(file, ['routing'], `routing: ${message} (${known})`)]
  })
}
