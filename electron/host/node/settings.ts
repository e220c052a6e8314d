import { basename } from 'node:path'
import type { Source } from '#electron/engine/ports/source.ts'
import type { SecretStore } from '#electron/engine/ports/secrets.ts'
import type { SettingsPort } from '#electron/engine/ports/settings.ts'
import {
  configurationKind,
  createFileEditor,
  editConfiguration,
  type ConfigurationStore,
} from '#electron/playbook/index.ts'
import type { ConnectionReport } from '#shared/contract/index.ts'
import {
  kindOf,
  type Configuration,
  type ConfigurationFormat,
} from '#shared/domain/configuration/schema.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { toNotificationTexts } from '#shared/domain/settings/notification-texts.ts'
import { sourceConfigSchemaOf, type SourceConfig } from '#shared/domain/source-kind/config.ts'
import { severityRuleTexts } from '#shared/domain/configuration/severity-rules.ts'
import { secretUses } from '#shared/domain/configuration/secret-uses.ts'
import { forbiddenUse, forbiddenUseWords } from '#shared/domain/source-kind/secret-rule.ts'
import { KEPT, secretUsesOf, type SecretUse } from '#shared/domain/source-kind/secrets.ts'
import { toSourceInput, toSourceTexts, type SourceTexts } from '#shared/domain/source-kind/texts.ts'

interface Deps {
  readonly store: ConfigurationStore
  readonly format: ConfigurationFormat
  /** Reads the file now and resolves when what it says is in effect. */
  readonly takeUp: () => Promise<void>
  readonly secrets: SecretStore
  /** Makes a source that belongs to nobody; the caller closes it. */
  readonly makeSource: (config: SourceConfig) => Source
  readonly places: { readonly data: string; readonly log: string }
}

/** The settings of this machine: the configuration file, its secrets, trials of sources. */
export function createSettings({
  store,
  format,
  takeUp,
  secrets,
  makeSource,
  places,
}: Deps): SettingsPort {
  const keptSecrets = (of: Configuration) => keptSecretsOf(format, of)
  const kind = configurationKind(basename(store.path), format)
  const editor = createFileEditor(store.path, kind)

  function usesOf(texts: SourceTexts): readonly SecretUse[] {
    const parsed = readTexts(format, texts)
    // What is wrong with it is said when the file is written.
    return parsed.ok ? secretUsesOf(kindOf(format, texts.type), parsed.value) : []
  }

  /** The server that each kept secret among these was entered for. */
  async function ownersOf(uses: readonly SecretUse[]): Promise<ReadonlyMap<string, string>> {
    const owners = new Map<string, string>()
    for (const name of keptNamesOf(uses)) {
      const owner = await secrets.storedFor(name)
      if (owner !== null) owners.set(name, owner)
    }
    return owners
  }

  return {
    secrets,
    async read() {
      const { isPresent, version, problems, value } = await editor.read()
      const shown = value ?? store.current()
      return {
        path: store.path,
        isPresent,
        version,
        problems: [...problems],
        sourceKinds: [...format.kinds],
        sources: shown.sources.map((source) => toSourceTexts(kindOf(format, source.type), source)),
        severity: shown.severity.map(severityRuleTexts),
        groupBy: shown.groupBy,
        groupAcrossRealms: shown.groupAcrossRealms,
        notifications: toNotificationTexts(shown.notifications),
        me: shown.me ?? null,
        places,
      }
    },
    async write(version, change) {
      const before = keptSecrets(store.current())
      const storedFor = await ownersOf('source' in change ? usesOf(change.source) : [])
      const outcome = await editor.change(
        version,
        (text) => editConfiguration(text, change, store.path, format, storedFor),
        async () => {
          await takeUp()
          return store.problems().length === 0
        },
      )
      if (outcome.outcome === 'written' && outcome.isInForce) {
        // What no source names any more is nobody's: a token must not stay behind for ever.
        const after = keptSecrets(store.current())
        for (const name of before) if (!after.has(name)) await secrets.remove(name)
      }
      return outcome
    },
    async forgetSecret(name) {
      const { value, problems } = await editor.read()
      // A file with mistakes may name it where it cannot be read.
      if (problems.length > 0 || keptSecrets(store.current()).has(name)) return false
      if (value && keptSecrets(value).has(name)) return false
      return (await secrets.remove(name)).ok
    },
    async tryOut(texts, signal) {
      const parsed = readTexts(format, texts)
      if (!parsed.ok) return misconfigured(parsed.error)
      const wanted = secretUsesOf(kindOf(format, texts.type), parsed.value)
      const { value } = await editor.read()
      const allowed = {
        configured: [store.current(), ...(value ? [value] : [])].flatMap((each) =>
          secretUses(format, each),
        ),
        storedFor: await ownersOf(wanted),
      }
      const forbidden = forbiddenUse(wanted, allowed)
      if (forbidden) return refused(forbiddenUseWords(forbidden, allowed))
      const source = makeSource(parsed.value)
      try {
        return await source.test(signal)
      } finally {
        await source.close()
      }
    },
  }
}

function readTexts(
  { kinds }: ConfigurationFormat,
  texts: SourceTexts,
): Result<SourceConfig, string> {
  const kind = kinds.find(({ type }) => type === texts.type)
  if (!kind) return fail(`no kind of source is called ${JSON.stringify(texts.type)}`)
  const parsed = sourceConfigSchemaOf(kinds).safeParse(toSourceInput(kind, texts))
  return parsed.success ? ok(parsed.data) : fail(parsed.error.issues[0]?.message ?? '')
}

/** Names of the secrets that Deckwatch keeps for these sources. */
function keptSecretsOf(format: ConfigurationFormat, configuration: Configuration): Set<string> {
  return new Set(keptNamesOf(secretUses(format, configuration)))
}

function keptNamesOf(uses: readonly SecretUse[]): readonly string[] {
  return uses.flatMap(({ reference }) =>
    reference.startsWith(KEPT) ? [reference.slice(KEPT.length)] : [],
  )
}

function misconfigured(message: string): ConnectionReport {
  return refused({
    message: `Invalid source: ${message}`,
    hint: 'Fix the marked fields, then try again.',
  })
}

function refused(words: { readonly message: string; readonly hint: string }): ConnectionReport {
  return { isWorking: false, findings: [], problem: { code: 'misconfigured', ...words } }
}
