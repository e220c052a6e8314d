import type { MantineColorScheme } from '@mantine/core'
import { meetingKinds, meetingName } from '#shared/domain/meeting/schema.ts'
import { keyOf } from '../../keyboard/shortcuts.ts'
import { refusalOf, rightRefusal } from '../../engine/commands/availability.ts'
import type { AlertsModel } from '../alerts/alerts-model.ts'
import type { Cockpit } from '../../engine/cockpit/cockpit.ts'
import type { GuideStore } from '../guide/guide-store.ts'
import type { SettingsModel } from '../settings/settings-model.ts'
import { sectionTitle, settingsSections } from '../settings/settings-store.ts'
import { quietChoices } from '../../text/quiet-choices.ts'
import { watchedSources } from '#shared/domain/source/watched.ts'
import type { PaletteGroup, PaletteItem } from './item.ts'

/** What commands need: the cockpit, the settings, and the theme, which Mantine keeps. */
export interface CommandWorld {
  readonly cockpit: Cockpit
  readonly settings: SettingsModel
  readonly guide: GuideStore
  readonly alerts: Pick<AlertsModel, 'preferences' | 'screen'>
  readonly colorScheme: MantineColorScheme
  readonly setColorScheme: (scheme: MantineColorScheme) => void
}

/** Everything that can be done but what concerns an incident. */
export function commandItems(world: CommandWorld): readonly PaletteItem[] {
  return [
    ...placeItems(world),
    ...declareItems(world),
    ...filterItems(world),
    ...notificationItems(world),
    ...sourceItems(world),
    ...drillItems(world),
    ...themeItems(world),
  ]
}

interface Extra {
  readonly detail?: string
  readonly keywords?: string
  readonly hint?: string
  readonly refusedBecause?: string | null
}

function item(
  group: PaletteGroup,
  title: string,
  run: () => void,
  { refusedBecause = null, ...extra }: Extra = {},
): PaletteItem {
  return { id: `${group}: ${title}`, group, title, refusedBecause, run, ...extra }
}

function placeItems({
  cockpit: { actions },
  settings,
  guide,
}: CommandWorld): readonly PaletteItem[] {
  return [
    item('Go to', 'Now', () => actions.show('now'), { hint: keyOf('show-now') }),
    item('Go to', 'Alerts', () => actions.show('alerts'), { hint: keyOf('show-alerts') }),
    item('Go to', 'Incidents', () => actions.show('incidents'), { hint: keyOf('show-incidents') }),
    item('Go to', 'Reviews', () => actions.showReviews(null), {
      keywords: 'post-incident postmortem retrospective deadlines',
    }),
    item('Go to', 'Runbooks', () => actions.show('runbooks'), { hint: keyOf('show-runbooks') }),
    item('Go to', 'Handoff', () => actions.showHandoff(null), {
      hint: keyOf('show-handoff'),
      keywords: 'shift handover accept import',
    }),
    item('Go to', 'Playbook', () => actions.show('playbook'), {
      hint: keyOf('show-playbook'),
      keywords: 'plans services response audit',
    }),
    item('Go to', 'Search knowledge…', () => actions.open({ kind: 'palette', query: '? ' }), {
      hint: '?',
      keywords: 'knowledge base learned causes fixes earlier incidents runbooks similar find',
    }),
    ...meetingKinds.map((kind) =>
      item('Go to', meetingName[kind], () => actions.showMeeting(kind), {
        keywords: 'meeting agenda stand-up daily triage decisions',
      }),
    ),
    item('Go to', 'Settings', () => actions.show('settings'), { hint: keyOf('show-settings') }),
    ...settingsSections.map((section) =>
      item('Go to', `Settings: ${sectionTitle[section]}`, () => {
        settings.actions.show(section)
        actions.show('settings')
      }),
    ),
    item('Go to', 'First steps', () => guide.set({ isOpen: true, isUnfolded: true }), {
      keywords: 'guide getting started setup',
    }),
    item('Go to', 'Keyboard shortcuts', () => actions.open({ kind: 'shortcuts' }), {
      hint: keyOf('help'),
      keywords: 'help keys hotkeys',
    }),
  ]
}

function declareItems({ cockpit: { actions, mirror } }: CommandWorld): readonly PaletteItem[] {
  return [
    item('Incidents', 'Declare an incident…', () => actions.open({ kind: 'declare' }), {
      keywords: 'new open report create manual something is wrong',
      refusedBecause: refusalOf(mirror.getState(), 'incident.declare'),
    }),
  ]
}

function filterItems({ cockpit: { actions }, alerts }: CommandWorld): readonly PaletteItem[] {
  return alerts.preferences.getState().saved.map(({ name, text }) =>
    item(
      'Alerts with',
      `Filter: ${name}`,
      () => {
        actions.show('alerts')
        alerts.screen.setFilter(text)
      },
      { detail: text, keywords: text },
    ),
  )
}

function notificationItems({ cockpit }: CommandWorld): readonly PaletteItem[] {
  const { actions, client, mirror, announcements, engineNow } = cockpit
  const { watch, connection, status } = mirror.getState()
  const lost = refusalOf({ status, connection }, 'quiet.start')
  const noTest = refusalOf({ status, connection }, 'channel.test')
  const isQuiet = (watch?.muting.quiet ?? null) !== null
  const test = async () => {
    const result = await client.request('channel.test', { channel: 'desktop' })
    const failure = result.ok ? result.value.problem : result.error
    const text = failure ? `${failure.message} ${failure.hint ?? ''}` : 'Test notification sent.'
    announcements.tell({ politeness: 'polite', text })
  }
  return [
    ...quietChoices(engineNow()).map(({ label, until }) =>
      item('Notifications', `Do not disturb: ${label}`, () => void actions.doNotDisturb(until), {
        keywords: 'dnd mute quiet silence pause notifications',
        refusedBecause: lost,
      }),
    ),
    item('Notifications', 'End do not disturb', () => void actions.endDoNotDisturb(), {
      keywords: 'dnd unmute mute quiet silence resume notifications',
      refusedBecause: lost ?? (isQuiet ? null : 'Do not disturb is off'),
    }),
    item('Notifications', 'Send a test notification', () => void test(), {
      keywords: 'try check desktop',
      refusedBecause: noTest,
    }),
  ]
}

function sourceItems({ cockpit }: CommandWorld): readonly PaletteItem[] {
  const { actions, client, mirror, announcements } = cockpit
  const { watch, connection, status } = mirror.getState()
  const lost = refusalOf({ status, connection }, 'source.poll')
  const sources = watch ? watchedSources(watch.sources) : []
  const poll = async (name: string, sourceId?: string) => {
    const result = await client.request('source.poll', sourceId === undefined ? {} : { sourceId })
    const text = result.ok ? `Polled ${name}.` : result.error.message
    announcements.tell({ politeness: 'polite', text })
  }
  return [
    item('Sources', 'Add a source…', actions.addSource, {
      refusedBecause: rightRefusal(status, 'settings.write'),
    }),
    item('Sources', 'Poll all sources now', () => void poll('all sources'), {
      keywords: 'ask refresh reload',
      refusedBecause: lost ?? (sources.length === 0 ? 'No sources' : null),
    }),
    ...sources.flatMap(({ id, name }) => [
      item('Sources', `Poll ${name} now`, () => void poll(name, id), {
        keywords: 'ask refresh reload',
        refusedBecause: lost,
      }),
      item('Sources', `Show source ${name}`, () => actions.open({ kind: 'source', sourceId: id }), {
        keywords: 'health test connection',
      }),
    ]),
  ]
}

function drillItems({ cockpit: { client, mirror } }: CommandWorld): readonly PaletteItem[] {
  const { status, connection } = mirror.getState()
  const drill = status?.drill
  if (!drill) return []
  const refusedBecause = refusalOf({ status, connection }, 'drill.control')
  const steer = (change: { isPaused?: boolean; speed?: number; restart?: boolean }) => () =>
    void client.request('drill.control', change)
  return [
    drill.isPaused
      ? item('Drill', 'Resume the drill', steer({ isPaused: false }), { refusedBecause })
      : item('Drill', 'Pause the drill', steer({ isPaused: true }), { refusedBecause }),
    item('Drill', 'Restart the drill', steer({ restart: true }), { refusedBecause }),
    ...[1, 5, 20].map((speed) =>
      item(
        'Drill',
        speed === 1 ? 'Drill speed: real time' : `Drill speed: ${String(speed)}×`,
        steer({ speed }),
        { refusedBecause: refusedBecause ?? (drill.speed === speed ? 'Current speed' : null) },
      ),
    ),
  ]
}

function themeItems({ colorScheme, setColorScheme }: CommandWorld): readonly PaletteItem[] {
  const themes = [
    ['auto', 'System theme'],
    ['light', 'Light theme'],
    ['dark', 'Dark theme'],
  ] as const
  return themes.map(([scheme, title]) =>
    item('Appearance', title, () => setColorScheme(scheme), {
      refusedBecause: colorScheme === scheme ? 'Current theme' : null,
    }),
  )
}
