import { IconFileAlert } from '@tabler/icons-react'
import type { ConfigProblem } from '#shared/contract/messages.ts'
import type { PlaybookOrigin } from '#shared/contract/playbook.ts'
import { Banner } from '../../components/banner.tsx'
import { Instant } from '../../components/instant.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useActions, useMirror, useUi } from '../../engine/cockpit/context.ts'
import { rightRefusal } from '../../engine/commands/availability.ts'
import { ConfigProblems } from '../../components/config-problems.tsx'

const none: readonly ConfigProblem[] = []

/** What is wrong in the configuration and the rest of the playbook, by place, and what is used instead. */
export function ConfigNotice() {
  const actions = useActions()
  const problems = useMirror(({ status }) => status?.config.problems ?? none)
  const isPresent = useMirror(({ status }) => status?.config.isPresent ?? true)
  const standIn = useMirror(({ status }) => status?.config.standIn)
  const loadedAt = useMirror(({ status }) => status?.config.loadedAt ?? 0)
  const path = useMirror(({ status }) => status?.config.path)
  const mayRead = useMirror(({ status }) => rightRefusal(status, 'settings.read') === null)
  // These places say it themselves, beside what to do about it.
  const screen = useUi((ui) => ui.screen)
  const isSaidThere = screen === 'settings' && mayRead
  const origin = useMirror(({ status }) => status?.playbook?.origin)
  /** A file of the playbook is shown in its place; the configuration has settings. */
  const toPlace = ({ file, ...place }: ConfigProblem) => {
    const inPlaybook = origin && file !== path ? pathInPlaybook(origin, file) : null
    return inPlaybook === null ? null : () => actions.showFile(inPlaybook, place)
  }
  const [first] = problems
  if (!first || (isSaidThere && problems.every(({ file }) => file === path))) return null
  const isOfPlaybook = problems.every((each) => toPlace(each) !== null)
  if (screen === 'playbook' && isOfPlaybook) return null
  const isGone = !isPresent && standIn !== undefined
  return (
    <Banner
      tone="warn"
      icon={<IconFileAlert size={18} />}
      // A file that is gone has no place in it to point at.
      title={isGone ? sentence(first.message) : titles[standIn ?? 'none']}
      actions={
        isOfPlaybook ? (
          <TextButton onClick={() => actions.show('playbook')}>Open the playbook</TextButton>
        ) : (
          <TextButton onClick={() => actions.show('settings')}>Open settings</TextButton>
        )
      }
    >
      {isGone ? (
        <code>{first.file}</code>
      ) : (
        <ConfigProblems problems={problems} toPlace={toPlace} />
      )}
      {standIn === 'last-valid' ? (
        <p>
          Last valid version: <Instant at={loadedAt} precision="minute" />
        </p>
      ) : null}
    </Banner>
  )
}

const titles = {
  'last-valid': 'Invalid configuration; using the last valid version',
  part: 'Invalid configuration; the parts with errors are not in effect',
  nothing: 'Invalid configuration; there is no valid version, so no source is polled',
  // The configuration itself is valid; other files of the playbook are not.
  none: 'Invalid playbook files; using their last valid versions',
} as const

/** A problem's message continues the place that it is about; without a place it starts a sentence. */
function sentence(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1)
}

/** A file of the playbook, relative to it; a repository names files by their paths in it. */
function pathInPlaybook(origin: PlaybookOrigin, file: string): string | null {
  if (origin.kind === 'folder') return pathIn(origin.folder, file)
  return origin.path === '' ? file : pathIn(origin.path, file)
}

/** A file of a folder, relative to it with `/`; null for one that is elsewhere. */
function pathIn(folder: string, file: string): string | null {
  const inside = `${folder.replaceAll('\\', '/')}/`
  const whole = file.replaceAll('\\', '/')
  return whole.startsWith(inside) ? whole.slice(inside.length) : null
}
