import { z } from 'zod'
import { durationText } from '../duration/duration.ts'
import type { GrowthRule } from '../incident/growth-schema.ts'
import { severitySchema } from '../severity/schema.ts'
import { labelName } from './label-name.ts'

/** Longest time between two pages for growth of one incident, ms. */
const MAX_WITHIN_MS = 24 * 3_600_000

/** Labels whose new value is another problem, not one more of the same, as sources name them. */
const tellingLabels = [
  // Another rule: Grafana fires all of its rules without data under one name.
  'alertname',
  'rulename',
  'alert_rule_uid',
  '__alert_rule_uid__',
  'rule_uid',
  // Another place.
  'cluster',
  'datacenter',
  'region',
  'zone',
  'availability_zone',
  'topology_kubernetes_io_zone',
  // Another group of hosts or pods.
  'environment',
  'env',
  'namespace',
  'service',
  'job',
  'hostgroup',
]

const growthKeys = z
  .strictObject({
    times: z.number().min(1).max(100).default(2),
    more: z.number().int().min(1).max(10_000).default(3),
    first: z.enum([...severitySchema.options, 'none']).default('P0'),
    within: durationText(0, MAX_WITHIN_MS).default(5 * 60_000),
    labels: z.array(labelName).max(50).default(tellingLabels),
  })
  .transform(({ first, within, ...rest }): GrowthRule => ({
    ...rest,
    first: first === 'none' ? null : first,
    withinMs: within,
  }))

/** `off`, or the rule; `false` is what YAML's older parsers made of `off`. */
export const growthSetting = z
  .union([z.literal(['off', false]).transform(() => null), growthKeys], {
    error: 'write off, or the keys of the rule, as in { times: 2, more: 3 }',
  })
  .prefault({})
