import { defineConfig } from 'vitest/config'

// Fails early and in words: on an older Node the tests would end in `node:sqlite` not found.
if (Number(process.versions.node.split('.')[0]) < 24) {
  throw new Error(
    `Deckwatch's tests need Node 24, this is ${process.version}. Use "npm test -- unit" or ` +
      '"npx vitest run <file>": npm puts the right Node, which is installed with the packages, first.',
  )
}

const MINUTE_MS = 60_000

/** One kind of tests; groups run one after the other, files of a parallel group side by side. */
const project = (
  name: string,
  groupOrder: number,
  { testTimeout, isParallel }: { testTimeout: number; isParallel: boolean },
) => ({
  extends: true as const,
  test: {
    name,
    include: [`test/${name}/**/*.test.{ts,tsx,mjs}`],
    environment: 'node',
    testTimeout,
    hookTimeout: Math.max(testTimeout, MINUTE_MS),
    fileParallelism: isParallel,
    sequence: { groupOrder },
  },
})

export default defineConfig({
  test: {
    setupFiles: ['test/setup/console.ts'],
    // Node still calls node:sqlite experimental on each start of a worker.
    execArgv: ['--disable-warning=ExperimentalWarning'],
    restoreMocks: true,
    unstubEnvs: true,
    projects: [
      project('unit', 0, { testTimeout: 15_000, isParallel: true }),
      project('contract', 0, { testTimeout: 30_000, isParallel: true }),
      // Real servers and browsers: side by side they would measure each other's load.
      project('integration', 1, { testTimeout: MINUTE_MS, isParallel: false }),
      project('e2e', 2, { testTimeout: 2 * MINUTE_MS, isParallel: false }),
      project('kill', 3, { testTimeout: 10 * MINUTE_MS, isParallel: false }),
    ],
    reporters: ['default', 'json'],
    outputFile: { json: '.cache/test-results.json' },
    // Only when asked for (--coverage), which test/run.mjs does on full runs.
    coverage: {
      provider: 'v8',
      include: ['shared/**/*.ts', 'electron/engine/**/*.ts'],
      reporter: ['text-summary', 'json-summary', 'html'],
      reportsDirectory: 'coverage',
      reportOnFailure: true,
      thresholds: {
        'shared/**/*.ts': { branches: 90 },
        'electron/engine/**/*.ts': { branches: 90 },
      },
    },
  },
})
