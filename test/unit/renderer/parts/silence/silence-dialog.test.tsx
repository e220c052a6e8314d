// @vitest-environment jsdom
import { act, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { EngineStatus } from '#shared/contract/messages.ts'
import type { Alert } from '#shared/domain/alert/schema.ts'
import type { Silence } from '#shared/domain/silence/schema.ts'
import type { Source } from '#shared/domain/source/schema.ts'
import type { SilenceTarget } from '#renderer/engine/page/ui-store.ts'
import { Dialogs } from '#renderer/screens/frame/dialogs.tsx'
import { alertWith, incidentWith, sourceWith } from '#test/fixtures/watch-entities.ts'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

const seen = {
  presence: 'present' as const,
  startsAt: 1,
  generatorUrl: null,
  receivers: [],
  suppression: [],
}

const realmOf = (source: string) => (source === 'am' || source === 'deckwatch' ? '' : source)

/** A source in the realm of its own name, but that of "am", which is the default. */
const sourceInRealm = (id: string, over: Partial<Source> = {}): Source =>
  sourceWith({ id, realm: { id: realmOf(id), isConfigured: false, server: null }, ...over })

function alert(key: string, over: Partial<Alert> = {}): Alert {
  const [source = 'am'] = Object.keys(over.observations ?? {})
  return alertWith({
    key,
    realm: realmOf(source),
    labels: { alertname: key, team: 'a' },
    annotations: { summary: `${key} is wrong` },
    observations: { am: seen },
    ...over,
  })
}

interface Options {
  readonly alerts?: readonly Alert[]
  readonly sources?: readonly Source[]
  readonly target?: SilenceTarget
  readonly status?: Partial<EngineStatus>
  readonly canSilence?: readonly string[]
}

/** Opens the dialog as a key does. The servers have not answered yet. */
async function open({
  alerts = [alert('Slow')],
  sources = [sourceInRealm('am')],
  target = { kind: 'alerts', keys: alerts.map(({ key }) => key) },
  status = {},
  canSilence = sources.map(({ id }) => id),
}: Options = {}) {
  const shown = showCockpit(
    <Dialogs />,
    stateWith({
      alerts: [...alerts],
      sources: [...sources],
      incidents: [incidentWith({ id: 'i1', group: { team: 'a' } })],
    }),
    status,
  )
  await shown.say({
    type: 'pulse',
    now: shown.ports.wall(),
    pulses: canSilence.map((sourceId) => ({
      sourceId,
      ageMs: 0,
      latencyMs: 1,
      alerts: 1,
      intervalMs: 1_000,
      isPolling: false,
      pausedMs: null,
      remarks: [],
      canSilence: true as const,
    })),
  })
  const { screen } = shown
  await act(async () => {
    shown.cockpit.actions.open({ kind: 'silence', target })
    await Promise.resolve()
  })
  const dialog = await screen.findByRole('dialog', { name: 'Silence alerts' })
  return {
    ...shown,
    dialog,
    listed: (silences: Silence[] = []) =>
      shown.answer('silence.list', { silences, more: 0, isPartial: false }),
    comment: () => screen.getByLabelText<HTMLInputElement>('Comment'),
    button: (name: RegExp | string) => screen.getByRole('button', { name }),
    warnings: () =>
      [...dialog.querySelectorAll<HTMLElement>('[data-code]')].map((each) => each.dataset['code']),
  }
}

const silence: Silence = {
  id: 's-1',
  matchers: [{ name: 'team', operator: '=', value: 'a' }],
  startsAt: 0,
  endsAt: 9_999_999_999_999,
  createdBy: 'bo',
  comment: 'rack',
  state: 'active',
}

describe('a silence in the dialog', () => {
  it('is sent once it has a reason, with the proposed matchers, and closes the dialog', async () => {
    const { user, comment, listed, asked, answer, screen, said, cockpit } = await open()
    await listed()
    await user.type(comment(), '{Enter}')
    expect(asked('silence.create')).toEqual([])
    expect(screen.getByText('Enter a comment.')).toBeTruthy()
    await user.type(comment(), 'rack is moved{Enter}')
    expect(asked('silence.create')).toMatchObject([
      {
        sourceId: 'am',
        comment: 'rack is moved',
        evenP0: false,
        matchers: [
          { name: 'alertname', operator: '=', value: 'Slow' },
          { name: 'team', operator: '=', value: 'a' },
        ],
      },
    ])
    await answer('silence.create', { seq: 2, silenceId: 's-1' })
    expect(cockpit.ui.getState().dialog).toBeNull()
    expect(said.at(-1)?.text).toMatch(/^Silenced in am until /)
  })

  it('is confirmed a second time where it hides a P0', async () => {
    const { user, comment, button, asked, warnings, until } = await open({
      alerts: [alert('Down', { severity: 'P0' })],
    })
    expect(warnings()).toEqual(['hides-p0'])
    await user.type(comment(), 'planned{Enter}')
    expect(asked('silence.create')).toEqual([])
    await until(() => document.activeElement?.textContent === 'Go back')
    await user.click(button('Silence P0 anyway'))
    expect(asked('silence.create')).toMatchObject([{ evenP0: true }])
  })

  it('is confirmed a second time where a P0 has come in since', async () => {
    const { user, comment, button, asked, refuse } = await open()
    await user.type(comment(), 'planned{Enter}')
    await refuse('silence.create', {
      code: 'needs-confirmation',
      message: 'This silence hides a P0 alert: Down',
    })
    await user.click(button('Silence P0 anyway'))
    expect(asked('silence.create')).toMatchObject([{ evenP0: false }, { evenP0: true }])
  })

  it.each([
    [
      'a server that forbids it',
      {
        code: 'refused-by-server' as const,
        message: 'The silence was not created in am: am does not allow changes (403).',
        hint: 'Ask.',
      },
      'Refused: The silence was not created in am: am does not allow changes (403). Ask.',
    ],
    [
      'an answer that is lost, after a look at what is there',
      {
        code: 'outcome-unknown' as const,
        message: 'It is not known whether the silence was created in am.',
        hint: 'Look first.',
      },
      'It is not known whether the silence was created in am. Look first.',
    ],
  ])('stays as it was written, with the reason: %s', async (_, error, text) => {
    const { user, comment, listed, asked, refuse, screen } = await open()
    await listed()
    await user.type(comment(), 'rack{Enter}')
    await refuse('silence.create', error)
    expect(screen.getByText(text)).toBeTruthy()
    expect(comment().value).toBe('rack')
    expect(asked('silence.create')).toHaveLength(1)
    expect(asked('silence.list')).toHaveLength(2)
  })

  it('goes to each of two servers, and again only to the one that refused', async () => {
    const eu = alert('Slow', { observations: { eu: seen } })
    const us = alert('Slow too', { observations: { us: seen } })
    const { user, comment, asked, answer, refuse, screen, until } = await open({
      alerts: [eu, us],
      sources: [sourceInRealm('eu'), sourceInRealm('us')],
    })
    await user.type(comment(), 'rack{Enter}')
    await answer('silence.create', { seq: 2, silenceId: 's-1' })
    await until(() => asked('silence.create').length === 2)
    await refuse('silence.create', { code: 'refused-by-server', message: 'No.' })
    expect(screen.getByText('Silenced already in eu.')).toBeTruthy()
    await user.type(comment(), '{Enter}')
    expect(asked('silence.create')).toMatchObject([
      { sourceId: 'eu' },
      { sourceId: 'us' },
      { sourceId: 'us' },
    ])
  })
})

describe('what a silence would hide', () => {
  const byBo = { kind: 'silence' as const, id: 's-1', createdBy: 'bo', comment: '', endsAt: null }
  const job = (name: string, over: Partial<Alert> = {}) =>
    alert(name, {
      labels: { alertname: 'KubeJobFailed', team: 'a', namespace: 'batch', job_name: name },
      ...over,
    })

  it('says what is silenced already, and counts only the rest on the button', async () => {
    const { dialog, button, listed } = await open({
      alerts: [job('report-1'), job('report-2', { suppression: [byBo] })],
    })
    await listed()
    expect(dialog.textContent).toContain(
      'Hides 2 alerts of 1 incident: 2 P2. 1 now, 1 already silenced',
    )
    expect(button('Silence 1 alert')).toBeTruthy()
  })

  it('names what was not selected', async () => {
    const [report, backup] = [job('report-1'), job('backup-7')]
    const { user, screen, dialog } = await open({
      alerts: [report, backup],
      target: { kind: 'alerts', keys: [report.key] },
    })
    expect(dialog.textContent).not.toContain('Also hides')
    const value = screen.getByDisplayValue('report-1')
    const place = /\d+$/.exec(value.getAttribute('aria-label') ?? '')?.[0] ?? ''
    await user.click(screen.getByRole('button', { name: `Remove matcher ${place}` }))
    expect(dialog.textContent).toContain(
      'Also hides 1 alert that you did not select, of 1 incident: KubeJobFailed batch/backup-7.',
    )
  })

  it('says of an incident that what joins it is hidden too, and can leave that out', async () => {
    const { user, screen, comment, asked } = await open({
      alerts: [job('report-1')],
      target: { kind: 'incident', incidentId: 'i1' },
    })
    const whole = 'The incident: also alerts that join it later'
    expect(screen.getByRole<HTMLInputElement>('radio', { name: whole }).checked).toBe(true)
    expect(screen.queryByDisplayValue('report-1')).toBeNull()
    await user.click(screen.getByRole('radio', { name: 'Only the 1 alert firing now' }))
    await user.type(comment(), 'known{Enter}')
    expect(asked('silence.create')).toMatchObject([
      {
        matchers: [
          { name: 'alertname', value: 'KubeJobFailed' },
          { name: 'job_name', value: 'report-1' },
          { name: 'namespace', value: 'batch' },
          { name: 'team', value: 'a' },
        ],
      },
    ])
  })
})

describe('what cannot be silenced', () => {
  it.each([
    [
      'an alert of a Prometheus alone',
      alert('Slow', { observations: { prom: seen } }),
      /reported by prom, which has no silences/,
    ],
    [
      'an alert that is dropped on its way to an Alertmanager',
      alert('Slow', {
        observations: { am: seen },
        suppression: [{ kind: 'not-sent', id: 'rule 1' }],
      }),
      /Prometheus sends it to no Alertmanager/,
    ],
    [
      'an alert of Deckwatch itself',
      alert('SourceNotAnswering', { observations: { deckwatch: seen } }),
      /Deckwatch itself raised it/,
    ],
    [
      'an alert of the drill',
      alert('Slow', { observations: { drill: seen } }),
      /the drill has no silences/,
    ],
  ])('says why: %s', async (_, each, text) => {
    const { screen, asked } = await open({
      alerts: [each],
      sources: [
        sourceInRealm('am'),
        sourceInRealm('prom', { type: 'prometheus' }),
        sourceInRealm('drill', { type: 'drill' }),
      ],
      canSilence: ['am'],
    })
    expect(screen.getByText(text)).toBeTruthy()
    expect(screen.queryByLabelText('Comment')).toBeNull()
    expect(asked('silence.list')).toEqual([])
  })

  it('is said beside what can', async () => {
    const { screen } = await open({
      alerts: [alert('Slow'), alert('Late', { observations: { prom: seen } })],
      sources: [sourceInRealm('am'), sourceInRealm('prom', { type: 'prometheus' })],
      canSilence: ['am'],
    })
    expect(screen.getByText(/1 selected alert cannot be silenced: reported by prom/)).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Silence 1 alert' })).toBeTruthy()
  })

  it('is not sent while the engine is away', async () => {
    const { user, comment, lose, asked } = await open()
    await lose()
    await user.type(comment(), 'rack{Enter}')
    expect(asked('silence.create')).toEqual([])
  })
})

describe('an existing silence', () => {
  it('is warned of, extended and expired', async () => {
    const { user, listed, button, asked, answer, warnings, until } = await open()
    await listed([silence])
    await until(() => warnings().includes('duplicate'))
    await user.click(button('Extend'))
    await user.click(button('1 hour longer'))
    expect(asked('silence.extend')).toEqual([
      { sourceId: 'am', silenceId: 's-1', endsAt: silence.endsAt + 3_600_000, evenP0: false },
    ])
    await answer('silence.extend', { seq: 2, silenceId: 's-1' })
    await listed([silence])
    await user.click(button('Expire'))
    await user.click(button('Expire now'))
    expect(asked('silence.expire')).toEqual([{ sourceId: 'am', silenceId: 's-1' }])
    await answer('silence.expire', { seq: 3, silenceId: 's-1' })
    await listed([])
    expect(warnings()).toEqual([])
  })

  it('keeps the focus in the dialog once it is expired or extended, and says so there', async () => {
    const { user, listed, button, answer, dialog, screen, cockpit } = await open()
    await listed([silence])
    await user.click(button('Extend'))
    await user.click(button('1 hour longer'))
    // While the server is asked, what was pressed is gone already.
    expect(document.activeElement).toBe(button('Extend'))
    await answer('silence.extend', { seq: 2, silenceId: 's-1' })
    expect(document.activeElement).toBe(button('Done'))
    await listed([silence])
    expect(dialog.textContent).toMatch(/Silence extended until .* in am\./)
    await user.click(button('Expire'))
    await user.click(button('Expire now'))
    expect(document.activeElement).toBe(button('Expire'))
    await answer('silence.expire', { seq: 3, silenceId: 's-1' })
    await listed([])
    expect(within(dialog).getByText('Silence expired in am.')).toBeTruthy()
    expect(document.activeElement).toBe(button('Done'))
    // A new silence is not what is next.
    expect(button('Silence 1 alert').dataset['tone']).toBe('plain')
    await user.keyboard('{Enter}')
    expect(cockpit.ui.getState().dialog).toBeNull()
    expect(screen.queryByText('Silence expired in am.')).toBeNull()
  })

  it('takes no focus from who writes a comment meanwhile, and gives it back where it is kept', async () => {
    const { user, listed, button, answer, comment, until } = await open()
    await listed([silence])
    await user.click(button('Expire'))
    await until(() => document.activeElement?.textContent === 'Keep it')
    await user.keyboard('{Enter}')
    expect(document.activeElement).toBe(button('Expire'))
    await user.click(button('Expire'))
    await user.click(button('Expire now'))
    await user.type(comment(), 'rack')
    await answer('silence.expire', { seq: 3, silenceId: 's-1' })
    await listed([])
    expect(document.activeElement).toBe(comment())
    expect(button('Silence 1 alert').dataset['tone']).toBe('primary')
  })

  it('is expired only after a look at what fires again and who may be paged', async () => {
    const byBo = { kind: 'silence' as const, id: 's-1', createdBy: 'bo', comment: '', endsAt: null }
    const paged = { am: { ...seen, receivers: ['payments-pager'] } }
    const { user, listed, button, asked, screen, until } = await open({
      alerts: [
        alert('Down', { severity: 'P0', suppression: [byBo], observations: paged }),
        alert('Slow', { suppression: [byBo, { kind: 'mute', id: 'nights' }] }),
      ],
    })
    await listed([silence])
    await user.click(button('Expire'))
    expect(asked('silence.expire')).toEqual([])
    expect(screen.getByRole('alertdialog').textContent).toContain(
      'Expire this silence? 1 alert fires again: 1 P0. Deckwatch may page you (P0). am may notify payments-pager.',
    )
    // The key that led here leads back, not on.
    await until(() => document.activeElement?.textContent === 'Keep it')
    await user.keyboard('{Enter}')
    expect(screen.queryByRole('alertdialog')).toBeNull()
    expect(asked('silence.expire')).toEqual([])
  })

  it('asks back before a P0 stays hidden', async () => {
    const { user, listed, button, asked, refuse } = await open()
    await listed([silence])
    await user.click(button('Extend'))
    await user.click(button('4 hours longer'))
    await refuse('silence.extend', {
      code: 'needs-confirmation',
      message: 'This silence hides a P0 alert: Down',
    })
    await user.click(button('Extend anyway'))
    expect(asked('silence.extend')).toMatchObject([{ evenP0: false }, { evenP0: true }])
  })

  it('cannot be read: the reason stands there, and the rest works', async () => {
    const { refuse, screen } = await open()
    await refuse('silence.list', {
      code: 'refused-by-server',
      message: 'The silences of am cannot be read: am failed (500).',
    })
    expect(screen.getByText(/The silences of am cannot be read/)).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Silence 1 alert' })).toBeTruthy()
  })
})
