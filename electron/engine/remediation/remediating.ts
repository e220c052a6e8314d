import { isIncidentOver } from '#shared/domain/incident/status.ts'
import { asPart } from '#shared/domain/text/as-part.ts'
import type { Actor } from '#shared/domain/actor/schema.ts'
import { resultWords } from '#shared/domain/execution/words.ts'
import { factsOf, stopRemediation } from '#shared/domain/remediation/pages.ts'
import { dueId, type RemediationPolicy } from '#shared/domain/remediation/policy.ts'
import { remediationKey, type Remediation } from '#shared/domain/remediation/schema.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { breachesOf } from '#shared/domain/remediation/breach.ts'
import type { EventBody } from '#shared/domain/watch/event.ts'
import type { InForce } from '../configuration/in-force.ts'
import { executionRequest } from '../executions/execution-request.ts'
import type { Executions } from '../executions/executions.ts'
import { placeOf, type NamedCodes } from '../executions/named-codes.ts'
import type { Prepare, PreparedWork, Work } from '../executions/prepare.ts'
import type { Measured } from '../follow-ups/watching.ts'
import type { Clock } from '../ports/clock.ts'
import type { Ids } from '../ports/ids.ts'
import type { Logger } from '../ports/logger.ts'
import type { Reactor } from '../reactors/reactor.ts'
import type { Recorder } from '../record/recorder.ts'

/** A stop that the journal refuses is offered again after so long, ms. */
const RECORD_AGAIN_MS = 5_000

const deckwatch: Actor = { kind: 'deckwatch' }

interface Deps {
  readonly clock: Pick<Clock, 'after'>
  readonly executions: Pick<Executions, 'intend' | 'forget' | 'full' | 'whenEnded'>
  readonly ids: Pick<Ids, 'derive'>
  readonly inForce: Pick<InForce, 'playbook' | 'runbooks'>
  readonly logger: Logger
  readonly measured: Measured
  readonly named: NamedCodes
  readonly prepare: Prepare
  readonly recorder: Pick<Recorder, 'state' | 'record'>
}

/** Does what policies of remediation begin. */
export interface Remediating {
  readonly reactor: Reactor
  /** What was begun and did not run when Deckwatch ended is stopped. */
  start(): void
  /** Begins nothing any more. */
  stop(): void
}

type Ready = PreparedWork & { readonly work: Work }

/**
 * Runs a remediation that was begun without a person: its evidence first, which only reads, then its
 * command, of the text that was trusted last. What destroys something is never run. Of what is only
 * proposed the evidence is gathered too. Whatever keeps it from running stops it.
 */
export function createRemediating(deps: Deps): Remediating {
  const { clock, executions, ids, inForce, logger, named, prepare, recorder } = deps

  let isStopping = false

  function record(bodies: readonly EventBody[]): void {
    // What is not recorded by then is found at the next start.
    if (isStopping || recorder.record(bodies, deckwatch).ok) return
    clock.after(RECORD_AGAIN_MS, () => {
      record(bodies)
    })
  }

  function stop(remediation: Remediation, reason: 'not-run' | 'interrupted', why: string): void {
    const incident = recorder.state().incidents.get(remediation.incidentId)
    record(stopRemediation(factsOf(remediation), { reason, why, isPersons: false }, incident))
  }

  /** Where it stands now; undefined once another one has taken its place. */
  function current({ incidentId, policy, remediationId }: Remediation): Remediation | undefined {
    const found = recorder.state().remediations.get(remediationKey({ incidentId, policy }))
    return found?.remediationId === remediationId ? found : undefined
  }

  async function act(remediation: Remediation): Promise<void> {
    const policy = policyOf(remediation)
    if (!policy) {
      stop(remediation, 'not-run', 'the playbook no longer has it')
      return
    }
    const gathered = await gather(remediation, policy)
    if (!gathered.ok) {
      stop(remediation, 'not-run', gathered.error)
      return
    }
    const ready = await readyFor(remediation, [remediation.runbook], remediation.step)
    const now = current(remediation)
    const incident = recorder.state().incidents.get(remediation.incidentId)
    if (now?.status !== 'running') return
    const isOver = !incident || isIncidentOver(incident)
    if (isOver || isPast(remediation, policy)) {
      record([{ type: 'remediation.finished', ...factsOf(now), reason: 'not-needed', why: null }])
      return
    }
    const refused = ready.ok ? refusalOf(ready.value, inForce.runbooks()) : ready.error
    if (!ready.ok || refused !== null) {
      stop(remediation, 'not-run', refused ?? 'it cannot be run')
      return
    }
    const problem = run(remediation.executionId ?? '', remediation.incidentId, ready.value)
    if (problem !== null) stop(remediation, 'not-run', problem)
  }

  /** True where its condition is known to hold no longer: gathering evidence takes a while. */
  function isPast({ incidentId }: Remediation, policy: RemediationPolicy): boolean {
    if (policy.when.kind === 'deployment') {
      const breaches = breachesOf(recorder.state(), policy.name)
      const breach = breaches.find((each) => each.incidentId === incidentId)
      return breach?.due.standing !== 'crossed'
    }
    return deps.measured(incidentId)?.triggers[dueId(policy)]?.holds === false
  }

  function policyOf({ policy }: Remediation): RemediationPolicy | undefined {
    return inForce.playbook().remediations.find(({ name }) => name === policy)
  }

  /** Gathers the evidence, one after the other; why it could not be had, in words. */
  async function gather(
    remediation: Remediation,
    policy: RemediationPolicy,
  ): Promise<Result<void, string>> {
    const { incidentId, remediationId } = remediation
    for (const name of policy.evidence) {
      const ready = await readyFor(remediation, [policy.runbook, ...named.shared()], name)
      const refused = ready.ok ? evidenceRefusal(ready.value) : ready.error
      if (!ready.ok || refused !== null) {
        return fail(`the evidence ${name} cannot be gathered: ${refused ?? ''}`)
      }
      const executionId = ids.derive('evidence', remediationId, name)
      // A proposal may have been waiting for trust in its runbook with half of it.
      if (recorder.state().executions.has(executionId)) continue
      const problem = run(executionId, incidentId, ready.value)
      if (problem !== null) return fail(`the evidence ${name} cannot be gathered: ${problem}`)
      await executions.whenEnded(executionId)
      const result = recorder.state().executions.get(executionId)?.result
      if (result?.verdict === 'failed') {
        return fail(`the evidence ${name} could not be gathered: ${resultWords(result)}`)
      }
    }
    return ok(undefined)
  }

  async function readyFor(
    { incidentId }: Remediation,
    runbooks: readonly string[],
    name: string,
  ): Promise<Result<Ready, string>> {
    const found = await named.find(runbooks, name)
    if (!found) return fail(`no runbook has a command or a query with the name ${name}`)
    const prepared = await prepare(placeOf(incidentId, found))
    if (!prepared.ok) return fail(asPart(prepared.error.message))
    const { work } = prepared.value
    const { refusedBecause } = prepared.value.prepared
    if (work === null) return fail(asPart(refusedBecause ?? 'it cannot be run'))
    return ok({ ...prepared.value, work })
  }

  /** Begins it; why it cannot be, in words. */
  function run(executionId: string, incidentId: string, ready: Ready): string | null {
    if (isStopping) return 'Deckwatch is ending'
    const full = executions.full()
    if (full) return asPart(full.message)
    const about = { executionId, incidentId, reason: 'remediation' } as const
    executions.intend(executionId, ready.work)
    const request = executionRequest(ready, about)
    const recorded = recorder.record([{ type: 'execution.requested', ...request }], deckwatch)
    executions.forget(executionId)
    return recorded.ok ? null : asPart(recorded.error.message)
  }

  async function follow(remediation: Remediation): Promise<void> {
    if (remediation.status === 'running' && remediation.by?.kind !== 'person') {
      await act(remediation)
      return
    }
    const policy = policyOf(remediation)
    const { automatic, instructionsOnly } = inForce.runbooks()
    if (remediation.status !== 'proposed' || !policy || !automatic || instructionsOnly) return
    // A person decides: what could not be had keeps nobody from it.
    await gather(remediation, policy)
  }

  return {
    reactor: {
      doing: 'running remediations',
      recorded({ events }) {
        for (const remediation of events.flatMap(({ body }) => concerned(body))) {
          follow(remediation).catch((error: unknown) => {
            logger.error({ err: error }, 'A remediation could not be run: this is a bug')
            const now = current(remediation)
            if (now?.status === 'running') stop(now, 'not-run', 'an error inside Deckwatch')
          })
        }
      },
    },
    start() {
      const { executions: known, remediations } = recorder.state()
      for (const remediation of remediations.values()) {
        const { status, executionId } = remediation
        if (status !== 'running' || known.has(executionId ?? '')) continue
        stop(remediation, 'interrupted', '')
      }
    },
    stop() {
      isStopping = true
    },
  }

  /** The remediations that something is to be done for after an event. */
  function concerned(body: EventBody): readonly Remediation[] {
    const { remediations } = recorder.state()
    if (body.type === 'runbook.trusted') {
      // Evidence that could not be gathered for want of that.
      return [...remediations.values()].filter(
        ({ status, runbook }) => status === 'proposed' && runbook === body.runbook,
      )
    }
    if (body.type !== 'remediation.begun' && body.type !== 'remediation.proposed') return []
    const found = remediations.get(remediationKey(body))
    return found?.remediationId === body.remediationId ? [found] : []
  }
}

/** Why a command is not run without a person, in words; null where it may be. */
function refusalOf(
  { prepared }: PreparedWork,
  setting: ReturnType<InForce['runbooks']>,
): string | null {
  if (!setting.remediation || !setting.automatic) return 'the configuration no longer allows it'
  if (prepared.risk === 'destroy') {
    return 'it destroys something, which is never done without a person'
  }
  return prepared.trust === 'trusted' ? null : 'the commands of its runbook are not trusted'
}

function evidenceRefusal({ prepared }: PreparedWork): string | null {
  if (prepared.risk !== 'read') return 'it changes something, and evidence only reads'
  return prepared.trust === 'trusted' ? null : 'the commands of its runbook are not trusted'
}
