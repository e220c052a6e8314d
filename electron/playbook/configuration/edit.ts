import { isDeepStrictEqual } from 'node:util'
import { isMap, isSeq, parseDocument, type Document } from 'yaml'
import type { ConfigProblem, SettingsChange } from '#shared/contract/index.ts'
import {
  kindOf,
  notificationPolicySchema,
  type Configuration,
  type ConfigurationFormat,
} from '#shared/domain/configuration/schema.ts'
import { severityRuleTexts } from '#shared/domain/configuration/severity-rules.ts'
import { secretUses } from '#shared/domain/configuration/secret-uses.ts'
import { DRILL_TYPE } from '#shared/domain/source/drill.ts'
import { formatMatcher } from '#shared/domain/matcher/matcher.ts'
import { fail, ok, unreachable, type Result } from '#shared/domain/result/result.ts'
import {
  toNotificationsInput,
  toNotificationTexts,
} from '#shared/domain/settings/notification-texts.ts'
import { forbiddenUse, forbiddenUseWords } from '#shared/domain/source-kind/secret-rule.ts'
import { sourceSchemaOf } from '#shared/domain/source-kind/config.ts'
import type { SecretUse } from '#shared/domain/source-kind/secrets.ts'
import { toSourceInput, toSourceTexts } from '#shared/domain/source-kind/texts.ts'
import { keepLines } from '../yaml/keep-lines.ts'
import type { EditRefusal } from '../file-editor.ts'
import { parseConfiguration } from './parse.ts'
import { AliasInTheWay, isInTheWay, patchDocument } from '../yaml/patch.ts'
import { styleOf } from '../yaml/style.ts'

const HEADING = ' Deckwatch reads this file again whenever it changes.'

/**
 * The text of `deckwatch.yaml` with one change made. Lines that the change does not touch stay to the
 * letter; comments, quotes and order stay everywhere.
 *
 * @param text null when there is no file yet.
 * @param format the kinds of sources that the program knows.
 * @param file the name that problems are reported under.
 * @param storedFor the server that each kept secret was entered for, by name.
 * @returns a text that is valid, or why there is none. Never a secret's value.
 */
export function editConfiguration(
  text: string | null,
  change: SettingsChange,
  file: string,
  format: ConfigurationFormat,
  storedFor: ReadonlyMap<string, string> = new Map(),
): Result<string, EditRefusal> {
  const isNew = text === null || parseDocument(text, { logLevel: 'silent' }).contents === null
  const current = isNew ? ok(format.standard) : parseConfiguration(text, file, format)
  if (!current.ok) {
    return fail({
      reason: 'broken',
      message: 'The file has mistakes, so nothing is changed in it from here.',
      hint: 'Fix it first; the errors are listed with their lines.',
      problems: current.error,
    })
  }
  if ('name' in change && !current.value.sources.some(({ name }) => name === change.name)) {
    return fail({
      reason: 'not-valid',
      message: `The file has no source ${JSON.stringify(change.name)}.`,
      hint: 'It may have been renamed or removed meanwhile.',
      problems: [],
    })
  }
  if ('source' in change && !format.kinds.some(({ type }) => type === change.source.type)) {
    return fail({
      reason: 'not-valid',
      message: `No kind of source is called ${JSON.stringify(change.source.type)}.`,
      hint: 'Choose one of those that the settings offer.',
      problems: [],
    })
  }
  const document = parseDocument(text ?? '', {
    schema: 'core',
    merge: true,
    stringKeys: true,
    prettyErrors: false,
    logLevel: 'silent',
  })
  if (isNew) begin(document)
  if (!isMap(document.contents)) return fail(notEditable)
  const style = { lineWidth: 0, ...styleOf(text ?? '') }
  try {
    const before = isNew ? null : document.toString(style)
    apply(document, change, current.value, format)
    const rendered = document.toString(style)
    const parsed = parseConfiguration(rendered, file, format)
    if (!parsed.ok) return fail(notValid(parsed.error, fieldOf(change, current.value, format)))
    if (!isNew && isDeepStrictEqual(parsed.value, current.value)) return ok(text)
    if (reachesFurther(change, current.value, parsed.value)) return fail(notEditable)
    const allowed = { configured: secretUses(format, current.value), storedFor }
    const forbidden = forbiddenUse(secretUses(format, parsed.value), allowed)
    if (forbidden) {
      return fail({
        reason: 'not-valid',
        ...forbiddenUseWords(forbidden, allowed),
        problems: [],
        field: fieldOfUse(forbidden),
      })
    }
    const kept = text === null || before === null ? null : keepLines(text, before, rendered)
    const isRight =
      kept !== null && isDeepStrictEqual(parseConfiguration(kept, file, format), parsed)
    return ok(isRight ? kept : rendered)
  } catch (error) {
    if (isInTheWay(error)) return fail(notEditable)
    throw error
  }
}

const notEditable: EditRefusal = {
  reason: 'not-editable',
  message:
    'This part of the file is written with aliases (*name), so it cannot be changed from here.',
  hint: 'Change it in an editor; it applies as soon as it is saved.',
  problems: [],
}

function begin(document: Document): void {
  document.contents = document.createNode({ sources: [{ type: DRILL_TYPE }] })
  document.commentBefore ??= HEADING
}

function apply(
  document: Document,
  change: SettingsChange,
  current: Configuration,
  format: ConfigurationFormat,
): void {
  const kind = (type: string) => kindOf(format, type)
  switch (change.type) {
    case 'add-source': {
      const kept = current.sources.flatMap((source, index) =>
        source.type === DRILL_TYPE && !change.keepsDrill ? [] : [index],
      )
      const list = sourceList(document)
      list.items = [
        ...kept.map((index) => list.items[index]),
        document.createNode(toSourceInput(kind(change.source.type), change.source)),
      ]
      return
    }
    case 'update-source': {
      const index = current.sources.findIndex(({ name }) => name === change.name)
      const source = current.sources[index]
      if (!source) return
      if (!isMap(sourceList(document).items[index])) throw new AliasInTheWay()
      patchDocument(
        document,
        ['sources', index],
        toSourceInput(kind(source.type), toSourceTexts(kind(source.type), source)),
        toSourceInput(kind(change.source.type), change.source),
      )
      return
    }
    case 'remove-source': {
      const index = current.sources.findIndex(({ name }) => name === change.name)
      if (index !== -1) sourceList(document).items.splice(index, 1)
      return
    }
    case 'set-severity-rules':
      patchDocument(
        document,
        ['severity'],
        current.severity.map(severityRuleTexts),
        change.rules.length === 0
          ? undefined
          : change.rules.map(({ when, realm, is }) => ({
              when: when.trim(),
              ...(realm === undefined ? {} : { realm }),
              is,
            })),
      )
      return
    case 'map-severity-word': {
      const rules = current.severity.map(severityRuleTexts)
      const when = formatMatcher({ name: 'severity', operator: '=', value: change.word })
      patchDocument(document, ['severity'], rules, [...rules, { when, is: change.is }])
      return
    }
    case 'set-group-by': {
      const usual = format.standard.groupBy
      const labels = change.labels.map((label) => label.trim()).filter((label) => label !== '')
      patchDocument(
        document,
        ['groupBy'],
        current.groupBy,
        isDeepStrictEqual(labels, usual) ? undefined : labels,
      )
      return
    }
    case 'set-notifications': {
      const before = toNotificationsInput(toNotificationTexts(current.notifications))
      const after = toNotificationsInput(change.notifications)
      if (isDeepStrictEqual(before, after)) return
      const isUsual = Object.keys(after).length === 0
      patchDocument(document, ['notifications'], before, isUsual ? undefined : after)
      return
    }
    case 'set-me':
      patchDocument(document, ['me'], current.me, change.me?.trim() || undefined)
      return
    default:
      return unreachable(change)
  }
}

function sourceList(document: Document): { items: unknown[] } {
  const list = document.getIn(['sources'], true)
  if (!isSeq(list)) throw new AliasInTheWay()
  return list
}

/** True when the change reached what it does not name: an alias elsewhere says the same. */
function reachesFurther(
  change: SettingsChange,
  before: Configuration,
  after: Configuration,
): boolean {
  const key = keyOf(change)
  const others = (of: Configuration) => ({ ...of, [key]: null })
  if (!isDeepStrictEqual(others(before), others(after))) return true
  if (key !== 'sources') return false
  const isNamed = (name: string) =>
    ('name' in change && name === change.name) ||
    ('source' in change && name === change.source.name)
  const untouched = ({ sources }: Configuration) =>
    sources.filter(({ name, type }) => !isNamed(name) && type !== DRILL_TYPE)
  return !isDeepStrictEqual(untouched(before), untouched(after))
}

function keyOf(change: SettingsChange): keyof Configuration {
  switch (change.type) {
    case 'add-source':
    case 'update-source':
    case 'remove-source':
      return 'sources'
    case 'set-severity-rules':
    case 'map-severity-word':
      return 'severity'
    case 'set-group-by':
      return 'groupBy'
    case 'set-notifications':
      return 'notifications'
    case 'set-me':
      return 'me'
  }
}

function notValid(problems: readonly ConfigProblem[], field: string | null): EditRefusal {
  return {
    reason: 'not-valid',
    message: problems[0]?.message ?? 'The file would be invalid.',
    hint: 'Nothing was written.',
    problems,
    ...(field === null ? {} : { field }),
  }
}

/** The field that makes a change invalid, by the schema of its part; null where none does alone. */
function fieldOf(
  change: SettingsChange,
  current: Configuration,
  format: ConfigurationFormat,
): string | null {
  switch (change.type) {
    case 'add-source':
    case 'update-source': {
      const kind = kindOf(format, change.source.type)
      const parsed = sourceSchemaOf(kind).safeParse(toSourceInput(kind, change.source))
      const path = parsed.error?.issues[0]?.path
      if (path && path.length > 0) return path.map(String).join('.')
      const name = change.source.name.trim()
      const own = change.type === 'update-source' ? change.name : null
      const isTaken = current.sources.some((each) => each.name === name && each.name !== own)
      return isTaken ? 'name' : null
    }
    case 'set-notifications': {
      const parsed = notificationPolicySchema.safeParse(toNotificationsInput(change.notifications))
      return parsed.error?.issues[0]?.path.map(String).join('.') ?? null
    }
    case 'set-group-by':
      return 'groupBy'
    case 'set-me':
      return 'me'
    case 'remove-source':
    case 'set-severity-rules':
    case 'map-severity-word':
      return null
  }
}

/** Where a secret is entered: a file of a certificate in its own field, any other with the sign-in. */
function fieldOfUse({ reference }: SecretUse): string {
  return /^tls\.(?:cert|key)(?=:)/.exec(reference)?.[0] ?? 'auth'
}
