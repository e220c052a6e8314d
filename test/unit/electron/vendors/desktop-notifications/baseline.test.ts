import { describe, expect, it } from 'vitest'
import { readAnswer, toOptions } from '#electron/vendors/desktop-notifications/baseline.ts'
import { page } from '#test/contract/channel-suite.ts'

describe('the options of node-notifier', () => {
  it('guard against texts that would be options', () => {
    for (const system of ['unix', 'mac', 'windows'] as const) {
      const options = toOptions(page({ title: '--help', body: '-u' }), { system, icon: null })
      expect(options).toMatchObject({ title: ' --help', message: ' -u' })
    }
  })

  it('never have an empty text, which it refuses', () => {
    for (const system of ['unix', 'mac', 'windows'] as const) {
      const options = toOptions(page({ title: '', body: '' }), { system, icon: null })
      expect(options).toMatchObject({ title: 'Deckwatch', message: ' ' })
    }
  })

  it('leave the time to the desktop, and never end a critical one', () => {
    const at = (urgency: 'normal' | 'critical') =>
      toOptions(page({ urgency }), { system: 'unix', icon: null })['expire-time']
    expect([at('normal'), at('critical')]).toEqual(['-1', '0'])
  })

  it('name a toast of Windows by a number that is the same for the same tag', () => {
    const id = (tag: string) => toOptions(page({ tag }), { system: 'windows', icon: null })['id']
    expect(id('incident-1')).toBe(id('incident-1'))
    expect(id('incident-1')).not.toBe(id('incident-2'))
    expect(id('x'.repeat(1_000))).toBeTypeOf('number')
  })

  it('offer Acknowledge only where there is something to acknowledge', () => {
    const actions = (incidentId: string | null) =>
      toOptions(page({ incidentId }), { system: 'mac', icon: null })['actions']
    expect(actions('i')).toEqual(['Acknowledge'])
    expect(actions(null)).toBeUndefined()
  })
})

describe('the answer of node-notifier', () => {
  it.each([
    ['a click', 'activate', { activationType: 'contentsClicked' }, 'opened'],
    ['a button of macOS', 'activate', { activationValue: 'Acknowledge' }, 'acknowledged'],
    ['a button of Windows', 'acknowledge', { button: 'Acknowledge' }, 'acknowledged'],
    ['a dismissal', 'dismissed', {}, 'dismissed'],
    ['Close on macOS', 'closed', {}, 'dismissed'],
    ['the end of its time', 'timeout', {}, null],
    ['nothing', undefined, undefined, null],
    ['what nobody expects', 42, 'text', null],
  ])('reads %s', (_what, response, metadata, expected) => {
    expect(readAnswer(response, metadata)).toBe(expected)
  })
})
