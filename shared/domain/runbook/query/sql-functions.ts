/**
 * Functions of PostgreSQL that do something although they are called in a query, or carry out a text
 * that nobody has read. A transaction that only reads does not keep them from it.
 */
const acting = [
  /^pg_(?:terminate|cancel)_backend$/,
  /^pg_(?:reload_conf|promote|rotate_logfile\w*|switch_wal|switch_xlog|log_backend_memory_contexts)$/,
  /^pg_(?:create|drop|copy|sync|alter|import|export)_\w+$/,
  /^pg_(?:backup|start|stop|wal_replay|xlog_replay|sync|prewarm|repack|cron)\w*$/,
  /^pg_(?:try_)?advisory_\w+$/,
  /^pg_(?:logical|replication)_\w+$/,
  /^pg_(?:stat_(?:\w+_)?reset\w*|stat_clear_snapshot|stat_force_next_flush)$/,
  /^pg_(?:notify|file_\w+|write\w*|read_(?:binary_)?file\w*|ls_\w+|stat_file|extension_config_dump)$/,
  /^pg_(?:restore_\w+|clear_\w+|truncate_\w+|advance_\w+|set_\w+)$/,
  /^(?:lo_\w+|loread|lowrite|dblink\w*|set_config|setval|nextval|http\w*)$/,
  // These carry out a text.
  /^(?:query_to_xml\w*|cursor_to_xml\w*|ts_stat|ts_rewrite|crosstab\w*|connectby|xpath_table)$/,
]

/** Whether a function acts, by its name in the spelling that PostgreSQL looks it up by. */
export function isActing(name: string): boolean {
  return acting.some((pattern) => pattern.test(name))
}
