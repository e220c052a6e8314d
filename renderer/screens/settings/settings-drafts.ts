import type { Settings, SettingsChange, SeverityRuleTexts } from '#shared/contract/settings.ts'
import type { NotificationTexts } from '#shared/domain/settings/notification-texts.ts'
import type { SourceKind } from '#shared/domain/source-kind/field.ts'
import type { SecretUse } from '#shared/domain/source-kind/secrets.ts'
import type { SourceTexts } from '#shared/domain/source-kind/texts.ts'

/** The parts of the settings that are saved one by one. */
export interface SettingsParts {
  readonly severity: readonly SeverityRuleTexts[]
  /** Labels, separated by commas. */
  readonly groupBy: string
  readonly notifications: NotificationTexts
  /** Empty: the account's name. */
  readonly me: string
  readonly source: SourceDraft
}
export type PartName = keyof SettingsParts
type FileParts = Omit<SettingsParts, 'source'>

/** A source that is being added or edited. */
export interface SourceDraft {
  /** The name of the source that is edited; null for a new one. */
  readonly editing: string | null
  readonly kind: SourceKind
  readonly source: SourceTexts
  /** A secret that was typed in and is not kept yet; empty when there is none. */
  readonly typedSecret: string
  /** The secret that was typed in and is kept since, with the server that it is for. */
  readonly keptSecret: SecretUse | null
  readonly keepsDrill: boolean
}

/** What was changed and is not saved: kept when the screen changes, gone with the page. */
export interface Draft<Value> {
  readonly value: Value
  /** What the file said when the change began. */
  readonly base: Value
  /** The version of the file that a save may replace. */
  readonly version: string
}

/** The drafts of a page, by part. */
export type Drafts = { readonly [Name in PartName]?: Draft<SettingsParts[Name]> }

/** True for a draft that differs from what it began with. */
export function isDirty(draft: Draft<unknown> | undefined): boolean {
  return draft !== undefined && !isSame(draft.value, draft.base)
}

/** Compares plain values by what they hold. */
export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** What the file says of a part. */
export function partOf<Name extends Exclude<PartName, 'source'>>(
  file: Settings,
  name: Name,
): FileParts[Name] {
  const parts: FileParts = {
    severity: file.severity,
    groupBy: file.groupBy.join(', '),
    notifications: file.notifications,
    me: file.me ?? '',
  }
  return parts[name]
}

/**
 * The drafts after the file was read again. A draft whose part is as it was when it began follows the
 * new version; another one stays outdated, until a person has looked.
 */
export function followFile(drafts: Drafts, file: Settings): Drafts {
  const follow = <Value>(draft: Draft<Value> | undefined, now: unknown) =>
    draft && isSame(draft.base, now) ? { ...draft, version: file.version } : draft
  const { source } = drafts
  const configured = file.sources.find(({ name }) => name === source?.value.editing)
  return withoutUndefined({
    severity: follow(drafts.severity, partOf(file, 'severity')),
    groupBy: follow(drafts.groupBy, partOf(file, 'groupBy')),
    notifications: follow(drafts.notifications, partOf(file, 'notifications')),
    me: follow(drafts.me, partOf(file, 'me')),
    source:
      source && (source.value.editing === null || isSame(configured, source.base.source))
        ? { ...source, version: file.version }
        : source,
  })
}

/**
 * The drafts after one was written: what was typed while that took goes on from what was written.
 *
 * @param sent the drafts as they were when it was sent.
 * @param version of the file that it is in.
 * @param file as it was read since; null when it could not be.
 */
export function afterWrite(
  drafts: Drafts,
  part: PartName,
  sent: Drafts,
  version: string,
  file: Settings | null,
): Drafts {
  const written = file?.version === version ? file : null
  const goOn = <Value>(
    draft: Draft<Value> | undefined,
    was: Draft<Value> | undefined,
    now: Value | undefined = was?.value,
  ) => {
    if (!draft || !was || now === undefined || isSame(draft.value, was.value)) return undefined
    return isSame(draft.value, now) ? undefined : { value: draft.value, base: now, version }
  }
  if (part !== 'source') {
    const of = <Value>(
      name: PartName,
      draft: Draft<Value> | undefined,
      was: Draft<Value> | undefined,
      now: Value | undefined,
    ) => (name === part ? goOn(draft, was, now) : draft)
    const now = <Name extends keyof FileParts>(name: Name): FileParts[Name] | undefined =>
      written ? partOf(written, name) : undefined
    return withoutUndefined({
      severity: of('severity', drafts.severity, sent.severity, now('severity')),
      groupBy: of('groupBy', drafts.groupBy, sent.groupBy, now('groupBy')),
      notifications: of(
        'notifications',
        drafts.notifications,
        sent.notifications,
        now('notifications'),
      ),
      me: of('me', drafts.me, sent.me, now('me')),
      source: drafts.source,
    })
  }
  const { source: draft, ...others } = drafts
  const was = sent.source
  // Another form was opened meanwhile.
  if (draft?.value.editing !== was?.value.editing) return drafts
  const left = goOn(draft, was)
  if (!left) return others
  // One that was added is there now: what follows is a change of it.
  const editing = left.base.source.name
  const named = (value: SourceDraft): SourceDraft => ({ ...value, editing, keepsDrill: false })
  return { ...others, source: { ...left, value: named(left.value), base: named(left.base) } }
}

type Loose = { readonly [Name in PartName]: Draft<SettingsParts[Name]> | undefined }

function withoutUndefined({ severity, groupBy, notifications, me, source }: Loose): Drafts {
  return {
    ...(severity ? { severity } : {}),
    ...(groupBy ? { groupBy } : {}),
    ...(notifications ? { notifications } : {}),
    ...(me ? { me } : {}),
    ...(source ? { source } : {}),
  }
}

/** The change of the file that a draft stands for; null when there is none. */
export function changeOf(name: PartName, drafts: Drafts): SettingsChange | null {
  switch (name) {
    case 'severity':
      return drafts.severity
        ? { type: 'set-severity-rules', rules: [...drafts.severity.value] }
        : null
    case 'groupBy':
      return drafts.groupBy
        ? { type: 'set-group-by', labels: splitLabels(drafts.groupBy.value) }
        : null
    case 'notifications':
      return drafts.notifications
        ? { type: 'set-notifications', notifications: drafts.notifications.value }
        : null
    case 'me':
      return drafts.me ? { type: 'set-me', me: drafts.me.value.trim() || null } : null
    case 'source': {
      if (!drafts.source) return null
      const { editing, source, keepsDrill } = drafts.source.value
      return editing === null
        ? { type: 'add-source', source, keepsDrill }
        : { type: 'update-source', name: editing, source }
    }
  }
}

/** `a, b` as a list of labels, each once. A name with a space in it stays whole, to be refused. */
export function splitLabels(text: string): string[] {
  const labels = text.split(/[,\n]/).map((label) => label.trim())
  return [...new Set(labels)].filter((label) => label !== '')
}
