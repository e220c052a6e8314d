import type { Alert } from '#shared/domain/alert/schema.ts'

/** A text that alerts carry; `isExample` where it is not what all of them say. */
export interface SharedText {
  readonly text: string
  readonly isExample: boolean
}

/**
 * What the alerts of an incident say in an annotation: that of the first, which is an example as
 * soon as another one says something else. Null where the first says nothing.
 *
 * @param names of the annotation, the best first.
 */
export function textOfAll(
  alerts: readonly Pick<Alert, 'annotations'>[],
  names: readonly string[],
): SharedText | null {
  const textOf = ({ annotations }: Pick<Alert, 'annotations'>) =>
    names.map((name) => annotations[name]).find((text) => text !== undefined && text !== '') ?? ''
  const [first, ...others] = alerts
  const text = first ? textOf(first) : ''
  if (text === '') return null
  return { text, isExample: others.some((other) => textOf(other) !== text) }
}
