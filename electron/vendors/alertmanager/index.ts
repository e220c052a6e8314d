import { defineVendor } from '../vendor.ts'
import { alertmanagerKind } from './kind.ts'
import { createAlertmanagerSource } from './source.ts'

/** Alertmanager: its alerts and silences, by its v2 API. */
export const alertmanager = defineVendor(alertmanagerKind, createAlertmanagerSource)
