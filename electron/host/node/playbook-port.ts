import { realpath } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import type { Ids } from '#electron/engine/ports/ids.ts'
import type { PlaybookPort } from '#electron/engine/ports/playbook.ts'
import {
  createFileEditor,
  type SharedKinds,
  type SharedPlaybook,
} from '#electron/playbook/index.ts'
import { refused } from '#electron/playbook/file-editor.ts'
import type { FileKind } from '#electron/playbook/file-kind.ts'
import type { PlaybookFile } from '#electron/playbook/file-state.ts'
import { matchesPath } from '#electron/playbook/pattern.ts'
import { readPlaybookText } from '#electron/playbook/read-text.ts'
import { changeValues, valueOf } from '#electron/playbook/yaml/change-values.ts'
import { placesIn } from '#electron/playbook/yaml/place.ts'
import type {
  ConfigProblem,
  ContractError,
  PlaybookFileFacts,
  PlaybookPlan,
} from '#shared/contract/index.ts'
import type { PlanFile } from '#shared/domain/plan/file.ts'
import type { PlanBook } from '#shared/domain/plan/plan-book.ts'
import { fail, ok } from '#shared/domain/result/result.ts'
import { inEffect, type PlaybookFiles } from './playbook-files.ts'
import { createPlaybookReader, type ReadPlaybook } from './playbook.ts'

interface Deps {
  readonly playbook: SharedPlaybook<SharedKinds>
  readonly readPlaybook: () => ReadPlaybook
  readonly ids: Pick<Ids, 'derive'>
  /** Reads the playbook now and resolves when what it says is in effect. */
  readonly takeUp: () => Promise<void>
}

/** The playbook for the cockpit: looked at, checked, written. */
export function createPlaybookPort({ playbook, readPlaybook, ids, takeUp }: Deps): PlaybookPort {
  const kindOf = (path: string): FileKind | null => {
    if (!isPlainPath(path)) return null
    const kinds: readonly FileKind[] = Object.values(playbook.kinds)
    return kinds.find(({ pattern }) => matchesPath(pattern, path)) ?? null
  }
  const allFiles = () =>
    names(playbook.kinds).flatMap((kind): readonly PlaybookFile[] => playbook.files(kind))
  const problemsOf = (path: string, { problems }: Pick<ReadPlaybook, 'problems'>) => {
    const own = allFiles().find((file) => file.path === path)?.problems ?? []
    const name = playbook.nameOf(path)
    return [...own, ...problems.filter(({ file }) => file === name)]
  }

  /** What would be wrong between the files if this one said something else. */
  const problemsWith = (path: string, kind: FileKind, value: unknown, text: string) => {
    const other: PlaybookFiles = {
      nameOf: (each) => playbook.nameOf(each),
      files(name) {
        const files = playbook.files(name)
        if (playbook.kinds[name] !== kind) return files
        const rest = files.filter((file) => file.path !== path)
        const file = { kind: name, path, value, text, loadedAt: 0, isPresent: true, problems: [] }
        // The value was made by this kind's own parser.
        return [...rest, file as (typeof files)[number]].toSorted((a, b) =>
          a.path < b.path ? -1 : 1,
        )
      },
    }
    return createPlaybookReader(other, ids)().problems
  }

  /** What is wrong with a text as this file: by itself, else what it would newly break between files. */
  const problemsIn = (path: string, kind: FileKind, text: string): readonly ConfigProblem[] => {
    const parsed = kind.parse(text, playbook.nameOf(path))
    if (!parsed.ok) return parsed.error
    const known = new Set(readPlaybook().problems.map(keyOf))
    const name = playbook.nameOf(path)
    return problemsWith(path, kind, parsed.value, text).filter(
      (problem) => problem.file === name || !known.has(keyOf(problem)),
    )
  }

  return {
    status: () => playbook.status(),
    read() {
      const between = readPlaybook()
      return Promise.resolve({
        ...playbook.status(),
        isEditable: playbook.isEditable(),
        files: allFiles().map((file) =>
          factsOf(file, playbook.kinds, problemsOf(file.path, between)),
        ),
        plans: inEffect(playbook.files('plan'))
          .map(({ path, value, text }) =>
            planFacts(value, between.inForce.plans, {
              path,
              ...lineOf(text),
              problems: problemsOf(path, between),
            }),
          )
          .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
        problems: [...playbook.problems(), ...between.problems],
      })
    },
    async text(path) {
      const kind = kindOf(path)
      if (!kind) return fail(unknownPath(path))
      const folder = playbook.folder()
      const { version, problems } = await editorOf(path, kind).read()
      const read = await readPlaybookText(join(folder, path), kind, folder)
      if (!read.ok) {
        return fail({ code: 'not-allowed-now', message: `${path}: ${read.error}.` })
      }
      if (read.value === null) return fail(unknownPath(path))
      return ok({
        path,
        text: read.value,
        version,
        isEditable: playbook.isEditable(),
        problems: [...problems, ...problemsOf(path, readPlaybook()).filter(isNotAmong(problems))],
      })
    },
    check(path, text, changes) {
      const kind = kindOf(path)
      if (!kind) return Promise.resolve(fail(unknownPath(path)))
      const changed = changes.length === 0 ? ok(text) : changeValues(text, changes)
      if (!changed.ok) return Promise.resolve(fail(cannotChange(changed.error)))
      return Promise.resolve(
        ok({
          text: changed.value,
          problems: [...problemsIn(path, kind, changed.value)],
          value: /\.ya?ml$/.test(path) ? valueOf(changed.value) : null,
        }),
      )
    },
    async save(path, version, text) {
      const kind = kindOf(path)
      if (!kind) {
        const { message, hint = '' } = unknownPath(path)
        return refused('not-valid', message, hint)
      }
      if (!playbook.isEditable()) return isGit
      if (!(await isInside(playbook.folder(), path))) {
        return refused(
          'not-writable',
          `${path} is in a folder that is a link, which is not followed.`,
          'Put the folder itself into the playbook.',
        )
      }
      const edit = () => {
        const problems = problemsIn(path, kind, text)
        const [first] = problems
        if (!first) return ok(text)
        const { message } = first
        return fail({
          reason: 'not-valid',
          message,
          hint: 'Nothing was written.',
          problems,
        } as const)
      }
      return editorOf(path, kind).change(version, edit, async () => {
        await takeUp()
        const now = allFiles().find((file) => file.path === path)
        return now?.text === text && problemsOf(path, readPlaybook()).length === 0
      })
    },
    async pull(followRewritten, signal) {
      const isGit = await playbook.pull(followRewritten, signal)
      if (isGit) return ok(playbook.status().origin)
      return fail({
        code: 'not-allowed-now',
        message: 'The playbook is a folder: there is nothing to pull.',
      })
    },
  }

  function editorOf(path: string, kind: FileKind) {
    const folder = playbook.folder()
    return createFileEditor(join(folder, path), kind, folder)
  }
}

const names = (kinds: SharedKinds) => Object.keys(kinds) as (keyof SharedKinds)[]

const keyOf = ({ file, message }: ConfigProblem) => `${file} ${message}`

const isNotAmong = (problems: readonly ConfigProblem[]) => {
  const known = new Set(problems.map(keyOf))
  return (problem: ConfigProblem) => !known.has(keyOf(problem))
}

function factsOf(
  { kind, path, value, loadedAt, problems: own }: PlaybookFile,
  kinds: SharedKinds,
  problems: ConfigProblem[],
): PlaybookFileFacts {
  const noun = Object.entries(kinds).find(([name]) => name === kind)?.[1].noun ?? kind
  const inEffect = value === null ? 'nothing' : own.length === 0 ? 'now' : 'last-valid'
  return { path, kind, noun, inEffect, loadedAt, problems }
}

function lineOf(text: string | null): { readonly line: number } {
  return { line: placesIn(text).ofKey(['plan']).line }
}

function planFacts(
  file: PlanFile,
  { plans }: PlanBook,
  where: { readonly path: string; readonly line: number; readonly problems: ConfigProblem[] },
): PlaybookPlan {
  const plan = file.match && plans.get(file.plan)
  const said = plan ?? file
  return {
    id: file.plan,
    title: plan?.title ?? file.title ?? file.plan,
    ...where,
    extends: file.extends ?? null,
    match: file.match?.map(({ text }) => text) ?? [],
    owner: said.owner ?? null,
    severity: said.severity ?? null,
    service: said.service ?? null,
    escalation: said.escalation ?? null,
    runbook: said.runbook ?? null,
    revision: plan?.revision ?? null,
  }
}

/** True for a path that stays in the playbook on every system. */
function isPlainPath(path: string): boolean {
  return path
    .split('/')
    .every((name) => /^(?!\.)[^\p{Cc}\\:"<>|?*]+$/u.test(name) && !/[. ]$/.test(name))
}

/** True where no link on the way to a file leads out of the folder; it need not be there. */
async function isInside(folder: string, path: string): Promise<boolean> {
  const top = await realpath(folder).catch(() => null)
  // Nothing is there yet, so nothing leads away.
  if (top === null) return true
  for (let at = dirname(path); at !== '.'; at = dirname(at)) {
    const real = await realpath(join(folder, at)).catch(() => null)
    if (real !== null) return relative(top, real).split(sep).join('/') === at
  }
  return true
}

function unknownPath(path: string): ContractError {
  return {
    code: 'not-found',
    message: `The playbook has no file ${JSON.stringify(path)}.`,
    hint: 'Plans are files such as plans/payments.yaml.',
  }
}

function cannotChange(reason: 'broken' | 'alias'): ContractError {
  return reason === 'broken'
    ? {
        code: 'not-allowed-now',
        message: 'The text is not valid YAML, so no single value of it can be changed.',
        hint: 'Fix it in the text first; the problems are listed with their lines.',
      }
    : {
        code: 'not-allowed-now',
        message: 'This part is written with aliases (*name), so it cannot be changed in the form.',
        hint: 'Change it in the text.',
      }
}

const isGit = refused(
  'not-editable',
  'The playbook is a Git repository: its files are changed by a commit.',
  'Commit the change to the repository; it is in effect after the next pull.',
)
