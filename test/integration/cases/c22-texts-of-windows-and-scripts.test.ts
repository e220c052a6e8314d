import { afterEach, expect, it } from 'vitest'
import { watchCase, type WatchedCase } from './alertmanager-case.ts'

let watched: WatchedCase | null = null
afterEach(() => watched?.stop())

it('shows texts of Windows and of joining scripts as they are meant, and what hides in marks', async () => {
  watched = await watchCase('C22')
  const { live, channel } = watched

  const { alerts, incidents } = await live.until((state) => state.alerts.size === 3)
  const summaries = [...alerts.values()].map(({ annotations }) => annotations['summary']).sort()
  expect(summaries).toEqual([
    'Queue\u00a0length⟨U+200B⟩ is 900',
    'Spooler stopped on WIN-7',
    'سرویس پرداخت پاسخ نمی\u200cدهد',
  ])
  const spooler = [...alerts.values()].find(({ labels }) => labels['service'] === 'Spooler')
  expect(spooler?.annotations['description']).toBe(
    'EventID: 7036\nService: Print Spooler\nState: stopped\nFirst response:\n\tsc query spooler\n',
  )
  expect([...incidents.values()].map(({ title }) => title)).toContain('Spooler stopped on WIN-7')
  await expect
    .poll(() => channel.sent.map(({ title }) => title).join('\n'))
    .toContain('Spooler stopped on WIN-7')
  expect(JSON.stringify(channel.sent)).not.toContain('000D')
})
