import { Menu } from '@mantine/core'
import { IconBell, IconBellOff, IconBellX, IconEye } from '@tabler/icons-react'
import { useState } from 'react'
import type { ChannelReport } from '#shared/contract/contract.ts'
import { useActions, useCockpit, useMirror } from '../../state/context.ts'
import { reachOf, type Reach } from '../../state/reach.ts'
import { quietChoices } from '../../text/quiet-choices.ts'
import { timeFormat } from '../../text/time.ts'
import styles from './reach-menu.module.css'

const local = timeFormat()

const icons = {
  failing: IconBellX,
  nowhere: IconBellOff,
  focus: IconEye,
  quiet: IconBellOff,
  'quiet-hours': IconBellOff,
  open: IconBell,
} as const satisfies Record<Reach['kind'], unknown>

/** Whether pages reach the person here, and the ways to be spared for a while. */
export function ReachMenu() {
  const { engineNow } = useCockpit()
  const actions = useActions()
  const status = useMirror((state) => state.status)
  const posture = useMirror((state) => state.watch?.posture)
  const incidents = useMirror((state) => state.watch?.incidents)
  const isLost = useMirror(({ connection }) => connection.phase !== 'open')
  const [opened, setOpened] = useState(false)
  const test = useChannelTest()
  if (!status || !posture) return null
  const reach = reachOf(status, posture)
  const Icon = icons[reach.kind]
  const title =
    reach.kind === 'focus' ? (incidents?.get(reach.incidentId)?.title ?? 'one incident') : ''
  const words = textOf(reach, title, engineNow())
  return (
    <Menu opened={opened} onChange={setOpened} position="bottom-end" width={260}>
      <Menu.Target>
        <button
          type="button"
          className={styles.button}
          data-kind={reach.kind}
          title={words}
          aria-label={`Notifications: ${words}`}
        >
          <Icon size={17} stroke={1.75} aria-hidden="true" />
          {reach.kind === 'open' ? null : <span className={styles.text}>{words}</span>}
        </button>
      </Menu.Target>
      {opened ? (
        <Menu.Dropdown>
          <Menu.Label>{words}</Menu.Label>
          {posture.focus ? (
            <Menu.Item disabled={isLost} onClick={() => void actions.endStay()}>
              Stop staying on it: tell me of the others
            </Menu.Item>
          ) : null}
          {posture.quiet ? (
            <Menu.Item disabled={isLost} onClick={() => void actions.endDoNotDisturb()}>
              End “do not disturb”
            </Menu.Item>
          ) : null}
          <Menu.Label>Do not disturb ({status.reach.breaksThrough} still reaches you)</Menu.Label>
          {quietChoices(engineNow()).map(({ label, until }) => (
            <Menu.Item
              key={label}
              disabled={isLost}
              onClick={() => void actions.doNotDisturb(until)}
            >
              {label}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            disabled={isLost || test.isRunning}
            closeMenuOnClick={false}
            onClick={() => void test.run()}
          >
            {test.isRunning ? 'Sending a test…' : 'Send a test notification'}
          </Menu.Item>
          {test.words === null ? null : (
            <p className={styles.result} role="status">
              {test.words}
            </p>
          )}
        </Menu.Dropdown>
      ) : null}
    </Menu>
  )
}

function textOf(reach: Reach, title: string, now: number): string {
  switch (reach.kind) {
    case 'failing':
      return 'Notifications fail'
    case 'nowhere':
      return 'Notifications are off'
    case 'focus':
      return `Awake, on: ${title}`
    case 'quiet':
      return `Do not disturb until ${local.minute(reach.until, now)}`
    case 'quiet-hours':
      return `Quiet hours until ${local.minute(reach.until, now)}`
    case 'open':
      return 'Pages reach you'
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
  if (isWorking) return ['Sent. Do you see it?', ...findings].join(' ')
  return `${problem?.message ?? 'It could not be sent.'} ${problem?.hint ?? ''}`
}
