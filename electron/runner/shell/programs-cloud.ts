import type { Program } from './program.ts'

/** Clouds whose subcommands are judged by their verbs (`cloudVerbs`), and what provisions them. */
export const cloudPrograms: Readonly<Record<string, Program>> = {
  terraform: {
    otherwise: 'change',
    bare: '-no-color',
    does: {
      read: 'show, output, validate, version, providers, graph, state list, state show, workspace list, workspace show, state pull, fmt -check',
      change:
        'init, plan, apply, import, refresh, fmt, taint, untaint, workspace select, workspace new, state mv, get, console, force-unlock',
      destroy: 'destroy, state rm, state push, workspace delete, apply -destroy',
    },
    raises: { apply: { destroy: '-destroy -auto-approve --destroy' } },
    terminal: { console: 'always' },
  },
  'aws-vault': { otherwise: 'change' },
  vault: {
    otherwise: 'change',
    does: {
      read: 'status, version, token lookup, policy list, policy read, auth list, secrets list, audit list, operator members, operator raft list-peers, operator key-status',
      destroy:
        'delete, kv delete, kv destroy, kv metadata delete, secrets disable, auth disable, token revoke, lease revoke, operator seal, policy delete',
    },
  },
  consul: {
    otherwise: 'change',
    does: {
      read: 'members, info, version, catalog, catalog nodes, catalog services, operator raft list-peers, operator autopilot state, kv get, kv export, intention list',
      destroy: 'kv delete, force-leave, leave, operator raft remove-peer',
    },
    endless: { monitor: 'always' },
  },
  nomad: {
    otherwise: 'change',
    does: {
      read: 'status, job status, node status, alloc status, alloc logs, server members, version, operator raft list-peers, deployment status, deployment list',
      destroy: 'stop, job stop, system gc, node purge, namespace delete',
    },
    endless: { 'alloc logs': '-f' },
  },
}

/**
 * Clouds with a verb in the last words of a subcommand: `aws ec2 describe-instances`. Their words
 * before it name a service; options that are not listed end the search, and count as `change`.
 */
export interface Cloud {
  readonly takes: string
  readonly bare: string
  /** Most words of a subcommand. */
  readonly depth: number
  /** Where the verb stands: in the first part of the last word, or as the last word. */
  readonly read: RegExp
  readonly destroy: RegExp
  /** Reading verbs that show secrets or write files. */
  readonly change: RegExp
}

const gone =
  'delete|terminate|remove|destroy|purge|deregister|revoke|rm|rb|detach|disassociate|abort|wipe|reset|release'

/** By program. */
export const clouds: Readonly<Record<string, Cloud>> = {
  aws: {
    takes:
      '--profile --region --output --query --endpoint-url --ca-bundle --color --cli-read-timeout --cli-connect-timeout',
    bare: '--no-cli-pager --no-paginate --no-verify-ssl --debug --no-sign-request',
    depth: 2,
    read: /^(?:s3 ls|sts (?:get-caller-identity|decode-authorization-message)|configure list|configure list-profiles|help|\S+ (?:describe|list|get|search|lookup|filter|batch-get|check|view|wait|help|preview|estimate|validate|test-metric-filter)(?:-\S+)?|dynamodb (?:query|scan)|logs (?:tail|start-query|get-query-results|filter-log-events))$/,
    change:
      /^(?:secretsmanager get-secret-value|\S+ get-object|ssm get-parameters?(?:-by-path)?|ec2 get-password-data|ecr get-login-password|sts get-session-token|sts get-federation-token|\S+ get-authorization-token)$/,
    destroy: new RegExp(`^(?:s3 (?:rm|rb)|\\S+ (?:${gone})(?:-\\S+)?|\\S+ stop-instances)$`),
  },
  gcloud: {
    takes:
      '--project --account --configuration --format --verbosity --region --zone --filter --limit --billing-project --impersonate-service-account',
    bare: '--quiet -q --no-user-output-enabled',
    depth: 6,
    read: /^(?:info|version|help|(?:\S+ )*(?:list|describe|get-iam-policy|get-server-config|get-value|read|tail|history|search|list-\S+|get-health|get-serial-port-output))$/,
    change: /^secrets versions access$|print-access-token|print-identity-token|get-credentials/,
    destroy: new RegExp(`^(?:\\S+ )*(?:${gone})(?:-\\S+)?$`),
  },
  az: {
    takes: '--subscription --output -o --query -g --resource-group -n --name',
    bare: '--only-show-errors --verbose --debug',
    depth: 6,
    read: /^(?:version|account show|account list|(?:\S+ )*(?:list|show|get|list-\S+|show-\S+|get-instance-view|query|exists|check-\S+))$/,
    change:
      /get-credentials|get-access-token|list-keys|show-connection-string|secret show|keys list/,
    destroy: new RegExp(`^(?:\\S+ )*(?:${gone}|deallocate)(?:-\\S+)?$`),
  },
  gsutil: {
    takes: '-o -u -i',
    bare: '-m -q -D',
    depth: 1,
    read: /^(?:ls|du|stat|version|help|cat|hash)$/,
    change: /^$/,
    destroy: /^(?:rm|rb)$/,
  },
  doctl: {
    takes: '--context -t --access-token -o --output --format',
    bare: '--no-header',
    depth: 5,
    read: /^(?:version|(?:\S+ )*(?:list|ls|get))$/,
    change: /^$/,
    destroy: new RegExp(`^(?:\\S+ )*(?:${gone})(?:-\\S+)?$`),
  },
}
