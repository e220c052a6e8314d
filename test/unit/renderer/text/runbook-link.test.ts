import { describe, expect, it } from 'vitest'
import { createAnchors } from '#shared/domain/runbook/anchor.ts'
import { anchorOfLink } from '#renderer/text/link-anchor.ts'
import {
  linkedAddressOf,
  linkedFileOf,
  runbookFileOf,
  runbookPlaceOf,
} from '#renderer/text/runbook-link.ts'

describe('a link to a runbook', () => {
  it('names the runbook and the place in it', () => {
    expect(runbookPlaceOf('payments/x.md#roll-back')).toEqual({
      id: 'playbook:payments/x.md',
      fragment: 'roll-back',
    })
    expect(runbookPlaceOf('https://Wiki.example/pod#fix')).toEqual({
      id: 'url:https://wiki.example/pod',
      fragment: 'fix',
    })
    expect(runbookPlaceOf('restart it')).toBeNull()
  })

  it('of a plan is a file only where it is no address', () => {
    expect(runbookFileOf('https://wiki.example/pod')).toBeNull()
    expect(runbookFileOf(null)).toBeNull()
    expect(runbookFileOf('runbooks/pay/fail.md')).toEqual({
      id: 'playbook:pay/fail.md',
      fragment: null,
    })
  })

  it.each([
    ['switch.md#steps', { id: 'playbook:payments/switch.md', fragment: 'steps' }],
    ['../disk.md', { id: 'playbook:disk.md', fragment: null }],
    ['../../plans/secret.yaml', null],
    ['javascript:alert(1)', null],
    ['//evil.example/x.md', null],
    ['http://evil.example/x.md', null],
  ])('in a file of the playbook leads on from its folder: %s', (href, place) => {
    expect(linkedFileOf(href, 'playbook:payments/fail.md')).toEqual(place)
  })

  it('in a page leads on from its address', () => {
    expect(linkedAddressOf('../b', 'url:https://wiki.example/a/c')).toBe('https://wiki.example/b')
    expect(linkedAddressOf('b', 'playbook:x.md')).toBeNull()
  })
})

describe('the name of a heading', () => {
  it('is that of GitHub, and numbered where it was there before', () => {
    const next = createAnchors()
    expect(['Roll back!', 'Roll back', 'Größe & Zahl_1', 'Roll-back'].map(next)).toEqual([
      'roll-back',
      'roll-back-1',
      'größe--zahl_1',
      'roll-back-2',
    ])
  })

  it('is found by what a link says, encoded or not', () => {
    expect(anchorOfLink('Gr%C3%B6%C3%9Fe')).toBe('größe')
    expect(anchorOfLink('Roll-Back')).toBe('roll-back')
    expect(anchorOfLink('100%zz')).toBe('100zz')
  })
})
