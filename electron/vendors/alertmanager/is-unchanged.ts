import { isRecord, isSameMap, isSameTextList } from '#electron/polling/labels.ts'

/**
 * True when two objects of Alertmanager's answers say the same of one alert. `updatedAt` and
 * `endsAt` are left out: every evaluation of the rule moves them. `generatorURL` and `receivers`
 * change seldom but are shown.
 */
export function isUnchanged(known: unknown, raw: unknown): boolean {
  if (known === raw) return true
  return (
    isRecord(known) &&
    isRecord(raw) &&
    known['startsAt'] === raw['startsAt'] &&
    known['generatorURL'] === raw['generatorURL'] &&
    isSameMap(known['labels'], raw['labels']) &&
    isSameMap(known['annotations'], raw['annotations']) &&
    isSameStatus(known['status'], raw['status']) &&
    areSameReceivers(known['receivers'], raw['receivers'])
  )
}

function isSameStatus(a: unknown, b: unknown): boolean {
  if (a === b) return true
  return (
    isRecord(a) &&
    isRecord(b) &&
    a['state'] === b['state'] &&
    isSameTextList(a['silencedBy'], b['silencedBy']) &&
    isSameTextList(a['inhibitedBy'], b['inhibitedBy']) &&
    isSameTextList(a['mutedBy'], b['mutedBy'])
  )
}

function areSameReceivers(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
  return a.every((receiver: unknown, index) => {
    const other: unknown = b[index]
    return isRecord(receiver) && isRecord(other) && receiver['name'] === other['name']
  })
}
