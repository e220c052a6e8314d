import type { Random } from '../random.ts'
import { actor, annotate, seconds, type Actor } from './actor.ts'
import { podNames } from './cast.ts'

const europe = { cluster: 'eu-west-1', region: 'eu-west-1' } as const

/** Where it hurts: checkout, payments and orders of the European cluster. */
export function money(random: Random): readonly Actor[] {
  return [...checkout(random), ...payments(random), ...orders(random)]
}

/** The same alert at two thresholds; the worse one inhibits the other while it fires. */
function checkout(random: Random): readonly Actor[] {
  const labels = {
    alertname: 'CheckoutLatencyHigh',
    ...europe,
    namespace: 'checkout',
    service: 'checkout-api',
    route: '/v2/checkout',
    team: 'checkout',
  }
  const expression =
    'histogram_quantile(0.95, sum by (le, route) (rate(checkout_request_seconds_bucket[5m])))'
  const slow = (random.between(21, 28) / 10).toFixed(1)
  const slower = (random.between(71, 89) / 10).toFixed(1)
  const waits = actor({ ...labels, severity: 'high' }, `${expression} > 2`, [5, 322], {
    summary: 'Checkout takes more than 2 seconds for 1 in 20 customers',
    description: `p95 of /v2/checkout is ${slow} s, the objective is 0.8 s. Baskets are given up ${random.between(8, 14)} % more often than last week.`,
  })
  const critical = actor({ ...labels, severity: 'critical' }, `${expression} > 6`, [62, 305], {
    summary: 'Checkout takes so long that customers give up',
    description: `p95 of /v2/checkout is ${slower} s, the objective is 0.8 s. ${random.between(340, 480)} baskets were given up in the last 5 minutes.`,
  })
  const hold = { kind: 'inhibition', by: 'CheckoutLatencyHigh (critical)' } as const
  return [{ ...waits, holds: [{ fromMs: seconds(62), untilMs: seconds(305), hold }] }, critical]
}

function payments(random: Random): readonly Actor[] {
  const labels = {
    ...europe,
    namespace: 'payments',
    service: 'payments',
    team: 'payments',
  }
  const cards = {
    ...labels,
    alertname: 'CardPaymentsFailing',
    method: 'card',
    provider: 'northpay',
    severity: 'critical',
  }
  const rate = random.between(31, 36)
  const minute = random.between(38, 46)
  const summary = 'Card payments fail for about 1 in 3 customers'
  const failing = actor(
    cards,
    'sum(rate(payments_failed_total{method="card"}[2m])) / sum(rate(payments_total{method="card"}[2m])) > 0.05',
    [25, 285],
    {
      summary,
      description: `${rate} % of card payments were declined in the last 2 minutes (usual: 1.2 %). About ${minute} orders a minute are lost.`,
    },
  )
  const [pod = ''] = podNames('payments', 1, random)
  const retries = actor(
    { ...labels, alertname: 'PaymentRetriesHigh', pod, severity: 'warning' },
    'sum by (pod) (rate(payments_retries_total[5m])) > 10',
    [40, 285],
    {
      summary: 'Payments are tried again and again; customers wait up to 20 seconds longer',
      description: `${pod} retries ${random.between(22, 41)} payments a second (usual: below 1).`,
    },
  )
  const hold = { kind: 'inhibition', by: 'CardPaymentsFailing' } as const
  return [
    {
      ...failing,
      says: [
        ...failing.says,
        {
          fromMs: seconds(85),
          annotations: annotate(cards, {
            summary,
            description: `${rate + 1} % of card payments were declined in the last 2 minutes (usual: 1.2 %). About ${minute * 2} orders are lost so far; wallets and vouchers still work.`,
          }),
        },
      ],
    },
    { ...retries, holds: [{ fromMs: seconds(40), untilMs: seconds(285), hold }] },
  ]
}

function orders(random: Random): readonly Actor[] {
  const [pod = ''] = podNames('order-service', 1, random)
  return [
    actor(
      {
        alertname: 'OrderErrorRateHigh',
        ...europe,
        namespace: 'orders',
        service: 'order-service',
        pod,
        severity: 'page',
        team: 'orders',
      },
      'sum by (pod) (rate(orders_requests_total{code=~"5.."}[2m])) / sum by (pod) (rate(orders_requests_total[2m])) > 0.05',
      [45, 296],
      {
        summary: 'About 1 in 8 orders ends with an error page after checkout',
        description: `${random.between(11, 14)} % of the requests to order-service answer 5xx (usual: 0.1 %), most of them waiting for payments.`,
      },
    ),
  ]
}
