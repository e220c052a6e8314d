import { createContext, use } from 'react'
import { useStore } from 'zustand'
import type { AlertPreferences, Preferences } from './alert-preferences.ts'
import { createPreferences } from './alert-preferences.ts'
import { createAlertScreen, type AlertScreen, type AlertScreenState } from './alert-screen.ts'
import { createBulk, type Bulk, type BulkCommand } from './bulk-actions.ts'
import type { BulkOutcome, BulkUndo } from './bulk.ts'
import { browserStore } from '../../engine/page/local-store.ts'
import type { Cockpit } from '../../engine/cockpit/cockpit.ts'
import { browserTasks } from './sliced-work.ts'
import { rightRefusal } from '../../engine/commands/availability.ts'
import { readerOf } from '../../engine/watch/reader.ts'
import { isReader } from '#shared/domain/actor/person.ts'

/** What the Alerts screen works on: the list of all alerts, its preferences, and actions on many. */
export interface AlertsModel {
  readonly screen: AlertScreen
  readonly preferences: Preferences
  readonly bulk: Bulk
}

/** The model of the Alerts screen, for a cockpit in this browser. */
export function createAlertsModel(cockpit: Cockpit): AlertsModel {
  const { actions, mirror, engineNow, steady, announcements } = cockpit
  const preferences = createPreferences(browserStore(), (changed) => {
    // Told to all tabs but the one that wrote.
    window.addEventListener('storage', changed)
  })
  const screen = createAlertScreen({
    mirror,
    preferences,
    engineNow,
    steady,
    later: browserTasks(),
  })
  const give = async ({ name, input, title }: BulkCommand): Promise<BulkOutcome> => {
    const given = await actions.giveOneOfMany(name, input, title)
    if (given.kind === 'kept') return 'kept'
    return given.result.ok ? 'done' : given.result.error
  }
  const mine = (incidentId: string, undo: BulkUndo) => {
    const { watch, status } = mirror.getState()
    const incident = watch?.incidents.get(incidentId)
    const by = (undo === 'unsnooze' ? incident?.snoozed : incident?.acknowledged)?.by
    return incident && by && isReader(by, readerOf(status)) ? incident : null
  }
  const say = (text: string) => {
    announcements.tell({ politeness: 'polite', text })
  }
  const forbidden = (name: BulkCommand['name']) => rightRefusal(mirror.getState().status, name)
  return {
    screen,
    preferences,
    bulk: createBulk({ screen, give, mine, forbidden, blocked: () => bulkRefusal(screen), say }),
  }
}

/**
 * Why nothing can be done to several alerts now: while the filter is invalid, what is listed is not
 * what was asked for. Null when it can.
 */
export function bulkRefusal({ store }: Pick<AlertScreen, 'store'>): string | null {
  return store.getState().problem === null
    ? null
    : 'Invalid filter: fix or clear it before you act on several alerts.'
}

/** The model that the components below share. */
export const AlertsModelContext = createContext<AlertsModel | null>(null)

/** @throws outside of a provider, which is a bug. */
export function useAlertsModel(): AlertsModel {
  const model = use(AlertsModelContext)
  if (!model) throw new Error('This component needs the alerts model around it')
  return model
}

/** Reads from what the alerts screen shows; renders again only when the selected value changes. */
export function useAlertScreen<Value>(select: (state: AlertScreenState) => Value): Value {
  return useStore(useAlertsModel().screen.store, select)
}

/** Reads how this reader likes the alerts screen. */
export function usePreferences<Value>(select: (preferences: AlertPreferences) => Value): Value {
  return useStore(useAlertsModel().preferences, select)
}
