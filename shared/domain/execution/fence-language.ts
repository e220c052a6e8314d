import type { RunKind } from './schema.ts'

/** What a fence of Markdown says of the command or query that is in it, so that it is coloured. */
export const fenceLanguage: Readonly<Record<RunKind, string>> = {
  command: 'sh',
  promql: 'promql',
  http: 'text',
  dns: 'text',
  tcp: 'text',
  tls: 'text',
  sql: 'sql',
  logql: 'text',
  elasticsearch: 'text',
}
