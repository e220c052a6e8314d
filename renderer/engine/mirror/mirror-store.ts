import type { StoreApi } from 'zustand/vanilla'
import type { Connection } from '../bridge/engine-client.ts'
import type { Mirror } from './mirror.ts'

/** What the engine said, and how the cockpit stands with it. */
export interface MirrorState extends Mirror {
  readonly connection: Connection
}

/** The mirror as the screen may use it: read and listened to, never written. */
export type MirrorReader = Pick<StoreApi<MirrorState>, 'getState' | 'getInitialState' | 'subscribe'>
