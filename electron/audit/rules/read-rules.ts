import { LineCounter } from 'yaml'
import { z } from 'zod'
import type { AlertRule } from '#shared/domain/audit/rule.ts'
import { serverRulesSchema, toAlertRules } from '#shared/domain/audit/server-rules.ts'
import { describeAlarmsSchema, toCloudWatchRules } from './cloudwatch.ts'
import { MAX_RULES, type FoundRules, type RuleProblem } from './found-rules.ts'
import { readYamlRules } from './yaml-rules.ts'

const answerSchema = z.object({ status: z.literal('success'), data: serverRulesSchema })

/**
 * The alerting rules of a text, whatever wrote it: rule files and manifests in YAML or JSON, the
 * answer of a server to `/api/v1/rules`, alarms of CloudWatch.
 *
 * @param file how places are named.
 */
export function readRules(text: string, file: string): FoundRules {
  const json = text.trimStart().startsWith('{') ? parseJson(text) : undefined
  if (json === undefined) return readYamlRules(text, file)
  const answer = answerSchema.safeParse(json)
  if (answer.success) {
    const { rules, unreadable } = toAlertRules(answer.data.data)
    return bounded(rules, unreadableProblems(unreadable, file), file)
  }
  const alarms = describeAlarmsSchema.safeParse(json)
  if (!alarms.success) return readYamlRules(text, file)
  const read = toCloudWatchRules(alarms.data)
  const rules = read.filter((rule) => rule !== null)
  const problems = unreadableProblems(read.length - rules.length, file)
  if (alarms.data.NextToken) {
    problems.push({
      place: { file, line: null, column: null },
      message: 'The list of alarms goes on: it has a NextToken',
      remedy: 'Ask for the whole list: without --max-items, aws gives it.',
    })
  }
  return bounded(withPlaces(rules, text, file), problems, file)
}

function bounded(
  rules: readonly AlertRule[],
  problems: readonly RuleProblem[],
  file: string,
): FoundRules {
  if (rules.length <= MAX_RULES) return { rules, problems }
  const message = `The rules after the first ${String(MAX_RULES)} are left out`
  return {
    rules: rules.slice(0, MAX_RULES),
    problems: [
      ...problems,
      { place: { file, line: null, column: null }, message, remedy: 'Split the file.' },
    ],
  }
}

function unreadableProblems(count: number, file: string): RuleProblem[] {
  if (count === 0) return []
  const message = `${String(count)} ${count === 1 ? 'rule' : 'rules'} cannot be read: they have no name`
  return [{ place: { file, line: null, column: null }, message, remedy: 'Look at the file.' }]
}

/** JSON keeps no places: a name is looked for behind that of the rule before, else from the start. */
function withPlaces(rules: readonly AlertRule[], text: string, file: string): readonly AlertRule[] {
  const lines = new LineCounter()
  lines.addNewLine(0)
  for (let at = -1; (at = text.indexOf('\n', at + 1)) !== -1;) lines.addNewLine(at + 1)
  let from = 0
  return rules.map((rule) => {
    const name = JSON.stringify(rule.name)
    const behind = text.indexOf(name, from)
    const at = behind === -1 ? text.indexOf(name) : behind
    if (at === -1) return { ...rule, place: { file, line: null, column: null } }
    from = at + name.length
    const { line, col } = lines.linePos(at)
    return { ...rule, place: { file, line, column: col } }
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
