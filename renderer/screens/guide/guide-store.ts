import { DRILL_TYPE } from '#shared/domain/source/drill.ts'
import { watchedSources } from '#shared/domain/source/watched.ts'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { queueOf } from '../../engine/watch/derived.ts'
import { readKey, writeKey, type LocalStore } from '../../engine/page/local-store.ts'
import type { MirrorState } from '../../engine/mirror/mirror-store.ts'

const KEY = 'deckwatch.guide'

/** How far this reader is; kept in this browser. */
export interface Guide {
  /** Null until it was opened or closed once: it then opens by itself on a first start. */
  readonly isOpen: boolean | null
  readonly acknowledged: boolean
  readonly notified: boolean
  /** What the reader chose for this page: all steps, or only the next one; null to let it fit. */
  readonly isUnfolded: boolean | null
}

/** The guide's memory. */
export interface GuideStore {
  readonly store: Pick<StoreApi<Guide>, 'getState' | 'getInitialState' | 'subscribe'>
  set(change: Partial<Guide>): void
}

/** Makes the store; what a browser kept that is not understood counts as nothing. */
export function createGuide(local: LocalStore): GuideStore {
  const words = new Set((readKey(local, KEY) ?? '').split(' '))
  const store = createStore<Guide>(() => ({
    isOpen: words.has('open') ? true : words.has('closed') ? false : null,
    acknowledged: words.has('acknowledged'),
    notified: words.has('notified'),
    isUnfolded: null,
  }))
  return {
    store,
    set(change) {
      store.setState(change)
      const { isOpen, acknowledged, notified } = store.getState()
      const kept = [
        isOpen === null ? '' : isOpen ? 'open' : 'closed',
        acknowledged ? 'acknowledged' : '',
        notified ? 'notified' : '',
      ]
      writeKey(local, KEY, kept.filter((word) => word !== '').join(' '))
    },
  }
}

/** True on a first start: the drill runs because there is no file yet. */
export function isFirstStart({ status }: Pick<MirrorState, 'status'>): boolean {
  return (status?.drill ?? null) !== null && status?.config.isPresent === false
}

/** True when a person has taken an incident. */
export function hasAcknowledged({ watch }: Pick<MirrorState, 'watch'>): boolean {
  if (!watch) return false
  return queueOf(watch.incidents).acknowledged.length > 0
}

/** True while an incident waits for a person: it then has the room. */
export function needsPerson({ watch }: Pick<MirrorState, 'watch'>): boolean {
  return watch !== null && queueOf(watch.incidents)['triggered'].length > 0
}

/** A source that is not the drill, once there is one; the first that has answered before others. */
export function realSource({ watch }: Pick<MirrorState, 'watch'>) {
  if (!watch) return null
  const real = watchedSources(watch.sources).filter(({ type }) => type !== DRILL_TYPE)
  return real.find(({ health }) => health === 'healthy') ?? real[0] ?? null
}
