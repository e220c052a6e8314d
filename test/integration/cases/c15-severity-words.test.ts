import { afterEach, expect, it } from 'vitest'
import { watchCase, type WatchedCase } from './alertmanager-case.ts'

let watched: WatchedCase | null = null
afterEach(() => watched?.stop())

it('reads severities however they are written, and pages in quiet hours for those it does not know', async () => {
  watched = await watchCase(
    'C15',
    {},
    {
      notifications: {
        summaryFrom: 50,
        quietHours: [{ from: '00:00', to: '24:00' }],
      },
    },
  )
  const { live, channel } = watched

  const { alerts, incidents } = await live.until((state) => state.alerts.size === 13)
  const severityOf = Object.fromEntries(
    [...alerts.values()].map(({ labels, severity }) => [labels['severity'], severity]),
  )
  expect(severityOf).toEqual({
    SEV_1: 'P1',
    'sev 1': 'P1',
    S1: 'P1',
    P1: 'P1',
    'P1 - Critical': 'P1',
    page: 'P1',
    emerg: 'P0',
    alert: 'P1',
    urgent: 'P1',
    'critical ': 'P0',
    Kritisch: 'P2',
    '0': 'P2',
    '5': 'P3',
  })
  const isTold = (word: string) => {
    const alert = [...alerts.values()].find(({ labels }) => labels['severity'] === word)
    const title = incidents.get(alert?.incidentId ?? '')?.title ?? 'no incident'
    return channel.sent.some((message) => message.title.includes(title))
  }
  await expect
    .poll(() => ['emerg', 'critical ', 'Kritisch', '0'].map(isTold))
    .toEqual(Array(4).fill(true))
  expect(['SEV_1', 'page', '5'].map(isTold)).toEqual([false, false, false])
})
