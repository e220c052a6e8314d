import { isAbsolute, relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findingCodes, findingSeverity, type Finding } from '#shared/domain/audit/finding.ts'
import type { CheckReport } from '../run.ts'
import { inOneLine } from './places.ts'

/**
 * SARIF 2.1.0, which code hosts show beside the lines of a change. Every finding is a result; one
 * without a file is one of the playbook's folder.
 *
 * @param cwd what paths are relative to.
 */
export function sarifOf({ findings, folder }: CheckReport, cwd: string): string {
  const codes = Object.keys(findingCodes) as (keyof typeof findingCodes)[]
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Deckwatch',
            rules: codes.map((id) => ({
              id,
              shortDescription: { text: findingCodes[id] },
              defaultConfiguration: { level: findingSeverity[id] },
            })),
          },
        },
        originalUriBaseIds: { CWD: { uri: `${pathToFileURL(cwd).href}/` } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => ({
          ruleId: finding.code,
          ruleIndex: codes.indexOf(finding.code),
          level: finding.severity,
          message: { text: messageOf(finding) },
          locations: [{ physicalLocation: locationOf(finding, folder, cwd) }],
        })),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

function messageOf({ alert, message, remedy }: Finding): string {
  const about = alert === null ? '' : `${inOneLine(alert)}: `
  return `${about}${inOneLine(message, 1_000)}. ${inOneLine(remedy)}`
}

function locationOf({ place }: Finding, folder: string, cwd: string) {
  const artifactLocation = addressOf(place?.file ?? folder, cwd)
  const { line = null, column = null } = place ?? {}
  if (line === null) return { artifactLocation }
  const start = column === null ? {} : { startColumn: column }
  return { artifactLocation, region: { startLine: line, ...start } }
}

/** Relative to where the check ran, as code hosts want it; absolute for what lies elsewhere. */
function addressOf(file: string, cwd: string) {
  const path = isAbsolute(file) ? relative(cwd, file) : file
  if (path.startsWith('..') || isAbsolute(path)) return { uri: pathToFileURL(file).href }
  const steps = path === '' ? ['.'] : path.split(sep)
  return { uri: steps.map(encodeURIComponent).join('/'), uriBaseId: 'CWD' }
}
