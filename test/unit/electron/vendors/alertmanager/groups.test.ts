import { describe, expect, it } from 'vitest'
import { readGroups } from '#electron/vendors/alertmanager/groups.ts'

const listed = (fingerprint: string, mutedBy: unknown, labels: object = {}) => ({
  fingerprint,
  labels: { alertname: fingerprint, ...labels },
  status: {
    state: 'active',
    silencedBy: [],
    inhibitedBy: [],
    ...(mutedBy === undefined ? {} : { mutedBy }),
  },
})
const group = (...alerts: object[]) => ({ labels: {}, receiver: { name: 'oncall' }, alerts })

function read(body: unknown) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const result = readGroups(text, 'am:9093')
  if (!result.ok) throw new Error(result.error.problem.message)
  return { tells: result.value.tells, mutes: Object.fromEntries(result.value.mutes) }
}

const failing = (text: string) => {
  const result = readGroups(text, 'am:9093')
  return result.ok ? null : result.error.problem.code
}

describe('the groups of an Alertmanager', () => {
  it('say which alerts are muted, and by what', () => {
    const body = [group(listed('a', ['nights', 'at weekends'])), group(listed('b', []))]
    expect(read(body)).toEqual({ tells: true, mutes: { a: ['at weekends', 'nights'] } })
    expect(read(JSON.stringify(body, null, 2))).toEqual(read(body))
  })

  it('mute an alert only where all of its groups do', () => {
    const [muted, active] = [group(listed('a', ['nights'])), group(listed('a', []))]
    expect(read([muted, active]).mutes).toEqual({})
    expect(read([active, muted]).mutes).toEqual({})
    expect(read([muted, active, muted]).mutes).toEqual({})
    expect(read([muted, group(listed('a', ['lunch', 'nights']))]).mutes).toEqual({
      a: ['lunch', 'nights'],
    })
  })

  it('say nothing of mutes in versions before 0.28', () => {
    expect(read([group(listed('a', undefined))])).toEqual({ tells: false, mutes: {} })
    expect(read([group(listed('a', undefined, { mutedBy: 'x' }))]).tells).toBe(false)
  })

  it('tell nothing of mutes without an alert', () => {
    expect(read([])).toEqual({ tells: null, mutes: {} })
    expect(read(' [] \n').tells).toBeNull()
  })

  it('are not taken for mutes in a text that looks like one', () => {
    const body = [group(listed('a', [], { note: '"mutedBy":["nights"]' }))]
    expect(read(body)).toEqual({ tells: true, mutes: {} })
  })

  it('count as not muting where the intervals cannot be read', () => {
    const odd = [null, 7, {}, { fingerprint: 1 }, listed('a', 'nights'), listed('b', [7])]
    expect(read([{ alerts: odd }, group(listed('c', ['nights']))]).mutes).toEqual({ c: ['nights'] })
  })

  it('name intervals in printable text', () => {
    expect(read([group(listed('a', ['ni\u202eghts']))]).mutes).toEqual({ a: ['ni⟨U+202E⟩ghts'] })
  })

  it.each([
    ['a page', '<html>"fingerprint":', 'not-json'],
    ['nothing', '', 'not-json'],
    ['an answer that is cut off', '[{"alerts":[{"fingerprint":"a","sta', 'not-json'],
    ['an object', '{"status":"error"}', 'unexpected-shape'],
    ['groups without alerts', '[{"x":{"mutedBy":["nights"]}}]', 'unexpected-shape'],
  ])('fail for %s', (_what, text, code) => {
    expect(failing(text)).toBe(code)
  })
})
