import { describe, expect, it } from 'vitest'
import { openTestPlaybook } from './playbook-kit.ts'

const berlin = `calendar: berlin
zone: Europe/Berlin
holidays: { 12-25: Christmas }
`

describe('the rhythm of a team in its playbook', () => {
  it('is as usual in the zone of this machine where nobody has written it down', async () => {
    const { readPlaybook } = await openTestPlaybook({})
    const { rhythm } = readPlaybook().inForce
    expect(rhythm.isWritten).toBe(false)
    expect(rhythm.zone).toBe(new Intl.DateTimeFormat().resolvedOptions().timeZone)
  })

  it('has the zone and the holidays of its calendar, and is taken away with its file', async () => {
    const { readPlaybook, between } = await openTestPlaybook({
      'rhythm.yaml': 'calendar: berlin\nmeetings: { morning: "8:30", evening: off }\n',
      'calendars/berlin.yaml': berlin,
    })
    const { rhythm } = readPlaybook().inForce
    expect(rhythm).toMatchObject({ isWritten: true, zone: 'Europe/Berlin' })
    expect(rhythm.holidays.get('12-25')).toBe('Christmas')
    expect(rhythm.times.morning.minutes).toBe(510)
    expect(rhythm.times.evening.days).toEqual([])
    expect(readPlaybook().inForce.rhythm).toBe(rhythm)
    expect(between()).toEqual([])
  })

  it('says at which place a calendar is named that is not there', async () => {
    const { between } = await openTestPlaybook({
      'rhythm.yaml': 'calendar: berlim\n',
      'calendars/berlin.yaml': berlin,
    })
    expect(between()).toEqual([
      'rhythm.yaml:1:11 calendar: there is no calendar "berlim": no day is a holiday; did you mean "berlin"?',
    ])
  })
})
