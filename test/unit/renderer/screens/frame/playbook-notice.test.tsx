// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { Notices } from '#renderer/screens/frame/notices.tsx'
import { MeetingsProvider } from '#renderer/screens/meetings/meetings-provider.tsx'
import type { PlaybookNews, PlaybookStatus } from '#shared/contract/playbook.ts'
import { showCockpit, stateWith, status } from '../../shown-cockpit.tsx'

const folder: PlaybookStatus['origin'] = { kind: 'folder', folder: '/playbook' }
const git = (over: object): PlaybookStatus['origin'] => ({
  kind: 'git',
  url: 'git@git.example:team/playbook.git',
  branch: 'main',
  path: '',
  commit: { id: '0123456789abcdef', subject: 'Plan for payments', at: 0 },
  checkedAt: 1,
  problem: null,
  ...over,
})
const news = (at: number, files: PlaybookNews['files'], commit: string | null = null) => ({
  at,
  files,
  more: 0,
  commit,
})

describe('what a reload of the playbook changed', () => {
  const first = news(1, [{ path: 'plans/old.yaml', what: 'changed' }])

  it('is said once, and not for what was there before', async () => {
    const { screen, say, user } = showCockpit(
      <MeetingsProvider>
        <Notices />
      </MeetingsProvider>,
      stateWith(),
      {
        playbook: { origin: folder, news: first },
      },
    )
    expect(screen.queryByText(/Playbook reloaded/)).toBeNull()
    const files = ['a', 'b', 'c', 'd', 'e'].map((name) => ({
      path: `plans/${name}.yaml`,
      what: name === 'a' ? ('broken' as const) : ('added' as const),
    }))
    const next = { origin: folder, news: news(2, files, 'fedcba9876543210') }
    await say({ type: 'status', status: { ...status, playbook: next } })
    expect(screen.getByRole('status').textContent).toContain(
      'Playbook reloaded, commit fedcba98: plans/a.yaml broken (its last valid version stays in effect), plans/b.yaml added, plans/c.yaml added, 2 more files',
    )
    await user.click(screen.getByRole('button', { name: 'Dismiss' }))
    expect(screen.queryByText(/Playbook reloaded/)).toBeNull()
    await say({ type: 'status', status: { ...status, playbook: next } })
    expect(screen.queryByText(/Playbook reloaded/)).toBeNull()
  })

  it('is not said where it is looked at', async () => {
    const { screen, say, user, cockpit } = showCockpit(
      <MeetingsProvider>
        <Notices />
      </MeetingsProvider>,
      stateWith(),
      {
        playbook: { origin: folder, news: null },
      },
    )
    await say({ type: 'status', status: { ...status, playbook: { origin: folder, news: first } } })
    await user.click(screen.getByRole('button', { name: 'Open the playbook' }))
    expect(cockpit.ui.getState().screen).toBe('playbook')
    expect(screen.queryByText(/Playbook reloaded/)).toBeNull()
  })
})

describe('a Git playbook that does not follow its repository', () => {
  const problem = { code: 'unreachable' as const, message: 'It cannot be reached.', hint: 'Wait.' }

  it('says why, what is in effect, and pulls when it is told to', async () => {
    const { screen, user, asked, refuse } = showCockpit(
      <MeetingsProvider>
        <Notices />
      </MeetingsProvider>,
      stateWith(),
      {
        playbook: { origin: git({ problem }), news: null },
      },
    )
    expect(screen.getByRole('region').textContent).toContain(
      'Wait. In effect: commit 01234567, Plan for payments',
    )
    await user.click(screen.getByRole('button', { name: 'Pull now' }))
    expect(asked('playbook.pull')).toEqual([{ followRewritten: false }])
    await refuse('playbook.pull', { code: 'internal', message: 'It failed inside.' })
    expect(screen.getByRole('alert').textContent).toBe('It failed inside.')
  })

  it('follows a rewritten branch only when a person says so, who may', async () => {
    const rewritten = { ...problem, code: 'rewritten' as const }
    const shown = showCockpit(
      <MeetingsProvider>
        <Notices />
      </MeetingsProvider>,
      stateWith(),
      {
        playbook: { origin: git({ problem: rewritten }), news: null },
      },
    )
    await shown.user.click(
      shown.screen.getByRole('button', { name: 'Follow the rewritten branch' }),
    )
    expect(shown.asked('playbook.pull')).toEqual([{ followRewritten: true }])
    await shown.say({
      type: 'status',
      status: {
        ...status,
        you: { ...status.you, rights: ['read'] },
        playbook: { origin: git({ problem: rewritten }), news: null },
      },
    })
    expect(shown.screen.queryByRole('button')).toBeNull()
  })

  it('leads to the very place of a file with a mistake', async () => {
    const { screen, user, cockpit } = showCockpit(
      <MeetingsProvider>
        <Notices />
      </MeetingsProvider>,
      stateWith(),
      {
        playbook: { origin: git({ path: 'team' }), news: null },
        config: {
          ...status.config,
          problems: [{ file: 'team/plans/a.yaml', line: 3, column: 1, message: 'it is wrong' }],
        },
      },
    )
    await user.click(screen.getByRole('button', { name: /a\.yaml/ }))
    expect(cockpit.ui.getState().screen).toBe('playbook')
  })
})
