import type { Labels } from '#shared/domain/alert/schema.ts'

/**
 * Labels of a series as people read them: `pod="a" zone="b"`, without the name of the metric.
 *
 * @param isWanted which of them; all where it is left out.
 */
export function labelText(
  labels: Labels,
  isWanted: (name: string) => boolean = () => true,
): string {
  return Object.entries(labels)
    .filter(([name]) => name !== '__name__' && isWanted(name))
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(' ')
}
