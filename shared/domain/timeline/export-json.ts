import type { ExportedIncident } from './export-record.ts'

/** The exported incident as a JSON file: one object, of the shape of `exportedIncidentSchema`. */
export function toJsonFile(exported: ExportedIncident): string {
  return `${JSON.stringify(exported, null, 2)}\n`
}
