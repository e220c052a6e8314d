import { createHash } from 'node:crypto'
import { isAbsolute, resolve } from 'node:path'
import type { Heard } from '#electron/engine/ports/listener.ts'
import type { Marks } from '#electron/engine/ports/marks.ts'
import { CHANGES_KEPT_MS } from '#shared/domain/change/schema.ts'
import type { GitTagsConfig } from '#shared/domain/configuration/changes.ts'
import { fail, ok } from '#shared/domain/result/result.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import type { ChangeSource } from './change-source.ts'
import { runGit } from './git.ts'

/** Most tags that are listed. */
const MAX_TAGS = 5_000
const MAX_TEXT = 200

interface Deps {
  readonly now: () => number
  readonly marks: Marks
  /** Folder that relative paths start from. */
  readonly folder: string
}

interface Tag {
  readonly name: string
  readonly hash: string
  /** When it was made, ms since the epoch, UTC; null where only its name is known. */
  readonly at: number | null
  readonly by: string | null
}

/**
 * New tags of a repository, each a deployment. A folder tells when they were made; of a server only
 * the names come, so what is there at the first look is not new, and a later tag happened when it
 * was seen.
 */
export function createGitTags(config: GitTagsConfig, { now, marks, folder }: Deps): ChangeSource {
  const { git: address, tags: pattern } = config
  const isLocal = isFolder(address)
  const place = isLocal ? localPath(address, folder) : address
  const service = config.service ?? repositoryName(address)
  const mark = `changes/git/${hashOf(place, pattern)}`

  const list = async (signal: AbortSignal) => {
    const refs = `refs/tags/${pattern}`
    const listed = isLocal
      ? await runGit(['-C', place, 'for-each-ref', `--format=${FORMAT}`, refs], signal)
      : await runGit(['ls-remote', '--tags', '--refs', '--', place, refs], signal)
    if (!listed.ok) return listed
    const lines = listed.value.split('\n').filter((line) => line !== '')
    if (lines.length > MAX_TAGS) {
      return fail({
        message: `More than ${String(MAX_TAGS)} tags match.`,
        hint: 'Narrow them with tags: v*.',
      })
    }
    return ok(lines.flatMap(isLocal ? readLocal : readRemote))
  }

  function toHeard({ name, hash, at, by }: Tag): Heard {
    return {
      kind: 'change',
      key: `git ${hash}`,
      change: {
        kind: 'deployment',
        service: toPrintable(service, MAX_TEXT),
        title: 'Tagged',
        version: toPrintable(name, MAX_TEXT),
        by: by === null || by === '' ? null : toPrintable(by, MAX_TEXT),
        link: null,
        happenedAt: Math.min(at ?? now(), now()),
        isTimeEstimated: at === null,
        until: null,
        origin: 'git',
      },
    }
  }

  function readLocal(line: string): readonly Tag[] {
    const [name = '', object = '', seconds = '', creator = ''] = line.split('\t')
    // Name, address and time; the address is nobody's business here.
    const [by = ''] = creator.split(' <')
    const at = Number(seconds) * 1_000
    if (name === '' || !Number.isFinite(at)) return []
    return [{ name, hash: hashOf(place, name, object), at, by }]
  }

  function readRemote(line: string): readonly Tag[] {
    const [object = '', ref = ''] = line.split('\t')
    const name = ref.replace('refs/tags/', '')
    return name === '' ? [] : [{ name, hash: hashOf(place, name, object), at: null, by: null }]
  }

  return {
    name: `Git tags of ${shownAddress(address)}`,
    everyMs: config.every,
    async look(signal) {
      const listed = await list(signal)
      if (!listed.ok) return listed
      const known = readKnown(marks.read(mark))
      const isNew = ({ hash, at }: Tag) =>
        at === null
          ? known !== null && !known.has(hash)
          : known?.has(hash) !== true && at >= now() - CHANGES_KEPT_MS
      const found = listed.value.filter(isNew).map(toHeard)
      const isSame = known?.size === listed.value.length && found.length === 0
      return ok({
        found,
        keep() {
          if (isSame) return
          marks.write(mark, listed.value.map(({ hash }) => hash).join(' '))
        },
      })
    },
  }
}

const FORMAT = '%(refname:lstrip=2)%09%(objectname)%09%(creatordate:unix)%09%(creator)'

/** A few letters are enough to tell the tags of one repository apart. */
function hashOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16)
}

function readKnown(text: string | null): ReadonlySet<string> | null {
  return text === null ? null : new Set(text === '' ? [] : text.split(' '))
}

/** `host:path` is an address, as SSH writes it; a letter before a colon is a drive of Windows. */
function isFolder(address: string): boolean {
  return isAbsolute(address) || !(address.includes('://') || /^[^/\\]{2,}:/.test(address))
}

function localPath(address: string, folder: string): string {
  return resolve(folder, address)
}

function repositoryName(address: string): string {
  const last =
    address
      .replace(/[/\\]+$/, '')
      .split(/[/\\:]/)
      .at(-1) ?? address
  return last.replace(/\.git$/, '') || address
}

/** The address without a password. */
function shownAddress(address: string): string {
  return toPrintable(address.replace(/^(\w+:\/\/)[^/@]*@/, '$1'), MAX_TEXT)
}
