export { createDrillSource } from './drill-source.ts'
