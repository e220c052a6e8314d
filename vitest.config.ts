import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// Fails early and in words: on an older Node the tests would end in `node:sqlite` not found.
if (Number(process.versions.node.split('.')[0]) < 24) {
  throw new Error(
    `Deckwatch's tests need Node 24, this is ${process.version}. Use "npm test -- unit" or ` +
      '"npx vitest run <file>": npm puts the right Node, which is installed with the packages, first.',
  )
}

const MINUTE_MS = 60_000

const CORES = availableParallelism()
/** e2e files side by side: each has a browser and an engine, and waits for them half of its time. */
const BROWSERS = CORES > 1 ? Math.min(CORES + 1, 4) : 1

/** Unit tests that change what others would see: a page's globals, or modules (`vi.mock`). */
const APART = [
  'test/unit/renderer/**/*.test.tsx',
  'test/unit/renderer/engine/**/*.test.ts',
  'test/unit/**/*.apart.test.ts',
]

interface Kind {
  readonly testTimeout: number
  readonly workers?: number
  /** False where files share a worker's modules: many small files take half as long then. */
  readonly isolate?: boolean
  readonly include?: readonly string[]
  readonly exclude?: readonly string[]
}

/** One kind of tests; kinds run one after the other, files of a kind on so many workers. */
const project = (
  name: string,
  groupOrder: number,
  { testTimeout, workers = 1, isolate = true, include, exclude = [] }: Kind,
) => ({
  extends: true as const,
  test: {
    name,
    include: [...(include ?? [`test/${name}/**/*.test.{ts,tsx,mjs}`])],
    exclude: [...exclude],
    environment: 'node',
    isolate,
    setupFiles: ['test/setup/console.ts', ...(isolate ? [] : ['test/setup/leaves-nothing.ts'])],
    testTimeout,
    hookTimeout: Math.max(testTimeout, MINUTE_MS),
    maxWorkers: workers,
    fileParallelism: workers > 1,
    sequence: { groupOrder },
  },
})

export default defineConfig({
  test: {
    // Node still calls node:sqlite experimental on each start of a worker.
    execArgv: ['--disable-warning=ExperimentalWarning'],
    // A second, as it is by itself, is too short on a machine that is busy with something else.
    expect: { poll: { timeout: 20_000 } },
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    projects: [
      // What takes longer hangs, also on a machine that is busy with something else.
      project('unit', 0, {
        testTimeout: 4 * MINUTE_MS,
        workers: CORES,
        isolate: false,
        exclude: APART,
      }),
      project('unit-apart', 0, { testTimeout: 4 * MINUTE_MS, workers: CORES, include: APART }),
      project('contract', 0, { testTimeout: 4 * MINUTE_MS, workers: CORES }),
      // Real servers, one after the other: side by side they would measure each other's load.
      project('integration', 1, { testTimeout: 3 * MINUTE_MS, isolate: false }),
      project('e2e', 2, { testTimeout: 4 * MINUTE_MS, workers: BROWSERS }),
      project('kill', 3, { testTimeout: 15 * MINUTE_MS }),
    ],
    reporters: ['default', 'json'],
    outputFile: { json: '.cache/test-results.json' },
    // Only when asked for (--coverage), which test/run.mjs does on full runs.
    coverage: {
      provider: 'v8',
      include: ['shared/**/*.ts', 'electron/engine/**/*.ts'],
      reporter: ['text-summary', 'json-summary'],
      reportsDirectory: 'coverage',
      reportOnFailure: true,
      thresholds: {
        'shared/**/*.ts': { branches: 90 },
        'electron/engine/**/*.ts': { branches: 90 },
      },
    },
  },
})
