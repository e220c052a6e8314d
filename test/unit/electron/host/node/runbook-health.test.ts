import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { format } from '#electron/host/node/configuration-format.ts'
import { createNodeIds } from '#electron/host/node/ids.ts'
import { createPlaybookReader } from '#electron/host/node/playbook.ts'
import { createRunbookHealth, type HealthGround } from '#electron/host/node/runbook-health.ts'
import { openPlaybook } from '#electron/playbook/index.ts'
import { playbookKinds } from '#electron/playbook/kinds.ts'
import { loadShellParser } from '#electron/runner/shell/parse.ts'
import { USUAL_VERIFIED_AGE_MS } from '#shared/domain/runbook-health/schema.ts'
import { silentLogger } from '#test/fixtures/engine.ts'
import { starterFolder } from '#test/fixtures/starter-playbook.ts'

// It leaves a global behind when it is loaded first, which is no matter of these tests.
await loadShellParser()
const look = createRunbookHealth()

/** The health of the playbook in a folder, as on a day on which all of the starter was verified lately. */
async function healthOf(folder: string, over: Partial<HealthGround> = {}) {
  const playbook = await openPlaybook({
    folder,
    kinds: playbookKinds('deckwatch.yaml', format),
    clock: createNodeClock(),
    logger: silentLogger,
    onChange: () => undefined,
  })
  try {
    const { inForce } = createPlaybookReader(playbook, createNodeIds())()
    return await look(playbook, {
      plans: inForce.plans,
      maps: [],
      maxVerifiedAgeMs: USUAL_VERIFIED_AGE_MS,
      now: Date.UTC(2026, 10, 30),
      nameOf: (path) => path,
      ...over,
    })
  } finally {
    playbook.close()
  }
}

describe('the starter playbook', () => {
  it('has runbooks without errors and warnings, each with all that a runbook should have', async () => {
    const { runbooks, plans } = await healthOf(starterFolder)
    const told = [...plans, ...runbooks.flatMap(({ findings }) => findings)]
    expect(told.filter(({ severity }) => severity !== 'note')).toEqual([])
    expect(runbooks).toHaveLength(23)
    for (const { path, codes, steps, links, hasResolution, hasEscalation } of runbooks) {
      // Those for the diagnostics of any plan escalate nothing themselves.
      const isShared = path.startsWith('runbooks/diagnostics/')
      expect([path, codes > 0, steps > 0, links.dead, hasResolution, hasEscalation]).toEqual([
        path,
        true,
        true,
        0,
        true,
        !isShared,
      ])
    }
  })
})

describe('the health of a playbook', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deckwatch-health-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
  })
  function write(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }

  const found = async (over?: Partial<HealthGround>) => {
    const { runbooks, plans } = await healthOf(folder, over)
    return [...plans, ...runbooks.flatMap(({ findings }) => findings)].map(
      ({ code, place }) => `${place?.file ?? ''}:${String(place?.line)} ${code}`,
    )
  }

  it('follows links between runbooks, and names of plans to the file that says them', async () => {
    write(
      'plans/base.yaml',
      'plan: base\nowner: team:web\nescalation: web\ndiagnostics:\n  - gone\n',
    )
    write('plans/a.yaml', 'plan: a\nmatch: [\'a="b"\']\nextends: base\nrunbook: web/a.md\n')
    write('plans/b.yaml', 'plan: b\nmatch: [\'a="c"\']\nextends: base\nrunbook: web/a.md#nowhere\n')
    write(
      'runbooks/web/a.md',
      '# A\nverified: never\n## Resolution\n1. [B](b.md)\n2. [C](c.md)\n\n```\nkubectl get pods\n```\n\n```sh\nvi x\n```\n',
    )
    write('runbooks/web/b.md', '---\nverified: 2026-11-01\n---\n# B\n## Resolution\n1. Look.\n')
    expect(await found()).toEqual([
      'plans/b.yaml:4 runbook-dead-link',
      // Two plans have it from the same one.
      'plans/base.yaml:5 unknown-diagnostic',
      'runbooks/web/a.md:5 runbook-dead-link',
      'runbooks/web/a.md:1 runbook-never-verified',
      'runbooks/web/a.md:1 runbook-no-end',
      'runbooks/web/a.md:7 runbook-copy-only',
      'runbooks/web/a.md:11 runbook-copy-only',
      'runbooks/web/b.md:1 runbook-no-escalation',
      'runbooks/web/b.md:1 runbook-no-end',
    ])
    // What has changed is read again.
    write('runbooks/web/a.md', '---\nverified: 2026-11-01\n---\n# A\n## Resolution\n1. Look.\n')
    expect(await found()).not.toContain('runbooks/web/a.md:5 runbook-dead-link')
  })

  it('asks for addresses and programs only where that is wanted', async () => {
    write(
      'runbooks/a.md',
      '---\nverified: 2026-11-01\n---\n# A\n## Resolution\n1. [Here](https://a.example/x), [there](b.md)\n\n```sh\nour-tool | sort\n```\n## Escalation\nUs.\n## Fixed when\nSo.\n',
    )
    write(
      'runbooks/b.md',
      '---\nverified: 2026-11-01\n---\n# B\n## Resolution\n1. A\n## Escalation\nUs.\n## Fixed when\nSo.\n',
    )
    expect(await found()).toEqual([])
    const asked: (readonly string[])[] = []
    const online = await found({
      askOnline(addresses) {
        asked.push(addresses)
        const answer = { status: 'missing', why: 'the server says 404', hint: null } as const
        return Promise.resolve(new Map(addresses.map((each) => [each, answer])))
      },
      missingPrograms(programs) {
        asked.push(programs)
        return Promise.resolve(new Set(['our-tool']))
      },
    })
    expect(asked).toEqual([['https://a.example/x'], ['our-tool', 'sort']])
    expect(online).toEqual([
      'runbooks/a.md:6 runbook-dead-link',
      'runbooks/a.md:8 runbook-missing-program',
    ])
  })
})
