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
import { toNotificationTexts } from '#shared/domain/settings/notification-texts.ts'
import { sourceConfigSchemaOf, type SourceConfig } from '#shared/domain/source-kind/config.ts'
import { secretsOf } from '#shared/domain/source-kind/secrets.ts'
import { toSourceInput, toSourceTexts } from '#shared/domain/source-kind/texts.ts'

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
        severity: shown.severity.map(({ when, is }) => ({ when: when.text, is })),
        groupBy: shown.groupBy,
        notifications: toNotificationTexts(shown.notifications),
        me: shown.me ?? null,
        places,
      }
    },
    async write(version, change) {
      const before = keptSecrets(store.current())
      const outcome = await editor.change(
        version,
        (text) => editConfiguration(text, change, store.path, format),
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
      const sourceKind = format.kinds.find(({ type }) => type === texts.type)
      if (!sourceKind)
        return misconfigured(`no kind of source is called ${JSON.stringify(texts.type)}`)
      const parsed = sourceConfigSchemaOf(format.kinds).safeParse(toSourceInput(sourceKind, texts))
      if (!parsed.success) return misconfigured(parsed.error.issues[0]?.message ?? '')
      const source = makeSource(parsed.data)
      try {
        return await source.test(signal)
      } finally {
        await source.close()
      }
    },
  }
}

const KEPT = 'keychain:'

/** Names of the secrets that Deckwatch keeps for these sources. */
function keptSecretsOf(format: ConfigurationFormat, { sources }: Configuration): Set<string> {
  const references = sources.flatMap((source) => secretsOf(kindOf(format, source.type), source))
  return new Set(
    references.filter((each) => each.startsWith(KEPT)).map((each) => each.slice(KEPT.length)),
  )
}

function misconfigured(message: string): ConnectionReport {
  return {
    isWorking: false,
    findings: [],
    problem: {
      code: 'misconfigured',
      message: `Invalid source: ${message}`,
      hint: 'Fix the marked fields, then try again.',
    },
  }
}
