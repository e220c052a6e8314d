import type { Random } from '../random.ts'
import { actor, annotate, type Actor } from './actor.ts'
import { nodeNames } from './cast.ts'
import { STORY_LENGTH_MS } from './scenes.ts'

/** What is there on a good day: a heartbeat, and one disk that somebody looks at tomorrow. */
export function calm(random: Random): readonly Actor[] {
  const watchdog = {
    alertname: 'Watchdog',
    cluster: 'eu-west-1',
    severity: 'none',
    team: 'platform',
  }
  const [node = ''] = nodeNames(1, random)
  const free = random.between(11, 14)
  return [
    {
      labels: watchdog,
      expression: 'vector(1)',
      says: [
        {
          fromMs: 0,
          annotations: annotate(watchdog, {
            summary: 'The alerting pipeline works',
            description: 'This alert always fires. When it is missing, alerts do not get through.',
          }),
        },
      ],
      fires: null,
      holds: [],
    },
    actor(
      {
        alertname: 'NodeFilesystemFillingUp',
        cluster: 'eu-west-1',
        region: 'eu-west-1',
        namespace: 'monitoring',
        service: 'search',
        instance: `${node}:9100`,
        mountpoint: '/var/lib/search',
        severity: 'ticket',
        team: 'search',
      },
      'predict_linear(node_filesystem_avail_bytes[6h], 5 * 86400) < 0',
      [0, STORY_LENGTH_MS / 1_000],
      {
        summary: 'A search disk will be full in about five days; nobody is affected yet',
        description: `/var/lib/search on ${node} has ${free} % free and loses about ${random.between(2, 3)} % a day.`,
      },
    ),
  ]
}
