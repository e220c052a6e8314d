import type { Field } from '#shared/domain/source-kind/field.ts'

/** The time that an HTTP source may take, and how large its answer may be. */
const limits = {
  timeout: {
    kind: 'duration',
    place: 'more',
    label: 'Timeout',
    hint: 'A duration: 10s.',
    standard: '10s',
    minMs: 100,
    maxMs: 300_000,
  },
  maxBodyMiB: {
    kind: 'number',
    place: 'more',
    label: 'Maximum response size, MiB',
    standard: 64,
    min: 1,
    max: 1_024,
    isWhole: false,
  },
} as const satisfies Record<string, Field>

/**
 * The fields that every source has which is polled over HTTP, around those of its own kind.
 *
 * @param placeholder an address as such a server usually has it.
 */
export function polledFields<const Own extends Record<string, Field>>(
  placeholder: string,
  own: Own,
) {
  return {
    url: {
      kind: 'address',
      place: 'main',
      label: 'Address',
      hint: 'As you open it in a browser, with its path if it has one.',
      placeholder,
    },
    interval: {
      kind: 'duration',
      place: 'main',
      label: 'Poll interval',
      hint: 'A duration: 5s, 15s, 1m.',
      standard: '15s',
      minMs: 500,
      maxMs: 3_600_000,
    },
    auth: { kind: 'auth', place: 'main', label: 'Authentication' },
    heartbeats: {
      kind: 'matchers',
      place: 'more',
      label: 'Heartbeats',
      hint: 'Alerts that must always fire, one condition a line. Deckwatch alerts when one is missing.',
      placeholder: 'alertname="Watchdog"',
    },
    ...own,
    realm: {
      kind: 'text',
      place: 'more',
      label: 'Realm',
      hint: 'Alerts with equal labels are one alert within a realm. Empty: found automatically.',
      placeholder: 'production',
      format: 'realm',
    },
    ...limits,
    headers: {
      kind: 'headers',
      place: 'more',
      label: 'HTTP headers',
      hint: 'Sent with each request, for tenants and gateways. Secrets are named in the configuration file, as env:NAME.',
    },
    tls: { kind: 'tls', place: 'more', label: 'TLS' },
  } as const satisfies Record<string, Field>
}
