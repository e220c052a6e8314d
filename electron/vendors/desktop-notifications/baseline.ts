import { z } from 'zod'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type { ChannelProblem, PageMessage } from '#shared/domain/page/schema.ts'
import type { Sound } from '#shared/domain/notification/schema.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { NotificationAdapter, ReportAction } from './adapter.ts'
import { explainOutput, explainRun } from './problem.ts'
import { startDeadline } from './program.ts'
import { cleanBody, cleanTitle, escapeBackslashes, escapeMarkup, oneLine } from './text.ts'

/** Systems that node-notifier speaks for; `unix` is Linux and the BSDs with any `notify-send`. */
export type BaselineSystem = 'unix' | 'mac' | 'windows'

/** What the adapter works with. */
export interface BaselineDeps {
  readonly clock: Clock
  readonly logger: Logger
  readonly system: BaselineSystem
  readonly icon: string | null
  /** Longest time that a hand-over may take, ms. */
  readonly limitMs: number
  readonly report: ReportAction
  /** What is less than it could be here, for `describe`; empty where nothing is. */
  readonly shortcomings: readonly string[]
}

/**
 * macOS and Windows answer only when the person or time has closed the notification. A program that
 * cannot show one ends at once: after this time, ms, it is taken as shown.
 */
const TAKEN_AFTER_MS = 1_500
/** How long a notification of macOS waits for a click, s. */
const MAC_WAIT_S = 3_600

const sounds: Readonly<Record<'mac' | 'windows', Readonly<Record<Sound, string | false>>>> = {
  mac: { alarm: 'Sosumi', alert: 'Glass', none: false },
  windows: { alarm: 'Notification.Looping.Alarm', alert: 'Notification.Default', none: false },
}

const answerSchema = z.object({
  response: z.string().catch(''),
  value: z.object({ activationValue: z.string().catch('') }).catch({ activationValue: '' }),
})

/**
 * Notifications by node-notifier: all there is on macOS and Windows, and a way out on a Linux whose
 * `notify-send` has no buttons. There it knows neither what was pressed nor how to take one back.
 */
export function createBaselineAdapter(deps: BaselineDeps): NotificationAdapter {
  const { clock, logger, system, report } = deps
  const program = system === 'unix' ? 'notify-send' : 'The notification program'

  async function notify(
    options: Readonly<Record<string, unknown>>,
    onAnswer: (failure: string | null, action: ReturnType<typeof readAnswer>) => void,
  ): Promise<void> {
    // Loaded when first needed: it looks at the system as soon as it is imported.
    const { default: notifier } = await import('node-notifier')
    notifier.notify(options, (error, response, metadata) => {
      // A text is what the program printed although it did its work; an Error is a failure.
      const failure = error instanceof Error ? ownWords(error) : null
      onAnswer(failure, readAnswer(response, metadata))
    })
  }

  async function send(
    message: PageMessage,
    signal: AbortSignal,
  ): Promise<Result<void, ChannelProblem>> {
    const deadline = startDeadline(clock, deps.limitMs, signal)
    const cancels: (() => void)[] = []
    try {
      return await new Promise<Result<void, ChannelProblem>>((resolve) => {
        const giveUp = () => {
          resolve(fail(explainRun(program, { kind: 'stopped' }, deadline)))
        }
        if (deadline.signal.aborted) {
          giveUp()
          return
        }
        deadline.signal.addEventListener('abort', giveUp, { once: true })
        if (system !== 'unix') {
          const taken = () => {
            resolve(ok(undefined))
          }
          cancels.push(clock.after(TAKEN_AFTER_MS, taken))
        }
        notify(toOptions(message, deps), (failure, action) => {
          if (failure !== null) {
            // After the grace this is the only place that it shows.
            logger.warn({ system }, 'The desktop reported a failed notification.')
            resolve(fail(explainOutput(program, failure)))
            return
          }
          resolve(ok(undefined))
          if (action) report(message.key, action)
        }).catch((error: unknown) => {
          resolve(fail(explainOutput('node-notifier', String(error))))
        })
      })
    } finally {
      deadline.end()
      for (const cancel of cancels) cancel()
    }
  }

  return {
    send,
    async withdraw(tag) {
      if (system === 'unix') return
      await notify({ remove: system === 'mac' ? oneLine(tag) : toNumber(tag) }, (failure) => {
        if (failure !== null) logger.warn({ system }, 'A notification could not be withdrawn.')
      })
    },
    describe: () =>
      Promise.resolve([
        system === 'unix'
          ? 'notify-send shows notifications, without buttons and without taking them back.'
          : 'The notifications of the system are used; a click opens the incident.',
        ...deps.shortcomings,
      ]),
    close: () => Promise.resolve(),
  }
}

/** The options of node-notifier for a message, with guards against what it gets wrong. */
export function toOptions(
  message: PageMessage,
  { system, icon }: Pick<BaselineDeps, 'system' | 'icon'>,
): Readonly<Record<string, unknown>> {
  const title = cleanTitle(message.title)
  const body = cleanBody(message.body)
  const common = {
    title: notAnOption(title),
    ...(icon === null ? {} : { icon }),
  }
  if (system === 'unix') {
    return {
      ...common,
      // It refuses an empty message. Newlines it writes as \n, which notify-send turns back, and
      // with them every other backslash.
      message: notAnOption(escapeBackslashes(escapeMarkup(body))) || ' ',
      'app-name': 'Deckwatch',
      urgency: message.urgency,
      // A number would be taken as seconds, and none at all as ten of them; -1 is the desktop's own.
      'expire-time': message.urgency === 'critical' ? '0' : '-1',
      hint: `string:x-dunst-stack-tag:${oneLine(message.tag)}`,
    }
  }
  return {
    ...common,
    message: notAnOption(body) || ' ',
    sound: sounds[system][message.sound],
    ...(message.incidentId === null ? {} : { actions: ['Acknowledge'] }),
    ...(system === 'mac'
      ? { group: oneLine(message.tag), timeout: MAC_WAIT_S }
      : { id: toNumber(message.tag), appID: 'Deckwatch' }),
  }
}

/** It puts texts before all options: one that starts with a dash would be an option itself. */
function notAnOption(text: string): string {
  return text.startsWith('-') ? ` ${text}` : text
}

/** What the platform's program says that the person did. */
export function readAnswer(
  response: unknown,
  metadata: unknown,
): 'opened' | 'acknowledged' | 'dismissed' | null {
  const answer = answerSchema.safeParse({ response, value: metadata }).data
  if (!answer) return null
  // Windows answers with the button's label, macOS with the label beside it.
  const label = answer.value.activationValue || answer.response
  if (label.toLowerCase() === 'acknowledge') return 'acknowledged'
  if (answer.response === 'activate') return 'opened'
  return answer.response === 'dismissed' || answer.response === 'closed' ? 'dismissed' : null
}

/** Without the first line of Node's message, which is the command with the texts of the alert. */
function ownWords(error: Error): string {
  const [first = '', ...rest] = error.message.split('\n')
  return first.startsWith('Command failed') ? rest.join('\n') : error.message
}

/** Windows' toasts are named by a number: the same one for the same tag. */
function toNumber(tag: string): number {
  let hash = 0
  for (const char of tag) hash = (Math.imul(hash, 31) + (char.codePointAt(0) ?? 0)) >>> 0
  return hash % 0x7fffffff
}
