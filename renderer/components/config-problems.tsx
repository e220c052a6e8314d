import type { ConfigProblem } from '#shared/contract/messages.ts'
import { plural } from '../text/plural.ts'
import { TextButton } from './text-button.tsx'
import styles from './config-problems.module.css'

/** How many problems are listed before the rest is only counted. */
const SHOWN = 5

const nowhere = () => null

interface ConfigProblemsProps {
  readonly problems: readonly ConfigProblem[]
  /** Shows the place of a problem; null where nothing here shows that file. */
  readonly toPlace?: (problem: ConfigProblem) => (() => void) | null
}

/** The places in the configuration that are not understood. */
export function ConfigProblems({ problems, toPlace = nowhere }: ConfigProblemsProps) {
  return (
    <>
      <ul className={styles.list}>
        {problems.slice(0, SHOWN).map((problem) => {
          const { file, line, column, message } = problem
          const place = `${file}:${String(line)}:${String(column)}`
          const show = toPlace(problem)
          return (
            <li key={`${place} ${message}`}>
              {show ? (
                <TextButton onClick={show}>
                  <code>{place}</code>
                </TextButton>
              ) : (
                <code>{place}</code>
              )}{' '}
              {message}
            </li>
          )
        })}
      </ul>
      {problems.length > SHOWN ? (
        <p>and {plural(problems.length - SHOWN, 'more', 'more')}; deckwatch check lists all</p>
      ) : null}
    </>
  )
}
