import { isDeepStrictEqual } from 'node:util'
import type { PlaybookInForce } from '#electron/engine/configuration/playbook.ts'
import type { Ids } from '#electron/engine/ports/ids.ts'
import type { ConfigurationStore } from '#electron/playbook/index.ts'
import type { PlaybookFile } from '#electron/playbook/file-state.ts'
import type { ConfigProblem } from '#shared/contract/messages.ts'
import type { PlanFile } from '#shared/domain/plan/file.ts'
import { createPlanBook, emptyPlanBook } from '#shared/domain/plan/plan-book.ts'
import type { ServicesFile } from '#shared/domain/service/schema.ts'
import { createServiceMap, emptyServiceMap } from '#shared/domain/service/service-map.ts'

/** What the files of a playbook say together, and what is wrong between them. */
export interface ReadPlaybook {
  readonly inForce: PlaybookInForce
  /** Each file's own problems are not among them. */
  readonly problems: readonly ConfigProblem[]
}

type Playbook = ConfigurationStore['playbook']

/**
 * Brings together what the files say. What does not change between two questions stays the same
 * object, so that the engine sees what has changed.
 */
export function createPlaybookReader(
  playbook: Playbook,
  ids: Pick<Ids, 'derive'>,
): () => ReadPlaybook {
  const plansOf = remembered((files: readonly PlanSource[]) =>
    files.length === 0
      ? emptyPlanBook
      : createPlanBook(
          files.map(({ value }) => value),
          (text) => ids.derive('plan', text),
        ),
  )
  const servicesOf = remembered((files: readonly ServiceSource[]) =>
    files.length === 0
      ? emptyServiceMap
      : createServiceMap(files.flatMap(({ value }) => value.services)),
  )
  return () => {
    const files = inEffect(playbook.files('plan'))
    const plans = plansOf(files)
    const services = servicesOf(inEffect(playbook.files('services')))
    const fileOf = (plan: string) => files.find(({ value }) => value.plan === plan)?.path ?? ''
    return {
      inForce: { plans, services },
      problems: plans.problems.map(({ plan, message }) => ({
        file: fileOf(plan),
        line: 1,
        column: 1,
        message,
      })),
    }
  }
}

interface InEffect<Value> {
  readonly path: string
  readonly value: Value
}
type PlanSource = InEffect<PlanFile>
type ServiceSource = InEffect<ServicesFile>

/** The files of which something is in effect. */
function inEffect<Value>(files: readonly PlaybookFile<Value>[]): readonly InEffect<Value>[] {
  return files.flatMap(({ path, value }) => (value === null ? [] : [{ path, value }]))
}

/** Works it out again only when what goes in has changed. */
function remembered<In, Out>(work: (given: In) => Out): (given: In) => Out {
  let last: { readonly given: In; readonly made: Out } | null = null
  return (given) => {
    if (last === null || !isDeepStrictEqual(last.given, given)) last = { given, made: work(given) }
    return last.made
  }
}
