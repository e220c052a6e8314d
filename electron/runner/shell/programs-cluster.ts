import type { Program } from './program.ts'

const kubectlOptions =
  '-n --namespace --context --cluster --user --kubeconfig --request-timeout --as --as-group --as-uid ' +
  '-s --server --token --certificate-authority --client-certificate --client-key --tls-server-name ' +
  '-v --v --cache-dir --profile --profile-output --username --password -l --selector -o --output ' +
  '-f --filename -c --container -k --kustomize --field-selector --sort-by --template'

const kubectl: Program = {
  otherwise: 'change',
  takes: kubectlOptions,
  bare: '-A --all-namespaces --insecure-skip-tls-verify --match-server-version --warnings-as-errors --disable-compression',
  does: {
    read:
      'get, describe, logs, top, top pod, top pods, top node, top nodes, explain, api-resources, api-versions, ' +
      'version, cluster-info, cluster-info dump, events, diff, wait, options, help, ' +
      'auth can-i, auth whoami, rollout status, rollout history, config view, config get-contexts, ' +
      'config current-context, config get-clusters, config get-users, plugin list, kustomize, completion',
    change:
      'apply, create, edit, patch, label, annotate, expose, run, set, scale, autoscale, cordon, uncordon, taint, ' +
      'rollout restart, rollout undo, rollout pause, rollout resume, cp, exec, attach, debug, proxy, ' +
      'port-forward, config, certificate approve, certificate deny, auth reconcile, plugin',
    destroy: 'delete, drain, replace',
  },
  raises: {
    apply: { destroy: '--prune --force' },
    'cluster-info dump': { change: '--output-directory' },
    diff: { change: '--server-side' },
    scale: { destroy: '--replicas=0' },
  },
  endless: {
    logs: '-f --follow',
    get: '-w --watch --watch-only',
    events: '-w --watch',
    'port-forward': 'always',
    proxy: 'always',
    'rollout status': '',
  },
  terminal: {
    edit: 'always',
    attach: '-t --tty -i --stdin',
    exec: '-t --tty -i --stdin',
    run: '-t --tty -i --stdin',
    debug: '-t --tty -i --stdin',
  },
}

/** Clusters: Kubernetes and what runs on it. */
export const clusterPrograms: Readonly<Record<string, Program>> = {
  kubectl,
  oc: {
    ...kubectl,
    takes: `${kubectlOptions} --loglevel`,
    does: {
      read: `${kubectl.does?.read ?? ''}, status, whoami, projects, project, adm top, adm top pods, adm top nodes, image info, adm inspect, adm node-logs`,
      change: `${kubectl.does?.change ?? ''}, login, logout, new-project, new-app, start-build, rsh, rsync, process, tag, adm, adm cordon, adm uncordon, adm policy, adm must-gather, adm upgrade, rollback`,
      destroy: `${kubectl.does?.destroy ?? ''}, adm drain, adm prune`,
    },
    raises: { ...kubectl.raises, project: {} },
    terminal: { ...kubectl.terminal, rsh: 'always', login: 'always' },
  },
  helm: {
    otherwise: 'change',
    takes:
      '-n --namespace --kube-context --kubeconfig --kube-apiserver --kube-token -o --output --revision --max',
    bare: '--debug -A --all-namespaces',
    does: {
      read:
        'list, ls, status, history, hist, get, get all, get values, get manifest, get notes, get hooks, get metadata, ' +
        'show, show values, show chart, show all, inspect, search, search repo, search hub, template, lint, version, ' +
        'env, repo list, dependency list, plugin list, verify, help',
      change:
        'install, upgrade, rollback, test, repo, repo add, repo update, pull, package, push, create, plugin',
      destroy: 'uninstall, delete, del, un',
    },
    raises: {
      template: { change: '--output-dir --post-renderer' },
      upgrade: { destroy: '--force' },
    },
  },
  virtctl: {
    otherwise: 'change',
    takes: '-n --namespace --context --kubeconfig',
    does: {
      read: 'version, guestosinfo, userlist, fslist, help',
      change:
        'start, stop, restart, pause, unpause, migrate, migrate-cancel, console, vnc, ssh, scp, expose, image-upload, addvolume, port-forward',
      destroy: 'removevolume, soft-reboot, reset',
    },
    terminal: { console: 'always', vnc: 'always', ssh: 'always' },
    endless: { 'port-forward': 'always' },
  },
  kubeadm: {
    otherwise: 'change',
    does: {
      read: 'version, certs check-expiration, config print, token list, upgrade plan',
      destroy: 'reset',
    },
  },
  etcdctl: {
    otherwise: 'change',
    takes:
      '--endpoints --cacert --cert --key --user --password -w --write-out --dial-timeout --command-timeout --ca-file --cert-file --key-file',
    bare: '--insecure-skip-tls-verify --insecure-transport --cluster --debug',
    does: {
      read: 'get, endpoint health, endpoint status, endpoint hashkv, member list, alarm list, version, auth status, user list, user get, role list, role get, snapshot status, check perf, lease list, lease timetolive, cluster-health, ls',
      change:
        'put, defrag, alarm disarm, compact, compaction, member add, member update, member promote, move-leader, snapshot save, watch',
      destroy:
        'del, rm, rmdir, member remove, snapshot restore, lease revoke, user delete, role delete, auth disable',
    },
    endless: { watch: 'always' },
    raises: { 'check perf': { change: '--' } },
  },
  argocd: {
    otherwise: 'change',
    takes: '--server --auth-token --grpc-web-root-path --config --app-namespace -N -o --output',
    bare: '--grpc-web --insecure --plaintext --core',
    does: {
      read: 'app list, app get, app history, app diff, app manifests, app resources, app logs, app wait, cluster list, proj list, repo list, version, context, account get-user-info',
      change: 'app sync, app rollback, app set, app patch, app terminate-op, login, logout',
      destroy: 'app delete, app delete-resource, proj delete, cluster rm, repo rm',
    },
    endless: { 'app logs': '-f --follow' },
  },
  flux: {
    otherwise: 'change',
    takes: '-n --namespace --context --kubeconfig',
    bare: '-A --all-namespaces',
    does: {
      read: 'get, check, logs, events, stats, tree, trace, export, version',
      change: 'reconcile, suspend, resume, create',
      destroy: 'delete, uninstall',
    },
    endless: { logs: '-f --follow', get: '-w --watch' },
  },
  istioctl: {
    otherwise: 'change',
    takes: '-n --namespace --context -c --kubeconfig -i --istioNamespace',
    does: {
      read: 'proxy-status, ps, proxy-config, pc, analyze, version, x describe, experimental describe',
      destroy: 'uninstall, x uninstall',
    },
    endless: { dashboard: 'always' },
    raises: { 'proxy-config': { change: '--level' }, pc: { change: '--level' } },
  },
  k9s: { otherwise: 'change', terminal: { '': 'always' } },
  stern: { otherwise: 'read', endless: { '': 'always' }, unless: '--no-follow' },
  kubectx: { otherwise: 'change' },
  kubens: { otherwise: 'change' },
}

const docker: Program = {
  otherwise: 'change',
  takes: '-H --host --context -c --config -l --log-level --url --identity --connection',
  bare: '-D --debug --tls --tlsverify',
  does: {
    read:
      'ps, container ls, container list, container ps, inspect, container inspect, logs, container logs, stats, ' +
      'container stats, top, container top, port, diff, events, version, info, system df, system info, system events, ' +
      'images, image ls, image list, image inspect, image history, history, search, ' +
      'volume ls, volume list, volume inspect, network ls, network list, network inspect, ' +
      'service ls, service ps, service logs, service inspect, node ls, node ps, node inspect, stack ls, stack ps, stack services, ' +
      'compose ps, compose ls, compose logs, compose top, compose config, compose images, compose version, compose events, ' +
      'context ls, context show, context inspect, pod ps, pod ls, pod inspect, pod logs, manifest inspect',
    change:
      'run, container run, start, container start, stop, container stop, restart, container restart, pause, unpause, ' +
      'exec, container exec, attach, cp, pull, push, tag, build, commit, create, rename, update, login, logout, load, import, save, export, ' +
      'network connect, network disconnect, network create, volume create, service update, service scale, service rollback, ' +
      'compose up, compose start, compose stop, compose restart, compose pull, compose exec, compose run, context use',
    destroy:
      'rm, container rm, rmi, image rm, kill, container kill, system prune, container prune, image prune, volume prune, network prune, ' +
      'volume rm, network rm, service rm, stack rm, node rm, swarm leave, compose down, compose rm, compose kill, system reset, pod rm, builder prune, secret rm, config rm',
  },
  endless: {
    logs: '-f --follow',
    'container logs': '-f --follow',
    'service logs': '-f --follow',
    'compose logs': '-f --follow',
    stats: 'always',
    'container stats': 'always',
    events: 'always',
    'system events': 'always',
    'compose events': 'always',
  },
  unless: '--no-stream --until',
  terminal: {
    run: '-t --tty -i --interactive',
    exec: '-t --tty -i --interactive',
    'container exec': '-t --tty -i --interactive',
    'container run': '-t --tty -i --interactive',
    attach: 'always',
    'compose exec': '',
  },
}

/** Containers on one machine. */
export const containerPrograms: Readonly<Record<string, Program>> = {
  docker,
  podman: docker,
  nerdctl: docker,
  'docker-compose': {
    otherwise: 'change',
    takes: '-f --file -p --project-name --profile --env-file --project-directory',
    does: {
      read: 'ps, ls, logs, top, config, images, version, events, port',
      change: 'up, start, stop, restart, pull, build, exec, run, pause, unpause, create, scale',
      destroy: 'down, rm, kill',
    },
    endless: { logs: '-f --follow', events: 'always' },
  },
  crictl: {
    otherwise: 'change',
    takes: '-r --runtime-endpoint -i --image-endpoint -t --timeout -c --config',
    bare: '-D --debug',
    does: {
      read: 'ps, pods, images, img, logs, inspect, inspectp, inspecti, stats, statsp, info, version, imagefsinfo, metricsp',
      change: 'exec, pull, start, stop, stopp, run, runp, create, update, attach, port-forward',
      destroy: 'rm, rmp, rmi',
    },
    endless: {
      logs: '-f --follow',
      ps: '-w --watch',
      stats: '-w --watch',
      'port-forward': 'always',
    },
    terminal: { exec: '-t --tty -i --interactive', attach: 'always' },
  },
  ctr: {
    otherwise: 'change',
    takes: '-a --address -n --namespace',
    does: {
      read: 'version, containers ls, containers list, containers info, c ls, images ls, images list, i ls, tasks ls, tasks list, t ls, namespaces ls, ns ls, plugins ls',
      destroy: 'containers rm, c rm, images rm, i rm, tasks kill, t kill',
    },
  },
}
