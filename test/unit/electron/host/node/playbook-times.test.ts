import { describe, expect, it } from 'vitest'
import { openTestPlaybook } from './playbook-kit.ts'

const berlin = 'calendar: berlin\nzone: Europe/Berlin\n'
const holidays = [
  'BEGIN:VCALENDAR',
  'BEGIN:VEVENT',
  'DTSTART;VALUE=DATE:20270104',
  'SUMMARY:Founding day',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'DTSTART:20270105T080000Z',
  'SUMMARY:Breakfast',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n')

/** Monday, 08:30 in Berlin. */
const MONDAY = Date.parse('2027-01-04T07:30Z')

describe('response times of a playbook', () => {
  it('count by its calendars, without the holidays of their lists', async () => {
    const { readPlaybook, between } = await openTestPlaybook({
      'clocks.yaml': 'use: by-priority\n',
      'calendars/berlin.yaml': `${berlin}holidaysFrom: de.ics\n`,
      'calendars/de.ics': holidays,
    })
    const { clocks } = readPlaybook().inForce
    const { respond } = clocks.targets(undefined, 'P2')
    expect(respond?.rule.calendar).toEqual({ id: 'berlin', zone: 'Europe/Berlin' })
    expect(new Date(respond?.due(MONDAY).dueAt ?? 0).toISOString()).toBe('2027-01-05T12:00:00.000Z')
    expect(between()).toEqual([
      'calendars/de.ics:6:1 "Breakfast" is no holiday: it has a time of day; a holiday is a whole day',
    ])
  })

  it('stay the same object while no file of theirs changes', async () => {
    const { readPlaybook, playbook, write } = await openTestPlaybook({
      'clocks.yaml': 'use: by-priority\n',
      'calendars/berlin.yaml': berlin,
    })
    const before = readPlaybook().inForce.clocks
    await write('plans/a.yaml', 'plan: a\n')
    await playbook.reload()
    expect(readPlaybook().inForce.clocks).toBe(before)
    await write('calendars/berlin.yaml', `${berlin}days: [mon]\n`)
    await playbook.reload()
    expect(readPlaybook().inForce.clocks).not.toBe(before)
  })

  it('say what does not fit together, where it stands and what may be meant', async () => {
    const { between, readPlaybook } = await openTestPlaybook({
      'clocks.yaml': [
        'use: ours',
        'calendar: berln',
        'duty: nights',
        'sets:',
        '  ours:',
        '    P0: { acknowledge: 5m }',
        '    P1: { respond: 1h in london }',
        '',
      ].join('\n'),
      'calendars/berlin.yaml': `${berlin}holidaysFrom: [gone.ics]\n`,
      'calendars/copy.yaml': berlin,
      'plans/a.yaml': 'plan: a\nmatch: [alertname="A"]\nclocks: by-priorty\n',
    })
    expect(between()).toEqual([
      'calendars/berlin.yaml:3:15 there is no list of holidays "gone.ics" that can be used beside this file: its days count as business days',
      'calendars/copy.yaml:1:11 another file has the calendar "berlin" already',
      'clocks.yaml:2:11 calendar: there is no calendar "berln"; known are berlin; business hours are "berlin"; did you mean "berlin"?',
      'clocks.yaml:3:7 duty: there is no calendar "nights"; known are berlin; every hour counts as duty',
      'clocks.yaml:7:20 sets.ours.P1.respond: there is no calendar "london"; known are berlin; nothing is counted by it',
      'plans/a.yaml:3:9 clocks: there is no set of response times "by-priorty"; known are by-priority, by-escalation, by-progress, ours; the set in use holds instead; did you mean "by-priority"?',
    ])
    const { clocks, plans } = readPlaybook().inForce
    expect(clocks.targets(undefined, 'P1')).toEqual({})
    expect(clocks.targets(plans.plans.get('a'), 'P0').acknowledge?.rule.set).toBe('ours')
  })

  it('say which calendar counts where there are several', async () => {
    const { between } = await openTestPlaybook({
      'clocks.yaml': 'use: by-priority\n',
      'calendars/a.yaml': 'calendar: a\nzone: Asia/Kolkata\n',
      'calendars/b.yaml': 'calendar: b\nzone: Asia/Kolkata\n',
    })
    expect(between()).toEqual([
      'clocks.yaml:1:1 there are several calendars (a, b), and none is named: business hours are "a". Add a line calendar: a',
    ])
  })

  it('keep the last valid list of holidays when a broken one takes its place', async () => {
    const { readPlaybook, playbook, write } = await openTestPlaybook({
      'clocks.yaml': 'use: by-priority\n',
      'calendars/berlin.yaml': `${berlin}holidaysFrom: de.ics\n`,
      'calendars/de.ics': holidays,
    })
    const before = readPlaybook().inForce.clocks
    await write('calendars/de.ics', '<html>not found</html>')
    await playbook.reload()
    expect(readPlaybook().inForce.clocks).toBe(before)
    expect(playbook.problems().map(({ message }) => message)).toEqual([
      expect.stringContaining('this is no iCalendar file'),
    ])
  })
})
