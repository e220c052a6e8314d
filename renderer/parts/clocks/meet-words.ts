import type { IncidentClocks } from '#shared/domain/clock/schema.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { keptRefusal, type refusalOf } from '../../engine/commands/availability.ts'
import type { KeptCommand } from '../../engine/offline/kept-command.ts'
import type { SaidClock } from '../../engine/page/ui-store.ts'

interface MeetWords {
  /** What a person says with it. */
  readonly title: string
  readonly label: string
  readonly placeholder: string
  readonly send: string
  /** What else people call it. */
  readonly keywords: string
}

/** How the word of a person that ends a clock is asked for. */
export const meetWords: Readonly<Record<SaidClock, MeetWords>> = {
  plan: {
    title: 'Plan is made',
    label: 'Plan of action (optional)',
    placeholder: 'Roll back 2.1.3, then watch the failures',
    send: 'Record the plan',
    keywords: 'plan of action response clock met done',
  },
  escalate: {
    title: 'Escalated',
    label: 'To whom (optional)',
    placeholder: 'Lea of payments, by phone',
    send: 'Record the escalation',
    keywords: 'escalation clock met others brought in called done',
  },
}

/** The running clocks of an incident that a person's word ends. */
export function saidClocks(
  clocks: Pick<IncidentClocks, 'clocks'> | undefined,
): readonly SaidClock[] {
  return (['plan', 'escalate'] as const).filter(
    (kind) => clocks?.clocks[kind]?.status === 'running',
  )
}

/** Why a clock cannot be ended by a word now; null while it can, also while the engine is lost. */
export function meetRefusal(
  incident: Pick<Incident, 'id' | 'status'>,
  kind: SaidClock,
  state: Parameters<typeof refusalOf>[0] & { readonly kept: readonly KeptCommand[] },
): string | null {
  const isQueued = state.kept.some(
    (each) =>
      each.name === 'clock.meet' &&
      each.input.incidentId === incident.id &&
      each.input.kind === kind &&
      each.state === 'waiting',
  )
  return keptRefusal(incident, state, 'clock.meet') ?? (isQueued ? 'Already queued.' : null)
}
