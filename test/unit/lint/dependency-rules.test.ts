import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import extractConfiguration from 'dependency-cruiser/config-utl/extract-depcruise-config'
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const configuration = await extractConfiguration(join(root, '.dependency-cruiser.mjs'))
const rules = configuration.forbidden ?? []

/** A tree that breaks one rule: files by path, and the import that must be reported. */
interface Violation {
  readonly rule: string
  readonly files: Readonly<Record<string, string>>
  readonly from: string
  readonly to: RegExp
}

/** One file that imports one other; the other is written too when it is a file of the tree. */
function importing(rule: string, from: string, specifier: string, target?: string): Violation {
  return {
    rule,
    files: {
      [from]: `import { it } from '${specifier}'\nexport const mine = it\n`,
      ...(target === undefined ? {} : { [target]: 'export const it = 1\n' }),
    },
    from,
    to: new RegExp(target ?? specifier.replace(/^node:/, '')),
  }
}

const engine = 'electron/engine/engine.ts'
const server = 'electron/host/browser/server.ts'
const alertmanager = 'electron/vendors/alertmanager/client.ts'

const violations: readonly Violation[] = [
  {
    rule: 'no-circular',
    files: {
      'shared/domain/a.ts': `import type { B } from './b.ts'\nexport interface A { b: B }\n`,
      'shared/domain/b.ts': `import type { A } from './a.ts'\nexport interface B { a: A }\n`,
    },
    from: 'shared/domain/a.ts',
    to: /shared\/domain\/b\.ts/,
  },
  importing('not-resolvable', engine, './missing.ts'),
  importing(
    'domain-is-the-core',
    'shared/domain/a.ts',
    '#shared/contract/c.ts',
    'shared/contract/c.ts',
  ),
  importing('domain-is-the-core', 'shared/domain/a.ts', 'yaml'),
  importing('domain-is-the-core', 'shared/domain/a.ts', 'mdast-util-from-markdown'),
  importing('runbooks-are-parsed-by-parsers', 'shared/domain/runbook/parse.ts', 'fastify'),
  importing('runbooks-are-parsed-by-parsers', 'shared/domain/runbook/parse.ts', 'node:crypto'),
  importing(
    'runbooks-are-parsed-by-parsers',
    'shared/domain/runbook/parse.ts',
    '#shared/contract/c.ts',
    'shared/contract/c.ts',
  ),
  importing('contract-knows-the-domain-only', 'shared/contract/c.ts', 'fastify'),
  importing('contract-knows-the-domain-only', 'shared/contract/c.ts', `#${engine}`, engine),
  importing('shared-is-pure', 'shared/domain/a.ts', 'node:crypto'),
  importing('shared-is-pure', 'shared/domain/a.ts', 'react'),
  importing('shared-is-pure', 'shared/contract/c.ts', `#${server}`, server),
  importing('engine-knows-no-host', engine, 'node:fs'),
  importing('engine-knows-no-host', engine, 'undici'),
  importing('engine-knows-no-host', engine, `#${alertmanager}`, alertmanager),
  importing('engine-knows-no-host', engine, `#${server}`, server),
  importing('adapters-stay-adapters', alertmanager, `#${engine}`, engine),
  importing('adapters-stay-adapters', 'electron/journal/sqlite.ts', `#${server}`, server),
  importing(
    'adapters-stay-adapters',
    'electron/playbook/load.ts',
    '#renderer/screens/now.ts',
    'renderer/screens/now.ts',
  ),
  importing(
    'adapters-do-not-know-each-other',
    'electron/playbook/load.ts',
    '#electron/journal/sqlite.ts',
    'electron/journal/sqlite.ts',
  ),
  importing(
    'adapters-do-not-know-each-other',
    'electron/journal/sqlite.ts',
    `#${alertmanager}`,
    alertmanager,
  ),
  importing(
    'vendors-do-not-know-each-other',
    alertmanager,
    '../prometheus/client.ts',
    'electron/vendors/prometheus/client.ts',
  ),
  importing('http-knows-no-vendor', 'electron/http/client.ts', `#${alertmanager}`, alertmanager),
  importing(
    'http-knows-no-vendor',
    'electron/http/client.ts',
    '#electron/polling/listing.ts',
    'electron/polling/listing.ts',
  ),
  importing(
    'polling-knows-no-vendor',
    'electron/polling/listing.ts',
    `#${alertmanager}`,
    alertmanager,
  ),
  importing(
    'files-know-nobody',
    'electron/files/regular-file.ts',
    '#electron/http/client.ts',
    'electron/http/client.ts',
  ),
  importing(
    'runner-knows-no-adapter',
    'electron/runner/shell/parse.ts',
    `#${alertmanager}`,
    alertmanager,
  ),
  importing(
    'runner-knows-no-adapter',
    'electron/runner/runner.ts',
    './checks/checks.ts',
    'electron/runner/checks/checks.ts',
  ),
  importing(
    'queries-know-no-process',
    'electron/runner/queries/place-queries.ts',
    '../process.ts',
    'electron/runner/process.ts',
  ),
  importing('postgresql-is-asked-in-one-place', server, 'pg'),
  importing(
    'checks-know-no-process',
    'electron/runner/checks/checks.ts',
    '../process.ts',
    'electron/runner/process.ts',
  ),
  importing(
    'adapters-do-not-know-each-other',
    'electron/runner/process.ts',
    '#electron/runbooks/library.ts',
    'electron/runbooks/library.ts',
  ),
  importing('shell-is-parsed-in-one-place', server, 'mvdan-sh'),
  importing('electron-only-in-desktop-host', server, 'electron'),
  importing('electron-only-in-desktop-host', 'renderer/main.ts', 'electron'),
  importing('react-only-in-renderer', server, 'react'),
  importing('react-only-in-renderer', server, '@mantine/core'),
  importing('renderer-knows-shared-only', 'renderer/main.ts', `#${engine}`, engine),
  importing(
    'cockpit-engine-knows-no-screen',
    'renderer/engine/cockpit/cockpit.ts',
    '#renderer/screens/now/queue.ts',
    'renderer/screens/now/queue.ts',
  ),
  importing(
    'cockpit-engine-knows-no-screen',
    'renderer/engine/cockpit/cockpit.ts',
    '#renderer/components/age.ts',
    'renderer/components/age.ts',
  ),
  importing(
    'pieces-know-no-state',
    'renderer/components/age.ts',
    '../engine/cockpit/context.ts',
    'renderer/engine/cockpit/context.ts',
  ),
  importing(
    'pieces-know-no-state',
    'renderer/text/words.ts',
    '../screens/now/queue.ts',
    'renderer/screens/now/queue.ts',
  ),
  importing(
    'parts-know-no-screen',
    'renderer/parts/sources/dot.ts',
    '../../screens/now/queue.ts',
    'renderer/screens/now/queue.ts',
  ),
  importing(
    'screens-do-not-know-each-other',
    'renderer/screens/now/queue.ts',
    '../alerts/entries/entry.ts',
    'renderer/screens/alerts/entries/entry.ts',
  ),
  importing(
    'screens-do-not-know-each-other',
    'renderer/screens/now/queue.ts',
    '../frame/frame.ts',
    'renderer/screens/frame/frame.ts',
  ),
  importing(
    'screens-do-not-know-each-other',
    'renderer/screens/now/queue.ts',
    '../../app.ts',
    'renderer/app.ts',
  ),
  importing(
    'palette-knows-no-frame',
    'renderer/screens/palette/palette.ts',
    '../frame/frame.ts',
    'renderer/screens/frame/frame.ts',
  ),
  {
    rule: 'no-circle-of-concepts',
    files: {
      'shared/domain/page/a.ts': `import type { D } from '../incident/d.ts'\nexport interface A { d: D }\n`,
      'shared/domain/page/b.ts': 'export interface B { b: 1 }\n',
      'shared/domain/incident/c.ts': `import type { B } from '../page/b.ts'\nexport interface C { b: B }\n`,
      'shared/domain/incident/d.ts': 'export interface D { d: 1 }\n',
    },
    from: 'shared/domain/page',
    to: /shared\/domain\/incident/,
  },
  {
    rule: 'no-circle-of-folders-in-the-cockpit',
    files: {
      'renderer/engine/mirror/a.ts': `import type { D } from '../offline/d.ts'\nexport interface A { d: D }\n`,
      'renderer/engine/mirror/b.ts': 'export interface B { b: 1 }\n',
      'renderer/engine/offline/c.ts': `import type { B } from '../mirror/b.ts'\nexport interface C { b: B }\n`,
      'renderer/engine/offline/d.ts': 'export interface D { d: 1 }\n',
    },
    from: 'renderer/engine/mirror',
    to: /renderer\/engine\/offline/,
  },
  importing('renderer-has-no-node', 'renderer/main.ts', 'node:path'),
  importing('nothing-imports-tests', server, '#test/fixture.ts', 'test/fixture.ts'),
  importing('no-dev-dependency-at-run-time', server, 'ws'),
  importing('no-undeclared-dependency', server, 'picocolors'),
]

/** Imports that the rules must leave alone. */
const permitted: readonly Violation[] = [
  importing('', 'shared/domain/b.ts', 'zod'),
  importing('', 'shared/contract/c.ts', '#shared/domain/a.ts', 'shared/domain/a.ts'),
  importing('', engine, '#shared/domain/a.ts', 'shared/domain/a.ts'),
  importing('', alertmanager, '#electron/engine/ports/clock.ts', 'electron/engine/ports/clock.ts'),
  importing('', alertmanager, '#electron/http/client.ts', 'electron/http/client.ts'),
  importing('', 'electron/journal/sqlite.ts', 'node:sqlite'),
  importing('', 'electron/host/wire.ts', `#${alertmanager}`, alertmanager),
  importing('', 'electron/host/desktop/window.ts', 'electron'),
  importing('', 'renderer/main.tsx', 'react'),
  importing(
    '',
    'renderer/screens/now/queue.ts',
    '../../parts/sources/dot.ts',
    'renderer/parts/sources/dot.ts',
  ),
  importing(
    '',
    'renderer/screens/alerts/grid.ts',
    './entries/entry.ts',
    'renderer/screens/alerts/entries/entry.ts',
  ),
  importing(
    '',
    'renderer/screens/palette/palette.ts',
    '../now/queue.ts',
    'renderer/screens/now/queue.ts',
  ),
  importing(
    '',
    'renderer/parts/sources/dot.ts',
    '../../engine/cockpit/context.ts',
    'renderer/engine/cockpit/context.ts',
  ),
  importing('', 'renderer/engine/mirror.ts', '#shared/domain/a.ts', 'shared/domain/a.ts'),
  importing('', 'test/unit/engine.test.ts', `#${engine}`, engine),
  importing('', 'test/unit/socket.test.ts', 'ws'),
]

let trees: string

beforeAll(async () => {
  // Inside the repository, so that packages resolve; package.json decides what is declared.
  await mkdir(join(root, '.cache'), { recursive: true })
  trees = await mkdtemp(join(root, '.cache/dependency-rules-'))
})

afterAll(() => rm(trees, { recursive: true, force: true }))

async function violationsOf(files: Readonly<Record<string, string>>) {
  const tree = await mkdtemp(join(trees, 'tree-'))
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(tree, path)), { recursive: true })
    await writeFile(join(tree, path), text)
  }
  await copyFile(join(root, 'package.json'), join(tree, 'package.json'))
  return check(tree, [...new Set(Object.keys(files).map((path) => path.split('/')[0]!))])
}

async function check(baseDir: string, folders: string[]) {
  const settings: ICruiseOptions = {
    ...configuration.options,
    baseDir,
    ruleSet: { forbidden: rules },
    validate: true,
  }
  const { output } = await cruise(folders, settings)
  if (typeof output === 'string') throw new Error('The cruise gave text where a result was due')
  const result: ICruiseResult = output
  return { violations: result.summary.violations, modules: result.modules }
}

describe('the dependency rules', () => {
  it.each(violations)('$rule: $from may not reach $to', async ({ rule, files, from, to }) => {
    const found = (await violationsOf(files)).violations.filter((each) => each.rule.name === rule)
    expect(found.map((each) => each.from)).toContain(from)
    expect(found.map((each) => each.to).join('\n')).toMatch(to)
    expect(found.every((each) => each.rule.severity === 'error')).toBe(true)
  })

  it.each(permitted)('lets $from reach $to', async ({ files, from, to }) => {
    const { violations: found, modules } = await violationsOf(files)
    expect(found).toEqual([])
    const imports = modules.find((module) => module.source === from)?.dependencies ?? []
    expect(imports.map((each) => each.resolved).join('\n')).toMatch(to)
  })

  it('has a case here for each of its rules', () => {
    const tried = new Set(violations.map(({ rule }) => rule))
    expect(rules.map(({ name }) => name ?? '').filter((name) => !tried.has(name))).toEqual([])
  })
})
