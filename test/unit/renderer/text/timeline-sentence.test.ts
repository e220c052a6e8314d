import { expect, it } from 'vitest'
import { sentenceOf } from '#renderer/text/timeline-sentence.ts'
import type { Reader } from '#shared/domain/person/identity.ts'
import { toTimeline } from '#shared/domain/timeline/timeline.ts'
import { eventTypes, type Event } from '#shared/domain/watch/event.ts'
import { goldenEvents } from '#test/fixtures/golden-story.ts'

/** The owner of the machine, who did what was recorded before persons had ids. */
const owner: Reader = {
  id: 'ada',
  owner: 'ada',
  people: [
    { id: 'ada', name: 'Ada' },
    { id: 'cy', name: 'Cy' },
  ],
}

const read = (event: Event, reader: Reader | undefined) =>
  toTimeline([event]).map((entry) => {
    const { who, text } = sentenceOf(entry, reader)
    return [
      who,
      entry.kind === 'note' ? 'noted' : null,
      text,
      entry.until === undefined ? null : 'TIME',
      entry.detail ?? null,
    ]
      .filter((part) => part !== null)
      .join(' ')
  })

it('makes a sentence of every event that stands on a timeline', () => {
  expect([...new Set(goldenEvents.flatMap((event) => read(event, owner)))]).toEqual([
    'Incident opened as P1 (am-eu)',
    'Alert fired: pod-1 is slow (am-eu)',
    'Alert fired: pod-2 is slow (am-eu)',
    'Alert fired: pod-3 is slow (am-eu)',
    'Alert fired: pod-4 is slow (am-eu)',
    'Paging you',
    'Desktop notification failed: No notification service answers.',
    'Desktop notification sent (attempt 2)',
    'Other notification cancelled: notifications turned off',
    'You opened the notification',
    'Notification to you held: quiet hours, until TIME',
    'Paging you (held until now), in a summary of 2 incidents',
    'Desktop notification failed: No notification service answers. No more retries.',
    'Notification to you held: focus on another incident',
    'You acknowledged the incident',
    'You focused here; other pages held',
    'You noted The database is full.',
    'You snoozed the incident until TIME',
    'Snooze ended',
    'You unsnoozed the incident',
    'Annotations updated by prom',
    'Alert suppressed: silenced by ada until 2023-11-14 23:15 UTC: “deploy”',
    'Severity raised to P0 (am-eu)',
    'Title changed: pod-1 is very slow',
    'You unacknowledged the incident',
    'Alert no longer reported by am-eu, still by another source',
    'Alert unconfirmed: prom restarted and has not reported it again yet',
    'Alert severity changed to P2: rule service=search is P2',
    'Alert flapping: 6 status changes',
    'Alert resolved (am-eu)',
    'Incident resolved',
    'Focus ended',
    'Incident fired again as P2 (am-eu)',
    'Alert flapping: 5 status changes',
    'Alert no longer flapping',
    'You resolved the incident; 1 alert still firing',
    'You reopened the incident',
    'Alert resolved: its source am-eu was removed',
    'You closed the incident',
    'Cy acknowledged the incident',
    'Paging Cy',
    'Notification to Cy held: notifications are off for its severity',
    '3 more pods since Cy acknowledged, new: zone=eu-2',
    'Alert fired: pod-5 is slow (am-eu)',
    'Alert of us belongs to realm us',
    'Alert known by the labels that am-eu sends to Alertmanager',
    'Alert of am-eu belongs to realm us',
    'Alert fired: pod-7 is slow (am-eu)',
    'Cy silenced until TIME in am-eu: alertname="Slow" (“The database is being moved.”)',
    'Cy extended the silence until TIME in am-eu: alertname="Slow"',
    'Cy expired the silence in am-eu: alertname="Slow"',
    'Response now due TIME (severity is P0)',
    'No response by TIME',
    'Cy gave the plan of action: Roll back.',
    'Deployment: payments v2.1.3, by ada',
    'Changed near the start: payments v2.1.3 (4 min before)',
    'Response plan: Search is slow',
    'Impact at opening: 36 % of searches take too long',
    'Cy did: Look at the index (“One shard is gone.”)',
    'Cy set the impact: 1,200 users affected · $40 a minute (“counted by support”)',
    'Trigger crossed: Unresolved: 31 min, threshold 30 min: you escalate to team:platform. Deckwatch has notified nobody',
    'Trigger cleared: Unresolved (the incident is over)',
    'Cy confirmed: No complaints',
    'Cy started the runbook Search, commit 0a1b2c3d',
    'Cy did: Count the shards (“Four of five.”)',
    'Cy answered no: all shards are there',
    'Cy withdrew the answer to: all shards are there',
    'Runbook text changed: Search is slow',
    'Cy skipped: Add the shard again',
    'Cy ran for “Add the shard again”: kubectl --context prod get shards (read, context prod, commit 0a1b2c3d)',
    'Add the shard again: not as expected: shard-4 ready (exit 0, 0.3 s)',
    'Cy ran “shards” on 2 pods: kubectl logs <pod> (read, context prod)',
    'shards on 2 pods: 1 finished, 1 failed: shard-1',
    'Remediation proposed: Add a shard (2 of 2 left in 1h) because shards < 5 for 5m, now 4. Not run by itself: the commands of its runbook are not trusted yet. Notify team:search yourself',
    'Cy dismissed the remediation Add a shard',
    'Remediation begun: Add a shard (time 1 of 2 in 1h) because shards < 5 for 5m, now 3. Notify team:search yourself',
    'Remediation Add a shard is watched until TIME',
    'Remediation finished: Add a shard: it helped (now 5, threshold < 5)',
    'Remediation stopped: Add a shard: it was done as often as it may be, and is due again: shards < 5 for 5m, now 4. It stays stopped until somebody re-arms it. Notify team:search yourself',
    'Cy re-armed the remediation Add a shard',
    'Cy ran in a terminal: kubectl get pods: failed: no such context (exit 1, 1.2 s)',
    'Cy declared it as P1: Support has 12 calls',
    'Flow: Standard',
    'Cy did: Verify that it is real',
    'Cy took over as incident commander',
    'Cy made Bo incident commander, instead of Cy',
    'Cy released Bo as incident commander',
    'Cy opened the hypothesis: The queue is stuck',
    'Cy confirmed the hypothesis: The queue is stuck (“No worker takes anything”)',
    'Cy decided: Restart the workers',
    'Cy put a temporary measure in place: Refunds paused',
    'Cy added a task: Write to support, for Bo, due TIME',
    'Cy changed the task: Write to support and sales',
    'Cy did the task: Write to support and sales',
    'Cy needs the approval of Bo: Deploy refunds v3 now',
    'Bo approved: Deploy refunds v3 now (“Only the workers change”)',
    'Cy wrote an update: Refunds are paused. Next update at TIME',
    'Cy lowered the severity from P1 to P2 (“Nobody loses money”)',
    'Cy mitigated the incident: Workers restarted',
    'Cy said that it is not mitigated',
    'Cy removed the temporary measure: Refunds paused',
    'Cy judged it a real incident',
    'Cy split off pod-1 is slow, 1 alert',
    'Cy merged pod-1 is slow into Refunds are late',
    'Cy found the page not useful',
    'Incident confidential: visible to Cy (“rule team="fraud"”)',
    'Cy made the incident visible to everybody (“No names in it”)',
    'Cy made the incident confidential: visible to Bo, Cy',
    'Cy noted Customers called already.',
    'Cy corrected an entry: One customer called.',
    'Cy added an image: Latency before the restart',
    'Cy opened the review',
    'Cy scheduled the review for TIME',
    'Cy saved the review: revision 1',
    'Cy held the review',
    'Cy published the review: revision 1',
    'Cy marked the action item as done: Limit the retries',
  ])
  const told = new Set<string>(goldenEvents.map(({ body }) => body.type))
  expect(eventTypes.filter((type) => !told.has(type))).toEqual([])
})

it('says of what was recorded for the owner to somebody else whom it was for', () => {
  const cy: Reader = { ...owner, id: 'cy' }
  const requested = goldenEvents.filter(({ body }) => body.type === 'page.requested')
  expect(requested.flatMap((event) => read(event, cy))).toEqual([
    'Paging Ada',
    'Paging Ada (held until now), in a summary of 2 incidents',
    'Paging you',
  ])
  expect(requested.flatMap((event) => read(event, undefined))[0]).toBe('Paging the owner')
})

it('begins with whoever it is about where a person ended something', () => {
  const finished = goldenEvents.find(({ body }) => body.type === 'execution.finished')
  if (finished?.body.type !== 'execution.finished') throw new Error('nothing ended')
  const by = { kind: 'person', id: 'cy', name: 'Cy' } as const
  const event: Event = {
    ...finished,
    body: { ...finished.body, outcome: { kind: 'cancelled', by } },
  }
  const [entry] = toTimeline([event])
  if (!entry) throw new Error('it stands on no timeline')
  const text = expect.stringMatching(/^cancelled “Add the shard again” after 0\.3 s/) as string
  expect(sentenceOf(entry, owner)).toEqual({ who: 'Cy', text })
  expect(sentenceOf(entry, { ...owner, id: 'cy' })).toEqual({ who: 'You', text })
})
