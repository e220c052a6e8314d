import type { IncomingHttpHeaders } from 'node:http'
import type { Reading } from './form.ts'
import { readGitHub } from './github.ts'
import { readGitLab } from './gitlab.ts'
import { readOwn } from './own.ts'

/** Reads a body by the form that its headers name. `now` in ms since the epoch, UTC. */
export function readBody(headers: IncomingHttpHeaders, body: Buffer, now: number): Reading {
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch {
    return { kind: 'refused', message: 'The body is no JSON.' }
  }
  const github = headers['x-github-event']
  if (typeof github === 'string') return readGitHub(github, value, now)
  if (headers['x-gitlab-event'] !== undefined) return readGitLab(value, now)
  return readOwn(value, now)
}
