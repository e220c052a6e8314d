import { join } from 'node:path'
import { createNotificationChannel } from '#electron/vendors/desktop-notifications/index.ts'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { silentLogger } from '#test/fixtures/engine.ts'
import {
  desktopRequirements,
  startDesktopSession,
} from '#test/integration/servers/desktop-session.ts'
import { describeWith } from '#test/setup/requirements.ts'
import { describeChannel } from './channel-suite.ts'

describeWith(desktopRequirements, 'A Linux desktop', () => {
  describeChannel('notify-send with dunst', async () => {
    const desktop = await startDesktopSession()
    return {
      createChannel: () =>
        createNotificationChannel({
          clock: createNodeClock(),
          logger: silentLogger,
          marks: null,
          env: desktop.env,
          platform: 'linux',
          icon: null,
          soundsFolder: join(import.meta.dirname, '../../assets/sounds'),
        }),
      shown: async () =>
        (await desktop.shown()).map(({ title, body, urgency }) => ({
          title,
          body: toText(body),
          urgency,
        })),
      press: (what) => desktop.press(what === 'open' ? 'Open' : 'Acknowledge'),
      clear: () => desktop.dismissAll(),
      setReceiver: (isThere) => (isThere ? desktop.startDaemon() : desktop.killDaemon()),
      stop: () => desktop.stop(),
    }
  })
})

/** dunst keeps the body as it came, with its markup. */
function toText(markup: string): string {
  return markup.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
