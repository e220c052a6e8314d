import { describe, expect, it } from 'vitest'
import { notifySendArguments } from '#electron/vendors/desktop-notifications/notify-send-arguments.ts'
import {
  hasButtons,
  parseVersion,
} from '#electron/vendors/desktop-notifications/notify-send-version.ts'
import type { PageMessage } from '#shared/domain/page/schema.ts'
import { page } from '#test/contract/channel-suite.ts'

const dunst = new Set(['actions', 'body', 'body-markup'])

function build(change: Partial<PageMessage> = {}, capabilities: ReadonlySet<string> = dunst) {
  return notifySendArguments(page(change), { replaceId: null, capabilities, icon: null })
}
/** Title and body: all that stands after the options. */
const textsOf = (args: readonly string[]) => args.slice(args.indexOf('--') + 1)

describe('the arguments of notify-send', () => {
  it('are these for a page of an incident', () => {
    const message = page({ tag: 'i-1', title: 'T', body: 'B', sound: 'alarm' })
    expect(
      notifySendArguments(message, { replaceId: 7, capabilities: dunst, icon: '/a/icon.svg' }),
    ).toEqual([
      '--app-name=Deckwatch',
      '--urgency=critical',
      '--category=x-deckwatch.page',
      '--expire-time=0',
      '--icon=/a/icon.svg',
      '--replace-id=7',
      '--action=default=Open',
      '--action=acknowledge=Acknowledge',
      '--hint=string:x-dunst-stack-tag:i-1',
      '--hint=string:sound-name:alarm-clock-elapsed',
      '--wait',
      '--print-id',
      '--',
      'T',
      'B',
    ])
  })

  it('let time close only what is not critical', () => {
    expect(build({ urgency: 'critical' })).toContain('--expire-time=0')
    for (const urgency of ['low', 'normal'] as const) {
      expect(build({ urgency }).join(' ')).not.toContain('--expire-time')
    }
  })

  it('have no Acknowledge where there is nothing to acknowledge, and no button without support', () => {
    expect(build({ incidentId: null }).join(' ')).not.toContain('acknowledge')
    expect(build({ incidentId: null })).toContain('--action=default=Open')
    expect(build({}, new Set(['body'])).join(' ')).not.toContain('--action')
  })

  it('say when it is to be silent', () => {
    expect(build({ sound: 'none' })).toContain('--hint=boolean:suppress-sound:true')
    expect(build({ sound: 'alert' })).toContain('--hint=string:sound-name:message-new-instant')
  })

  it('escape markup only for a server that reads it', () => {
    const body = 'a < b & c > d'
    expect(textsOf(build({ body }))[1]).toBe('a &lt; b &amp; c &gt; d')
    expect(textsOf(build({ body }, new Set(['body'])))[1]).toBe(body)
  })

  it.each([
    ['--help', '-u', ['--help', '-u']],
    ['--', '--', ['--', '--']],
    ['', '', ['Deckwatch', '']],
    ['\n\t ', ' ', ['Deckwatch', '']],
    ['one\r\ntwo\tthree', 'one\r\ntwo', ['one two three', 'one\ntwo']],
    ['a\0b', 'a\0b', ['a⟨U+0000⟩b', 'a⟨U+0000⟩b']],
    ['a\u202eb', 'a\u202eb', ['a⟨U+202E⟩b', 'a⟨U+202E⟩b']],
    ['\\n', '\\n and \\', ['\\n', '\\\\n and \\\\']],
  ])('keep %j and %j as texts', (title, body, expected) => {
    expect(textsOf(build({ title, body }))).toEqual(expected)
  })

  it('make one line of a tag, whatever it is', () => {
    expect(build({ tag: 'a\nb\0:c' })).toContain('--hint=string:x-dunst-stack-tag:a b⟨U+0000⟩:c')
  })
})

describe('the version of notify-send', () => {
  it.each([
    ['notify-send 0.8.1\n', true],
    ['/usr/bin/notify-send 0.8.0', true],
    ['notify-send 0.10.0', true],
    ['notify-send 1.0', true],
    ['notify-send 0.7.9', false],
  ])('%j can have buttons: %s', (output, expected) => {
    const version = parseVersion(output)
    expect(version && hasButtons(version)).toBe(expected)
  })

  it.each(['', 'notify-send', 'something 0.8.1', 'notify-send v0.8', 'notify-send 0.'])(
    '%j is none',
    (output) => {
      expect(parseVersion(output)).toBeNull()
    },
  )
})
