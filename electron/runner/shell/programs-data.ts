import { reads, type Program } from './program.ts'

const kafka = (what: Partial<Program>): Program => ({ otherwise: 'change', ...what })

/** Monitoring, queues and storage. */
export const dataPrograms: Readonly<Record<string, Program>> = {
  promtool: {
    otherwise: 'change',
    does: {
      read: 'check, check config, check rules, check metrics, check web-config, check service-discovery, check healthy, check ready, query, query instant, query range, query series, query labels, query analyze, test rules, tsdb analyze, tsdb list, tsdb dump, debug metrics',
    },
  },
  amtool: {
    otherwise: 'change',
    takes:
      '--alertmanager.url --timeout --date.format -o --output --config.file --http.config.file --version-check',
    bare: '-v --verbose',
    does: {
      read: 'alert, alert query, silence query, silence, check-config, config show, config routes, config routes show, config routes test, cluster show, template render',
      destroy: 'silence expire',
    },
  },
  logcli: {
    otherwise: 'change',
    does: {
      read: 'query, instant-query, labels, series, stats, volume, volume_range, detected-fields',
    },
    endless: { query: '-f --tail' },
  },
  rabbitmqctl: {
    otherwise: 'change',
    takes: '-n --node -t --timeout -p --vhost -l --longnames',
    bare: '-q --quiet -s --silent',
    does: {
      read:
        'status, cluster_status, list_queues, list_exchanges, list_bindings, list_connections, list_channels, list_consumers, list_users, list_vhosts, ' +
        'list_permissions, list_policies, list_parameters, environment, report, ping, version, node_health_check, list_unresponsive_queues, list_user_permissions, list_ciphers, help, list_feature_flags',
      destroy:
        'stop, stop_app, shutdown, reset, force_reset, delete_queue, purge_queue, delete_vhost, delete_user, forget_cluster_node, close_connection, close_all_connections, clear_policy, clear_permissions, clear_parameter, delete_shovel, force_boot, rotate_logs, eval',
    },
  },
  'kafka-topics': kafka({
    reading: '--list --describe',
    raises: { '': { change: '--create --alter --add-config', destroy: '--delete' } },
  }),
  'kafka-consumer-groups': kafka({
    reading: '--list --describe',
    raises: {
      '': {
        change: '--create --alter --add-config',
        destroy: '--delete --delete-offsets --reset-offsets',
      },
    },
  }),
  'kafka-configs': kafka({
    reading: '--describe',
    raises: { '': { change: '--create --alter --add-config', destroy: '--delete-config' } },
  }),
  'kafka-delete-records': { otherwise: 'destroy' },
  'kafka-console-consumer': kafka({
    endless: { '': 'always' },
    unless: '--max-messages --timeout-ms',
  }),
  'kafka-console-producer': kafka({ terminal: { '': 'always' } }),
  'kafka-broker-api-versions': reads,
  'kafka-log-dirs': reads,
  'kafka-get-offsets': reads,
  'kafka-reassign-partitions': kafka({
    reading: '--verify --list',
    raises: { '': { change: '--execute --cancel --generate' } },
  }),
  'kafka-leader-election': { otherwise: 'change' },
  'kafka-metadata-quorum': reads,
  ceph: {
    otherwise: 'change',
    takes: '-c --conf -n --name --id -k --keyring --cluster -f --format --connect-timeout',
    does: {
      read:
        'status, -s, health, health detail, df, df detail, osd tree, osd df, osd df tree, osd stat, osd dump, osd perf, osd pool ls, osd pool ls detail, osd pool stats, osd pool get, osd find, osd metadata, osd blocked-by, osd ok-to-stop, osd safe-to-destroy, osd utilization, ' +
        'mon stat, mon dump, quorum_status, mds stat, fs status, fs ls, fs dump, mgr stat, mgr module ls, pg stat, pg dump, pg dump_stuck, pg ls, pg map, crash ls, crash info, crash ls-new, version, versions, auth ls, config get, config dump, config show, log last, orch status, orch ls, orch ps, orch host ls, orch device ls, device ls, progress, time-sync-status, report',
      destroy:
        'osd rm, osd purge, osd destroy, osd lost, osd crush rm, osd crush remove, osd pool delete, osd pool rm, mon rm, mon remove, mds rm, fs rm, fs fail, auth del, auth rm, osd out, osd down, orch rm, orch host rm, orch device zap, pg force_create_pg, osd stop, osd force-create-pg',
    },
    endless: { '': '-w --watch --watch-debug' },
  },
  rados: {
    otherwise: 'change',
    takes: '-p --pool',
    does: { read: 'df, lspools, ls, stat', destroy: 'rm, purge, rmpool' },
  },
  rbd: {
    otherwise: 'change',
    takes: '-p --pool',
    does: {
      read: 'ls, list, info, status, du, snap ls, showmapped, lock list, perf image iostat',
      destroy: 'rm, remove, snap rm, snap purge, trash purge, trash rm, lock remove',
    },
  },
  gluster: {
    otherwise: 'change',
    does: {
      read: 'volume info, volume status, volume list, peer status, pool list, volume heal info',
      destroy: 'volume delete, volume stop, peer detach, volume reset',
    },
  },
  pg_isready: reads,
  mysqladmin: {
    otherwise: 'change',
    takes: '-h --host -u --user -P --port -S --socket',
    does: {
      read: 'status, ping, processlist, extended-status, variables, version',
      destroy: 'drop, kill, shutdown',
    },
  },
  pg_dump: { otherwise: 'read', raises: { '': { change: '-f --file' } } },
  mysqldump: {
    otherwise: 'read',
    raises: { '': { change: '-r --result-file -T --tab --delete-master-logs -F --flush-logs' } },
  },
  nodetool: {
    otherwise: 'change',
    takes: '-h --host -p --port -u -pw',
    does: {
      read: 'status, info, ring, tpstats, compactionstats, netstats, cfstats, tablestats, gossipinfo, describecluster, version, getendpoints, tablehistograms, proxyhistograms, failuredetector',
      destroy: 'decommission, removenode, assassinate, drain, stopdaemon, clearsnapshot',
    },
  },
  patronictl: {
    otherwise: 'change',
    takes: '-c --config-file -d --dcs',
    does: {
      read: 'list, topology, history, show-config, version, dsn',
      destroy: 'remove, failover, switchover, reinit',
    },
  },
  'haproxy-ctl': { otherwise: 'change' },
  nginx: { otherwise: 'change', reading: '-t -T -v -V', raises: { '': { change: '-s -g -c' } } },
  varnishadm: { otherwise: 'change' },
  varnishstat: { otherwise: 'read', terminal: { '': 'always' }, unless: '-1 -j' },
}
