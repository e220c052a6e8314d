import type { Labels } from '#shared/domain/alert/schema.ts'
import type { Random } from '../random.ts'
import { annotate, seconds, type Actor } from './actor.ts'
import { americanCities, nodeNames, podNames } from './cast.ts'

/** How many alerts the storm has at its height: from `peak` until `recovery` all of them fire. */
export const STORM_SIZE = 300

/** When the storm breaks, is whole, and starts to clear, in s on the story's clock. */
export const stormSeconds = { begin: 130, peak: 155, recovery: 240, end: 272 } as const

const labels = {
  cluster: 'us-east-1',
  region: 'us-east-1',
  namespace: 'dispatch',
  service: 'courier-dispatch',
} as const

/** One rule of the storm: what it is about, and when its alerts come. */
interface Wave {
  readonly labels: Labels
  readonly expression: string
  readonly subjects: readonly Labels[]
  /** When the first and the last of them fire, in s. */
  readonly arrives: readonly [number, number]
  readonly summary: string
  describe(subject: Labels): string
}

/** A zone of the American cluster goes away, and with it the courier dispatch: five rules, 300 alerts. */
export function storm(random: Random): readonly Actor[] {
  const zone = `us-east-1${random.sample(['a', 'b', 'c', 'd'], 1).join('')}`
  const nodes = nodeNames(12, random)
  const pods = podNames('courier-dispatch', 150, random)
  const onNode = (pod: string, index: number): Labels => ({
    pod,
    node: nodes[index % nodes.length] ?? '',
  })
  const waves: readonly Wave[] = [
    {
      labels: { alertname: 'KubeNodeNotReady', severity: 'high', team: 'platform', zone },
      expression: 'kube_node_status_condition{condition="Ready",status="true"} == 0',
      subjects: nodes.map((node) => ({ node })),
      arrives: [130, 134],
      summary: `Nodes in zone ${zone} are lost; courier dispatch runs at half strength`,
      describe: ({ node = '' }) => `${node} has not answered for ${random.between(40, 70)} s.`,
    },
    {
      labels: { alertname: 'KubePodNotReady', severity: 'warning', team: 'dispatch', zone },
      expression: 'kube_pod_status_ready{namespace="dispatch",condition="true"} == 0',
      subjects: pods.map(onNode),
      arrives: [133, 148],
      summary: 'Pods of courier dispatch are not ready; couriers get their offers late',
      describe: ({ pod = '', node = '' }) => `${pod} on ${node} has not been ready for a minute.`,
    },
    {
      labels: { alertname: 'KubePodCrashLooping', severity: 'warning', team: 'dispatch', zone },
      expression:
        'increase(kube_pod_container_status_restarts_total{namespace="dispatch"}[5m]) > 2',
      subjects: random.sample(pods, 90).map(onNode),
      arrives: [137, 152],
      summary: 'Pods of courier dispatch restart over and over',
      describe: ({ pod = '' }) => `${pod} restarted ${random.between(3, 9)} times in 5 minutes.`,
    },
    {
      labels: { alertname: 'DispatchTargetDown', severity: 'warning', team: 'dispatch', zone },
      expression: 'up{job="courier-dispatch"} == 0',
      subjects: random.sample(pods, 36).map((pod) => ({ pod, instance: `${pod}:9102` })),
      arrives: [135, 150],
      summary: 'Courier dispatch cannot be measured in one zone',
      describe: ({ instance = '' }) => `${instance} has not answered Prometheus for a minute.`,
    },
    {
      labels: { alertname: 'CourierAssignmentSlow', severity: 'page', team: 'dispatch' },
      expression:
        'histogram_quantile(0.9, sum by (le, city) (rate(dispatch_assign_seconds_bucket[5m]))) > 300',
      subjects: americanCities.map((city) => ({ city })),
      arrives: [141, 154],
      summary: 'Orders in twelve cities wait minutes for a courier',
      describe: ({ city = '' }) =>
        `In ${city} 1 in 10 orders waits more than ${random.between(6, 14)} minutes for a courier (objective: 2).`,
    },
  ]
  return waves.flatMap((wave) => wave.subjects.map((subject) => toActor(wave, subject, random)))
}

function toActor(wave: Wave, subject: Labels, random: Random): Actor {
  const all = { ...labels, ...wave.labels, ...subject }
  const [first, last] = wave.arrives
  return {
    labels: all,
    expression: wave.expression,
    says: [
      {
        fromMs: 0,
        annotations: annotate(all, { summary: wave.summary, description: wave.describe(subject) }),
      },
    ],
    fires: [
      {
        fromMs: random.between(seconds(first), seconds(last)),
        untilMs: random.between(seconds(stormSeconds.recovery), seconds(stormSeconds.end)),
      },
    ],
    holds: [],
  }
}
