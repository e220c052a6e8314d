import type { Placeholder, Variable } from '../schema.ts'

/** Where an input is used. */
export interface Occurrence {
  /** The index of the code among those that were asked for. */
  readonly code: number
  readonly placeholder: Placeholder
}

/** One thing to fill in before the codes of a step can be used. */
export interface Input {
  /**
   * What it is, in every step of a runbook: `namespace`, `$value`, `replicas: as many as before`.
   * What a person enters is kept under it.
   */
  readonly id: string
  /** As it is first written: `pod-name`, `NODE_NAME`. */
  readonly name: string
  /** The name in words: `Pod name`. */
  readonly title: string
  /** What a person is to enter, where the text says it. */
  readonly description: string | null
  /** The label of the alert that it is filled from, where the text says so. */
  readonly label: string | null
  /** The value without one, where the text has one. */
  readonly fallback: string | null
  /** The earlier step that sets the variable `name`, if nobody is asked for it there. */
  readonly setBy: string | null
  readonly occurrences: readonly Occurrence[]
}

/** An alert of the incident. What it says was written by others and may be hostile. */
export interface AlertFacts {
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  /** What was measured; null: unknown. */
  readonly value: number | null
  /** In ms since the epoch, UTC. */
  readonly startsAt: number
}

/** The incident, as far as inputs are filled from it. */
export interface IncidentFacts {
  readonly id: string
  /** In ms since the epoch, UTC. */
  readonly startedAt: number
  readonly severity: string | null
  readonly service: string | null
  readonly title: string
}

/** Everything that inputs are filled from. */
export interface InputFacts {
  /** The worst first. */
  readonly alerts: readonly AlertFacts[]
  /** What the plan gives, by the names of inputs. */
  readonly planValues: Readonly<Record<string, string>>
  /** What the front matter of the runbook declares. */
  readonly vars: readonly Variable[]
  /** What earlier steps kept, by variable. */
  readonly captured: ReadonlyMap<string, string>
  /** What a person entered, by {@link Input.id}. */
  readonly entered: ReadonlyMap<string, string>
  readonly incident: IncidentFacts
}

/** What an incident says of itself. */
export type IncidentFact = keyof IncidentFacts

/** Where a value comes from, or why there is none. */
export type Origin =
  | { readonly kind: 'entered' }
  /** An earlier step kept it. */
  | { readonly kind: 'captured'; readonly step: string }
  | { readonly kind: 'plan'; readonly name: string }
  /** The front matter of the runbook. */
  | { readonly kind: 'runbook'; readonly name: string }
  /** `host`: the label without its port, which is the one change that is ever made to a value. */
  | { readonly kind: 'label'; readonly name: string; readonly part: 'whole' | 'host' }
  /** What the alert measured. */
  | { readonly kind: 'value' }
  | { readonly kind: 'annotation'; readonly name: string }
  | { readonly kind: 'incident'; readonly fact: IncidentFact }
  /** The text has a value for when there is none. */
  | { readonly kind: 'fallback' }
  /** `choose`: there are choices, and none is certain. */
  | { readonly kind: 'missing'; readonly why: 'nothing' | 'choose' }

/** A value that alerts of the incident have. */
export interface Choice {
  readonly value: string
  /** How many alerts have it. */
  readonly alerts: number
  readonly origin: Origin
}

/** An input with its value. */
export interface FilledInput extends Input {
  /** Exactly as its origin has it, never trimmed; null: it is missing. */
  readonly value: string | null
  readonly origin: Origin
  /** What the alerts have for it, where a person has to look: the most frequent first. Else empty. */
  readonly choices: readonly Choice[]
}
