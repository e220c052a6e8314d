import { createElectronNotifications } from '#electron/host/desktop/system/notification-channel.ts'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { NotificationCentre } from '#test/fixtures/electron-stand-in/notification.ts'
import { silentLogger } from '#test/fixtures/engine.ts'
import { silentPlayer } from '#test/fixtures/silent-player.ts'
import { describeChannel } from './channel-suite.ts'

for (const platform of ['linux', 'darwin', 'win32'] as const) {
  describeChannel(`Electron's notifications on ${platform}, in a stand-in,`, () => {
    const centre = new NotificationCentre()
    centre.replacesById = platform !== 'linux'
    const only = () => {
      const [notification, ...others] = centre.shown()
      if (!notification || others.length > 0) throw new Error('Not one notification')
      return notification
    }
    const clear = () => {
      for (const notification of centre.shown()) notification.close()
    }
    return Promise.resolve({
      createChannel: () =>
        createElectronNotifications({
          electron: { Notification: centre.api() },
          clock: createNodeClock(),
          logger: silentLogger,
          platform,
          icon: '/icon.png',
          player: silentPlayer,
        }),
      shown: () =>
        Promise.resolve(
          centre.shown().map(({ options: { title = '', body = '', urgency = 'normal' } }) => ({
            title,
            body: platform === 'linux' ? toText(body) : body,
            urgency,
          })),
        ),
      press(what) {
        only().press(what === 'open' ? 'click' : 'action')
        return Promise.resolve()
      },
      clear() {
        clear()
        return Promise.resolve()
      },
      setReceiver(isThere) {
        // What shows notifications takes those that it shows with it.
        if (!isThere) clear()
        centre.mood = isThere ? 'shows' : 'is-missing'
        return Promise.resolve()
      },
      stop: () => Promise.resolve(),
    })
  })
}

/** Linux takes a body for markup. */
function toText(markup: string): string {
  return markup.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
