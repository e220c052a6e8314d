import type { Labels } from '#shared/domain/alert/schema.ts'

/** From when until when, in ms on the story's clock; the end is not part of it. */
export interface Span {
  readonly fromMs: number
  readonly untilMs: number
}

/** Why the story's Alertmanager holds an alert back. */
export type Hold =
  | {
      readonly kind: 'silence'
      readonly createdBy: string
      readonly comment: string
      /** How long after the alert's start the silence ends, ms of real time. */
      readonly lastsMs: number
    }
  | { readonly kind: 'inhibition'; readonly by: string }

/** One label set of the story, and what happens to it. */
export interface Actor {
  readonly labels: Labels
  /** What is said of it from a moment on; the first entry counts from the beginning. */
  readonly says: readonly { readonly fromMs: number; readonly annotations: Labels }[]
  /** When it fires, in order; null: since before the story, without an end. */
  readonly fires: readonly Span[] | null
  readonly holds: readonly (Span & { readonly hold: Hold })[]
  /** The rule's expression, for the link back to its graph. */
  readonly expression: string
}

/** Seconds of the story as ms. */
export const seconds = (value: number): number => value * 1_000

/** Addresses at which the company keeps what an alert links to. */
const RUNBOOKS = 'https://runbooks.pronto.example'
const DASHBOARDS = 'https://grafana.pronto.example/d'

/** Annotations as the company's rules have them; the links follow from alert and service. */
export function annotate(
  labels: Labels,
  texts: { readonly summary: string; readonly description: string },
): Labels {
  const { alertname = '', service = '', cluster = '' } = labels
  return {
    ...texts,
    runbook_url: `${RUNBOOKS}/${service || 'platform'}/${alertname}`,
    dashboard_url: `${DASHBOARDS}/${service || 'platform'}?var-cluster=${cluster}`,
  }
}

/** An actor that fires once and says one thing. */
export function actor(
  labels: Labels,
  expression: string,
  span: readonly [fromSeconds: number, untilSeconds: number],
  texts: { readonly summary: string; readonly description: string },
): Actor {
  return {
    labels,
    expression,
    says: [{ fromMs: 0, annotations: annotate(labels, texts) }],
    fires: [{ fromMs: seconds(span[0]), untilMs: seconds(span[1]) }],
    holds: [],
  }
}
