import { parse } from 'yaml'
import { parseDuration } from '#shared/domain/duration/duration.ts'
import { starterRuleFiles } from '#test/fixtures/starter-playbook.ts'

/** Durations where rules have them: how long a condition holds, over what time, how long ago. */
const DURATION = /(for: |\[|offset )((?:\d+(?:ms|[smhdw]))+)/g

/** The text of a rule file with each duration so many times as short; thresholds stay. */
export function scaleDurations(text: string, times: number): string {
  return text.replaceAll(DURATION, (_, before: string, duration: string) => {
    const ms = parseDuration(duration)
    if (ms === null) throw new Error(`No duration: ${duration}`)
    return `${before}${String(Math.round(ms / times))}ms`
  })
}

/** All rules of the starter playbook as one file, so many times as fast. JSON is YAML too. */
export function scaledStarterRules(times: number): string {
  const groups = [...starterRuleFiles().values()].flatMap(
    (text) => (parse(scaleDurations(text, times)) as { groups: readonly unknown[] }).groups,
  )
  return JSON.stringify({ groups })
}
