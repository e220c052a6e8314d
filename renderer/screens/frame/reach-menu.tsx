import { Menu } from '@mantine/core'
import { IconBell, IconBellOff, IconBellX, IconEye, type Icon } from '@tabler/icons-react'
import { useState } from 'react'
import type { ChannelReport } from '#shared/contract/operations/channel.ts'
import { useActions, useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { rightRefusal } from '../../engine/commands/availability.ts'
import { reachOf, type Reach, type Muted } from '../../engine/watch/reach.ts'
import { quietChoices } from '../../text/quiet-choices.ts'
import { timeFormat } from '../../text/time.ts'
import styles from './reach-menu.module.css'

const local = timeFormat()

const icons: Readonly<
  Record<NonNullable<Reach['trouble']> | Muted['kind'] | 'open' | 'lost', Icon>
> = {
  failing: IconBellX,
  nowhere: IconBellOff,
  focus: IconEye,
  quiet: IconBellOff,
  'quiet-hours': IconBellOff,
  open: IconBell,
  lost: IconBellX,
}
const troubleText = { failing: 'Notifications failing', nowhere: 'Notifications off' } as const

/** Whether pages reach the person here, and how to hold them for a while. */
export function ReachMenu() {
  const { engineNow } = useCockpit()
  const actions = useActions()
  const status = useMirror((state) => state.status)
  const muting = useMirror((state) => state.watch?.muting)
  const incidents = useMirror((state) => state.watch?.incidents)
  const phase = useMirror(({ connection }) => connection.phase)
  const isLost = phase !== 'open'
  const forbidden = rightRefusal(status, 'quiet.start')
  const isOff = isLost || forbidden !== null
  const [opened, setOpened] = useState(false)
  const test = useChannelTest()
  if (!status || !muting) return null
  const reach = reachOf(status, muting)
  const { trouble, muted } = reach
  const kind = phase === 'lost' ? 'lost' : isLost ? 'open' : (trouble ?? muted[0]?.kind ?? 'open')
  const Icon = icons[kind]
  const now = engineNow()
  const wordsOf = (each: Muted) =>
    mutedText(
      each,
      each.kind === 'focus' ? (incidents?.get(each.incidentId)?.title ?? 'one incident') : '',
      now,
    )
  const all = [...(trouble ? [troubleText[trouble]] : []), ...muted.map(wordsOf)]
  const known = all.length === 0 ? 'Notifications on' : all.join('. ')
  const words = isLost ? 'No page is sent while Deckwatch is not running' : known
  // That notifications fail, and why, is said by a notice; here it is the picture and the name.
  const short = phase === 'lost' ? ['Paging unknown'] : isLost ? [] : shortWords(reach, wordsOf)
  return (
    <Menu
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={280}
      // Within the bar, which is a landmark; and nothing in the menu but its items.
      withinPortal={false}
      withInitialFocusPlaceholder={false}
      classNames={{ label: styles.label ?? '' }}
    >
      <Menu.Target>
        <button
          type="button"
          className={styles.button}
          data-kind={kind}
          title={words}
          aria-label={`Notifications: ${words}`}
        >
          <Icon size={17} stroke={1.75} aria-hidden="true" />
          {short.map((each) => (
            <span key={each} className={styles.text} data-cuttable={each.startsWith(FOCUS)}>
              {each}
            </span>
          ))}
        </button>
      </Menu.Target>
      {opened ? (
        <Menu.Dropdown>
          {trouble ? <Menu.Label>{troubleText[trouble]}</Menu.Label> : null}
          {forbidden === null ? null : <Menu.Label>{forbidden}</Menu.Label>}
          {isLost || all.length === 0 ? <Menu.Label>{words}</Menu.Label> : null}
          {muted.map((each) => (
            <MutedItems key={each.kind} muted={each} words={wordsOf(each)} isOff={isOff} />
          ))}
          <Menu.Label>
            Do not disturb{trouble ? '' : ` (${status.reach.breaksThrough} still notifies)`}
          </Menu.Label>
          {quietChoices(engineNow()).map(({ label, until }) => (
            <Menu.Item
              key={label}
              disabled={isOff}
              onClick={() => void actions.doNotDisturb(until)}
            >
              {label}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            disabled={isOff || test.isRunning}
            closeMenuOnClick={false}
            onClick={() => void test.run()}
          >
            {test.isRunning ? 'Sending a test…' : 'Send a test notification'}
          </Menu.Item>
          {test.words === null ? null : (
            // A menu holds nothing but its items: the live region of the page says it.
            <div className={styles.result}>{test.words}</div>
          )}
        </Menu.Dropdown>
      ) : null}
    </Menu>
  )
}

interface MutedItemsProps {
  readonly muted: Muted
  readonly words: string
  readonly isOff: boolean
}

/** One reason why pages wait: which incident or until when, and how to end it. */
function MutedItems({ muted, words, isOff }: MutedItemsProps) {
  const actions = useActions()
  switch (muted.kind) {
    case 'focus':
      return (
        <>
          <Menu.Item className={styles.incident} onClick={() => actions.goTo(muted.incidentId)}>
            {words}
          </Menu.Item>
          <Menu.Item disabled={isOff} onClick={() => void actions.endFocus()}>
            End focus: notify for all incidents
          </Menu.Item>
        </>
      )
    case 'quiet':
      return (
        <>
          <Menu.Label>{words}</Menu.Label>
          <Menu.Item disabled={isOff} onClick={() => void actions.endDoNotDisturb()}>
            End do not disturb
          </Menu.Item>
        </>
      )
    case 'quiet-hours':
      return <Menu.Label>{words}</Menu.Label>
  }
}

/**
 * What stands on the button: what holds pages the longest, with its end, which is never cut; before
 * it the incident that has the focus, whose title may be.
 */
function shortWords(
  { trouble, muted }: Reach,
  wordsOf: (muted: Muted) => string,
): readonly string[] {
  const focus = muted.find(({ kind }) => kind === 'focus')
  const timed = muted.flatMap((each) => (each.kind === 'focus' ? [] : [each]))
  const longest = timed.reduce<(typeof timed)[number] | null>(
    (found, each) => (found && found.until >= each.until ? found : each),
    null,
  )
  return [
    ...(trouble === 'nowhere' ? [troubleText.nowhere] : []),
    ...(focus ? [wordsOf(focus)] : []),
    ...(longest ? [wordsOf(longest)] : []),
  ]
}

const FOCUS = 'Focus: '

function mutedText(muted: Muted, title: string, now: number): string {
  switch (muted.kind) {
    case 'focus':
      return `${FOCUS}${title}`
    case 'quiet':
      return `Do not disturb until ${local.minute(muted.until, now)}`
    case 'quiet-hours':
      return `Quiet hours until ${local.minute(muted.until, now)}`
  }
}

function useChannelTest() {
  const { client } = useCockpit()
  const [isRunning, setIsRunning] = useState(false)
  const [words, setWords] = useState<string | null>(null)
  return {
    isRunning,
    words,
    run: async () => {
      setIsRunning(true)
      const result = await client.request('channel.test', { channel: 'desktop' })
      setIsRunning(false)
      setWords(result.ok ? reportText(result.value) : result.error.message)
    },
  }
}

function reportText({ isWorking, findings, problem }: ChannelReport): string {
  if (isWorking) return ['Sent. Did you see it?', ...findings].join(' ')
  return `${problem?.message ?? 'Test notification failed.'} ${problem?.hint ?? ''}`
}
