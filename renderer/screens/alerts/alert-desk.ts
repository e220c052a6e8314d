import { createContext, use } from 'react'
import { useStore } from 'zustand'
import type { AlertPreferences, KeyValueStorage, Preferences } from './alert-preferences.ts'
import { createPreferences } from './alert-preferences.ts'
import { createAlertScreen, type AlertScreen, type AlertScreenState } from './alert-screen.ts'
import { createAttention, type Attention } from '../now/attention.ts'
import { createBulk, type Bulk, type BulkCommand } from './bulk-actions.ts'
import type { BulkOutcome, BulkUndo } from './bulk.ts'
import type { Cockpit } from '../../engine/cockpit/cockpit.ts'
import { browserTasks } from './sliced-work.ts'
import { readerOf } from '../../engine/watch/reader.ts'
import { isReader } from '#shared/domain/person/identity.ts'

/** What lies on the desk beside the watch itself: the list of all alerts, and who looks at it. */
export interface AlertDesk {
  readonly screen: AlertScreen
  readonly preferences: Preferences
  readonly bulk: Bulk
  readonly attention: Attention
}

/** Lays out a desk for a cockpit in this browser. */
export function createAlertDesk(cockpit: Cockpit): AlertDesk {
  const { actions, client, mirror, engineNow, steady, announcements } = cockpit
  const storage = browserStorage()
  const preferences = createPreferences(storage, (changed) => {
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
  return {
    screen,
    preferences,
    bulk: createBulk({ screen, give, mine, say }),
    attention: createAttention({
      client,
      mirror,
      storage,
      engineNow,
      hasFocus: () => document.visibilityState === 'visible' && document.hasFocus(),
      listenFocus,
      every(ms, callback) {
        const timer = setInterval(callback, ms)
        return () => {
          clearInterval(timer)
        }
      },
    }),
  }
}

function listenFocus(listener: () => void): () => void {
  const stop = new AbortController()
  const { signal } = stop
  for (const name of ['focus', 'blur', 'pagehide'] as const) {
    window.addEventListener(name, listener, { signal })
  }
  document.addEventListener('visibilitychange', listener, { signal })
  return () => {
    stop.abort()
  }
}

/** The browser's storage, or one that lasts as long as the page where the browser has none to give. */
function browserStorage(): KeyValueStorage {
  try {
    return localStorage
  } catch {
    const values = new Map<string, string>()
    return {
      getItem: (key) => values.get(key) ?? null,
      setItem: (key, value) => {
        values.set(key, value)
      },
    }
  }
}

/** The desk that the components below share. */
export const AlertDeskContext = createContext<AlertDesk | null>(null)

/** @throws outside a desk, which is a bug. */
export function useAlertDesk(): AlertDesk {
  const desk = use(AlertDeskContext)
  if (!desk) throw new Error('This component needs an alert desk around it')
  return desk
}

/** Reads from what the alerts screen shows; renders again only when the selected value changes. */
export function useAlertScreen<Value>(select: (state: AlertScreenState) => Value): Value {
  return useStore(useAlertDesk().screen.store, select)
}

/** Reads how this reader likes the alerts screen. */
export function usePreferences<Value>(select: (preferences: AlertPreferences) => Value): Value {
  return useStore(useAlertDesk().preferences, select)
}
