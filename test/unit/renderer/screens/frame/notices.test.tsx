// @vitest-environment jsdom
import { act } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { Notices } from '#renderer/screens/frame/notices.tsx'
import { MeetingsProvider } from '#renderer/screens/meetings/meetings-provider.tsx'
import { incidentWith } from '#test/fixtures/watch-entities.ts'
import { showCockpit, stateWith, status as plainStatus } from '../../shown-cockpit.tsx'

const showNotices = (status: Parameters<typeof showCockpit>[2] = {}) =>
  showCockpit(
    <MeetingsProvider>
      <Notices />
    </MeetingsProvider>,
    stateWith({ incidents: [incidentWith({ id: 'i1', title: 'Shop is down' })] }),
    status,
  )

describe('the notices', () => {
  it('are none while all is well', () => {
    const { screen } = showNotices()
    expect(screen.queryByRole('region')).toBeNull()
  })

  it('say since when the engine is lost, and list what waits for it', async () => {
    const { cockpit, screen, user, lose, ports, until } = showNotices()
    await lose()
    expect(screen.getByText(/Connection to Deckwatch lost at/)).toBeTruthy()
    void cockpit.actions.acknowledge('i1')
    await until(() => screen.queryByRole('list', { name: /^1 queued command$/ }) !== null)
    expect(screen.getByRole('list').textContent).toContain('Acknowledge: Shop is down')
    await user.click(screen.getByRole('button', { name: 'Try now' }))
    expect(ports.sockets).toHaveLength(2)
  })

  it('say that the journal cannot be opened, why and what to do, and try once for each answer', async () => {
    const { cockpit, screen, user, lose, ports, until, said } = showNotices()
    const message = 'The journal /data/journal.sqlite is damaged.'
    const hint = 'Put a backup in its place.'
    await lose({ message, hint, triedAt: ports.wall() })
    const notice = screen.getByRole('region', { name: /Deckwatch cannot open its journal/ })
    expect(notice.textContent).toContain('No source is polled and no page is sent.')
    expect(notice.textContent).toContain(`${message} ${hint} Last tried at `)
    expect(notice.textContent).toContain('Data as of')
    expect(screen.queryByText(/Connection to Deckwatch lost/)).toBeNull()
    expect(said.at(-1)?.text).toMatch(/^Deckwatch cannot open its journal\./)
    expect(said.at(-1)?.text).toContain(`${message} ${hint}`)
    void cockpit.actions.acknowledge('i1')
    await until(() => screen.queryByRole('list', { name: /^1 queued command$/ }) !== null)

    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(ports.engineStarts).toHaveLength(1)
    expect(ports.sockets).toHaveLength(2)
    await user.click(screen.getByRole('button', { name: 'Trying…' }))
    expect(ports.engineStarts).toHaveLength(1)
    ports.now += 1_000
    await lose({ message, hint, triedAt: ports.wall() })
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(ports.engineStarts).toHaveLength(2)
  })

  it('say what was refused of it when the engine is back, until that was seen', async () => {
    const { cockpit, screen, user, lose, ports, say, refuse, until, asked } = showNotices()
    await lose()
    void cockpit.actions.acknowledge('i1')
    await until(() => screen.queryByRole('list', { name: /^1 queued command$/ }) !== null)
    await user.click(screen.getByRole('button', { name: 'Try now' }))
    ports.socket.handlers.opened()
    await say({ type: 'snapshot', state: stateWith() })
    await until(() => asked('incident.acknowledge').length === 1)
    await refuse('incident.acknowledge', { code: 'not-allowed-now', message: 'It is closed.' })
    await until(() => screen.queryByText(/refused, queued .*: It is closed\./) !== null)
    expect(screen.getByText('1 queued command refused')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: /^Dismiss: Acknowledge, Shop is down/ }))
    await until(() => screen.queryByRole('region') === null)
  })

  it('say what is not understood in the configuration, and lead to the settings', async () => {
    const problems = Array.from({ length: 7 }, (_, index) => ({
      file: '/deckwatch.yaml',
      line: index + 1,
      column: 5,
      message: `mistake ${String(index)}`,
    }))
    const { cockpit, screen, user } = showNotices({
      config: { path: '/deckwatch.yaml', isPresent: true, loadedAt: 0, problems },
    })
    expect(screen.getAllByRole('listitem')).toHaveLength(5)
    expect(screen.getByText('/deckwatch.yaml:1:5')).toBeTruthy()
    expect(screen.getByText(/and 2 more/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Open settings' }))
    expect(cockpit.ui.getState().screen).toBe('settings')
  })

  it('say what is wrong with the engine, and what to do about it', () => {
    const { screen } = showNotices({
      problems: [
        {
          code: 'journal-full',
          subject: null,
          message: 'The disk is full.',
          hint: 'Free some.',
          since: 0,
        },
      ],
    })
    expect(screen.getByText('The disk is full.')).toBeTruthy()
    expect(screen.getByText(/Free some\./)).toBeTruthy()
  })

  describe('about alerts that are not recorded', () => {
    const problem = {
      code: 'journal-full' as const,
      message: 'The disk is full.',
      hint: 'Free some.',
      since: 0,
    }
    const alert = (number: number) => ({
      severity: 'P0' as const,
      title: 'Host is down',
      labels: { alertname: 'HostDown', instance: `db-${String(number)}` },
      sourceId: 'am',
      source: 'am-eu',
      since: 0,
    })
    const status = (count: number, more = 0) => ({
      problems: [{ ...problem, subject: null }],
      unrecorded: {
        ...problem,
        alerts: Array.from({ length: count }, (_, index) => alert(index + 1)),
        more,
        bySource: { am: count + more },
      },
    })

    it('say how many, why and what that means, and name the worst, once', async () => {
      const { screen, user } = showNotices(status(9))
      expect(screen.getAllByRole('region')).toHaveLength(1)
      expect(screen.getByText('9 alerts are not recorded: the disk is full')).toBeTruthy()
      expect(
        screen.getByText(
          'They cannot be acknowledged until there is room. The disk is full. Free some.',
        ),
      ).toBeTruthy()
      const shown = () => screen.getAllByRole('listitem').map(({ textContent }) => textContent)
      expect(shown()).toHaveLength(3)
      expect(shown()[0]).toContain('instance=db-1')
      expect(shown()[0]).toContain('am-eu')
      expect(screen.getByText('and 6 more')).toBeTruthy()
      await user.click(screen.getByRole('button', { name: 'Show all' }))
      expect(shown()).toHaveLength(9)
    })

    it('count what is not listed', async () => {
      const { screen, user } = showNotices(status(20, 30))
      expect(screen.getByText('50 alerts are not recorded: the disk is full')).toBeTruthy()
      await user.click(screen.getByRole('button', { name: 'Show all' }))
      expect(screen.getByText('and 30 more')).toBeTruthy()
    })

    it('speak of one alert as one, and are spoken when there are more than before', async () => {
      const { screen, say, said } = showNotices(status(1))
      expect(screen.getByText('1 alert is not recorded: the disk is full')).toBeTruthy()
      expect(screen.queryByRole('button')).toBeNull()
      const heard = () => said.filter(({ text }) => text.includes('not recorded'))
      expect(heard()).toHaveLength(1)
      expect(heard()[0]).toEqual({
        politeness: 'assertive',
        text: '1 alert is not recorded: the disk is full. Worst: P0 critical: Host is down. It cannot be acknowledged until there is room.',
      })
      await say({ type: 'status', status: { ...plainStatus, ...status(1) } })
      expect(heard()).toHaveLength(1)
      await say({ type: 'status', status: { ...plainStatus, ...status(2) } })
      expect(heard()).toHaveLength(2)
    })
  })

  it('are one at a time, the gravest, with how many more there are', async () => {
    const problem = (code: 'clock-jumped' | 'journal-full', message: string) => ({
      code,
      subject: null,
      message,
      hint: 'Do.',
      since: 0,
    })
    const { screen, user } = showNotices({
      problems: [
        problem('journal-full', 'The disk is full.'),
        problem('clock-jumped', 'It jumped.'),
      ],
      config: {
        path: '/deckwatch.yaml',
        isPresent: true,
        loadedAt: 0,
        problems: [{ file: '/deckwatch.yaml', line: 1, column: 1, message: 'mistake' }],
      },
    })
    const [first] = screen.getAllByRole('region')
    expect(first?.textContent).toContain('The disk is full.')
    const more = screen.getByRole('button', { name: '2 more notices' })
    expect(more.getAttribute('aria-expanded')).toBe('false')
    await user.click(more)
    expect(screen.getByRole('button', { name: 'Collapse notices' })).toBeTruthy()
  })

  it('say nothing of a configuration where the settings say it', () => {
    const { cockpit, screen } = showNotices({
      config: {
        path: '/deckwatch.yaml',
        isPresent: true,
        loadedAt: 0,
        problems: [{ file: '/deckwatch.yaml', line: 1, column: 1, message: 'mistake' }],
      },
    })
    expect(screen.getByText(/mistake/)).toBeTruthy()
    act(() => {
      cockpit.actions.show('settings')
    })
    expect(screen.queryByText(/mistake/)).toBeNull()
  })

  it('say nothing of the engine that nobody hears any more, but that it is lost', async () => {
    const { screen, lose } = showNotices({
      problems: [
        { code: 'journal-full', subject: null, message: 'The disk is full.', hint: '', since: 0 },
      ],
    })
    await lose()
    expect(screen.getAllByRole('region')).toHaveLength(1)
    expect(screen.queryByText('The disk is full.')).toBeNull()
  })

  it('say that a message could not be read', async () => {
    const { screen, ports, say } = showNotices()
    ports.socket.handlers.received('{"type":"status","status":7}')
    await say({ type: 'pulse', now: 0, pulses: [] })
    expect(screen.getByText('Invalid message from Deckwatch')).toBeTruthy()
  })

  it('say why “do not disturb” was refused', async () => {
    const { cockpit, screen, user, refuse } = showNotices()
    void cockpit.actions.doNotDisturb(5_000)
    await refuse('quiet.start', { code: 'not-allowed-now', message: 'Too late.', hint: 'Later.' })
    expect(screen.getByText('Too late.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Dismiss' }))
    expect(screen.queryByText('Too late.')).toBeNull()
  })
})
