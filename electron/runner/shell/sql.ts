import type { Risk } from '#shared/domain/runbook/schema.ts'

/** Functions of a query that only tell something; a call of any other one counts as a change. */
const tells = new Set(
  (
    'count sum min max avg now coalesce nullif greatest least round ceil floor abs length char_length lower upper trim ' +
    'substring substr cardinality array_length left right concat concat_ws replace position extract date_trunc date_part age to_char to_timestamp ' +
    'from_unixtime unix_timestamp date date_format timestampdiff datediff interval cast convert format string_agg array_agg group_concat ' +
    'row_number rank dense_rank lag lead percentile_cont in exists any all values over filter and or not case when then else on using as from where select ' +
    'pg_size_pretty pg_database_size pg_relation_size pg_total_relation_size pg_table_size pg_indexes_size pg_is_in_recovery ' +
    'pg_last_wal_receive_lsn pg_last_wal_replay_lsn pg_last_xact_replay_timestamp pg_current_wal_lsn pg_wal_lsn_diff pg_blocking_pids ' +
    'pg_postmaster_start_time pg_backend_pid pg_get_viewdef pg_get_indexdef current_setting version current_database current_user ' +
    'database user inet_server_addr json_agg row_to_json jsonb_pretty unnest generate_series isnull ifnull if distinct like by having limit varchar char numeric decimal'
  ).split(' '),
)

const reading = /^(?:select|show|explain|describe|desc|use|values|table|with|help|status)\b/i
const destroying = /\b(?:drop|truncate|delete|purge)\b/i
const writing =
  /\b(?:insert|update|into|outfile|dumpfile|merge|call|do|alter|create|grant|revoke|set|copy|lock|execute|prepare|vacuum|reindex|cluster|load|analyze|analyse|kill|share)\b/i

/** What a text of SQL does. What is read differently from one server to the next counts as `change`. */
export function sqlRisk(text: string): Risk {
  const meta = /^\s*\\([a-z+]+)(?:\s+[\w.*"]+)*\s*;?\s*$/i.exec(text)
  if (meta)
    return /^(?:d\w*\+?|l\+?|conninfo|x|timing|encoding|z|sv|sf)$/i.test(meta[1] ?? '')
      ? 'read'
      : 'change'
  // Words within quotes are no commands, but where quotes end depends on the server.
  if (/\\|\$\w*\$|\/\*|#/.test(text)) return destroying.test(text) ? 'destroy' : 'change'
  const plain = text
    .replace(/--[^\n]*/g, ' ')
    .replace(/'[^']*'/g, "''")
    .replace(/"[^"]*"|`[^`]*`/g, 'x')
  if (/['"`]/.test(plain.replaceAll("''", ''))) return 'change'
  const statements = plain
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
  // `SHOW CREATE TABLE` and `EXPLAIN DELETE` change nothing.
  const live = statements.filter(
    (statement) => !/^(?:show\b|explain\b(?!.*\banaly[sz]e\b))/is.test(statement),
  )
  if (live.some((statement) => destroying.test(statement))) return 'destroy'
  if (statements.length === 0 || !statements.every((statement) => reading.test(statement)))
    return 'change'
  if (live.some((statement) => writing.test(statement) || callsUnknown(statement))) return 'change'
  return 'read'
}

function callsUnknown(statement: string): boolean {
  const calls = statement.matchAll(/([A-Za-z_][\w.]*)\s*\(/g)
  return [...calls].some(([, name = '']) => !tells.has(name.toLowerCase()))
}
