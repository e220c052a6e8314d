import { isDeepStrictEqual } from 'node:util'
import type { PlaybookInForce } from '#electron/engine/configuration/playbook.ts'
import type { Ids } from '#electron/engine/ports/ids.ts'
import type { Playbook, PlaybookFile, SharedKinds } from '#electron/playbook/index.ts'
import { suggest } from '#electron/playbook/yaml/allowed-keys.ts'
import { placesIn, type Places } from '#electron/playbook/yaml/place.ts'
import type { Path } from '#electron/playbook/yaml/positions.ts'
import type { ConfigProblem } from '#shared/contract/messages.ts'
import type { JobsFile } from '#shared/domain/job/file.ts'
import type { PlanFile } from '#shared/domain/plan/file.ts'
import { createPlanBook, emptyPlanBook, type PlanProblem } from '#shared/domain/plan/plan-book.ts'
import type { ServicesFile } from '#shared/domain/service/schema.ts'
import { createServiceMap, emptyServiceMap } from '#shared/domain/service/service-map.ts'

/** What the files of a playbook say together, and what is wrong between them. */
export interface ReadPlaybook {
  readonly inForce: PlaybookInForce
  /** Each file's own problems are not among them. */
  readonly problems: readonly ConfigProblem[]
}

/** What is read of a playbook. */
export type PlaybookFiles = Pick<Playbook<SharedKinds>, 'files' | 'nameOf'>

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
  const jobsOf = remembered((values: readonly JobsFile[]) => values.flatMap(({ jobs }) => jobs))
  return () => {
    const planFiles = inEffect(playbook.files('plan'))
    const plans = plansOf(planFiles.map(({ value }) => value))
    const services = servicesOf(inEffect(playbook.files('services')).map(({ value }) => value))
    return {
      inForce: {
        plans,
        services,
        jobs: jobsOf(inEffect(playbook.files('jobs')).map(({ value }) => value)),
      },
      problems: plans.problems.flatMap((problem) => planProblem(problem, planFiles, placed)),
    }
  }
}

/** A file of which something is in effect. */
export interface InEffect<Value> extends PlaybookFile<Value> {
  readonly value: Value
}

/** The files of which something is in effect. */
export function inEffect<Value>(files: readonly PlaybookFile<Value>[]): readonly InEffect<Value>[] {
  return files.flatMap((file) => (file.value === null ? [] : [{ ...file, value: file.value }]))
}

/** Says a problem at the place of a value in a file. */
export type Placed = (
  file: Pick<PlaybookFile, 'path' | 'text'>,
  path: Path,
  message: string,
) => ConfigProblem

/** Texts are read for places only when there is a problem, and once each. */
function createPlacing({ nameOf }: Pick<PlaybookFiles, 'nameOf'>): Placed {
  const known = new Map<string, { readonly text: string | null; readonly places: Places }>()
  return ({ path, text }, at, message) => {
    const before = known.get(path)
    const read = before?.text === text ? before : { text, places: placesIn(text) }
    known.set(path, read)
    return { file: nameOf(path), ...read.places.ofValue(at), message }
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

/** Works it out again only when what goes in has changed. */
function remembered<In, Out>(work: (given: In) => Out): (given: In) => Out {
  let last: { readonly given: In; readonly made: Out } | null = null
  return (given) => {
    if (last === null || !isDeepStrictEqual(last.given, given)) last = { given, made: work(given) }
    return last.made
  }
}
