import type { Actor } from '#shared/domain/actor/schema.ts'
import { changesNear, isRelated } from '#shared/domain/change/near.ts'
import type { Change } from '#shared/domain/change/schema.ts'
import { alertsOf } from '#shared/domain/incident/members.ts'
import { fail, ok } from '#shared/domain/result/result.ts'
import { surroundingsOf } from '#shared/domain/change/surroundings.ts'
import type { EventBody } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { InForce } from '../configuration/in-force.ts'
import type { Clock } from '../ports/clock.ts'
import type { Ids } from '../ports/ids.ts'
import type { Journal } from '../ports/journal.ts'
import type { Heard, TakeHeard } from '../ports/listener.ts'
import type { Recorder } from '../record/recorder.ts'

/** Most open incidents on whose timelines one change stands. */
const MAX_CONCERNED = 50

interface Deps {
  readonly clock: Pick<Clock, 'now'>
  readonly ids: Pick<Ids, 'derive'>
  readonly inForce: Pick<InForce, 'playbook'>
  readonly journal: Pick<Journal, 'findEvent'>
  readonly recorder: Pick<Recorder, 'state' | 'recordEvents'>
}

const deckwatch: Actor = { kind: 'deckwatch' }

/** Records what was heard from outside, once: the same news again is found in the journal. */
export function createTakeHeard({ clock, ids, inForce, journal, recorder }: Deps): TakeHeard {
  const toBody = (heard: Heard, id: string): EventBody => {
    switch (heard.kind) {
      case 'change': {
        const change = { ...heard.change, id, service: serviceOf(heard.change.service) }
        return { type: 'change.recorded', change, incidentIds: concernedBy(change) }
      }
      case 'voice': {
        const { service, counts, saidAt } = heard
        return { type: 'voice.counted', voiceId: id, service, saidAt, ...counts }
      }
      case 'job': {
        const { job, status, reportedAt } = heard
        return { type: 'job.reported', job, status, reportedAt, way: 'webhook' }
      }
    }
  }

  /** As the list of services calls it, which may know it by the name of its deployment. */
  function serviceOf(name: string | null): string | null {
    const { services } = inForce.playbook()
    if (name === null || services.services.has(name)) return name
    return services.serviceOf({ service: name, deployment: name })?.name ?? name
  }

  function concernedBy(change: Change): string[] {
    const state = recorder.state()
    const { services } = inForce.playbook()
    const concerned: string[] = []
    for (const { id, status, startedAt } of state.incidents.values()) {
      if (status !== 'triggered' && status !== 'acknowledged') continue
      const around = state.surroundings.get(id) ?? surroundingsOf(labelsOf(state, id), services)
      if (changesNear([change], startedAt, around).some(isRelated)) concerned.push(id)
      if (concerned.length >= MAX_CONCERNED) break
    }
    return concerned
  }

  return (heard) => {
    const id = ids.derive('heard', heard.kind, heard.key)
    if (journal.findEvent(id)) return ok({ isKnown: true })
    if (heard.kind === 'job' && !isWatched(recorder.state(), heard.job)) {
      return fail({
        code: 'unknown',
        message: `No job is called ${JSON.stringify(heard.job)} in jobs.yaml.`,
      })
    }
    const event = { id, at: clock.now(), actor: deckwatch, body: toBody(heard, id) }
    const recorded = recorder.recordEvents([event])
    return recorded.ok
      ? ok({ isKnown: recorded.value.length === 0 })
      : fail({ code: 'not-recorded', message: recorded.error.message })
  }
}

function isWatched({ jobs }: WatchState, job: string): boolean {
  return jobs.has(job)
}

function labelsOf(state: WatchState, incidentId: string) {
  return alertsOf(state, incidentId).map(({ labels }) => labels)
}
