import type { Change, ChangeKind } from './schema.ts'

/** What a kind of change is called. */
export const changeNouns: Readonly<Record<ChangeKind, string>> = {
  deployment: 'Deployment',
  config: 'Configuration change',
  flag: 'Feature flag',
  migration: 'Migration',
  maintenance: 'Maintenance',
}

/** A change in a few words: `payments v2.1.3`, or its title. */
export function changeName({
  service,
  version,
  title,
}: Pick<Change, 'service' | 'version' | 'title'>): string {
  if (version === null) return service === null ? title : `${service}: ${title}`
  return service === null ? `${title} ${version}` : `${service} ${version}`
}

const steps = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
] as const

/** The time between a change and a start: `4 min before`, `at the start`, `20 min after`. */
export function betweenWords(beforeMs: number): string {
  const distance = Math.abs(beforeMs)
  if (distance < 60_000) return 'at the start'
  const [size, unit] =
    steps.find(([each]) => distance >= each * (each > 60_000 ? 2 : 1)) ?? steps[2]
  return `${String(Math.floor(distance / size))} ${unit} ${beforeMs < 0 ? 'after' : 'before'}`
}
