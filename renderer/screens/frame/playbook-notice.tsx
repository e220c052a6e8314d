import { IconBook2, IconGitBranch } from '@tabler/icons-react'
import { useState } from 'react'
import type { PlaybookNews, PlaybookOrigin } from '#shared/contract/playbook.ts'
import { Banner } from '../../components/banner.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useActions, useCockpit, useMirror, useUi } from '../../engine/cockpit/context.ts'
import { refusalOf } from '../../engine/commands/availability.ts'
import { plural } from '../../text/plural.ts'
import styles from './playbook-notice.module.css'

type GitOrigin = Extract<PlaybookOrigin, { kind: 'git' }>

/** Why a Git playbook does not follow its repository now, and what to do about it. */
export function PlaybookNotice() {
  const origin = useMirror(({ status }) => status?.playbook?.origin)
  return origin?.kind === 'git' && origin.problem !== null ? (
    <GitNotice origin={origin} problem={origin.problem} />
  ) : null
}

interface GitNoticeProps {
  readonly origin: GitOrigin
  readonly problem: NonNullable<GitOrigin['problem']>
}

function GitNotice({ origin, problem }: GitNoticeProps) {
  const { client } = useCockpit()
  const refused = useMirror((state) => refusalOf(state, 'playbook.pull') !== null)
  const [isPulling, setPulling] = useState(false)
  const [failed, setFailed] = useState<string | null>(null)
  const isRewritten = problem.code === 'rewritten'
  const pull = async () => {
    setPulling(true)
    const answer = await client.request('playbook.pull', { followRewritten: isRewritten })
    setFailed(answer.ok ? null : answer.error.message)
    setPulling(false)
  }
  const action = isRewritten ? 'Follow the rewritten branch' : 'Pull now'
  return (
    <Banner
      tone="warn"
      icon={<IconGitBranch size={18} />}
      title={problem.message}
      actions={
        refused ? null : (
          <TextButton disabled={isPulling} onClick={() => void pull()}>
            {isPulling ? 'Pulling…' : action}
          </TextButton>
        )
      }
    >
      <p>
        {problem.hint}{' '}
        {origin.commit === null
          ? 'No commit of it is in effect yet.'
          : `In effect: commit ${origin.commit.id.slice(0, 8)}, ${origin.commit.subject}`}
      </p>
      {failed === null ? null : <p role="alert">{failed}</p>}
    </Banner>
  )
}

/**
 * What a reload of the playbook changed: once, and not for what changed before this page knew of it.
 * The place of the playbook says it by itself.
 */
export function PlaybookNewsLine() {
  const actions = useActions()
  const isKnown = useMirror(({ status }) => status?.playbook !== undefined)
  const news = useMirror(({ status }) => status?.playbook?.news ?? null)
  const isSaidThere = useUi(({ screen }) => screen === 'playbook')
  const [seen, setSeen] = useState<number | null>(null)
  const at = news?.at ?? 0
  // What was there when the page began, or is looked at in its place, is no news.
  if (isKnown && (seen === null || (isSaidThere && seen !== at))) setSeen(at)
  if (!news || seen === null || isSaidThere || seen === at) return null
  return (
    <div className={styles.line} role="status">
      <IconBook2 size={15} aria-hidden="true" />
      <p className={styles.text}>{newsText(news)}</p>
      <TextButton onClick={() => actions.show('playbook')}>Open the playbook</TextButton>
      <TextButton onClick={() => setSeen(at)}>Dismiss</TextButton>
    </div>
  )
}

/** So many files are named. */
const MAX_NAMED = 3

const whats: Readonly<Record<PlaybookNews['files'][number]['what'], string>> = {
  added: 'added',
  changed: 'changed',
  removed: 'removed',
  broken: 'broken (its last valid version stays in effect)',
  fixed: 'fixed',
}

function newsText({ files, more, commit }: PlaybookNews): string {
  const named = files.slice(0, MAX_NAMED).map(({ path, what }) => `${path} ${whats[what]}`)
  const rest = more + files.length - named.length
  const others = rest > 0 ? [plural(rest, 'more file')] : []
  const by = commit === null ? '' : `, commit ${commit.slice(0, 8)}`
  return `Playbook reloaded${by}: ${[...named, ...others].join(', ')}`
}
