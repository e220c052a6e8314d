import { behindOptions, carriedBy } from './carriers.ts'
import { operands, optionValue } from './options.ts'
import type { ShellParse } from './parse.ts'
import { listed } from './program.ts'
import { programName, programOf } from './programs.ts'
import { subcommandOf } from './subcommand.ts'
import { fixedBeginning, type Word } from './word.ts'
import { sshBare, sshTakes, wrappers } from './wrappers.ts'

/** Something that a text acts on. */
export interface Target {
  readonly kind:
    | 'kube-context'
    | 'namespace'
    | 'resource'
    | 'ssh-host'
    | 'url-host'
    | 'container'
    | 'unit'
    | 'cloud-account'
    | 'cloud-region'
    | 'database-host'
    | 'user'
  /** As the text has it; `$NAME` where it is only known when it runs. */
  readonly value: string
}

/** What a text acts on. */
export interface Targets {
  /** Each once, in the order of the text. */
  readonly targets: readonly Target[]
  /**
   * Programs that choose a cluster by settings outside the text, which can change: the runner pins
   * them. Offsets are where the option goes, right behind the program.
   */
  readonly missingPins: readonly {
    readonly program: 'kubectl' | 'oc' | 'helm' | 'virtctl'
    readonly option: '--context' | '--kube-context'
    readonly at: number
  }[]
  /** One line that a person reads: `namespace monitoring, pod prometheus-0`. */
  readonly words: string
}

/** Programs that act on what their settings say. */
const remote = new Set(
  listed(
    'kubectl oc helm virtctl aws gcloud az etcdctl psql mysql redis-cli ceph rabbitmqctl amtool argocd flux vault consul terraform docker ipmitool',
  ),
)

/**
 * Finds what a text acts on. Pure.
 *
 * @param environment values that are put in where the text has `${NAME}`.
 */
export function targetOf(
  parse: ShellParse,
  environment: Readonly<Record<string, string>> = {},
): Targets {
  const known = { ...carriedValues(parse, environment), ...environment }
  const shown = (value: string) =>
    value.replace(
      /\$\{(\w+)\}|\$([A-Za-z_]\w*)/g,
      (written, braced?: string, plain?: string) => known[braced ?? plain ?? ''] ?? written,
    )
  const settings = new Set<string>()
  const targets: Target[] = []
  const missingPins: Targets['missingPins'][number][] = []
  const pinned = new Set(
    parse.segments.flatMap((segment) => segment.assignments.map(({ name }) => name)),
  )
  const look = (words: readonly Word[], depth: number) => {
    const [program, ...rest] = words
    if (!program || program.value === null || depth > 8) return
    const name = programName(program.value)
    const wrapper = Object.hasOwn(wrappers, name) ? wrappers[name] : undefined
    if (wrapper) {
      const user = name === 'sudo' ? optionValue(rest, '-u --user') : null
      if (user) add(targets, 'user', user)
      const inner = behindOptions(rest, listed(wrapper.takes), listed(wrapper.bare)).rest.slice(
        wrapper.operands,
      )
      const start = wrapper.assigns
        ? inner.findIndex((word) => !/^\w+=/.test(fixedBeginning(word)))
        : 0
      look(start < 0 ? [] : inner.slice(start), depth + 1)
      return
    }
    const before = targets.length
    const pin = targetsOf(name, rest, targets)
    if (remote.has(name) && targets.length === before) settings.add(name)
    const isPinned = pinned.has('KUBECONFIG')
    if (pin !== null && !isPinned) missingPins.push({ ...pin, at: program.end })
    const carried = carriedBy(name, rest)
    if (carried.kind === 'words') look(carried.words, depth + 1)
  }
  for (const { words } of parse.segments) look(words, 0)
  const named = targets.map(({ kind, value }) => ({ kind, value: shown(value) }))
  const unique = named.filter(
    (target, index) =>
      named.findIndex((other) => other.kind === target.kind && other.value === target.value) ===
      index,
  )
  const words = [
    ...unique.map(({ kind, value }) => `${labels[kind]} ${value}`),
    ...[...settings].map((name) => `what ${name} is set up for`),
  ].join(', ')
  return { targets: unique, missingPins, words: words === '' ? 'this machine' : words }
}

/** Variables of the text that are set once, to nothing but a value: `POD="${DECKWATCH_V1}"`. */
function carriedValues(
  { segments }: ShellParse,
  environment: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const all = segments.flatMap(({ assignments }) => assignments)
  const values: Record<string, string> = {}
  for (const { name, value } of all) {
    const [, from = ''] = /^"?\$\{(\w+)\}"?$/.exec(value?.text ?? '') ?? []
    const isOnly = all.filter((each) => each.name === name).length === 1
    const carried = environment[from]
    if (isOnly && carried !== undefined) values[name] = carried
  }
  return values
}

const labels: Readonly<Record<Target['kind'], string>> = {
  'kube-context': 'cluster',
  namespace: 'namespace',
  resource: 'resource',
  'ssh-host': 'host',
  'url-host': 'server',
  container: 'container',
  unit: 'service',
  'cloud-account': 'account',
  'cloud-region': 'region',
  'database-host': 'database on',
  user: 'as user',
}

function add(targets: Target[], kind: Target['kind'], word: Word | null | undefined): void {
  if (!word) return
  const value = word.value ?? word.text.replace(/["']/g, '')
  if (value !== '') targets.push({ kind, value })
}

type Pin = Omit<Targets['missingPins'][number], 'at'>

function targetsOf(name: string, words: readonly Word[], targets: Target[]): Pin | null {
  switch (name) {
    case 'kubectl':
    case 'oc':
    case 'virtctl':
      return kubectl(name, words, targets)
    case 'helm': {
      const context = optionValue(words, '--kube-context')
      add(targets, 'kube-context', context)
      add(targets, 'namespace', optionValue(words, '-n --namespace'))
      const isElsewhere = optionValue(words, '--kubeconfig --kube-apiserver') !== null
      return context || isElsewhere ? null : { program: 'helm', option: '--kube-context' }
    }
    case 'ssh': {
      const { rest } = behindOptions(words, listed(sshTakes), listed(sshBare))
      add(targets, 'ssh-host', rest[0])
      return null
    }
    case 'curl':
    case 'wget':
      for (const word of words) addHost(targets, word)
      return null
    case 'docker':
    case 'podman':
    case 'crictl':
    case 'nerdctl':
      container(name, words, targets)
      return null
    case 'systemctl':
    case 'service':
    case 'journalctl':
      units(name, words, targets)
      return null
    case 'aws':
      add(targets, 'cloud-account', optionValue(words, '--profile'))
      add(targets, 'cloud-region', optionValue(words, '--region'))
      return null
    case 'gcloud':
      add(targets, 'cloud-account', optionValue(words, '--project --account'))
      add(targets, 'cloud-region', optionValue(words, '--region --zone'))
      return null
    case 'az':
      add(targets, 'cloud-account', optionValue(words, '--subscription'))
      return null
    case 'psql':
    case 'mysql':
    case 'redis-cli':
      add(targets, 'database-host', optionValue(words, '-h --host'))
      return null
    default:
      return null
  }
}

/** Options of subcommands that take the next word as their value. */
const kubectlValues =
  '-p --patch --patch-file --type --image --from-literal --from-file --subresource --timeout --tail --since --since-time --replicas ' +
  '--container --for --grace-period --as --volume-name --limits --requests --port --env --overrides --target --profile --show-labels='

function kubectl(
  name: 'kubectl' | 'oc' | 'virtctl',
  words: readonly Word[],
  targets: Target[],
): Pin | null {
  const at = words.findIndex(({ value }) => value === '--')
  const own = at >= 0 ? words.slice(0, at) : words
  const context = optionValue(own, '--context')
  add(targets, 'kube-context', context)
  const program = programOf(name)
  const takes = `${program?.takes ?? ''} ${kubectlValues}`
  add(targets, 'namespace', optionValue(own, '-n --namespace', takes))
  const sub = program ? subcommandOf(program, own).name : ''
  const resources = operands(own, takes).slice(sub.split(' ').length)
  const value = resources.map((word) => word.value ?? word.text.replace(/["']/g, '')).join(' ')
  // What only tells about kubectl, or its settings, acts on nothing.
  const isAbout = /^(?:config|version|explain|api-|completion|plugin|kustomize|options|help)/.test(
    sub,
  )
  if (value !== '' && !isAbout) targets.push({ kind: 'resource', value })
  const isElsewhere = optionValue(own, '--kubeconfig -s --server --cluster') !== null
  const isLocal = /^(?:config|completion|plugin|kustomize|options|help)\b/.test(sub)
  return context || isElsewhere || isLocal ? null : { program: name, option: '--context' }
}

function addHost(targets: Target[], { value, text }: Word): void {
  const address = value ?? text.replace(/["']/g, '')
  const host = /^https?:\/\/(?:[^/@]*@)?([^/?#]+)/i.exec(address)?.[1]
  if (host !== undefined) targets.push({ kind: 'url-host', value: host })
}

function container(name: string, words: readonly Word[], targets: Target[]): void {
  const program = programOf(name)
  if (!program) return
  const sub = subcommandOf(program, words).name
  if (!/\b(?:exec|logs|inspect|restart|stop|start|kill|rm|top|stats|port|diff|attach)$/.test(sub))
    return
  const takes = `${program.takes ?? ''} -n --tail --since --until -t --time -s --signal -e --env -u --user -w --workdir`
  const behind = operands(words, takes).slice(sub.split(' ').length)
  add(targets, 'container', behind[0])
}

function units(name: string, words: readonly Word[], targets: Target[]): void {
  if (name === 'journalctl') add(targets, 'unit', optionValue(words, '-u --unit'))
  else if (name === 'service')
    add(targets, 'unit', words[0]?.value?.startsWith('-') ? null : words[0])
  else
    for (const word of operands(words, programOf(name)?.takes ?? '').slice(1))
      add(targets, 'unit', word)
}
