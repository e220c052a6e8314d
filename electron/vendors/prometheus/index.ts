import { defineVendor } from '../vendor.ts'
import { prometheusKind } from './kind.ts'
import { createPrometheusSource } from './source.ts'

/** Prometheus: its firing alerts and the health of its rules. */
export const prometheus = defineVendor(prometheusKind, createPrometheusSource)
