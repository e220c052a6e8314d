import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { z } from 'zod'
import { inRepository } from './configuration.ts'

const dependencies = z.record(z.string(), z.string()).optional()
const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ dependencies, optionalDependencies: dependencies, peerDependencies: dependencies }),
  ),
})

/** The packages that the engine's side needs, and those that only the cockpit does. */
export interface PackageSplit {
  /** Paths as `node_modules/fastify`, with what they need in turn. */
  readonly engine: ReadonlySet<string>
  readonly cockpitOnly: ReadonlySet<string>
}

/**
 * Splits the packages that a release depends on by who imports them: what the cockpit imports is in
 * its bundle, with what that needs; what the engine's side imports has to be in the package. What
 * nobody imports yet counts to the engine.
 */
export function splitPackages(): PackageSplit {
  const { packages } = lockSchema.parse(
    JSON.parse(readFileSync(inRepository('package-lock.json'), 'utf8')),
  )
  const all = Object.keys(packages['']?.dependencies ?? {})
  const byCockpit = importedIn(['renderer'])
  const byEngine = importedIn(['electron', 'shared'])
  const inBundle = closure(
    packages,
    all.filter((name) => byCockpit.has(name)),
  )
  const engine = closure(
    packages,
    all.filter((name) => byEngine.has(name) || !inBundle.has(`node_modules/${name}`)),
  )
  const cockpitOnly = [...inBundle].filter((path) => !engine.has(path))
  return { engine, cockpitOnly: new Set(cockpitOnly) }
}

/** The packages that built code imports: `zod`, `@fastify/static`; none of Node's own. */
export function importsOf(code: string): ReadonlySet<string> {
  const found = new Set<string>()
  const pattern = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)["']([a-z@][^"']*)["']/g
  for (const [, specifier = ''] of code.matchAll(pattern)) {
    if (specifier.startsWith('node:') || builtinModules.includes(specifier)) continue
    found.add(specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/'))
  }
  return found
}

function importedIn(folders: readonly string[]): ReadonlySet<string> {
  const files = folders.flatMap((folder) =>
    readdirSync(inRepository(folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(tsx?|css|html)$/.test(name))
      .map((name) => join(inRepository(folder), name)),
  )
  return new Set(files.flatMap((file) => [...importsOf(readFileSync(file, 'utf8'))]))
}

function closure(
  packages: z.infer<typeof lockSchema>['packages'],
  roots: readonly string[],
): ReadonlySet<string> {
  const seen = new Set<string>()
  const add = (from: string, name: string) => {
    const path = resolve(packages, from, name)
    // An optional package need not be there.
    if (path === null || seen.has(path)) return
    seen.add(path)
    const entry = packages[path]
    const needed = {
      ...entry?.dependencies,
      ...entry?.optionalDependencies,
      ...entry?.peerDependencies,
    }
    for (const child of Object.keys(needed)) add(path, child)
  }
  for (const root of roots) add('', root)
  return seen
}

/** Where Node finds a package, seen from another: nearest `node_modules` first. */
function resolve(packages: object, from: string, name: string): string | null {
  const candidate = `${from === '' ? '' : `${from}/`}node_modules/${name}`
  if (candidate in packages) return candidate
  if (from === '') return null
  const parent = from.lastIndexOf('/node_modules/')
  return resolve(packages, parent < 0 ? '' : from.slice(0, parent), name)
}
