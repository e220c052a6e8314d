import { isDeepStrictEqual } from 'node:util'
import type { Playbook, PlaybookFile, SharedKinds } from '#electron/playbook/index.ts'
import { placesIn, type Places } from '#electron/playbook/yaml/place.ts'
import type { Path } from '#electron/playbook/yaml/positions.ts'
import type { ConfigProblem } from '#shared/contract/messages.ts'

/** What is read of a playbook. */
export type PlaybookFiles = Pick<Playbook<SharedKinds>, 'files' | 'nameOf'>

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
export function createPlacing({ nameOf }: Pick<PlaybookFiles, 'nameOf'>): Placed {
  const known = new Map<string, { readonly text: string | null; readonly places: Places }>()
  return ({ path, text }, at, message) => {
    const before = known.get(path)
    const read = before?.text === text ? before : { text, places: placesIn(text) }
    known.set(path, read)
    return { file: nameOf(path), ...read.places.ofValue(at), message }
  }
}

/** Works it out again only when what goes in has changed. */
export function remembered<In, Out>(work: (given: In) => Out): (given: In) => Out {
  let last: { readonly given: In; readonly made: Out } | null = null
  return (given) => {
    if (last === null || !isDeepStrictEqual(last.given, given)) last = { given, made: work(given) }
    return last.made
  }
}
