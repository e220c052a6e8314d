import { expect, it } from 'vitest'
import { emptyWatch, fromSnapshot, toSnapshot } from '#shared/domain/watch/state.ts'
import { linkedRunbooks } from '#renderer/engine/watch/linked-runbooks.ts'
import { alertWith, incidentWith } from '#test/fixtures/watch-entities.ts'

it('are what alerts of open incidents name, with the names of those alerts', () => {
  const alert = (key: string, incidentId: string, alertname: string) =>
    alertWith({
      key,
      incidentId,
      labels: { alertname },
      annotations: { runbook_url: `https://wiki.example/${incidentId}#x` },
    })
  const watch = fromSnapshot({
    ...toSnapshot(emptyWatch),
    incidents: [incidentWith({ id: 'i1' }), incidentWith({ id: 'i2', status: 'closed' })],
    alerts: [alert('a', 'i1', 'One'), alert('b', 'i1', 'Two'), alert('c', 'i2', 'Three')],
  })
  expect([...linkedRunbooks(watch)].map(([id, names]) => [id, [...names].toSorted()])).toEqual([
    ['url:https://wiki.example/i1', ['One', 'Two']],
  ])
})
