import type { Random } from '../random.ts'
import { actor, seconds, type Actor, type Span } from './actor.ts'
import { podNames } from './cast.ts'

const HOUR_MS = 3_600_000
/** How often the flapping alert fires: twice as many changes, where five count as flapping. */
const FLAPS = 5

/** What happens beside the outage: announced work, late messages, a word nobody mapped, a flapper. */
export function sideEffects(random: Random): readonly Actor[] {
  return [announcedWork(random), lateMessages(random), tablets(random), flapper(random)]
}

/** Arrives silenced: somebody knew, and said so. */
function announcedWork(random: Random): Actor {
  const alert = actor(
    {
      alertname: 'SearchIndexStale',
      cluster: 'eu-west-1',
      region: 'eu-west-1',
      namespace: 'search',
      service: 'search',
      severity: 'warning',
      team: 'search',
    },
    'time() - search_index_built_timestamp_seconds > 1800',
    [72, 330],
    {
      summary: 'Customers see menus and prices that are up to an hour old',
      description: `The search index is ${random.between(34, 52)} minutes old, the objective is 15.`,
    },
  )
  const hold = {
    kind: 'silence',
    createdBy: 'alice@pronto.example',
    comment: 'Rebuilding the search index after the menu import, CHG-2231',
    lastsMs: 2 * HOUR_MS,
  } as const
  return { ...alert, holds: [{ fromMs: seconds(72), untilMs: seconds(330), hold }] }
}

function lateMessages(random: Random): Actor {
  return actor(
    {
      alertname: 'PushMessagesDelayed',
      cluster: 'us-east-1',
      region: 'us-east-1',
      namespace: 'notifications',
      service: 'notification-service',
      queue: 'order-updates',
      severity: 'warning',
      team: 'messaging',
    },
    'max(notification_queue_oldest_seconds{queue="order-updates"}) > 120',
    [80, 318],
    {
      summary: 'Customers hear about their order some minutes late',
      description: `The oldest order update has waited ${random.between(3, 6)} minutes; ${random.between(9, 16)},000 are queued.`,
    },
  )
}

/** Its severity is a word of one team's own, which no rule knows: shown as P2, never dropped. */
function tablets(random: Random): Actor {
  return actor(
    {
      alertname: 'RestaurantTabletsOffline',
      cluster: 'eu-west-1',
      region: 'eu-west-1',
      namespace: 'restaurants',
      service: 'restaurant-api',
      severity: 'amber',
      team: 'restaurants',
    },
    'count(restaurant_tablet_last_seen_seconds > 300) > 100',
    [88, 336],
    {
      summary: 'Some restaurants in Lyon do not see new orders',
      description: `${random.between(110, 160)} tablets have not asked for orders in 5 minutes; their kitchens get no orders.`,
    },
  )
}

function flapper(random: Random): Actor {
  const [pod = ''] = podNames('eta-service', 1, random)
  const alert = actor(
    {
      alertname: 'DeliveryTimesOff',
      cluster: 'us-east-1',
      region: 'us-east-1',
      namespace: 'eta',
      service: 'eta-service',
      pod,
      severity: 'warning',
      team: 'routing',
    },
    'avg by (pod) (eta_error_minutes) > 10',
    [95, 0],
    {
      summary: 'Promised delivery times are wrong by more than 10 minutes',
      description: `${pod} loses its traffic feed every few seconds; about ${random.between(1_100, 1_900)} customers see a wrong time.`,
    },
  )
  const fires: Span[] = []
  let at = seconds(95)
  for (let flap = 0; flap < FLAPS; flap += 1) {
    const untilMs = at + seconds(random.between(9, 15))
    fires.push({ fromMs: at, untilMs })
    at = untilMs + seconds(random.between(8, 13))
  }
  return { ...alert, fires }
}
