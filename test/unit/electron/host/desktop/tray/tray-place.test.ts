import { beforeEach, describe, expect, it } from 'vitest'
import type { TrayHost } from '#electron/host/desktop/tray/tray-host.ts'
import { watchTrayPlace } from '#electron/host/desktop/tray/tray-place.ts'
import { createFakeClock, type FakeClock } from '#test/fixtures/fake-clock.ts'

let clock: FakeClock
let found: TrayHost
let looks: number
let told: string[]

beforeEach(() => {
  clock = createFakeClock()
  looks = 0
  told = []
})

const watch = () =>
  watchTrayPlace({
    look: () => {
      looks += 1
      return Promise.resolve(found)
    },
    clock,
    appeared: () => void told.push('appeared'),
    missing: () => void told.push('missing'),
  })

describe('the place for the tray icon', () => {
  it.each(['there', 'unknown'] as const)('is asked for once where it is %s', async (answer) => {
    found = answer
    const place = watch()
    await clock.advance(300_000)
    expect([looks, told]).toEqual([1, []])
    expect(await place.isThere()).toBe(true)
  })

  it('is missing when the desktop had time to bring it, and the icon is made when it comes', async () => {
    found = 'absent'
    const place = watch()
    await clock.advance(9_999)
    expect([await place.isThere(), told]).toEqual([false, []])
    await clock.advance(120_000)
    expect(told).toEqual(['missing'])
    found = 'there'
    await clock.advance(30_000)
    expect(told).toEqual(['missing', 'appeared'])
    looks = 0
    await clock.advance(300_000)
    expect(looks).toBe(0)
  })

  it('comes late at a login without being missed', async () => {
    found = 'absent'
    watch()
    await clock.advance(5_000)
    found = 'there'
    await clock.advance(300_000)
    expect(told).toEqual(['appeared'])
  })

  it('is asked for no more after the end', async () => {
    found = 'absent'
    watch().stop()
    await clock.advance(300_000)
    expect([looks, told]).toEqual([1, []])
  })
})
