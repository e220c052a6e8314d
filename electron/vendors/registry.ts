import { alertmanager } from './alertmanager/index.ts'
import { drill } from './drill/index.ts'
import { prometheus } from './prometheus/index.ts'
import type { Vendor } from './vendor.ts'

/**
 * Every vendor whose alerts are read, in the order in which the settings offer them. The schema of
 * the configuration, the settings form and the sources themselves derive from this list.
 */
export const vendors: readonly Vendor[] = [alertmanager, prometheus, drill]
