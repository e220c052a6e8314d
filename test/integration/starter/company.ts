import type { Movement, Movements } from '../servers/metrics-target.ts'

const HOUR_S = 3_600
const DAY_S = 24 * HOUR_S

const is = (value: number): Movement => ({ is: value })
const perSecond = (rate: number): Movement => ({ perSecond: rate })

/** The buckets of a histogram when each of `rate` observations a second lies below `upper` and above the bound before. */
function histogram(
  name: string,
  labels: string,
  bounds: readonly number[],
  { upper, rate }: { readonly upper: number; readonly rate: number },
): Movements {
  return Object.fromEntries(
    [...bounds, Infinity].map((bound) => [
      `${name}_bucket{${labels},le="${bound === Infinity ? '+Inf' : String(bound)}"}`,
      perSecond(bound >= upper ? rate : 0),
    ]),
  )
}

/** Requests of a service, those of `failing` a second with an error. */
function requests(service: string, team: string, all: number, failing: number): Movements {
  const labels = `service="${service}",team="${team}",cluster="eu"`
  return {
    [`http_requests_total{${labels},code="200"}`]: perSecond(all - failing),
    [`http_requests_total{${labels},code="503"}`]: perSecond(failing),
  }
}

/** How long answers of a service take, in seconds: on average, and the bound below which they lie. */
function answers(service: string, team: string, average: number, upper: number): Movements {
  const labels = `service="${service}",team="${team}",cluster="eu"`
  return {
    [`http_request_duration_seconds_sum{${labels}}`]: perSecond(100 * average),
    [`http_request_duration_seconds_count{${labels}}`]: perSecond(100),
    ...histogram('http_request_duration_seconds', labels, [0.1, 0.25, 0.5, 1], {
      upper,
      rate: 100,
    }),
  }
}

const firstToken = (cluster: string, upper: number) =>
  histogram(
    'assistant_first_token_seconds',
    `service="assistant",cluster="${cluster}"`,
    [0.6, 0.9, 1.5, 2, 3],
    { upper, rate: 10 },
  )

/** Tries of something, by outcome, so many a second. */
function tries(name: string, service: string, succeeded: number, failed: number): Movements {
  const labels = `service="${service}",cluster="eu"`
  return {
    [`${name}{${labels},outcome="succeeded"}`]: perSecond(succeeded),
    [`${name}{${labels},outcome="failed"}`]: perSecond(failed),
  }
}

const node = 'service="platform",cluster="eu",instance="node-1"'
const disk = `${node},mountpoint="/var/lib",fstype="ext4"`
const orders = 'service="orders-db",cluster="eu",instance="orders-db-0"'
const accounts = 'service="accounts-db",cluster="eu",instance="accounts-db-0"'
const dump = 'job_name="orders-dump",kind="backup",service="backup",cluster="eu"'
const archive = 'job_name="accounts-dump",kind="backup",service="backup",cluster="eu"'
const index = 'job_name="search-index",kind="batch",service="search",cluster="eu"'
const site = 'service="edge",cluster="eu",instance="https://www.larkspur.example"'
const failedLogin =
  'kind="failed-login",service="identity",cluster="eu",source_ip="203.0.113.7",user_agent="curl/8",user_name="ada"'

/** Larkspur on a good day. `nowS`: seconds since the epoch. */
export function goodDay(nowS: number): Movements {
  return {
    ...firstToken('eu', 0.9),
    ...firstToken('us', 0.9),
    'assistant_sessions_active{service="assistant",cluster="eu"}': is(412),
    'assistant_sessions_active{service="assistant",cluster="us"}': is(268),
    ...tries('payments_total', 'payments', 49.8, 0.2),
    'payment_value_dollars_total{service="payments",cluster="eu",outcome="failed"}': perSecond(6),
    ...tries('subscription_renewals_total', 'subscriptions', 99.7, 0.3),
    'subscription_renewal_value_dollars_total{service="subscriptions",cluster="eu",outcome="failed"}':
      perSecond(5.7),
    [`pg_up{${orders}}`]: is(1),
    [`pg_up{${accounts}}`]: is(1),
    ...tries('db_connection_attempts_total', 'orders-db', 20, 0),
    [`pg_stat_database_numbackends{${accounts},datname="accounts"}`]: is(160),
    [`pg_settings_max_connections{${accounts}}`]: is(400),
    ...requests('storefront', 'commerce', 200, 0.1),
    ...answers('video', 'media', 0.12, 0.25),
    [`node_cpu_seconds_total{${node},cpu="0",mode="idle"}`]: perSecond(0.5),
    [`node_memory_MemAvailable_bytes{${node}}`]: is(8e9),
    [`node_memory_MemTotal_bytes{${node}}`]: is(16e9),
    [`node_filesystem_avail_bytes{${disk}}`]: is(60e9),
    [`node_filesystem_size_bytes{${disk}}`]: is(100e9),
    'log_messages_total{service="recommendations",team="data",cluster="eu",level="error"}':
      perSecond(2),
    [`security_events_total{${failedLogin}}`]: is(0),
    [`probe_ssl_earliest_cert_expiry{${site}}`]: is(nowS + 60 * DAY_S),
    [`scheduled_job_last_success_timestamp_seconds{${dump}}`]: is(nowS - 6 * HOUR_S),
    [`scheduled_job_every_seconds{${dump}}`]: is(DAY_S),
    [`scheduled_job_last_run_failed{${dump}}`]: is(0),
    [`scheduled_job_last_success_timestamp_seconds{${archive}}`]: is(nowS - 6 * HOUR_S),
    [`scheduled_job_every_seconds{${archive}}`]: is(DAY_S),
    [`scheduled_job_last_run_failed{${archive}}`]: is(0),
    [`scheduled_job_last_success_timestamp_seconds{${index}}`]: is(nowS - 600),
    [`scheduled_job_every_seconds{${index}}`]: is(HOUR_S),
    [`scheduled_job_last_run_failed{${index}}`]: is(0),
    'ml_pipeline_stage_up{service="ml-pipeline",cluster="eu",stage="features"}': is(1),
    'ml_pipeline_stage_up{service="ml-pipeline",cluster="eu",stage="training"}': is(1),
    'ml_pipeline_queue_length{service="ml-pipeline",cluster="eu",stage="features"}': is(12),
    'ml_model_published_timestamp_seconds{service="ml-pipeline",cluster="eu"}': is(nowS - 3_000),
    ...tries('video_uploads_total', 'video', 9, 1),
  }
}

/** Everything that the example alerts speak of, at once. What is not named goes on as before. */
export function worstNight(nowS: number): Movements {
  return {
    ...firstToken('eu', 2),
    ...firstToken('us', 3),
    ...tries('payments_total', 'payments', 46, 4),
    'payment_value_dollars_total{service="payments",cluster="eu",outcome="failed"}': perSecond(120),
    ...tries('subscription_renewals_total', 'subscriptions', 97, 3),
    'subscription_renewal_value_dollars_total{service="subscriptions",cluster="eu",outcome="failed"}':
      perSecond(57),
    [`pg_up{${orders}}`]: is(0),
    ...tries('db_connection_attempts_total', 'orders-db', 12, 8),
    [`pg_stat_database_numbackends{${accounts},datname="accounts"}`]: is(352),
    ...requests('storefront', 'commerce', 200, 18),
    ...answers('video', 'media', 0.38, 1),
    [`node_cpu_seconds_total{${node},cpu="0",mode="idle"}`]: perSecond(0.04),
    [`node_memory_MemAvailable_bytes{${node}}`]: is(1e9),
    [`node_filesystem_avail_bytes{${disk}}`]: is(6e9),
    'log_messages_total{service="recommendations",team="data",cluster="eu",level="error"}':
      perSecond(40),
    [`security_events_total{${failedLogin}}`]: perSecond(2),
    'security_events_total{kind="unauthorised",service="storefront",cluster="eu",source_ip="203.0.113.7",user_agent="curl/8",user_name="ada"}':
      is(1),
    'security_events_total{kind="sql-injection",service="search",cluster="eu",source_ip="198.51.100.9",user_agent="sqlmap",user_name="-"}':
      is(1),
    [`probe_ssl_earliest_cert_expiry{${site}}`]: is(nowS + 2 * DAY_S),
    [`scheduled_job_last_success_timestamp_seconds{${dump}}`]: is(nowS - 30 * HOUR_S),
    [`scheduled_job_last_run_failed{${archive}}`]: is(1),
    [`scheduled_job_last_success_timestamp_seconds{${index}}`]: is(nowS - 3 * HOUR_S),
    'ml_pipeline_stage_up{service="ml-pipeline",cluster="eu",stage="features"}': is(0),
    ...tries('video_uploads_total', 'video', 2, 8),
  }
}

/** What a bridge from EventBridge makes of an AWS Health event: the labels say what, and where. */
export const awsHealthEvent = {
  labels: {
    alertname: 'AwsHealthEvent',
    severity: 'medium',
    event_type_category: 'scheduledChange',
    event_type_code: 'AWS_RDS_PLANNED_LIFECYCLE_EVENT',
    aws_service: 'RDS',
    region: 'eu-central-1',
    account: '111122223333',
    event_arn:
      'arn:aws:health:eu-central-1::event/RDS/AWS_RDS_PLANNED_LIFECYCLE_EVENT/AWS_RDS_PLANNED_LIFECYCLE_EVENT_1a2b3c',
    team: 'platform',
  },
  annotations: {
    summary: 'PostgreSQL 13 reaches its end on RDS in 90 days',
    description: '2 databases of account 111122223333 are affected.',
    runbook_url: 'https://playbook.larkspur.example/runbooks/platform/aws-health.md',
  },
} as const
