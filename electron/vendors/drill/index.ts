import { defineVendor } from '../vendor.ts'
import { drillKind } from './kind.ts'
import { createDrillSource } from './drill-source.ts'

/** The drill: a made-up story, for first steps and training. */
export const drill = defineVendor(drillKind, createDrillSource)
