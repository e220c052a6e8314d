import { homedir, userInfo } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type { Judged, Run, Runnable, RunEnd, Runner } from '#electron/engine/ports/runner.ts'
import { MAX_SUMMARY, type Target } from '#shared/domain/execution/schema.ts'
import type { Code } from '#shared/domain/runbook/schema.ts'
import { currentKubeContext, pinKubeContext } from './kube-context.ts'
import { createOutputStore } from './output-store.ts'
import { runProcess, type RunResult } from './process.ts'
import { createProcessTable } from './processes/this-machine.ts'
import { bind } from './shell/bind.ts'
import { classify } from './shell/classify.ts'
import { loadShellParser, type ShellParser } from './shell/parse.ts'
import { targetOf, type Target as ShellTarget } from './shell/target.ts'

/** What a runner needs. */
export interface RunnerOptions {
  /** Where outputs are kept, absolute: nobody else's. */
  readonly folder: string
  readonly clock: Clock
  readonly logger: Logger
  /** Deckwatch's own environment. */
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** Deckwatch's own variables that tools of operators find their way by; none of them is a secret. */
const PASSED_ON = [
  ...['SSH_AUTH_SOCK', 'KUBECONFIG', 'DOCKER_HOST', 'DOCKER_CONTEXT'],
  ...['AWS_PROFILE', 'AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_CONFIG_FILE'],
  ...['AWS_SHARED_CREDENTIALS_FILE', 'CLOUDSDK_CONFIG', 'CLOUDSDK_ACTIVE_CONFIG_NAME'],
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'],
]

/** How targets are called where people read them. */
const targetNames: Readonly<Record<ShellTarget['kind'], string>> = {
  'kube-context': 'context',
  namespace: 'namespace',
  resource: 'resource',
  'ssh-host': 'host',
  'url-host': 'server',
  container: 'container',
  unit: 'unit',
  'cloud-account': 'account',
  'cloud-region': 'region',
  'database-host': 'database',
  user: 'user',
}

/** Runs commands by bash on this machine. */
export function createRunner({ folder, clock, logger, environment }: RunnerOptions): Runner {
  const store = createOutputStore(join(folder, 'outputs'), logger)
  const processes = createProcessTable()
  let parser: Promise<ShellParser> | null = null

  async function judge(code: Code, values: ReadonlyMap<string, string>): Promise<Judged> {
    parser ??= loadShellParser()
    const parse = await parser
    const bound = bind(code, values, parse)
    if (!bound.ok) return refused(code, bound.error.reason)
    const { script, shown, checked } = bound.value
    const parsed = parse(script)
    if (!parsed.ok) return refused(code, parsed.error.message)
    const judged = classify(parsed.value, parse, { checked, author: code.attributes.risk })
    const { targets, missingPins } = targetOf(parsed.value, bound.value.environment)
    const context = missingPins.length === 0 ? null : await currentKubeContext(environment)
    const why = judged.needsTerminal ?? judged.neverEnds ?? noRun()
    const shownTargets: Target[] = [
      ...targets.map(({ kind, value }) => ({ kind: targetNames[kind], value: shortened(value) })),
      ...(context === null ? [] : [{ kind: 'context', value: shortened(context) }]),
      { kind: 'run here as', value: userInfo().username },
    ]
    return {
      shown,
      risk: judged.risk,
      why: [
        ...new Set(
          judged.reasons.filter(({ risk }) => risk === judged.risk).map((each) => each.why),
        ),
      ],
      targets: shownTargets,
      work:
        why === null
          ? {
              kind: 'runnable',
              runnable: { script, environment: bound.value.environment, context },
            }
          : { kind: 'refused', why },
    }
  }

  /** Why nothing can be run on this machine; null where it can. */
  function noRun(): string | null {
    return processes === null
      ? 'Commands are not run on Windows, where not all of a run could be ended: copy it.'
      : null
  }

  function start(
    { script, environment: values, context }: Runnable,
    { id, timeoutMs, printed }: Parameters<Runner['start']>[1],
  ): Run {
    const pinned: Record<string, string> =
      context === null
        ? {}
        : { KUBECONFIG: pinKubeContext(context, join(folder, 'contexts'), environment) }
    const running = runProcess(
      {
        runId: id,
        program: 'bash',
        args: ['--noprofile', '--norc', '-c', script],
        folder: environment['HOME'] ?? homedir(),
        environment: { ...values, ...pinned },
        passOn: PASSED_ON,
        timeoutMs,
      },
      { onOutput: printed },
      { clock, processes, records: store, environment },
    )
    return {
      cancel: () => {
        running.cancel()
      },
      ended: running.result.then(toEnd),
    }
  }

  return {
    warmUp() {
      parser ??= loadShellParser()
    },
    judge,
    start,
    async keep(id, text) {
      const record = await store.open(id)
      if (!record.ok) {
        logger.warn({ problem: record.error }, 'The output of a query cannot be kept')
        return { bytes: Buffer.byteLength(text), lines: linesOf(text), isCut: true, tail: text }
      }
      await record.value.write(text)
      const { bytes, lines, cut, problem } = await record.value.finish()
      return { bytes, lines, isCut: cut !== null || problem !== null, tail: text.slice(-2_000) }
    },
    output: (id, page) => store.read(id, page),
  }
}

function toEnd({ outcome, startedAt, finishedAt, tail, output }: RunResult): RunEnd {
  return {
    outcome: endOf(outcome),
    durationMs: Math.max(0, finishedAt - startedAt),
    tail,
    bytes: output?.bytes ?? 0,
    lines: output?.lines ?? 0,
    isCut: output !== null && (output.cut !== null || output.problem !== null),
  }
}

function endOf(outcome: RunResult['outcome']): RunEnd['outcome'] {
  switch (outcome.kind) {
    case 'cancelled':
      return { kind: 'cancelled', by: null }
    case 'not-started':
      return { kind: 'not-started', message: outcome.message.slice(0, MAX_SUMMARY) }
    default:
      return outcome
  }
}

/** What cannot be read as it would run is shown as it is written, and counts as a change. */
function refused({ run, attributes }: Code, why: string): Judged {
  return {
    shown: run,
    risk: attributes.risk ?? 'change',
    why: [],
    targets: [],
    work: { kind: 'refused', why },
  }
}

function shortened(value: string): string {
  return value.length > 300 ? `${value.slice(0, 299)}…` : value
}

function linesOf(text: string): number {
  return text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
}
