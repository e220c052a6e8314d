import { describe, expect, it } from 'vitest'
import { explainOutput } from '#electron/vendors/desktop-notifications/problem.ts'

/** As printed by notify-send 0.8.1, dbus-send 1.14 and gdbus 2.74. */
const printed = {
  noService: [
    'GDBus.Error:org.freedesktop.DBus.Error.ServiceUnknown: The name org.freedesktop.Notifications was not provided by any .service files',
    'Error org.freedesktop.DBus.Error.NameHasNoOwner: Could not get owner of name',
    '\n(notify-send:1): libnotify-WARNING **: Failed to connect to proxy\nActions are not supported by this notifications server. Displaying non-interactively.\nGDBus.Error:org.freedesktop.DBus.Error.ServiceUnknown: The name',
    'Error org.freedesktop.DBus.Error.Spawn.ChildExited: Process org.knopwob.dunst exited with status 1',
  ],
  noBus: [
    'Could not connect: No such file or directory',
    'Failed to open connection to "session" message bus: Failed to connect to socket /x: No such file',
    'Error connecting: Could not connect: Connection refused',
    'Cannot autolaunch D-Bus without X11 $DISPLAY',
  ],
}

describe('words for what desktop programs print', () => {
  it.each(printed.noService)('no service: %s', (output) => {
    expect(explainOutput('notify-send', output)).toMatchObject({
      code: 'unavailable',
      message: 'No notification service is running on this desktop.',
    })
  })

  it.each(printed.noBus)('no bus: %s', (output) => {
    expect(explainOutput('notify-send', output)).toMatchObject({
      code: 'unavailable',
      message: 'The D-Bus session bus of the desktop cannot be reached.',
    })
  })

  it('tells a refusal and a silence apart from a failure', () => {
    const code = (output: string) => explainOutput('notify-send', output).code
    expect(code('org.freedesktop.Notifications.Error.ExcessNotificationGeneration')).toBe('refused')
    expect(code('Error org.freedesktop.DBus.Error.NoReply: Did not receive a reply.')).toBe(
      'timed-out',
    )
    expect(code('Segmentation fault')).toBe('failed')
  })

  it('quotes what it does not know, cut and harmless', () => {
    const { message } = explainOutput('notify-send', `odd\u001b[31m\n${'x'.repeat(10_000)}`)
    expect(message).toMatch(/^notify-send could not show the notification: odd⟨U\+001B⟩\[31m xxx/)
    expect(message.length).toBeLessThan(500)
    expect(explainOutput('notify-send', '').message).toContain('it gave no reason')
  })
})
